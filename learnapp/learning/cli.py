"""`flask tick`: what is done in the background, at least once a day, by cron or a timer."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from learnapp.accounts import identity
from learnapp.accounts.passwords.mail import purge_outbox
from learnapp.accounts.passwords.resets import purge_resets
from learnapp.accounts.responses import postbox
from learnapp.accounts.service import purge_guests
from learnapp.accounts.sessions import purge_sessions
from learnapp.db import begin_write, db, unavailable
from learnapp.sqlite import scrub
from learnapp.web import clock


@click.command("tick")
@with_appcontext
def tick() -> None:
    """Delete unused guests, dead sign-ins and old reset links, and fold SQLite's log into its file.

    Safe to run at any time and as often as you like, also while people learn.
    """
    now, days, limits = clock.now(), current_app.config["SETTINGS"].guest_days, identity.limits()
    guests = 0
    try:
        while purged := _committed(lambda session: purge_guests(session, now, days)):
            guests += purged
        sessions = _committed(lambda session: purge_sessions(session, now, limits))
        resets = _committed(lambda session: purge_resets(session, now))
    except SQLAlchemyError as error:
        why = unavailable(error) or "failing, or its schema is not migrated"
        raise click.ClickException(f"Nothing more was deleted: the database is {why}.") from error
    click.echo(f"Deleted {guests} unused guests, {sessions} dead sign-ins and {resets} old reset links.")
    if mails := purge_outbox(postbox().outbox, now):
        click.echo(f"Deleted {mails} old mails from the outbox.")
    if not scrub(db.engine):
        click.echo("SQLite's log is in use and was not emptied; the next tick tries again.")


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(tick)


def _committed(purge: Callable[[Session], int]) -> int:
    """Run one purge in a transaction of its own, so that nobody waits long to save."""
    session = db.session()
    begin_write(session)
    count = purge(session)
    session.commit()
    return count
