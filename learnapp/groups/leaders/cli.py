"""Group commands: find classes that nobody may lead, and name somebody who leads one."""

import logging
from datetime import timedelta

import click
from flask import Flask
from flask.cli import AppGroup

from learnapp.accounts.service import find_account
from learnapp.database.db import LARGEST_ID, db
from learnapp.groups.leaders import service
from learnapp.groups.membership.invitations import add_leader
from learnapp.groups.membership.service import lock_group
from learnapp.groups.store import leaders_of
from learnapp.web import clock
from learnapp.web.login import LEADING_ROLES

log = logging.getLogger(__name__)
groups = AppGroup("groups", help="Classes and teams: see to it that somebody leads them.")


@groups.command("without-leader")
@click.option(
    "--unseen", type=click.IntRange(1, 3650), help="Also classes whose leaders were not here for so many days."
)
def without_leader(unseen: int | None) -> None:
    """List classes that nobody leads who may: number, name, how many are in each, and whom it has as leaders."""
    found = service.groups_without_leader(db.session, clock.now() - timedelta(days=unseen) if unseen else None)
    for group in found:
        archived = ", archived" if group.archived else ""
        click.echo(f"{group.id}  “{group.name}”, {group.members} members{archived}")
        for one in group.leaders:
            why = "" if one.may_lead else ", may lead no longer"
            click.echo(f"    {one.name}{why}, last here on {one.seen_at:%d %B %Y}")
    click.echo("Name somebody: flask groups assign-leader NUMBER NAME" if found else "Somebody leads every class.")


@groups.command("assign-leader")
@click.argument("group", type=click.IntRange(1, LARGEST_ID))
@click.argument("name")
@click.option("--anyway", is_flag=True, help="Also if somebody leads the class who may.")
def assign_leader(group: int, name: str, anyway: bool) -> None:
    """Have an account lead the class of this number, which sees all of its members' work from then on."""
    locked = lock_group(db.session, group)
    if locked is None:
        raise click.ClickException("There is no class of this number; it stands in the address of the class’s page.")
    user = find_account(db.session, name)
    if user is None:
        raise click.ClickException("There is no account of this name.")
    if user.role not in LEADING_ROLES:
        raise click.ClickException(
            f"{user.name} is {user.role}, and may not lead. `flask accounts set-role` gives a role that may: "
            f"{', '.join(LEADING_ROLES)}."
        )
    led_by = [one.name for one in leaders_of(db.session, group) if one.may_lead]
    if user.name in led_by:
        raise click.ClickException(f"{user.name} leads “{locked.name}” already.")
    if led_by and not anyway:
        raise click.ClickException(
            f"“{locked.name}” is led by {', '.join(led_by)}, who can invite somebody or hand it over; or say --anyway."
        )
    add_leader(db.session, locked, user.id, clock.now())
    db.session.commit()
    log.warning("account %d was made to lead group %d by a command", user.id, group)
    click.echo(f"{user.name} leads “{locked.name}” now, and finds it under “Classes and teams”.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(groups)
