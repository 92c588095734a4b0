"""Health: whether schema and secret are those of the database, whether it can be written, whether to serve at all."""

import os
import shutil
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from learnapp.config import instance_lock
from learnapp.config.derived_keys import believed_secrets, derived_key
from learnapp.config.settings import ROOT, ConfigurationError
from learnapp.content.snapshot import Snapshot
from learnapp.database import db, outages
from learnapp.web import logs
from learnapp.web.catalog import current_catalog
from learnapp.web.monitoring.fingerprints import is_other_secret, may_sign

MIGRATIONS = ROOT / "migrations" / "versions"
ENOUGH_BYTES = 16 * 1024 * 1024
PATIENCE = 1.0
NEWER_SCHEMA = "the database was migrated by a newer version of Learnapp"
SERVED_OTHERWISE = "the database is served with another secret"
HOW_TO_SHARE_SECRETS = (
    "The servers of one database need one secret, or each refuses the other’s forms. Give this one the secret of the "
    "others, their LEARNAPP_SECRET_KEY or secret_key in the instance folder. If that one is lost, or left out on "
    "purpose, let this one take its place: `flask --app learnapp.cli secret adopt`."
)
# More than PostgreSQL sorts in 64 kB of memory, so that it writes a file of about a megabyte, without touching a table.
WRITE_A_FILE = """
    SELECT sum(length(words)) FROM (
        SELECT repeat(md5(n::text), 200) AS words FROM generate_series(1, 200) AS n ORDER BY md5(n::text) OFFSET 0
    ) AS sorted
"""


@cache
def known_revisions() -> frozenset[str]:
    """Return the ids of all migrations, with which their files' names begin."""
    return frozenset(file.name[:4] for file in MIGRATIONS.glob("[0-9]*.py"))


def newest_revision() -> str:
    """Return the id of the newest migration."""
    return max(known_revisions())


def stored_revisions(connection: Connection) -> list[str] | None:
    """Return the revision that a database says it has, in a list as Alembic keeps it; None without a schema."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return list(connection.scalars(sa.text("SELECT version_num FROM alembic_version")))


def schema_problem(engine: Engine) -> str | None:
    """Say why the schema is not the one that this code needs, or nothing."""
    with engine.connect() as connection:
        revisions = stored_revisions(connection)
    if revisions is None:
        return "the database has no schema yet"
    if revisions == [newest_revision()]:
        return None
    return NEWER_SCHEMA if any(revision > newest_revision() for revision in revisions) else "the schema is not migrated"


def problem(engine: Engine, secrets: Sequence[str]) -> str | None:
    """Say why a server with these secrets cannot serve now, or nothing; a short lock is no problem."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    try:
        if reason := schema_problem(engine):
            return reason
        if is_other_secret(engine, secrets):
            return SERVED_OTHERWISE
        if file and shutil.disk_usage(Path(file).parent).free < ENOUGH_BYTES:
            return "full"
        with db.brief_write(engine, PATIENCE) as connection:  # a write that changes nothing
            if file:
                version = connection.exec_driver_sql("PRAGMA user_version").scalar()
                connection.exec_driver_sql(f"PRAGMA user_version = {version}")
            elif (
                connection.scalar(sa.text("SELECT pg_is_in_recovery()"))
                or connection.scalar(sa.text("SHOW transaction_read_only")) == "on"
            ):
                return "read-only"
            else:
                connection.execute(sa.text("SELECT pg_logical_emit_message(true, 'readyz', '')"))
                connection.execute(sa.text("SET LOCAL work_mem = '64kB'"))
                connection.execute(sa.text(WRITE_A_FILE))
    except OSError:
        return "missing"
    except SQLAlchemyError as error:
        reason = outages.why_unavailable(error) or "failing"
        return None if reason == "locked" else reason
    return None


@lru_cache(maxsize=1)
def recent_problem(engine: Engine, secrets: tuple[str, ...], second: int) -> str | None:  # noqa: ARG001 - for the cache alone
    """Return what `problem` found at the first call with this second: asking often must not mean writing often."""
    found = problem(engine, secrets)
    if found:  # at most once a second: what strangers are not told
        logs.log.warning("not ready", extra={"fields": {"problem": found}})
    return found


def prepare_to_serve(app: Flask) -> None:
    """Write logs as JSON, read content and templates, and raise ConfigurationError while nothing could be served."""
    os.umask(0o077)  # what a server writes is nobody else's to read
    settings = app.config["SETTINGS"]
    logs.write_to_stderr(settings.log_level, others=settings.debug)
    try:
        app.extensions["first_server"] = instance_lock.share(settings.instance_path)
    except instance_lock.InstanceInUse:
        raise ConfigurationError("A backup is being restored just now. Wait until it is done.") from None
    with app.app_context():
        try:
            problem = schema_problem(db.db.engine)
            is_own = problem is not None or may_sign(db.db.engine, believed_secrets())
        except SQLAlchemyError as error:
            reason = outages.why_unavailable(error) or "failing"
            raise ConfigurationError(f"The database cannot be reached ({reason}).") from None
        if problem:
            how = "Run `flask --app learnapp.cli db upgrade`, or `make run`."
            raise ConfigurationError(f"Cannot serve: {problem}. {how if problem != NEWER_SCHEMA else ''}".strip())
        if not is_own:
            raise ConfigurationError(f"Cannot serve: {SERVED_OTHERWISE}. {HOW_TO_SHARE_SECRETS}")
        if not app.debug:
            app.extensions["catalog"].start(Snapshot(settings.instance_path / "catalog", derived_key("catalog")))
            compile_templates(app)
        current_catalog()
        db.db.engine.dispose()  # no connection may be used on both sides of a fork


def compile_templates(app: Flask) -> None:
    """Compile all templates while there is one thread: Python's parser has failed with two (CPython gh-106905)."""
    for name in app.jinja_env.list_templates(extensions=["html", "txt"]):
        app.jinja_env.get_template(name)
