"""Account commands: make accounts, give roles, help people in; `flask tick` deletes what has ended."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from wtforms.validators import ValidationError

from learnapp.accounts import service, sessions
from learnapp.accounts.email.confirmations import purge_confirmations
from learnapp.accounts.errors import InvalidInput, NameTaken
from learnapp.accounts.forms import clean_email
from learnapp.accounts.limits.throttle import purge_tries
from learnapp.accounts.models import User
from learnapp.accounts.own_data.holds import AccountHeld
from learnapp.accounts.passwords import resets, rules
from learnapp.accounts.passwords.mail import purge_outbox
from learnapp.accounts.purges import Purge, operator_warnings, registered_purges
from learnapp.accounts.responses import reset_address
from learnapp.accounts.submissions import purge_submissions
from learnapp.accounts.teachers import invitations
from learnapp.config.settings import Settings, current_settings
from learnapp.database.db import db, end_read
from learnapp.database.outages import why_unavailable
from learnapp.database.sqlite import scrub
from learnapp.web import clock
from learnapp.web.login import ACCOUNT_ROLES

LINK_LASTS = timedelta(hours=24)
MANY_GUESTS, NEARLY_ALL = 10, 0.9
TICK_SHOWS_CLOCK = timedelta(days=3)

accounts = AppGroup("accounts", help="People: make accounts, give roles, help them in.")
name_argument = click.argument("name")
generate_option = click.option("--generate", is_flag=True, help="In debug: make up a password and print it once.")
email_option = click.option("--email", help="Where links to choose a new password are mailed.")


@accounts.command("create-admin")
@click.argument("name", required=False)
@generate_option
@email_option
@click.pass_context
def create_admin(context: click.Context, /, name: str | None, **options: Any) -> None:
    """Make an account that may do everything; a name that is not given is asked for."""
    context.invoke(create, name=name or click.prompt("Name"), role="admin", **options)


@accounts.command("create")
@name_argument
@click.option("--role", type=click.Choice(ACCOUNT_ROLES), default="learner", show_default=True)
@generate_option
@email_option
def create(name: str, role: str, generate: bool, email: str | None) -> None:
    """Make an account, and print a link with which its person chooses a password: nobody else ever knows one."""
    if generate and not current_settings().debug:
        raise click.ClickException("Passwords are made up in debug only; without --generate you get a link.")
    password = rules.generate() if generate else None
    try:
        user = service.create_account(db.session, name, password, role, clock.now(), clean_email(email))
    except ValidationError as error:
        raise click.ClickException("This e-mail address cannot be used.") from error
    except InvalidInput as error:
        reason = error.reason.replace("_", " ")
        raise click.ClickException(f"This {error.what} cannot be used: {reason}.") from error
    except NameTaken as error:
        raise click.ClickException("Somebody has this name, or one that looks the same.") from error
    link = None if generate else _link(user)
    db.session.commit()
    if link:
        click.echo(f"Hand this link to {user.name} ({role}) to choose a password. It works once, for 24 hours:\n{link}")
    else:
        click.echo(f"{user.name} can sign in as {role}.\nPassword, shown only now: {password}")


@accounts.command("set-role")
@name_argument
@click.argument("role", type=click.Choice(ACCOUNT_ROLES))
@click.option("--anyway", is_flag=True, help="Also if classes are then left without anybody who may lead them.")
def set_role(name: str, role: str, anyway: bool) -> None:
    """Give an account another role; it is signed out. New staff choose a longer password by a link."""
    user = _account(name)
    try:
        needs_password = service.set_role(db.session, user, role, clock.now(), anyway=anyway)
    except AccountHeld as error:
        led = ", ".join(f"“{hold.name}”" for hold in error.holds)
        raise click.ClickException(
            f"{user.name} alone leads {led}. Somebody else takes them over first, or they end; or say --anyway."
        ) from error
    link = _link(user) if needs_password else None
    db.session.commit()
    click.echo(f"{user.name} is now {role}, and signed out everywhere.")
    for said in operator_warnings(db.session) if anyway else ():
        click.echo(said)
    if link:
        click.echo(f"Staff’s passwords have {rules.STAFF_LENGTH} characters or more, so the old one no longer")
        click.echo(f"works. Hand over this link, which works once, for 24 hours:\n{link}")


@accounts.command("reset-password")
@name_argument
def reset_password(name: str) -> None:
    """Print a link with which somebody chooses a new password; it also unlocks sign-in."""
    user = _account(name)
    link = _link(user)
    db.session.commit()
    click.echo(f"Hand this link to {user.name} in a safe way. It works once, for 24 hours:\n{link}")


@accounts.command("invite-teacher")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="How long the link works.")
def invite_teacher(days: int) -> None:
    """Print a link with which somebody makes a teacher's account, or a learner their own account one."""
    token = invitations.create_link(db.session, clock.now(), timedelta(days=days))
    db.session.commit()
    lasts = "a day" if days == 1 else f"{days} days"
    click.echo(f"Hand this link to the teacher. It works once, for {lasts}:")
    click.echo(f"{current_settings().address}/account/teacher/{token}")


