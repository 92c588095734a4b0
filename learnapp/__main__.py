"""Server start: prepare what a new machine lacks, then serve with one process a core (`make run`)."""

import errno
import gc
import logging
import multiprocessing
import os
import socket
import subprocess
import sys

import click
from flask import Flask
from granian.errors import ConfigurationError as ServerConfigurationError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from learnapp.authoring.cli import follow_all
from learnapp.config import secret_file
from learnapp.config.rules import advice
from learnapp.config.settings import ROOT, ConfigurationError, Settings, read_settings
from learnapp.database.db import db
from learnapp.database.sqlite_files import is_missing
from learnapp.server.adapter import Adapter, Limits
from learnapp.server.workers import Server, give_memory_back, raise_limits
from learnapp.training.credentials.keys import write_key
from learnapp.web import clock
from learnapp.web.http.uploads import large_forms
from learnapp.web.monitoring import health

log = logging.getLogger("learnapp")

# Threads of each process. Those that wait for a password's hash (hashing.MOST_AT_ONCE) or for the database's
# writers are so few that some are always left to pages.
THREADS = 96
MISSING_DATABASE = (
    "There was a Learnapp here, as its secret_key is, but there is no database {}: an empty one is made. "
    "If that is not what you want, stop now and put the old one back."
)


def migrate(settings: Settings) -> None:
    """Migrate the database if its schema is not current, in a process of its own, as Alembic is large."""
    engine = create_engine(settings.database)
    try:
        problem = health.schema_problem(engine)
    except SQLAlchemyError:
        return  # the app says why it cannot reach its database
    finally:
        engine.dispose()
    if problem == health.NEWER_SCHEMA:
        raise ConfigurationError(f"{problem}. Start that version, or restore a backup.")
    command = [sys.executable, "-m", "flask", "--app", "learnapp.cli", "db", "upgrade"]
    if problem and subprocess.run(command, cwd=ROOT, check=False).returncode != 0:  # noqa: S603 - our own words
        raise ConfigurationError(f"{problem}, and migrating it failed")


def follow_renames(app: Flask) -> None:
    """Have progress, attempts and review cards follow what the content says was renamed."""
    with app.app_context():
        try:
            follow_all(db.session, app.extensions["catalog"].get())
        except SQLAlchemyError:
            db.session.rollback()  # pages find rows under former names, too; the next start tries again
        db.session.remove()
        db.engine.dispose()  # no connection may be used on both sides of a fork


def reload_content(app: Flask) -> None:
    """Read the content again, for the workers that are started next; one with errors leaves the last good one."""
    content = app.extensions["catalog"]
    try:
        content.read_again()
        problems = "\n".join(map(str, content.problems))
    except Exception as error:  # whatever happens to files while they are read: the server goes on
        problems = repr(error)
    if problems:
        log.error("The content has errors; the last good one is served on: %s", problems)
    else:
        follow_renames(app)
        log.warning("%d lessons read again.", len(content.get().lessons))


def serve(settings: Settings) -> None:
    """Answer requests until the process is told to stop; requests under way are finished first."""
    # The processes are forked from this one: what is imported here, code and content, is the same in all of
    # them, as long as the server runs, and is read once.
    from wsgi import app

    follow_renames(app)
    gc.freeze()  # the processes share what is here, as long as none of them searches it for garbage
    click.echo(f"{len(app.extensions['catalog'].get().lessons)} lessons read, database ready.")
    for sentence in advice(settings):
        click.echo(sentence)
    click.echo(f"Learnapp is at {settings.served_at}{settings.prefix} (stop with Ctrl+C)")
    uploads = large_forms(app, settings.prefix)
    limits = Limits(THREADS, body_bytes=app.config["MAX_CONTENT_LENGTH"], uploads=uploads)
    server = Server(Adapter(app, limits), settings)
    # SIGHUP starts new processes from this one, one by one: they get the content as it is by then.
    server.on_reload(lambda: reload_content(app))
    server.run()


def require_free(host: str, port: int) -> None:
    """Raise ConfigurationError, with what to do, where nobody can serve at this address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                problem = f"port {port} is in use. Choose another: make run PORT={port + 1}"
            else:
                problem = f"{host}, port {port}: {error.strerror}"
            raise ConfigurationError(problem) from None


def main() -> int:
    """Serve; return 1 with a sentence for the operator where that cannot be done."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    raise_limits()
    give_memory_back()
    try:
        instance = (ROOT / os.environ.get("LEARNAPP_INSTANCE", "instance")).resolve()
        was_used = bool(secret_file.read_secrets(instance))
        secret_file.write_secret(instance)
        settings = read_settings()
        if was_used and is_missing(settings.database):
            click.echo(MISSING_DATABASE.format(settings.database), err=True)
        require_free(settings.host.strip("[]"), settings.port)
        write_key(settings.instance_path, clock.now())
        migrate(settings)
        serve(settings)
    except (ConfigurationError, ServerConfigurationError, OSError) as error:
        click.echo(f"Learnapp does not start: {error}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
