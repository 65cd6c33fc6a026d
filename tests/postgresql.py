"""A PostgreSQL of the test run's own: made when it starts, gone when it ends, seen by nobody else.

It listens on a socket in a folder that only its owner may enter, and on no port. It trades every promise
about crashes for speed, since there is nothing in it worth keeping.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests import debian

OLDEST = 15
FOR_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
CLEAN_UP = """
cat
test -f data/postmaster.pid && "$0" stop --pgdata=data --mode=immediate
cd / && rm -rf "$OLDPWD"
"""


class UnavailableError(Exception):
    """There is no PostgreSQL to be had here; the message says why."""


def programs() -> Path:
    """The folder with initdb and pg_ctl, newest version first; installs Debian's package where it may."""
    found = installed_programs()
    if found is None and install_without_a_cluster():
        found = installed_programs()
    if found is None:
        raise UnavailableError(
            f"No PostgreSQL {OLDEST} or newer, and no right to install one. Install it (Debian: apt-get "
            "install postgresql) or name a server: TEST_DATABASE_URL=postgresql://user:password@host/name"
        )
    return found


def installed_programs() -> Path | None:
    on_path = shutil.which("initdb")
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *([Path(on_path).resolve().parent] if on_path else []),
    ]
    fitting = {version_of(folder): folder for folder in folders if version_of(folder) >= OLDEST}
    return fitting[max(fitting)] if fitting else None


def version_of(folder: Path) -> int:
    """The major version, 0 where the programs are missing."""
    if not all((folder / program).exists() for program in ("initdb", "pg_ctl")):
        return 0
    said = subprocess.run(
        [folder / "initdb", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def install_without_a_cluster() -> bool:
    """Debian's package would start a server of its own on port 5432; nobody asked for that one."""
    setting = ("pg_conftool", "/etc/postgresql-common/createcluster.conf")
    if not debian.install("postgresql-common"):
        return False
    debian.run(*setting, "set", "create_main_cluster", "off")
    installed = debian.install("postgresql")
    debian.run(*setting, "remove", "create_main_cluster")
    return installed


@contextmanager
def throwaway_server(*settings: str) -> Iterator[str]:
    """The URL of a fresh server, which is stopped and deleted at the end, whatever happens in between.

    `settings` of its own, as "shared_buffers=1GB".
    Raises UnavailableError where there are no programs, subprocess.CalledProcessError where they fail.
    """
    folder = programs()
    home = Path(tempfile.mkdtemp(prefix="wortlaut-postgresql-"))
    owner = ordinary_owner(home)
    # It waits for the end of its input, which comes even if this process is killed.
    caretaker = subprocess.Popen(
        ["sh", "-c", CLEAN_UP, folder / "pg_ctl"],
        cwd=home, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, **owner,
    )  # fmt: skip
    try:
        yield start(partial(call, folder, home, owner), home, settings)
    finally:
        caretaker.communicate()


def start(call: Callable[..., None], home: Path, settings: tuple[str, ...]) -> str:
    call(
        "initdb", "--pgdata=data", "--username=wortlaut", "--auth-local=trust", "--auth-host=reject",
        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    )  # fmt: skip
    options = ("listen_addresses=", "unix_socket_directories=..", *FOR_SPEED, *settings)
    call("pg_ctl", "start", "--wait", "--pgdata=data", "--log=log", f"--options=-c {' -c '.join(options)}")
    return f"postgresql://wortlaut@{quote(str(home), safe='')}/postgres"


def call(folder: Path, home: Path, owner: dict[str, Any], program: str, *arguments: str) -> None:
    # No pipe: pg_ctl hands its output on to the server, which would hold the pipe open for good.
    subprocess.run([folder / program, *arguments], check=True, cwd=home, stdout=subprocess.DEVNULL, **owner)


def ordinary_owner(home: Path) -> dict[str, Any]:
    """Whom to run the programs as. Root gives the folder to somebody else, for PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    shutil.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
