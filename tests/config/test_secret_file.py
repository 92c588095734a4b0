"""Secret file: its first line signs, further ones are believed, and at no moment is there half of it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from learnapp.config.secret_file import (
    foreign_owner,
    new_secret,
    read_secrets,
    replace_secrets,
    rotate_secret,
    write_once,
    write_secret,
)
from learnapp.config.settings import ConfigurationError, read_settings


def test_a_written_secret_is_read_and_only_its_owner_s(tmp_path: Path) -> None:
    file = write_secret(tmp_path / "new" / "folder")
    first = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_settings({"LEARNAPP_INSTANCE": str(file.parent)}).secret == first.strip()
    assert write_secret(file.parent).read_text() == first
    assert len(first.strip()) >= 64


def test_its_folder_is_its_owner_s_and_nothing_else_is_left_in_it(tmp_path: Path) -> None:
    file = write_secret(tmp_path / "instance")
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == ["secret_key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    write_secret(tmp_path).chmod(mode)
    with pytest.raises(ConfigurationError, match=r"Others can read the secret.*chmod 600"):
        read_settings({"LEARNAPP_INSTANCE": str(tmp_path)})
    assert read_settings({"LEARNAPP_INSTANCE": str(tmp_path), "LEARNAPP_SECRET_KEY": "x" * 32}).secret == "x" * 32


def test_all_who_start_at_once_read_one_secret(tmp_path: Path) -> None:
    def start(_number: int) -> str:
        return write_secret(tmp_path).read_text()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start, range(8)))) == 1


def test_a_file_that_a_full_disk_left_empty_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    assert len(write_secret(tmp_path).read_text()) >= 64


def test_a_new_secret_signs_and_the_former_ones_are_believed(tmp_path: Path) -> None:
    write_secret(tmp_path)
    rotate_secret(tmp_path, new_secret())
    (newest, first) = read_secrets(tmp_path)
    rotate_secret(tmp_path, new_secret())
    assert read_secrets(tmp_path)[1:] == [newest, first]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_disk_that_fails_leaves_the_secrets_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_secrets(tmp_path, ["o" * 40])

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        rotate_secret(tmp_path, new_secret())
    assert read_secrets(tmp_path) == ["o" * 40]
    assert os.listdir(tmp_path) == ["secret_key"]


def test_what_is_written_once_is_not_even_made_a_second_time(tmp_path: Path) -> None:
    file = write_once(tmp_path, "other_key", lambda: ["first"])
    write_once(tmp_path, "other_key", lambda: pytest.fail("it is there"))
    assert file.read_text() == "first\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["other_key"]


def test_any_other_key_that_others_can_read_is_refused_too(tmp_path: Path) -> None:
    write_secret(tmp_path)
    write_once(tmp_path, "other_key", lambda: ["first"]).chmod(0o640)
    with pytest.raises(ConfigurationError, match=r"Others can read a key.*chmod 600 .*other_key"):
        read_settings({"LEARNAPP_INSTANCE": str(tmp_path)})


def test_a_folder_of_somebody_else_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert foreign_owner(tmp_path) is None
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert foreign_owner(tmp_path) == tmp_path.stat().st_uid
