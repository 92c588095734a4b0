"""SQLite for backups: a copy while somebody writes holds what was committed before."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from tests.operating.conftest import Install


def test_a_copy_holds_what_was_committed_and_nothing_half_done(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    here.run("PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(str(here.url.database), isolation_level=None)) as writer:
        writer.execute("INSERT INTO users VALUES (5, 'in the log')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO users VALUES (6, 'half done')")
        _schema, rows = here.store.copy(tmp_path / "copy")
        writer.execute("COMMIT")
    assert rows["users"] == 2
    here.store.check(tmp_path / "copy", rows)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


def test_what_was_deleted_is_not_in_a_copy(install: Install, tmp_path: Path) -> None:
    here = install("Ben", "canary-7f3a")
    here.run("DELETE FROM answers WHERE id = 1", "DELETE FROM users WHERE id = 1")
    here.store.copy(tmp_path / "copy")
    assert b"canary-7f3a" not in (tmp_path / "copy").read_bytes()


def test_a_name_with_signs_of_addresses_is_a_name(install: Install, tmp_path: Path) -> None:
    here = install("Ben")
    target = tmp_path / "a?b#c%20d"
    here.store.copy(target)
    assert target.is_file()
