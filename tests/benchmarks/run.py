"""Every benchmark, and docs/performance.md from it: python -m tests.benchmarks.run, or make bench.

BENCH_STATEMENTS (350000) and BENCH_REQUESTS (20000) make it smaller for a look; then nothing is written.
"""

import ast
import json
import os
import random
import re
import statistics
import subprocess
import sys
import timeit
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from tests.benchmarks import databases, datasette
from tests.benchmarks.serving import ALLOCATOR, ROOT, ask, etag_of, gunicorn, portal
from tests.postgresql import UnavailableError

STATEMENTS = int(os.environ.get("BENCH_STATEMENTS", "350000"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20000"))
IS_FULL = STATEMENTS >= 350_000 and REQUESTS >= 20_000
TOWNS = 400 if STATEMENTS >= 100_000 else 40
RESULT = ROOT / "docs" / "performance.md"

MEASURING = "python -m tests.benchmarks.measuring --save"
SERVING = "python -m tests.benchmarks.run"
# Milliseconds, one user, no page cache.
TARGETS = {
    "list, p95": 30,
    "list of a town, p95": 30,
    "topic, p95": 30,
    "topic in a town, p95": 30,
    "search, p95": 100,
    "search for a new word, p95": 100,
    "search in a town, p95": 20,
    "comparison, p95": 60,
    "saving a coding, median": 10,
}
WORDS = ["Wohnung", "Kita", "Radweg", "Schule", "Stadt", "Klima", "Sport", "Verkehr", "Kultur", "Kinder"]


@dataclass
class Figure:
    """A line of the table. `met`: None where there is no target."""

    what: str
    values: list[str]
    target: str = ""
    met: bool | None = None
    command: str = SERVING


@dataclass
class Table:
    title: str
    columns: list[str]
    figures: list[Figure] = field(default_factory=list)

    def markdown(self) -> str:
        head = ["", *self.columns, "target", "", "command"]
        lines = [f"## {self.title}\n", _row(head), _row(["---"] * len(head))]
        for figure in self.figures:
            met = {None: "", True: "met", False: "**missed**"}[figure.met]
            lines.append(_row([figure.what, *figure.values, figure.target, met, f"`{figure.command}`"]))
        return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> int:
    say(f"{STATEMENTS} statements in {TOWNS} towns")
    speed = [milliseconds_of_a_loop()]
    file = databases.sqlite(STATEMENTS, TOWNS)
    sqlite_url = f"sqlite:///{file.absolute()}"
    with databases.scratch_copy(file) as url:
        measured = {"SQLite": measure(url)}
    tables = [served(sqlite_url), beside_datasette(file, sqlite_url), memory(sqlite_url)]
    try:
        with databases.postgresql(file) as url:
            measured["PostgreSQL"] = measure(url)
    except UnavailableError as reason:
        say(f"Without PostgreSQL: {reason}")
    tables = [pages(measured), deep(measured), *tables]
    printed = [printed_by(file) for file in sorted(Path(__file__).parent.glob("bench_*.py"))]
    text = "\n".join(part.markdown() for part in (*tables, *printed))
    print(text)
    speed.append(milliseconds_of_a_loop())
    if IS_FULL:
        RESULT.write_text(introduction(speed) + text, encoding="utf-8")
    missed = [figure.what for table in tables for figure in table.figures if figure.met is False]
    missed += [part.title for part in printed if not part.passed]
    if missed:
        say("Missed: " + ", ".join(missed))
    return 1 if missed and IS_FULL else 0


def say(words: str) -> None:
    print(f"\n{words}", flush=True)


def milliseconds_of_a_loop() -> float:
    """How long this machine takes for what has nothing to do with the portal, the middle of five times."""
    return 1000 * statistics.median(timeit.repeat("number * number", "number = 1234567", number=5_000_000))


def introduction(speed: Sequence[float]) -> str:
    """`speed`: the milliseconds of the loop before and after."""
    before, after = speed
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"""# How quick it is

Written by `make bench` on {date.today():%Y-%m-%d}, at {STATEMENTS:,} statements of {TOWNS} made-up towns with
six texts each (`tests/benchmarks/generator.py`), on {os.cpu_count()} cores; the load at the end was {load}.
Milliseconds say something of this machine and hour only: five million multiplications in Python took it
{before:.0f} ms before and {after:.0f} after. What compares two things compares them within this one run.
Of pages each p95 is the middle one of five rounds', taken in turns with all other kinds of pages.
The page cache is off but where the table says otherwise. What was searched lately is remembered until the
data changes, as it is for people who filter and page; new words are searched for the first time.

"""  # noqa: DTZ011


def measure(url: str) -> dict[str, float]:
    say(f"Measuring pages on {url.partition(':')[0]}")
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.measuring", "--save"],
        cwd=ROOT, env=os.environ | ALLOCATOR | {"DATABASE_URL": url}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def pages(measured: dict[str, dict[str, float]]) -> Table:
    table = Table("Pages, one user", list(measured))
    for name in next(iter(measured.values())):
        if not name.endswith(", p95"):
            continue
        of_median = name.replace("p95", "median")
        own = [figures[name] for figures in measured.values()]
        median = [figures[of_median] for figures in measured.values()]
        target, held_to = TARGETS.get(name), own
        if of_median in TARGETS:
            target, held_to = TARGETS[of_median], median
        values = [f"{one:.1f} ms (median {middle:.1f})" for one, middle in zip(own, median, strict=True)]
        table.figures.append(
            Figure(
                name,
                values,
                f"{'median ' if held_to is median else ''}≤ {target} ms" if target else "",
                max(held_to) <= target if target else None,
                MEASURING,
            )
        )
    for name in ("first page after a start", "first page after a change"):
        own = [figures[name] for figures in measured.values()]
        table.figures.append(Figure(name, [f"{one:.0f} ms" for one in own], command=MEASURING))
    slowest = [figures["slowest of random links"] for figures in measured.values()]
    table.figures.append(
        Figure(
            "slowest of 5,000 random links, none a server error",
            [f"{one:.0f} ms" for one in slowest],
            "≤ 1000 ms",
            max(slowest) <= 1000,
            MEASURING,
        )
    )
    own = [figures["size of the list, kB"] for figures in measured.values()]
    table.figures.append(Figure("size of the list", [f"{one:.0f} kB" for one in own], command=MEASURING))
    return table


def deep(measured: dict[str, dict[str, float]]) -> Table:
    table = Table("Deep in a list", list(measured))
    ratios = [figures["last page"] / figures["first page"] for figures in measured.values()]
    table.figures.append(
        Figure(
            f"last of {-(-STATEMENTS // 20)} pages : first page",
            [f"{ratio:.2f} : 1" for ratio in ratios], "≤ 2 : 1", max(ratios) <= 2, MEASURING,
        )
    )  # fmt: skip
    return table


def served(url: str) -> Table:
    """Requests per second: a kept page and a 304 beside a bare view of the same length, in turns; the middle
    round's."""
    say("Cached pages beside a bare view")
    page = "/aussagen/?thema=kita"
    rounds: dict[str, list[float]] = {"page": [], "304": [], "bare": []}
    number = min(2000, REQUESTS)
    with portal(url) as ours:
        etag, length = etag_of(ours, page)
        with gunicorn("tests.benchmarks.bare", PAGE_BYTES=str(length)) as bare:
            for _ in range(5):
                kept = ask(ours, [page] * number, users=2)
                same = ask(ours, [page] * number, users=2, headers={"If-None-Match": etag})
                constant = ask(bare, ["/"] * number, users=2)
                assert (kept.statuses, same.statuses, constant.statuses) == ({200}, {304}, {200})
                for name, answers in (("page", kept), ("304", same), ("bare", constant)):
                    rounds[name].append(answers.per_second)
    table = Table("Requests a second, the page cache on", ["SQLite", "requests a second"])
    for name, what, target in (("page", "a kept page", 0.5), ("304", "a 304", 0.8)):
        # Of each round by itself: a moment in which the machine is quick would favour whoever is asked then.
        ratio = statistics.median(own / bare for own, bare in zip(rounds[name], rounds["bare"], strict=True))
        own, bare = (statistics.median(rounds[which]) for which in (name, "bare"))
        table.figures.append(
            Figure(
                f"{what} : a bare Django view of the same length",
                [f"{ratio:.2f} : 1", f"{own:.0f} : {bare:.0f}"],
                f"≥ {target} : 1",
                ratio >= target,
            )
        )  # fmt: skip
    return table


def beside_datasette(file: Path, url: str) -> Table:
    """Full-text search with three facets (ours: all ten), the same words, by one user and by eight."""
    say("Beside Datasette")
    folder = databases.folder() / "datasette"
    datasette.install(folder)
    table = Table("Search beside Datasette, medians", ["Wortlaut", "Datasette", "ratio"])
    single = file.with_name("datasette.sqlite3")
    datasette.make_table(file, single)
    # As many workers as `make run` starts; Datasette uses both cores too.
    with portal(url, workers=2, PAGE_CACHE_MB="0") as ours, datasette.serving(folder, single) as theirs:
        for users in (1, 8):
            own = ask(ours, [f"/suche/?q={word}" for word in WORDS] * 4, users)
            other = ask(theirs, [datasette.address(single, word) for word in WORDS] * 2, users)
            assert (own.statuses, other.statuses) == ({200}, {200})
            middle, their_middle = (statistics.median(a.milliseconds) for a in (own, other))
            table.figures.append(
                Figure(
                    f"search with facets, {users} user{'s' * (users > 1)}",
                    [f"{middle:.0f} ms", f"{their_middle:.0f} ms", f"1 : {their_middle / middle:.1f}"],
                    "≥ 10 times", their_middle >= 10 * middle,
                )
            )  # fmt: skip
    for word in ("Wohnung", "Radweg", "Kitagebühren"):
        table.figures.append(
            Figure(
                f"found for „{word}“",
                [str(found_by_us(url, word)), str(datasette.number_found(single, word)), ""],
            )
        )
    return table


def found_by_us(url: str, word: str) -> int:
    program = (
        "from tests.benchmarks.measuring import number_found, set_up; set_up(); import sys;"
        "print(number_found(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, word],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(done.stdout.split()[-1])


def memory(url: str) -> Table:
    say(f"{REQUESTS} mixed requests to one worker")
    table = Table("Memory and start of a worker", ["SQLite"])
    links = list(mixed_links(url))
    draw = random.Random(1)
    with portal(url) as server:
        table.figures.append(Figure("from start to the first answer", [f"{server.seconds_to_start:.1f} s"]))
        ask(server, draw.choices(links, k=1000), users=4)
        early = server.megabytes
        ask(server, draw.choices(links, k=REQUESTS // 2), users=4)
        middle = server.megabytes
        ask(server, draw.choices(links, k=REQUESTS // 2), users=4)
        late = server.megabytes
    table.figures += [
        Figure("after 1,000 mixed requests", [f"{early:.0f} MB"], "< 150 MB", early < 150),
        Figure(
            f"after {REQUESTS:,} : after {REQUESTS // 2:,}",
            [f"{late:.0f} : {middle:.0f} MB"], "≤ 1.03 : 1", late <= 1.03 * middle,
        ),
    ]  # fmt: skip
    return table


def mixed_links(url: str) -> Iterator[str]:
    program = "from tests.benchmarks.measuring import print_links, set_up; set_up(); print_links()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    yield from json.loads(done.stdout.splitlines()[-1])


@dataclass
class Printed:
    """What a file of benchmarks prints: lines of a table as they are, all others as points of a list."""

    title: str
    lines: list[str]
    passed: bool

    def markdown(self) -> str:
        lines = [line if line.startswith("|") else f"- {line}" for line in self.lines]
        text = "\n".join(
            f"\n{line}" if line[0] != before[0] else line for before, line in pairwise([" ", *lines])
        )
        return f"## {self.title}\n{text}\n" + ("" if self.passed else "\n**A target was missed.**\n")


def printed_by(file: Path) -> Printed:
    say(file.name)
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(file),
        "-s",
        "-q",
        "--override-ini",
        "python_files=bench_*.py",
    ]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    title = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or file.name).partition(":")[0]
    lines = [line.lstrip(".").strip() for line in done.stdout.partition("\n=====")[0].splitlines()]
    words = [line for line in lines if line and not re.match(r"database: |\d+ passed|\d+ failed|\[", line)]
    return Printed(f"{title.rstrip('.')} (`{file.name}`)", words, done.returncode == 0)


if __name__ == "__main__":
    sys.exit(main())
