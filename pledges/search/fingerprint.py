"""What decides which tokens a text has."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


@cache
def rules_fingerprint() -> str:
    """A hash of the dictionary, the rules and the code that read the words of a text."""
    digest = hashlib.sha256(version("simplemma").encode())
    for path in sorted((*_FOLDER.glob("*.py"), *_FOLDER.glob("*.toml"), _FOLDER.parent / "folding.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
