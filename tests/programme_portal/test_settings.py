"""The settings as a fresh process reads them: each test is a start of manage.py with its own environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3y-" * 20


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py with nothing but these variables; without a home, so that no stored key is found."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **variables}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "too short"),
        ("DEBUG", "maybe"),
        ("HTTPS_ONLY", "perhaps"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("DATABASE_URL", "postgresql://user:hunter2@host:port/name"),
        ("DATABASE_URL", "postgresql://user:hunter2@host"),
        ("DATABASE_URL", "sqlite:///relative/file"),
        ("DATABASE_URL", "sqlite:////dev/null/file"),
        ("DATA_DIR", "relative"),
        ("DATA_DIR", ""),
        ("DATA_DIR", "/dev/null/var"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "https://wortlaut.example"),
        ("ALLOWED_HOSTS", "wortlaut.example:443"),
        ("CONN_MAX_AGE", "-1"),
        ("CSRF_TRUSTED_ORIGINS", "wortlaut.example"),
        ("HSTS_SECONDS", "a year"),
        ("LOG_LEVEL", "chatty"),
    ],
)
def test_a_bad_value_is_refused_by_name_in_one_line_that_keeps_it_secret(name: str, value: str) -> None:
    answer = manage("check", **{"SECRET_KEY": KEY, name: value})

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Environment variable {name}: ")
    assert answer.stderr.count("\n") == 1
    assert "hunter2" not in answer.stderr


def test_everything_wrong_is_said_at_once() -> None:
    answer = manage("check", DEBUG="maybe", DATABASE_URL="nonsense")

    refused = [
        line.split(":")[0].removeprefix("Environment variable ") for line in answer.stderr.splitlines()
    ]
    assert sorted(refused) == ["DATABASE_URL", "DEBUG", "SECRET_KEY"]


def test_a_key_is_needed_unless_debugging() -> None:
    assert "SECRET_KEY" in manage("check").stderr
    assert manage("check", DEBUG="on").returncode == 0


def test_the_key_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n")

    assert manage("check", SECRET_KEY_FILE=str(file)).returncode == 0


def test_a_file_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    answer = manage("check", SECRET_KEY_FILE=str(tmp_path))

    assert answer.stderr.startswith("Environment variable SECRET_KEY: ")
    assert manage("check", SECRET_KEY_FILE=str(tmp_path), SECRET_KEY=KEY).returncode == 0


@pytest.mark.parametrize(
    "database", ["sqlite:////tmp/wortlaut.sqlite3", "postgresql://wortlaut@localhost/wortlaut"]
)
def test_production_settings_pass_the_deployment_check(database: str) -> None:
    answer = manage(
        "check", "--deploy", "--fail-level", "WARNING",
        SECRET_KEY=KEY[:-5] + "Ab1x.", DATABASE_URL=database, ALLOWED_HOSTS="wortlaut.example",
    )  # fmt: skip

    assert answer.returncode == 0, answer.stderr


def test_the_database_file_lies_in_the_data_folder_which_is_made(tmp_path: Path) -> None:
    answer = manage("migrate", SECRET_KEY=KEY, DATA_DIR=str(tmp_path / "new" / "100 % var"))

    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "new" / "100 % var" / "wortlaut.sqlite3").exists()


@pytest.mark.parametrize("level", ["DEBUG", "ERROR"])
def test_the_log_level_is_djangos_own_too(level: str) -> None:
    code = "from logging import *; print(getLevelName(getLogger('django.request').getEffectiveLevel()))"
    answer = manage("shell", "--verbosity=0", "--command", code, SECRET_KEY=KEY, LOG_LEVEL=level)

    assert answer.stdout.strip() == level
