"""PostgreSQL for backups: its own programs pg_dump, pg_restore and psql; a restore is one transaction."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, NullPool, create_engine, text

from learnapp.operating.archive import DamagedArchive
from learnapp.operating.errors import BackupFailed, RestoreRefused
from learnapp.operating.stores import count_rows, libpq_address, revision

ASIDE = "before_*"  # schemas in which restores keep what was there
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)
MOVE = """
CREATE SCHEMA {aside};
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE public.%I SET SCHEMA {aside}', one.tablename);
  END LOOP;
END $$;
"""
COUNT = """
DO $$ BEGIN IF (SELECT count(*) FROM public."{table}") <> {rows} THEN
  RAISE EXCEPTION 'table {table} does not have {rows} rows'; END IF; END $$;
"""


class ProgramFailed(Exception):
    """One of PostgreSQL's programs is not there or failed; the message says which and why."""


class PostgresStore:
    """A PostgreSQL database."""

    kind, file_name = "postgresql", "learnapp.dump"

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = create_engine(url, poolclass=NullPool)

    def copy(self, target: Path) -> tuple[str, Mapping[str, int]]:
        # Rows are counted in the very snapshot that is dumped; writers go on.
        with self.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            found = revision(connection)
            if found is None:
                raise BackupFailed("The database has no schema yet, so there is nothing to back up.")
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            rows = count_rows(connection)
            target.touch(mode=0o600)
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}")
            try:
                self._run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={target}", self._address)
            except ProgramFailed as error:
                raise BackupFailed(str(error)) from error
        with target.open("rb+") as written:
            os.fsync(written.fileno())
        return found, rows

    def check(self, copy: Path, rows: Mapping[str, int]) -> None:  # noqa: ARG002 - counted later
        """Have all of the dump read; its rows are counted as it is restored, before that is committed."""
        try:
            self._run("pg_restore", "--file=/dev/null", str(copy))
        except ProgramFailed as error:
            raise DamagedArchive(f"The dump in the backup cannot be read: {error}") from error

    def is_empty(self) -> bool:
        with self.engine.connect() as connection:
            return not any(count for name, count in count_rows(connection).items() if name != "alembic_version")

    def replace(self, copy: Path, rows: Mapping[str, int], aside: str | None) -> str:
        """Move what is there to a schema of its own and restore, in one transaction."""
        with self.engine.connect() as connection:
            if others := connection.scalar(OTHERS):
                raise RestoreRefused(f"{others} connections to the database are open: stop servers and other programs.")
        schema = (aside or "before_restore").replace("-", "_").lower()
        before, restored, after = (copy.with_name(name) for name in ("before.sql", "restored.sql", "after.sql"))
        before.write_text(MOVE.format(aside=schema), encoding="utf-8")
        counts = [COUNT.format(table=table, rows=count) for table, count in rows.items()]
        dropped = [] if aside else [f"DROP SCHEMA {schema} CASCADE;"]
        after.write_text("\n".join([*counts, *dropped]), encoding="utf-8")
        try:
            self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={restored}", str(copy))
            files = [f"--file={file}" for file in (before, restored, after)]
            options = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *files)
            self._run("psql", *options, self._address)
        except ProgramFailed as error:
            raise RestoreRefused(str(error)) from error
        return f"schema {schema} of the database" if aside else ""

    @property
    def _address(self) -> str:
        return f"--dbname={libpq_address(self.url)}"

    def _run(self, program: str, *options: str) -> None:
        if shutil.which(program) is None:
            raise ProgramFailed(
                f"{program} is not installed: install PostgreSQL’s client programs, of the server’s version or newer."
            )
        password = {"PGPASSWORD": str(self.url.password)} if self.url.password else {}
        done = subprocess.run(  # noqa: S603 - our own words
            [program, *options],
            env={**os.environ, **password, "PGOPTIONS": "-c client_min_messages=warning"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ProgramFailed(f"{program} failed: {done.stderr.strip()[-1000:]}")
