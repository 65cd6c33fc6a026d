"""How well and how fast search finds: `make bench`. Figures of finding are shares of judged answers."""

import subprocess
import sys
import time
from collections import defaultdict
from statistics import mean, median

import pytest
from django.conf import settings

from pledges.cards import find_cards
from pledges.models import Statement
from pledges.search.query import search_for
from pledges.search.tokens import tokens_of
from pledges.search.words import known
from tests.pledges.search.judged import Judged, judge
from tests.searching import answer, public

pytestmark = pytest.mark.django_db

SETUP = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
"""
MEMORY = """
import re
print(int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""
SEARCH = """
from pathlib import Path
from pledges.search.query import search_for
from pledges.cards import find_cards
from tests.searching import answer, public
words = [word for text in Path("fixtures").glob("*.md") for word in text.read_text().split()]
for at in range(1000):
    search_for(" ".join(words[3 * at : 3 * at + 3]))
"""


def test_recall_and_precision_at_ten() -> None:
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    for query in judge():
        by_kind[query.kind].append(query)
        by_kind["all"].append(query)

    print("\n| queries | number | recall | precision at 10 |\n|---|---|---|---|")
    for kind, queries in by_kind.items():
        recall, precision = mean(q.recall for q in queries), mean(q.precision for q in queries)
        print(f"| {kind} | {len(queries)} | {recall:.2f} | {precision:.2f} |")


def test_words_of_a_text() -> None:
    texts = list(Statement.objects.values_list("text", flat=True))
    known.cache_clear()
    cold = _seconds(texts)
    warm = _seconds(texts)
    first, again = len(texts) / cold, len(texts) / warm
    print(f"\n{len(texts)} statements into tokens: {first:.0f} a second, again {again:.0f}")


def test_memory_of_a_worker_that_searches() -> None:
    without, with_search = (int(_run(program)) for program in (SETUP, SETUP + SEARCH))
    print(f"\na process with the models: {without} MB, after 1,000 queries of it parsed: {with_search} MB")


def test_time_of_a_search() -> None:
    taken, known = [], public()
    for query in judge():
        start = time.perf_counter()
        search = search_for(query.typed)
        find_cards(answer(search, known)[:20], known)
        taken.append(1000 * (time.perf_counter() - start))
    print(f"\na search among 956 statements: median {median(taken):.1f} ms, slowest {max(taken):.1f} ms")


def _seconds(texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        tokens_of(text)
    return time.perf_counter() - start


def _run(program: str) -> str:
    """The memory in megabytes that a Python of its own takes for a program."""
    return subprocess.check_output([sys.executable, "-c", program + MEMORY], text=True, cwd=settings.BASE_DIR)
