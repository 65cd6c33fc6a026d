"""Servers to measure, and clients that ask them: one process each, as they run for people."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRET = "for benchmarks only: known to everybody, and so worth nothing at all"

# As `make run` and docs/deploy.md have it.
ALLOCATOR = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "393216",
    "MALLOC_TRIM_THRESHOLD_": "524288",
}


@dataclass(frozen=True)
class Server:
    port: int
    process: "subprocess.Popen[bytes]"
    seconds_to_start: float = 0.0

    @property
    def megabytes(self) -> float:
        """What the greatest of its workers holds in memory."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return max(map(resident, children or [str(self.process.pid)]))


def resident(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@dataclass
class Answers:
    """The milliseconds of each request that was answered as wanted, and how long all took together."""

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0
    statuses: set[int] = field(default_factory=set)

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


def portal(database_url: str, workers: int = 1, **variables: str) -> "Iterator[Server]":
    known = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "HTTPS_ONLY": "off",
        "LOG_LEVEL": "CRITICAL",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "PYTHONPATH": str(ROOT),
    }
    return gunicorn("programme_portal.wsgi", workers, **(known | variables))


@contextmanager
def gunicorn(application: str, workers: int = 1, **variables: str) -> Iterator[Server]:
    """Workers with four threads, as `make run` starts two of."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}", f"--workers={workers}",
        "--threads=4", "--preload", "--no-control-socket", "--log-level=critical",
    ]  # fmt: skip
    with running(command, port, ALLOCATOR | variables) as server:
        yield server


@contextmanager
def running(command: Sequence[str], port: int, variables: Mapping[str, str]) -> Iterator[Server]:
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | dict(variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield Server(port, process, time.perf_counter() - begin)
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}.")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers at port {port}")


def ask(
    server: Server, addresses: Sequence[str], users: int = 1, headers: Mapping[str, str] | None = None
) -> Answers:
    """Fetch every address once, so many users at a time, each over one connection that stays open."""
    answers = Answers()

    def one_user(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        for address in addresses[number::users]:
            start = time.perf_counter()
            connection.request("GET", address, headers=dict(headers or {}))
            response = connection.getresponse()
            response.read()
            answers.milliseconds.append(1000 * (time.perf_counter() - start))
            answers.statuses.add(response.status)
        connection.close()

    begin = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        list(pool.map(one_user, range(users)))
    answers.seconds = time.perf_counter() - begin
    return answers


def etag_of(server: Server, address: str) -> tuple[str, int]:
    """The ETag of a page and the length of its content."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", address)
    response = connection.getresponse()
    return response.headers["ETag"], len(response.read())
