import stat
from pathlib import Path

import pytest

from programme_portal import secret_key


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def test_the_key_is_made_once_and_kept(home: Path) -> None:
    assert secret_key.stored() == ""

    place = secret_key.create()
    first = secret_key.stored()
    secret_key.create()

    assert place == home / "wortlaut" / "secret-key"
    assert len(first) >= 50
    assert secret_key.stored() == first


def test_nobody_but_its_owner_may_read_the_key(home: Path) -> None:
    place = secret_key.create()

    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_two_installations_have_different_keys(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret_key.create()
    one = secret_key.stored()
    monkeypatch.setenv("SECRET_KEY_FILE", str(home / "other"))
    secret_key.create()

    assert secret_key.stored() != one


def test_without_a_folder_for_settings_it_lies_below_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/erika")

    assert secret_key.location() == Path("/home/erika/.config/wortlaut/secret-key")
