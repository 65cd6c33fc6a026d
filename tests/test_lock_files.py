"""What the lock files have to be: complete, of one mind, and free of any place to fetch from."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PACKAGES = ("pledges", "programme_portal", "sources")
LOCKS = ("requirements.lock", "tests/requirements.lock")
PIN = re.compile(r"^(\S+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(lock: str) -> dict[tuple[str, str], str]:
    """Version by package and marker."""
    return {(name, marker): version for name, version, marker in PIN.findall((ROOT / lock).read_text())}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_-]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert not re.search(r"^\s*-(-(?!hash)|[^-])", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_carries_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=\S+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]

    assert len(blocks) == len(pins(lock))
    assert all("--hash=sha256:" in block for block in blocks)


def imported_modules() -> Iterator[str]:
    """The top-level name of every module that the portal imports, anywhere in its code."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Import):
                    yield from (alias.name.partition(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.partition(".")[0]


def test_the_project_asks_for_every_package_that_it_imports() -> None:
    foreign = set(imported_modules()) - sys.stdlib_module_names - set(PACKAGES)
    provided_by = packages_distributions()

    asked_for = names(PROJECT["dependencies"])
    assert {module for module in foreign if not names(provided_by.get(module, [])) & asked_for} == set()


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    runtime = names(PROJECT["dependencies"])
    testing = names(PROJECT["optional-dependencies"]["test"])

    assert runtime <= {name for name, _ in pins("requirements.lock")}
    assert runtime | testing <= {name for name, _ in pins("tests/requirements.lock")}


def test_the_tests_run_with_the_versions_that_the_portal_runs_with() -> None:
    tested = pins("tests/requirements.lock")
    versions = {name: {v for (n, _), v in tested.items() if n == name} for name, _ in tested}

    assert all(version in versions[name] for (name, _), version in pins("requirements.lock").items())
