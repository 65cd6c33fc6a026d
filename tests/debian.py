"""Installing Debian's packages, where this is a Debian and the caller may."""

import os
import shutil
import subprocess


def install(*packages: str) -> bool:
    """Whether apt installed them; False at once where there is no apt or no right to use it."""
    if not (shutil.which("apt-get") and may_install()):
        return False
    print(f"Installing {' '.join(packages)} …", flush=True)
    run("apt-get", "-qq", "update")
    return run("apt-get", "-qq", "--yes", "--no-install-recommends", "install", *packages)


def may_install() -> bool:
    return os.geteuid() == 0 or (bool(shutil.which("sudo")) and succeeds("sudo", "-n", "true"))


def run(*command: str) -> bool:
    """Runs it as root, without questions; whether it succeeded."""
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return succeeds(*rights, "env", "DEBIAN_FRONTEND=noninteractive", *command)


def succeeds(*command: str) -> bool:
    """What it prints to stdout is of no interest here; what goes wrong, it says on stderr."""
    silence = subprocess.DEVNULL
    return subprocess.run(command, stdin=silence, stdout=silence, check=False).returncode == 0
