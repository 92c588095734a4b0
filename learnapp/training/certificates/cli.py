"""Certificate commands: see how one stands, and withdraw one that was issued wrongly."""

import logging

import click
from flask import Flask
from flask.cli import AppGroup

from learnapp.accounts.names.rules import clean
from learnapp.database.db import db
from learnapp.training.certificates import service, store
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.models import REASON_MAX
from learnapp.web import clock

log = logging.getLogger(__name__)
certificates = AppGroup("certificates", help="Certificates: see how one stands, and withdraw one.")
MAY_BEGIN_WITH_A_HYPHEN = {"ignore_unknown_options": True}  # as one number in 64 does


@certificates.command("show", context_settings=MAY_BEGIN_WITH_A_HYPHEN)
@click.argument("number")
def show(number: str) -> None:
    """Say how the certificate of this number stands, and all that its page and its holder are told of it."""
    found = _certificate(number)
    click.echo(f"{found.program_title} ({found.program}), course version {found.content_version}")
    click.echo(f"name shown: {found.name_shown}")
    click.echo(f"account: {found.user_id}")
    click.echo(f"issued: {found.issued_at:%d %B %Y, %H:%M} UTC")
    click.echo(f"valid until: {found.valid_until:%d %B %Y}, to the end of the day in {found.zone}")
    if found.renewed_at is not None:
        click.echo(f"renewed: {found.renewed_at:%d %B %Y, %H:%M} UTC")
    if found.revoked_at is not None:
        click.echo(f"withdrawn: {found.revoked_at:%d %B %Y, %H:%M} UTC: {found.revoke_reason}")
    click.echo(f"today: {found.status(clock.now())}")


@certificates.command("revoke", context_settings=MAY_BEGIN_WITH_A_HYPHEN)
@click.argument("number")
@click.option("--reason", required=True, help="Why, in a sentence to its holder; nobody else is told.")
def revoke(number: str, reason: str) -> None:
    """Withdraw the certificate of this number for good: its page says so at once, and its holder is told the reason."""
    reason = clean(reason)
    if not reason:
        raise click.ClickException("Give a reason that can be read; the holder is told it.")
    if len(reason) > REASON_MAX:
        raise click.ClickException(f"A reason has at most {REASON_MAX} characters, this has {len(reason)}.")
    found = _certificate(number)
    if found.revoked_at is not None:
        raise click.ClickException(
            f"It was withdrawn on {found.revoked_at:%d %B %Y}: {found.revoke_reason}. Nothing was changed."
        )
    service.revoke_certificate(db.session, found.id, reason, clock.now())
    db.session.commit()
    log.warning("a certificate of account %d was withdrawn by a command", found.user_id)
    click.echo(f"Withdrawn: {found.program_title}, {found.name_shown}. Its page says so from now on.")
    click.echo("Its holder may take the whole final of the program again, for a certificate of its own.")


def _certificate(number: str) -> IssuedCertificate:
    found = store.certificate_by_id(db.session, number)
    if found is None:
        raise click.ClickException("There is no certificate with this number; it stands on the certificate.")
    return found


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(certificates)
