"""Untrusted files are read in a process of their own, with limits on time, memory and size."""

import json
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Timer
from typing import IO, cast

from sources.reading import Block, Progress, UnreadableFile, read, unseen

MOST_BYTES = 40_000_000
# Seconds of computing: a 60-page PDF of 1.5 MB takes 2; a small file that takes longer is a trap. On a busy
# machine they take longer by the clock, which only ends what computes nothing at all.
_SECONDS, _SECONDS_A_MEGABYTE, _MOST_SECONDS = 4, 2, 30
_CLOCK_FACTOR = 5
_MEMORY = 280_000_000
_MEMORY_A_BYTE = 4
_PAGE = re.compile(rb"page (\d{1,4}) of (\d{1,4})\n")
_ROOT = Path(__file__).resolve().parents[2]
_MODULE = "sources.reading.sandbox"


def read_untrusted(
    data: bytes, name: str, *, format: str | None = None, progress: Progress = unseen
) -> tuple[Block, ...]:
    """Return what `read` returns, read in a process that may use only so much time and memory.

    Raises UnreadableFile also for files that are too large, take too long or make the reader fail.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile("The file is larger than 40 MB; hand over the programme alone.", "too_large")
    command = [sys.executable, "-m", _MODULE, name[-200:].replace("\0", ""), format or ""]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - the program is this one, the arguments are no shell's
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=_ROOT, env={"PYTHONUTF8": "1"}
    ) as process:
        return _answer(_talk(process, data, progress), process.returncode)


def _talk(process: subprocess.Popen[bytes], data: bytes, progress: Progress) -> bytes:
    """Hand the data over, pass the pages on as they are read, and return the answer."""
    pipes = cast(tuple[IO[bytes], ...], (process.stdin, process.stdout, process.stderr))
    clock = Timer(_CLOCK_FACTOR * _seconds(len(data)), process.kill)
    clock.start()
    with ThreadPoolExecutor(2) as aside:
        try:
            aside.submit(_hand_over, pipes[0], data)
            answer = aside.submit(pipes[1].read)
            _pass_on(pipes[2], progress)
            process.wait()
            if clock.finished.is_set():
                raise _too_slow()
            return answer.result()
        finally:
            process.kill()
            clock.cancel()


def _hand_over(pipe: IO[bytes], data: bytes) -> None:
    with suppress(BrokenPipeError), pipe:
        pipe.write(data)


def _pass_on(lines: Iterable[bytes], progress: Progress) -> None:
    for line in lines:
        if told := _PAGE.fullmatch(line):
            progress(int(told[1]), int(told[2]))


def _seconds(size: int) -> int:
    return min(_SECONDS + _SECONDS_A_MEGABYTE * size // 1_000_000, _MOST_SECONDS)


def _too_slow() -> UnreadableFile:
    return UnreadableFile(
        "Reading the file takes too long; save it again or hand over another format.", "too_slow"
    )


def _answer(answered: bytes, code: int) -> tuple[Block, ...]:
    if code == -signal.SIGXCPU:
        raise _too_slow()
    try:
        answer = json.loads(answered)
    except ValueError as error:
        raise UnreadableFile(
            "The file makes its reader fail; save it again or hand over another format.", "reader_failed"
        ) from error
    if "code" in answer:
        raise UnreadableFile(answer["message"], answer["code"])
    return tuple(Block(**block) for block in answer["blocks"])


def _limit(size: int) -> None:
    """Limit this process: memory that it may write to, computing time, no files written, no cores left."""
    memory = _MEMORY + _MEMORY_A_BYTE * size
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (_seconds(size), _seconds(size) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_here(name: str, format: str) -> dict[str, object]:
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    _limit(len(data))
    try:
        blocks = read(data, name, format=format or None, progress=_tell)
        return {"blocks": [asdict(block) for block in blocks]}
    except UnreadableFile as refusal:
        return {"code": refusal.code, "message": str(refusal)}
    except (MemoryError, RecursionError):
        return {
            "code": "too_large",
            "message": "Reading the file needs too much memory; save it again or hand over another format.",
        }


def _tell(page: int, of: int) -> None:
    sys.stderr.write(f"page {page} of {of}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    json.dump(_read_here(*sys.argv[1:3]), sys.stdout)
