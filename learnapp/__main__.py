"""Server start: prepare what a new machine lacks, then serve with one process a core (`make run`)."""

import gc
import os
import socket
import subprocess
import sys

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.errors import ConfigurationError as ServerConfigurationError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from learnapp import config, secret_file
from learnapp.authoring.cli import follow_all
from learnapp.db import db
from learnapp.web import health

# A thread that waits for Argon2 or the database lets others go on: with 40 sign-ins at once, pages took at
# most 87 ms with 64 threads and 506 ms with 32. The processes share them.
THREADS = 64
FEWEST_THREADS = 16
STOP_WITHIN_SECONDS = 20


def migrate(settings: config.Settings) -> None:
    """Migrate the database if its schema is not current, in a process of its own, as Alembic is large."""
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    engine = create_engine(settings.database)
    try:
        problem = health.schema_problem(engine)
    except SQLAlchemyError:
        return  # the app says why it cannot reach its database
    finally:
        engine.dispose()
    command = [sys.executable, "-m", "flask", "--app", "learnapp.cli", "db", "upgrade"]
    if problem and subprocess.run(command, cwd=config.ROOT, check=False).returncode != 0:  # noqa: S603 - our own words
        raise config.ConfigurationError(f"{problem}, and migrating it failed")


def follow_renames(app: Flask) -> None:
    """Have progress, attempts and review cards follow what the content says was renamed."""
    with app.app_context():
        try:
            follow_all(db.session, app.extensions["catalog"].get())
        except SQLAlchemyError:
            db.session.rollback()  # pages find rows under former names, too; the next start tries again
        db.session.remove()
        db.engine.dispose()  # no connection may be used on both sides of a fork


def serve(settings: config.Settings) -> None:
    """Answer requests until the process is told to stop; requests under way are finished first."""
    # The processes are forked from this one: what is imported here, code and content, is the same in all of
    # them, as long as the server runs, and is read once.
    from wsgi import app

    content = app.extensions["catalog"]
    follow_renames(app)
    gc.freeze()  # the processes share what is here, as long as none of them searches it for garbage
    click.echo(f"{len(content.get().lessons)} lessons read, database ready.")
    if not settings.help:
        click.echo("No help lines are set: “Get support” names nobody outside (LEARNAPP_HELP_LINKS).")
    click.echo(f"Learnapp is at {settings.served_at}{settings.prefix} (stop with Ctrl+C)")
    server = Granian(
        "wsgi:app",
        address=settings.host.strip("[]"),
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=max(FEWEST_THREADS, THREADS // settings.processes),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        working_dir=config.ROOT,
        log_enabled=False,
    )
    # SIGHUP starts new processes from this one, one by one: they get the content as it is by then.
    server.on_reload(content.read_again)
    server.on_reload(lambda: follow_renames(app))
    server.serve()


def main() -> int:
    """Serve; return 1 with a sentence for the operator where that cannot be done."""
    try:
        secret_file.write_secret((config.ROOT / os.environ.get("LEARNAPP_INSTANCE", "instance")).resolve())
        settings = config.read()
        host, port = settings.host.strip("[]"), settings.port
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if probe.connect_ex((host, port)) == 0:
                raise config.ConfigurationError(f"port {port} is in use. Choose another: make run PORT={port + 1}")
        migrate(settings)
        serve(settings)
    except (config.ConfigurationError, ServerConfigurationError) as error:
        click.echo(f"Learnapp does not start: {error}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
