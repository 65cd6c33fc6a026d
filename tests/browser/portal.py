"""A portal for the browser tests, run as it runs for people: gunicorn, hashed static files, DEBUG off."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
EDITOR = ("redaktion", "nur für die Tests")


@dataclass(frozen=True)
class Portal:
    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str, **variables: str) -> None:
        """Runs a command of manage.py on this portal's database; raises CalledProcessError if it fails."""
        manage(self.environment | variables, *arguments)


def manage(variables: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.DEVNULL)


def sign_in(page: Page, name: str = EDITOR[0], password: str = EDITOR[1]) -> Page:
    """Sign in to the admin; the editor has every right."""
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("[type=submit]")
    # A click does not wait for the page that it leads to, and the next goto would cut the sign-in short.
    page.wait_for_url("**/admin/")
    return page


def fill(data: Path) -> None:
    """Puts all the programmes, one editor and the static files into the folder `data`."""
    name, password = EDITOR
    variables = environment(data) | {"DJANGO_SUPERUSER_PASSWORD": password}
    manage(variables, "load_programmes", "--migrate")
    manage(variables, "collectstatic", "--noinput")
    manage(variables, "createsuperuser", "--noinput", f"--username={name}", "--email=")


@contextmanager
def serving(data: Path) -> Iterator[Portal]:
    """A portal whose database and files lie in the folder `data`, see `fill`."""
    port = free_port()
    portal = Portal(f"http://127.0.0.1:{port}", environment(data))
    # The shell ends the server when its own input ends, which comes even if this process is killed.
    command = ["sh", "-c", '"$@" & cat; kill $!; wait', "sh", *gunicorn(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=portal.environment, stdin=subprocess.PIPE)
    try:
        wait_until_it_answers(portal.url)
        yield portal
    finally:
        server.communicate()


def environment(data: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
    }
    return kept | {
        "DATA_DIR": str(data),
        "HTTPS_ONLY": "off",
        "LOG_LEVEL": "ERROR",
        "SECRET_KEY": "for the browser tests only: known to everybody, worth nothing",
    }


def gunicorn(port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "programme_portal.wsgi", f"--bind=127.0.0.1:{port}",
        "--threads=4", "--no-control-socket", "--log-level=warning",
    ]  # fmt: skip


def wait_until_it_answers(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/healthz").close()  # noqa: S310
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{url}/healthz does not answer with 200")
