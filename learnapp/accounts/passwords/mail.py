"""Mail: sent by SMTP where the operator has set it up, else written as files to the outbox folder."""

import logging
import secrets
import smtplib
import ssl
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from learnapp.accounts.errors import TooManyTries
from learnapp.accounts.limits.throttle import RECEIVED, Throttle, throttle_key
from learnapp.config.settings import Settings

log = logging.getLogger(__name__)

SECONDS = 15
NOBODY = 0  # no account has this number
KEPT_IN_OUTBOX = timedelta(days=1)


def send_mail(settings: Settings, user_id: int, to: str, subject: str, text: str, now: datetime) -> None:
    """Hand a plain-text mail to the server, or write it to the outbox.

    Raises OSError or smtplib.SMTPException, and ValueError for a line break in an address or a subject.
    """
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2] or "localhost")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    if settings.mail_url:
        _send(settings.mail_url, mail)
    else:
        _write(settings.outbox, mail, user_id, now)


def deliver(settings: Settings, user_id: int, to: str, subject: str, text: str, now: datetime) -> None:
    """Send a mail, or leave a line in the log."""
    try:
        send_mail(settings, user_id, to, subject, text, now)
    except (OSError, smtplib.SMTPException) as failure:
        # Only the kind: the words of a mail server may quote an address.
        log.error("a mail could not be sent: %s", type(failure).__name__)


def discard(settings: Settings, subject: str, text: str, now: datetime) -> None:
    """Do for nobody what is done for a mail: where mails are files, write one and delete it."""
    if not settings.mail_url:
        send_mail(settings, NOBODY, settings.mail_from, subject, text, now)
        erase_outbox(settings.outbox, NOBODY)


def may_mail(throttle: Throttle, email_key: str) -> bool:
    """Count a mail to this address, and tell whether it may be sent."""
    try:
        for limit in RECEIVED:
            throttle.count(limit, throttle_key("receiver", email_key))
    except TooManyTries:
        return False
    return True


def erase_outbox(outbox: Path, user_id: int) -> int:
    """Delete the files that were written to one person; return how many."""
    return _unlink(outbox.glob(f"{user_id}-*.eml"))


def purge_outbox(outbox: Path, now: datetime) -> int:
    """Delete files older than a day: their links have ended long since; return how many."""
    before = (now - KEPT_IN_OUTBOX).timestamp()
    return _unlink(file for file in outbox.glob("*-*.eml") if file.stat().st_mtime < before)


def _unlink(files: Iterable[Path]) -> int:
    count = 0
    for count, file in enumerate(files, 1):  # noqa: B007 - counted for the caller
        file.unlink(missing_ok=True)
    return count


def _write(outbox: Path, mail: EmailMessage, user_id: int, now: datetime) -> None:
    outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = outbox / f"{user_id}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
    mail.set_content(mail.get_content(), cte="8bit")  # so that links stand in the file as they are
    # It holds a link that opens an account, so only the owner of the process may read it.
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(mail.as_bytes())


def _send(url: str, mail: EmailMessage) -> None:
    """Send by `smtp://`, turning to TLS where the server offers it, or by `smtps://`, TLS from the start."""
    where = urlsplit(url)
    if where.scheme not in {"smtp", "smtps"} or not where.hostname:
        raise OSError("the mail address must be smtp://... or smtps://...")
    trust = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(where.hostname, where.port or 465, timeout=SECONDS, context=trust)
        if where.scheme == "smtps"
        else smtplib.SMTP(where.hostname, where.port or 587, timeout=SECONDS)
    ) as server:
        if where.scheme == "smtp":
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=trust)
            elif where.username:
                raise OSError("the mail server offers no TLS, so the password is not sent")
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(mail)
