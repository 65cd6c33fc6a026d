"""How long pages take, in a process of its own that sees one database: python -m tests.benchmarks.measuring

Prints a JSON object: the name of each figure to its milliseconds or megabytes. DATABASE_URL says which
database; the page cache is off. With --save it also codes some hundred statements, for good: only where
nothing is worth keeping.
"""

import io
import json
import os
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

SEED = 2025
WARM_UP = 5
ROUNDS = 5
WORDS = ["Wohnung", "Kita", "Radweg", "Schule", "Klima", "Sport", "bezahlbar", "Kinder+Schule"]


def set_up() -> None:
    os.environ |= {
        "SECRET_KEY": "for benchmarks only: known to everybody, and so worth nothing at all",
        "HTTPS_ONLY": "off",
        "PAGE_CACHE_MB": "0",
        "LOG_LEVEL": "CRITICAL",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
    }
    import django

    django.setup()


class Client:
    """Asks the portal as a server does, without what Django's test client does on top."""

    def __init__(self) -> None:
        from programme_portal.wsgi import application

        self.application = application

    def get(self, address: str) -> tuple[int, bytes]:
        path, _, query = address.partition("?")
        environment = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        status: list[int] = []
        answer = self.application(environment, lambda line, _headers: status.append(int(line[:3])))
        content = b"".join(answer)
        answer.close()
        return status[0], content


def p95(milliseconds: Sequence[float]) -> float:
    return statistics.quantiles(milliseconds, n=20)[-1]


def timed(work: Callable[[Any], object], each: Sequence[Any]) -> list[float]:
    """The milliseconds that each took."""
    taken = []
    for one in each:
        start = time.perf_counter()
        work(one)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def addresses(runs: int) -> dict[str, list[str]]:
    """By the name of a figure, links as people choose them, each a little different."""
    from pledges.models import Place, Programme, SearchWord, Topic

    draw = random.Random(SEED)
    topics = list(Topic.objects.order_by("slug").values_list("slug", flat=True))
    places = list(Place.objects.order_by("slug").values_list("slug", flat=True))
    pairs = list(Programme.objects.order_by("slug").values_list("slug", "place__slug"))
    by_place: dict[str, list[str]] = {}
    for programme, place in pairs:
        by_place.setdefault(place, []).append(programme)

    def filters() -> str:
        chosen = [f"thema={draw.choice(topics)}" for _ in range(draw.choice((0, 0, 1, 2)))]
        chosen += draw.choice(([], ["bindung=fest"], ["bindung=absicht", "messbar=ja"], ["art=vorhaben"]))
        chosen += draw.choice(([], [], ["jahr=2025"], ["partei=spd", "partei=cdu"]))
        return "&".join(dict.fromkeys(chosen))

    def comparison() -> str:
        programmes = draw.sample(by_place[draw.choice(places)], k=draw.randint(2, 4))
        return f"/vergleich/?thema={draw.choice(topics)}&" + "&".join(f"programm={p}" for p in programmes)

    made: dict[str, Callable[[], str]] = {
        "list": lambda: f"/aussagen/?{filters()}".rstrip("?"),
        "list of a town": lambda: f"/aussagen/?{filters()}&ort={draw.choice(places)}".replace("?&", "?"),
        "topic": lambda: f"/themen/{draw.choice(topics)}/",
        "topic in a town": lambda: f"/themen/{draw.choice(topics)}/?ort={draw.choice(places)}",
        "search": lambda: f"/suche/?q={draw.choice(WORDS)}",
        "search in a town": lambda: f"/suche/?q={draw.choice(WORDS)}&ort={draw.choice(places)}",
        "comparison": comparison,
        "home": lambda: draw.choice(("/", f"/?ort={draw.choice(places)}")),
        "overview": lambda: f"/uebersicht/?ort={draw.choice(places)}",
        "programme": lambda: f"/programme/{draw.choice(pairs)[0]}/",
    }
    links = {name: [make() for _ in range(runs)] for name, make in made.items()}
    # What was searched lately is remembered; these nobody has searched for.
    words = list(SearchWord.objects.order_by("form").values_list("spelling", flat=True))
    fresh = draw.sample(words, k=2 * (runs + WARM_UP))
    links["search for a new word"] = [f"/suche/?{urlencode({'q': word})}" for word in fresh[::2]]
    links["search for a new word in a town"] = [
        f"/suche/?{urlencode({'q': word, 'ort': draw.choice(places)})}" for word in fresh[1::2]
    ]
    return links


