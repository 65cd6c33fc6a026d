"""The Chromium of the machine: Debian's, or the one that CHROMIUM names. None is ever downloaded."""

import os
import shutil
import subprocess

from playwright._impl._driver import compute_driver_executable

# What Playwright's own driver needs beside the browser; small installations of Debian lack it.
PACKAGES = ("chromium-headless-shell", "libatomic1")
MISSING = (
    f"THE BROWSER TESTS DID NOT RUN. Chromium is missing (Debian: apt-get install {' '.join(PACKAGES)})."
)
# The first has no windows to look after and is by a third quicker.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

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
    """The browser to drive; None where there is none, or where Playwright cannot start."""
    names = [os.environ.get("CHROMIUM"), *NAMES]
    found = next((place for name in names if name and (place := shutil.which(name))), None)
    return found if found and driver_starts() else None


def driver_starts() -> bool:
    node, _ = compute_driver_executable()
    return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0


def flags() -> list[str]:
    """Chromium's sandbox does not work for root, and containers run their tests as root."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
