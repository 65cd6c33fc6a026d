"""Every test, first on SQLite with the browser, then on PostgreSQL; `python -m tests.run` or `make test`.

PostgreSQL is the server that TEST_DATABASE_URL names, else a throw-away one of this run's own. What is
missing is installed where that is allowed. What cannot be had is skipped, and said so at the end; with
CI=true that is a failure.
"""

import os
import signal
import subprocess
import sys

from tests import debian
from tests.browser import chromium
from tests.postgresql import UnavailableError, throwaway_server

PYTEST = (sys.executable, "-m", "pytest", "--numprocesses=2", "--dist=loadgroup")


def main() -> int:
    # An ended run ends its tests too: this turns the signals into an exception.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda *_: sys.exit("Ended."))
    # Where Python is told to keep no compiled files, each of the tests' processes would compile every module.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    skipped = []
    if chromium.path() is None and not debian.install(*chromium.PACKAGES):
        skipped.append(chromium.MISSING)
    passed = on_sqlite()
    try:
        passed = on_postgresql() and passed
    except UnavailableError as reason:
        skipped.append(f"THE TESTS ON POSTGRESQL DID NOT RUN. {reason}")
    for part in skipped:
        print(f"\n{'!' * 80}\n{part}\n{'!' * 80}", flush=True)
    return 0 if passed and not (skipped and os.environ.get("CI") == "true") else 1


def on_sqlite() -> bool:
    print("\nThe tests on SQLite, with the browser", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    return subprocess.run(PYTEST, env=environment, check=False).returncode == 0


def on_postgresql() -> bool:
    if given := os.environ.get("TEST_DATABASE_URL"):
        return tests_pass_at(given, "the PostgreSQL that TEST_DATABASE_URL names")
    with throwaway_server() as made:
        return tests_pass_at(made, "a PostgreSQL of this run's own")


def tests_pass_at(url: str, description: str) -> bool:
    print(f"\nThe tests on {description}", flush=True)
    command = (*PYTEST, "-m", "not browser")
    return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