def fetch_all(runs: int) -> dict[str, float]:
    from pledges import columns

    client = Client()

    def fetch(address: str) -> None:
        status, _content = client.get(address)
        assert status == 200, (address, status)

    def fetch_anew(address: str) -> None:
        columns.forget()
        fetch(address)

    figures = {"first page after a start": timed(fetch, ["/aussagen/"])[0]}
    links = addresses(runs)
    for own in links.values():
        timed(fetch, own[-WARM_UP:])
    # All kinds of pages in turns: what else the machine does for some seconds is no page's fault.
    rounds = [
        {name: timed(fetch, own[at:runs:ROUNDS]) for name, own in links.items()} for at in range(ROUNDS)
    ]
    for name in links:
        figures[f"{name}, p95"] = statistics.median(p95(taken[name]) for taken in rounds)
        figures[f"{name}, median"] = statistics.median(one for taken in rounds for one in taken[name])
    figures["first page after a change"] = statistics.median(timed(fetch_anew, ["/aussagen/"] * 5))
    firm = "/aussagen/?bindung=fest"
    for name, address in (("first page", firm), ("last page", f"{firm}&seite={last_page()}")):
        figures[name] = statistics.median(timed(fetch, [address] * 40))
    figures["size of the list, kB"] = len(client.get("/aussagen/")[1]) / 1000
    figures["slowest of random links"] = max(crawl(client, 8 * runs))
    return figures


def last_page() -> int:
    """The number of the last page of all firm pledges."""
    from pledges.models import Statement

    return -(-Statement.objects.published().current().filter(commitment="firm").count() // 20)


def crawl(client: "Client", links: int) -> list[float]:
    """The milliseconds of each of so many links with anything in them. Raises AssertionError at a 500."""
    from hypothesis import HealthCheck, given, settings

    from tests.random_links import LINKS

    taken: list[float] = []

    @settings(
        max_examples=links,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(LINKS)
    def one(link: tuple[str, dict[str, list[str]]]) -> None:
        path, values = link
        start = time.perf_counter()
        status, _content = client.get(f"{path}?{urlencode(values, doseq=True)}")
        taken.append(1000 * (time.perf_counter() - start))
        assert status in (200, 302, 400), (link, status)

    one()
    return taken


def print_links() -> None:
    """Links to pages of every kind, as JSON."""
    print(json.dumps([link for links in addresses(400).values() for link in links]))


def number_found(words: str) -> int:
    page = Client().get(f"/suche/?{urlencode({'q': words})}")[1].decode()
    return int(re.sub(r"\D", "", re.search(r'<div class="results-bar"[^>]*>\s*<p>([\d.,]*)', page)[1]) or 0)  # type: ignore[index]


def code_some(runs: int) -> dict[str, float]:
    """Saving a coding of an editor with all that follows from it, until it is on the disk."""
    from django.contrib.auth.models import User

    from pledges.coding.labels import Labels
    from pledges.coding_log import code_by_editor
    from pledges.models import Statement

    draw = random.Random(SEED)
    newest = Statement.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chosen = [Statement.objects.get(pk=draw.randint(1, newest)) for _ in range(WARM_UP + runs)]
    editor = User.objects.create_user("benchmark")
    labels = Labels("pledge", "firm", False, ("kita", "sport"))

    def save(statement: Statement) -> None:
        code_by_editor(statement, editor, labels)

    timed(save, chosen[:WARM_UP])
    taken = timed(save, chosen[WARM_UP:])
    return {"saving a coding, p95": p95(taken), "saving a coding, median": statistics.median(taken)}


def main() -> None:
    # So many that one hiccup of the machine is no twentieth of a round.
    runs = int(os.environ.get("BENCH_RUNS", "625"))
    set_up()
    figures = fetch_all(runs)
    if "--save" in sys.argv:
        figures |= code_some(runs)
    figures["memory of the process, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
