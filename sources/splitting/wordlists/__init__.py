"""Lists of words that splitting looks up, one file each, words apart by white space."""

from functools import cache
from pathlib import Path


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of the list `name`."""
    return frozenset(Path(__file__).with_name(f"{name}.txt").read_text("utf-8").split())
