"""Credential commands: a new key, and which keys there are."""

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from learnapp.config.secret_file import foreign_owner
from learnapp.config.settings import current_settings
from learnapp.training.credentials.keys import read_keys, rotate_key
from learnapp.training.errors import CredentialKeyRefused
from learnapp.web import clock

credentials = AppGroup("credentials", help="Keys that sign credentials of certificates.")


@credentials.command("keys")
@with_appcontext
def keys() -> None:
    """List the keys, the one that signs first: thumbprint, and since when it was there."""
    try:
        found = read_keys(current_settings().instance_path)
    except CredentialKeyRefused as error:
        raise click.ClickException(str(error)) from None
    for key in found:
        use = "signs" if key.private else "signed before, verifies"
        click.echo(f"{key.thumbprint}  since {key.since:%d %B %Y, %H:%M} UTC  {use}")
    if not found:
        click.echo("There is no key yet; the next start of the server, or the first credential, makes one.")


@credentials.command("new-key")
@with_appcontext
def new_key() -> None:
    """Sign with a new key from now on, without a restart; what the former one signed is still verified."""
    folder = current_settings().instance_path
    owner = foreign_owner(folder)
    if owner is not None:
        raise click.ClickException(f"Run this as the owner of {folder} (user id {owner}): the server needs the file.")
    try:
        made = rotate_key(folder, clock.now())
        former = len(read_keys(folder)) > 1
    except CredentialKeyRefused as error:
        raise click.ClickException(str(error)) from None
    also = " Of the former key only the public part is left." if former else ""
    click.echo(f"{made.thumbprint} signs from now on.{also}")
    if former:
        click.echo("Make a backup: one from before this holds the former key, and would bring it back.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(credentials)