@accounts.command("sign-out")
@click.argument("name", required=False)
@click.option("--everybody", is_flag=True, help="End the sessions of all accounts; guests stay.")
def sign_out(name: str | None, everybody: bool) -> None:
    """End all sessions of an account, or of all accounts."""
    if (name is None) != everybody:
        raise click.UsageError("Name an account, or say --everybody.")
    if name is None:
        ended = sessions.close_all_of_accounts(db.session)
        db.session.commit()
        click.echo(f"{ended} sessions are ended; whoever has an account signs in again.")
        return
    user = _account(name)
    sessions.close_all(db.session, user.id)
    db.session.commit()
    click.echo(f"{user.name} is signed out everywhere.")


@click.command("tick")
@click.option("--all-guests", is_flag=True, help="Delete unused guests even if hardly any others are left.")
@with_appcontext
def tick(all_guests: bool) -> None:
    """Delete what has ended: unused guests, sign-ins, links, tries, forms, mails, looks; fold SQLite's log away.

    Says what an operator has to see to, such as classes without a leader.

    Safe to run at any time and as often as you like, also while people learn.
    """
    now, settings = clock.now(), current_settings()
    guests = 0
    try:
        if not all_guests and not _ticked_lately(settings, now):
            _refuse_a_wrong_clock(now, settings.guest_days)
        # A transaction each, so that nobody waits long to save.
        while purged := service.purge_guests(db.session, now, settings.guest_days):
            db.session.commit()
            guests += purged
        sign_ins = sessions.purge_sessions(db.session, now, settings)
        db.session.commit()
        links = resets.purge_reset_links(db.session, now)
        db.session.commit()
        ours: tuple[Purge, ...] = (purge_confirmations, purge_tries, purge_submissions, invitations.purge_invitations)
        for purge in ours + registered_purges():
            purge(db.session, now)
            db.session.commit()
        warnings = operator_warnings(db.session)
        end_read(db.session)
    except SQLAlchemyError as error:
        why = why_unavailable(error) or "failing, or its schema is not migrated"
        raise click.ClickException(f"Nothing more was deleted: the database is {why}.") from error
    click.echo(f"Deleted {guests} unused guests, {sign_ins} ended sign-ins and {links} old reset links.")
    for said in warnings:
        click.echo(said)
    if mails := purge_outbox(settings.outbox, now):
        click.echo(f"Deleted {mails} old mails from the outbox.")
    _last_tick(settings).touch()
    if not scrub(db.engine):
        click.echo("SQLite’s log is in use and was not emptied; the next tick tries again.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(accounts)
    app.cli.add_command(tick)


def _last_tick(settings: Settings) -> Path:
    return settings.instance_path / "last_tick"


def _ticked_lately(settings: Settings, now: datetime) -> bool:
    """Tell whether a tick of these days shows that the clock goes on as it did."""
    try:
        age = now.timestamp() - _last_tick(settings).stat().st_mtime
    except OSError:
        return False
    return 0 <= age < TICK_SHOWS_CLOCK.total_seconds()


def _refuse_a_wrong_clock(now: datetime, days: int) -> None:
    """Raise ClickException where nearly all guests would go at once: a clock that is wrong by weeks looks so."""
    stale, guests = service.count_guests(db.session, now, days)
    if stale >= MANY_GUESTS and stale >= guests * NEARLY_ALL:
        raise click.ClickException(
            f"Nothing was deleted: {stale} of {guests} guests would go at once. Is the clock right? "
            f"It says {now:%d %B %Y}. If it is, say --all-guests."
        )


def _account(name: str) -> User:
    user = service.find_account(db.session, name)
    if user is None:
        raise click.ClickException("There is no account of this name.")
    return user


def _link(user: User) -> str:
    return reset_address(resets.create_link(db.session, user.id, clock.now(), LINK_LASTS))
