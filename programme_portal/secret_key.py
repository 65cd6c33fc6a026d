"""The secret key of an installation that was given none: made once, kept with the user's settings.

    python -m programme_portal.secret_key    makes it where it is missing and prints where it is

It lies outside the checkout, so that no copy, archive or commit of the checkout carries it.
"""

import os
import secrets
from pathlib import Path


def location() -> Path:
    """`SECRET_KEY_FILE`, else `wortlaut/secret-key` in the user's folder for settings (XDG)."""
    if named := os.environ.get("SECRET_KEY_FILE"):
        return Path(named)
    configuration = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(configuration) / "wortlaut" / "secret-key"


def stored() -> str:
    """The key in the file, or "" where there is none, or none that this user may read."""
    try:
        return location().read_text().strip()
    except OSError:
        return ""


def create() -> Path:
    """Writes a fresh key, readable by its owner alone, unless there is one; returns its place."""
    path = location()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not stored():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64) + "\n")
    return path


if __name__ == "__main__":
    print(create())  # noqa: T201
