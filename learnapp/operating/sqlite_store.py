"""SQLite for backups: a copy that SQLite makes itself, and a file put in place of the database in one step."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from learnapp.config.secret_file import sync_folder
from learnapp.operating.archive import DamagedArchive
from learnapp.operating.errors import BackupFailed, RestoreRefused
from learnapp.operating.stores import count_rows, revision

PATIENCE = 10.0
LOGS = ("-wal", "-shm", "-journal")


class SqliteStore:
    """A SQLite file."""

    kind, file_name = "sqlite", "learnapp.sqlite3"

    def __init__(self, url: URL) -> None:
        self.file = Path(str(url.database))

    def copy(self, target: Path) -> tuple[str, Mapping[str, int]]:
        if not self.file.is_file():
            raise BackupFailed(f"There is no database at {self.file} yet.")
        # One read transaction: writers go on, and what they commit from now on is not in the copy.
        try:
            with closing(sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None)) as connection:
                connection.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error as error:
            raise BackupFailed(f"SQLite could not copy {self.file}: {error}.") from error
        target.chmod(0o600)
        with target.open("rb+") as written:
            os.fsync(written.fileno())
        with _reading(target) as copied:
            found = revision(copied)
            if found is None:
                raise BackupFailed("The database has no schema yet, so there is nothing to back up.")
            return found, count_rows(copied)

    def check(self, copy: Path, rows: Mapping[str, int]) -> None:
        try:
            with _reading(copy) as connection:
                said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if said != ["ok"] or lost or count_rows(connection) != rows:
                    raise DamagedArchive("The database in the backup is damaged.")
        except SQLAlchemyError as error:
            raise DamagedArchive("The database in the backup is damaged.") from error

    def is_empty(self) -> bool:
        if not self.file.exists():
            return not any(log.exists() for log in self._logs())
        try:
            with _reading(self.file) as connection:
                return not any(count for name, count in count_rows(connection).items() if name != "alembic_version")
        except SQLAlchemyError:
            return False

    def replace(self, copy: Path, rows: Mapping[str, int], aside: str | None) -> str:
        """Keep the former file beside the new one as `<aside>-...`; a crash leaves the one or the other, whole."""
        new = self.file.with_name(f".{self.file.name}.new")
        new.unlink(missing_ok=True)
        _copy_durably(copy, new)
        self.check(new, rows)
        is_whole = self._fold()
        kept = self._keep(aside, is_whole) if aside else ""
        if not is_whole:  # a log beside a file that it does not belong to would spoil it
            for log in self._logs():
                log.unlink(missing_ok=True)
        new.replace(self.file)
        sync_folder(self.file.parent)
        return kept

    def _fold(self) -> bool:
        """Fold the log into the file, so that it is whole by itself; tell whether that was possible.

        SQLite allows it to whoever is alone with the file, so it is also how others are noticed.
        """
        if not self.file.exists():
            return False
        try:
            with closing(sqlite3.connect(self.file, timeout=1.0, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise RestoreRefused(
                    f"Another program has {self.file} open: stop servers, and whatever else reads it."
                ) from error
            return False
        except sqlite3.DatabaseError:
            return False
        return not any(log.exists() for log in self._logs())

    def _keep(self, aside: str, is_whole: bool) -> str:
        """Give the former file, and the logs of one that is not whole, a second name."""
        for left in self.file.parent.glob(f"{self.file.name}.before-*"):
            if left.samefile(self.file):  # by a restore that was killed before it replaced the file
                left.unlink()
        names = chain([aside], (f"{aside}-{number}" for number in count(2)))
        files = (self.file.with_name(f"{self.file.name}.{name}") for name in names)
        kept = next(file for file in files if not file.exists())
        for file in (self.file, *(() if is_whole else self._logs())):
            if file.exists():
                os.link(file, str(file).replace(str(self.file), str(kept), 1))
        sync_folder(self.file.parent)
        return str(kept)

    def _logs(self) -> list[Path]:
        return [Path(f"{self.file}{end}") for end in LOGS]


@contextmanager
def _reading(file: Path) -> Iterator[Connection]:
    engine = create_engine(URL.create("sqlite", database=str(file)), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _copy_durably(source: Path, target: Path) -> None:
    with (
        source.open("rb") as content,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        while part := content.read(1024 * 1024):
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
