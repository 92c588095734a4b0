"""Demo commands: `flask demo seed` makes a made-up school, `flask demo accounts` says who can sign in to it."""

from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import AppGroup

from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.demo import service
from learnapp.web import clock
from learnapp.web.catalog import current_catalog

demo = AppGroup("demo", help="A made-up school, to look at and to show; never in production.")


@demo.command("seed")
@click.option("--seed", default=7, show_default=True, help="What chance is drawn from: the same makes the same school.")
@click.option(
    "--now", type=click.DateTime(), help="The moment, in UTC, from which all days are counted.  [default: now]"
)
def seed(seed: int, now: datetime | None) -> None:
    """Make three classes, ninety students and six weeks of theirs, in a database without people."""
    _refuse_in_production()
    try:
        moment = now.replace(tzinfo=UTC) if now else clock.now()
        service.seed_school(db.session, current_catalog(), seed, moment)
    except service.PeopleThere:
        db.session.rollback()
        raise click.ClickException("There are people in this database. The school needs one of its own.") from None
    db.session.commit()
    click.echo("Three classes with ninety students are there. `flask demo accounts` says who can sign in.")


@demo.command("accounts")
def accounts() -> None:
    """Make up passwords for the school's teachers and some others, and print them, once."""
    _refuse_in_production()
    made = service.give_passwords(db.session, clock.now())
    db.session.commit()
    if not made:
        raise click.ClickException("Nobody waits for a password. `flask demo seed` makes who does.")
    for name, role, password in made:
        click.echo(f"{name} ({role}), {service.CAST[name][1]}:\n    {password}")


def _refuse_in_production() -> None:
    if current_settings().environment == "production":
        raise click.ClickException("Nothing is made up in production: set LEARNAPP_ENVIRONMENT=development.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(demo)
