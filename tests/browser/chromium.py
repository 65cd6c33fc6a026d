"""The Chromium of the machine: Debian's, or the one that CHROMIUM names. None is ever downloaded."""

import os
import shutil

MISSING = "THE BROWSER TESTS DID NOT RUN: no Chromium. Install it (Debian: apt-get install chromium)."

# The machine may be shut off from the network, and a test run should tell nobody that it takes place.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def path() -> str | None:
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


def flags() -> list[str]:
    """Chromium's sandbox does not work for root, and containers run their tests as root."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
