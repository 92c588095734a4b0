"""Commands of operators: back up, restore, new secrets."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from learnapp.config import secret_file
from learnapp.config.settings import Settings, current_settings, has_secret
from learnapp.database.db import db
from learnapp.database.outages import why_unavailable
from learnapp.operating.archive import Manifest
from learnapp.operating.backup import make_backup, store_of
from learnapp.operating.errors import BackupFailed, RestoreRefused
from learnapp.operating.restore import check_archive, restore, work_folder
from learnapp.web import clock
from learnapp.web.monitoring.fingerprints import announce_secret, is_other_secret
from learnapp.web.monitoring.health import HOW_TO_SHARE_SECRETS

secret = AppGroup("secret", help="The secret that signs cookies: a new one, without signing anybody out.")
NOTHING_YET = "There is no secret in {} yet; `make run` writes one."
file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command("backup")
@file_argument
@with_appcontext
def backup(file: Path) -> None:
    """Write database and secrets to FILE, while people learn; it is read back and checked."""
    settings = current_settings()
    with _in_words(settings):
        made = make_backup(store_of(settings.database), settings.instance_path, file, clock.now())
    click.echo(f"{file}: {_summary(made)}. Checked.")
    click.echo("It holds what people answered, and the secret: keep it where nobody else reads it.")
    if os.environ.get("LEARNAPP_SECRET_KEY"):
        click.echo("LEARNAPP_SECRET_KEY is set: that secret is not in the backup, keep it yourself.")


@click.command("restore")
@file_argument
@click.option("--replace", is_flag=True, help="Replace a database that is not empty; it is kept under another name.")
@click.option("--check", is_flag=True, help="Only tell whether the backup is whole and fits; change nothing.")
@with_appcontext
def restore_command(file: Path, replace: bool, check: bool) -> None:
    """Put a backup in place of the database and the secrets; servers must be stopped."""
    settings = current_settings()
    store = store_of(settings.database)
    with _in_words(settings):
        if check:
            with work_folder(settings.instance_path) as folder:
                click.echo(f"{file}: {_summary(check_archive(store, file, folder))}. Whole, and fits here.")
            return
        db.engine.dispose()
        done = restore(store, settings.instance_path, file, clock.now(), replace=replace)
    click.echo(f"Restored {file}: {_summary(done.manifest)}.")
    if done.kept:
        click.echo(f"What was there before is kept: {done.kept}. Delete it when you are sure: it holds people’s data.")
    if is_other_secret(db.engine, _secrets_of_next_start(settings)):
        click.echo("This database was served with another secret, and no server starts on it with the present one.")
        click.echo(HOW_TO_SHARE_SECRETS)
    elif os.environ.get("LEARNAPP_SECRET_KEY"):
        click.echo("LEARNAPP_SECRET_KEY is set and signs, not what the backup holds of secrets.")
    if done.is_older:
        click.echo("The backup is of an older version: run `flask --app learnapp.cli db upgrade`, or `make run`.")
    click.echo(f"Whoever deleted an account after {done.manifest.made_at} is back: delete them again.")


def _secrets_of_next_start(settings: Settings) -> Sequence[str]:
    """Return the secrets that a server takes from now on: a backup brings those of its folder along."""
    given = os.environ.get("LEARNAPP_SECRET_KEY")
    return settings.secrets if given else secret_file.read_secrets(settings.instance_path)


@secret.command("rotate")
def rotate() -> None:
    """Sign with a new secret after the next start; what the former ones signed is still believed."""
    settings, new = _with_secret_file(), secret_file.new_secret()
    with _in_words(settings):
        announce_secret(db.engine, new)
    secret_file.rotate_secret(settings.instance_path, new)
    click.echo("A new secret signs after the next start of the server. Nobody is signed out by that.")
    click.echo(f"Wait {settings.session_days} days, then `flask secret forget-former`; at once if the old one leaked.")
    click.echo("Neither ends a sign-in: `flask accounts sign-out --everybody` does.")


@secret.command("forget-former")
def forget_former() -> None:
    """Believe the newest secret only: forms that have been open since before it must be opened again."""
    settings = _with_secret_file()
    newest, *former = secret_file.read_secrets(settings.instance_path)
    with _in_words(settings):
        announce_secret(db.engine, newest)
    secret_file.replace_secrets(settings.instance_path, [newest])
    click.echo(f"{len(former)} former secrets are forgotten after the next start of the server.")


@secret.command("adopt")
def adopt() -> None:
    """Let servers start with the present secret, whichever the database was served with before."""
    settings = current_settings()
    if not has_secret():
        raise click.ClickException(NOTHING_YET.format(settings.instance_path))
    with _in_words(settings):
        announce_secret(db.engine, settings.secret)
    click.echo("The next start of a server takes the present secret for that of the database.")
    click.echo("Servers with another one are not ready from then on: give them this one.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(backup)
    app.cli.add_command(restore_command)
    app.cli.add_command(secret)


def _summary(made: Manifest) -> str:
    tables = sum(1 for table in made.rows if table != "alembic_version")
    size = sum(size for size, _digest in made.files.values()) / 1_000_000
    return (
        f"{made.database}, schema {made.schema}, {made.row_count:,} rows in {tables} tables, {size:.1f} MB, "
        f"made {made.made_at} by version {made.version}"
    )


def _with_secret_file() -> Settings:
    settings = current_settings()
    if os.environ.get("LEARNAPP_SECRET_KEY"):
        raise click.ClickException(
            "The secret is in LEARNAPP_SECRET_KEY: put a new one there, and the present one into "
            "LEARNAPP_SECRET_KEY_FALLBACKS."
        )
    if not secret_file.read_secrets(settings.instance_path):
        raise click.ClickException(NOTHING_YET.format(settings.instance_path))
    return settings


@contextmanager
def _in_words(settings: Settings) -> Iterator[None]:
    """Have what this writes belong to the owner alone, and turn what goes wrong into a sentence."""
    owner = secret_file.foreign_owner(settings.instance_path)
    if owner is not None:
        raise click.ClickException(
            f"Run this as the owner of {settings.instance_path} (user id {owner}): the server needs these files."
        )
    before = os.umask(0o077)
    try:
        yield
    except (BackupFailed, RestoreRefused) as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        raise click.ClickException(f"The database is {why_unavailable(error) or 'failing'}.") from error
    finally:
        os.umask(before)
