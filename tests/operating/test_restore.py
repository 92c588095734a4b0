"""Restore: checked before anything is replaced, all or nothing, and what was there is kept."""

import os
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from learnapp.config.instance_lock import hold_alone
from learnapp.config.secret_file import new_secret, read_secrets, rotate_secret
from learnapp.operating.backup import make_backup
from learnapp.operating.errors import RestoreRefused
from learnapp.operating.restore import restore
from learnapp.training.credentials.keys import rotate_key, write_key
from tests.operating.conftest import BOTH_ALWAYS, BOTH_KINDS, NOW, Install, Installation

ASIDE = "before-20261126T120000"


def backup_of(here: Installation, file: Path) -> Path:
    make_backup(here.store, here.folder, file, NOW)
    return file


def put(there: Installation, file: Path, *, replace: bool = False) -> str:
    return restore(there.store, there.folder, file, NOW, replace=replace).kept


@BOTH_ALWAYS
def test_an_empty_installation_becomes_the_one_that_was_backed_up(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben", "Vera"), install()
    rotate_secret(here.folder, new_secret())
    assert put(there, backup_of(here, tmp_path / "backup")) == ""
    assert there.names() == ["Ben", "Vera"]
    assert read_secrets(there.folder) == read_secrets(here.folder)
    assert not list(there.folder.glob(".restore*"))
    there.run("INSERT INTO answers VALUES (7, 1, 'goes on')")


def test_what_is_not_empty_is_replaced_only_when_that_is_said(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben"), install("Cora")
    file = backup_of(here, tmp_path / "backup")
    with pytest.raises(RestoreRefused, match="--replace"):
        put(there, file)
    assert there.names() == ["Cora"]
    put(there, file, replace=True)
    assert there.names() == ["Ben"]


@BOTH_KINDS
def test_what_was_there_is_kept_with_its_secret(install: Install, tmp_path: Path, kind: str) -> None:
    here, there = install("Ben"), install("Cora")
    secret = (there.folder / "secret_key").read_text()
    kept = put(there, backup_of(here, tmp_path / "backup"), replace=True)
    assert (there.folder / f"secret_key.{ASIDE}").read_text() == secret
    if kind == "sqlite":
        former = Installation(sa.URL.create("sqlite", database=kept), there.folder)
        assert former.names() == ["Cora"]
    else:
        there.run("DROP TABLE answers, users", "ALTER TABLE before_20261126t120000.users SET SCHEMA public")
        assert there.names() == ["Cora"]


@BOTH_KINDS
def test_a_backup_after_a_restore_holds_what_was_restored_only(install: Install, tmp_path: Path) -> None:
    here, there, third = install("Ben"), install("Cora"), install()
    put(there, backup_of(here, tmp_path / "one"), replace=True)
    put(third, backup_of(there, tmp_path / "two"))
    assert third.names() == ["Ben"]


def test_a_backup_of_a_newer_version_is_refused_in_words(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben", schema="9999"), install("Cora")
    with pytest.raises(RestoreRefused, match=r"newer Learnapp .*schema 9999.*Update"):
        put(there, backup_of(here, tmp_path / "backup"), replace=True)
    assert there.names() == ["Cora"]


def test_one_of_an_older_version_is_to_be_migrated(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben", schema="0001"), install()
    done = restore(there.store, there.folder, backup_of(here, tmp_path / "backup"), NOW, replace=False)
    assert done.is_older


def test_a_server_that_runs_is_not_robbed_of_its_database(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben"), install("Cora")
    file = backup_of(here, tmp_path / "backup")
    with hold_alone(there.folder), pytest.raises(RestoreRefused, match="Stop it first"):
        put(there, file, replace=True)
    assert there.names() == ["Cora"]


@BOTH_KINDS
def test_whoever_has_the_database_open_is_noticed(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben"), install("Cora")
    secret = read_secrets(there.folder)
    file = backup_of(here, tmp_path / "backup")
    if there.url.drivername == "sqlite":
        there.run("PRAGMA journal_mode = WAL")
    engine = sa.create_engine(there.url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM users").scalar()
        with pytest.raises(RestoreRefused, match=r"stop servers"):
            put(there, file, replace=True)
    engine.dispose()
    assert there.names() == ["Cora"]
    assert read_secrets(there.folder) == secret
    put(there, file, replace=True)
    assert there.names() == ["Ben"]


@BOTH_KINDS
def test_rows_that_are_lacking_are_noticed_before_anything_is_replaced(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben"), install("Cora")
    there_rows, copy = {"users": 1, "answers": 2, "alembic_version": 1}, tmp_path / "copy"
    here.store.copy(copy)
    with pytest.raises(Exception, match=r"damaged|does not have 2 rows"):
        there.store.replace(copy, there_rows, ASIDE)
    assert there.names() == ["Cora"]


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b""), lambda file: file.unlink()])
def test_a_file_that_is_no_backup_changes_nothing(
    install: Install, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    here, there = install("Ben"), install("Cora")
    file = backup_of(here, tmp_path / "backup")
    spoil(file)
    with pytest.raises(RestoreRefused):
        put(there, file, replace=True)
    assert there.names() == ["Cora"]


def test_a_disk_without_room_changes_nothing(
    install: Install, tmp_path: Path, little_room: Callable[[int], AbstractContextManager[None]]
) -> None:
    here, there = install("Ben"), install("Cora")
    file, secret = backup_of(here, tmp_path / "backup"), read_secrets(there.folder)
    with little_room(4096), pytest.raises(RestoreRefused):
        put(there, file, replace=True)
    assert (there.names(), read_secrets(there.folder)) == (["Cora"], secret)


def test_a_backup_of_another_kind_of_database_is_refused(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    file = backup_of(here, tmp_path / "backup")
    other = Installation(sa.make_url("postgresql+psycopg://nobody@127.0.0.1:1/none"), here.folder)
    with pytest.raises(RestoreRefused, match="of a sqlite database, but DATABASE_URL names a postgresql one"):
        put(other, file)


@pytest.mark.parametrize("ends", [("-wal",), ("-wal", "-shm"), ("-journal",)])
def test_logs_of_a_database_that_was_lost_do_not_spoil_the_restored_one(
    install: Install, tmp_path: Path, ends: tuple[str, ...]
) -> None:
    here, there = install("Ben"), install("Cora")
    live = str(there.url.database)
    with closing(sqlite3.connect(live, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO users VALUES (5, 'in the log')")
        logs = {end: Path(live + end).read_bytes() for end in ("-wal", "-shm")}
    os.unlink(live)
    for end in ends:
        Path(live + end).write_bytes(logs.get(end, b"x" * 4096))
    put(there, backup_of(here, tmp_path / "backup"), replace=True)
    assert there.names() == ["Ben"]


def test_a_damaged_database_is_replaced_and_kept(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben"), install("Cora")
    file = backup_of(here, tmp_path / "backup")
    live = Path(str(there.url.database))
    live.write_bytes(b"no database at all " * 400)
    kept = Path(put(there, file, replace=True))
    assert there.names() == ["Ben"]
    assert kept.read_bytes().startswith(b"no database")


STEPS = ("replace", "link", "unlink", "fsync")


@pytest.mark.long
@pytest.mark.slow
def test_a_kill_at_any_step_leaves_the_one_or_the_other_whole(install: Install, tmp_path: Path) -> None:
    here = install("Ben", "Vera")
    file = backup_of(here, tmp_path / "backup")
    new = read_secrets(here.folder)[0]
    there, before = install("Cora"), tmp_path / "before"
    there.run("PRAGMA journal_mode = WAL", "INSERT INTO users VALUES (9, 'late')")
    former = read_secrets(there.folder)[0]
    shutil.copytree(there.folder, before)
    seen = set()
    for step in range(200):
        shutil.rmtree(there.folder)
        shutil.copytree(before, there.folder)
        ended = killed_at(step, lambda: put(there, file, replace=True))
        names, secrets = there.names(), read_secrets(there.folder)
        assert (names, True) in [(["Cora", "late"], former in secrets), (["Ben", "Vera"], new in secrets)], step
        seen.add(names[0])
        if ended:
            break
        put(there, file, replace=True)  # whatever a killed one left is in nobody's way
        assert (there.names(), read_secrets(there.folder)) == (["Ben", "Vera"], [new])
    assert ended
    assert step > 8
    assert seen == {"Cora", "Ben"}


def killed_at(step: int, work: Callable[[], Any]) -> bool:
    """Do the work in a process that dies at once before its n-th change to a disk; tell whether it came to its end."""
    pid = os.fork()
    if pid == 0:
        left = [step]
        for name in STEPS:
            setattr(os, name, dying(getattr(os, name), left))
        try:
            work()
        except BaseException:
            os._exit(7)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status in {0, 9}, status
    return status == 0


def dying(real: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        if left[0] == 0:
            os._exit(9)
        left[0] -= 1
        return real(*args, **options)

    return call


def test_an_archive_can_be_looked_into_with_usual_programs(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    with tarfile.open(backup_of(here, tmp_path / "backup")) as tar:
        assert tar.getnames() == ["manifest.json", here.store.file_name, "secret_key"]


def test_the_key_of_credentials_comes_back_its_owner_s_alone(install: Install, tmp_path: Path) -> None:
    here, there = install("Ben"), install()
    key = write_key(here.folder, NOW)
    rotate_key(here.folder, NOW)
    put(there, backup_of(here, tmp_path / "backup"))
    restored = there.folder / key.name
    assert restored.read_bytes() == key.read_bytes()
    assert stat.S_IMODE(restored.stat().st_mode) == 0o600


def test_another_key_of_credentials_that_was_there_is_kept(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    key = write_key(here.folder, NOW)
    before, file = key.read_bytes(), backup_of(here, tmp_path / "backup")
    put(here, file, replace=True)
    assert not list(here.folder.glob("credential_key.*"))

    rotate_key(here.folder, NOW)
    newer = key.read_bytes()
    restore(here.store, here.folder, file, NOW + timedelta(seconds=1), replace=True)
    assert key.read_bytes() == before
    (kept,) = here.folder.glob("credential_key.before-*")
    assert kept.read_bytes() == newer
