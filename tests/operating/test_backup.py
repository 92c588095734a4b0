"""Backup: one file, checked, the owner's alone, and never onto another."""

import os
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from learnapp.operating import archive
from learnapp.operating.archive import unpack
from learnapp.operating.backup import make_backup
from learnapp.operating.errors import BackupFailed
from tests.operating.conftest import BOTH_ALWAYS, BOTH_KINDS, NOW, Install


@BOTH_ALWAYS
def test_a_backup_holds_the_database_the_secret_and_what_both_are_held_to(install: Install, tmp_path: Path) -> None:
    here, file, out = install("Ben", "Vera"), tmp_path / "backup", tmp_path / "out"
    (here.folder / "later_key").write_text("of a later version")
    made = make_backup(here.store, here.folder, file, NOW)
    out.mkdir()
    assert unpack(file, out) == made
    assert made.rows == {"users": 2, "answers": 2, "alembic_version": 1}
    assert (out / "secret_key").read_text() == (here.folder / "secret_key").read_text()
    assert set(made.files) == {here.store.file_name, "secret_key", "later_key"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"backup", "out", "instance-0"}


def test_an_existing_file_is_never_overwritten(install: Install, tmp_path: Path) -> None:
    here, file = install("Ben"), tmp_path / "backup"
    file.write_text("yesterday's")
    with pytest.raises(BackupFailed, match="exists"):
        make_backup(here.store, here.folder, file, NOW)
    file.unlink()
    file.symlink_to(tmp_path / "nowhere")
    with pytest.raises(BackupFailed, match="exists"):
        make_backup(here.store, here.folder, file, NOW)


@BOTH_KINDS
def test_a_database_that_is_not_there_is_said(install: Install, tmp_path: Path) -> None:
    here = install()
    with pytest.raises(BackupFailed, match=r"no database at|no schema yet"):
        make_backup(here.store, here.folder, tmp_path / "backup", NOW)
    assert [one.name for one in tmp_path.iterdir()] == ["instance-0"]


def test_a_disk_without_room_is_said_and_nothing_is_left_on_it(
    install: Install, tmp_path: Path, little_room: Callable[[int], AbstractContextManager[None]]
) -> None:
    here = install("Ben")
    for size in (1024, 8192):
        with little_room(size), pytest.raises(BackupFailed):
            make_backup(here.store, here.folder, tmp_path / "backup", NOW)
    assert [one.name for one in tmp_path.iterdir()] == ["instance-0"]


def test_what_a_killed_backup_left_goes_with_the_next(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    ended = subprocess.Popen(["true"])
    ended.wait()
    left, other = (tmp_path / f".learnapp-backup-{pid}" for pid in (ended.pid, os.getppid()))
    for folder in (left, other):
        folder.mkdir()
    make_backup(here.store, here.folder, tmp_path / "backup", NOW)
    assert (left.exists(), other.exists()) == (False, True)


def test_a_folder_that_is_not_there_is_said(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    with pytest.raises(BackupFailed, match="no folder"):
        make_backup(here.store, here.folder, tmp_path / "no" / "backup", NOW)


def test_a_backup_that_cannot_be_read_back_gets_no_name(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, pack = install("Ben"), archive.pack

    def spoil(target: Path, *rest: object) -> None:
        pack(target, *rest)  # type: ignore[arg-type]
        target.write_bytes(target.read_bytes()[:-100])

    monkeypatch.setattr("learnapp.operating.backup.pack", spoil)
    with pytest.raises(BackupFailed, match="could not be read back"):
        make_backup(here.store, here.folder, tmp_path / "backup", NOW)
    assert [one.name for one in tmp_path.iterdir()] == ["instance-0"]


def test_a_damaged_database_makes_no_backup(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    with sqlite3.connect(str(here.url.database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO answers VALUES (9, 9, 'of nobody')")
    connection.close()
    with pytest.raises(BackupFailed, match="damaged"):
        make_backup(here.store, here.folder, tmp_path / "backup", NOW)
