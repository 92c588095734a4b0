"""Mail: files that only the owner can read, or SMTP over TLS."""

from __future__ import annotations

import os
import smtplib
import stat
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from learnapp.accounts.passwords import mail
from learnapp.accounts.passwords.mail import erase_outbox, purge_outbox, send_mail
from learnapp.config.settings import Settings

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


SENDER = "learnapp@school.example"


def settings(tmp_path: Path, url: str = "") -> Settings:
    return Settings(instance=str(tmp_path), mail_url=url, mail_from=SENDER)


def test_without_a_server_mail_is_written_to_the_outbox_for_the_owner_alone(tmp_path: Path) -> None:
    box = settings(tmp_path)
    send_mail(box, 7, "ben@example.org", "Hello 한", "Text 한글\n", NOW)
    (file,) = box.outbox.iterdir()
    assert file.name.startswith("7-20261121T120000-")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(box.outbox.stat().st_mode) == 0o700
    written = message_from_bytes(file.read_bytes())
    assert (written["To"], written["From"]) == ("ben@example.org", "learnapp@school.example")


@pytest.mark.parametrize("to", ["ben@example.org\nBcc: eve@e.example", "ben@example.org\r\nX: y"])
def test_a_line_break_cannot_add_a_header(tmp_path: Path, to: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        send_mail(settings(tmp_path), 1, to, "Hello", "Text", NOW)


def test_one_persons_mails_can_be_erased(tmp_path: Path) -> None:
    box = settings(tmp_path)
    for user_id in (1, 11, 1):
        send_mail(box, user_id, "x@example.org", "Hello", "Text", NOW)
    assert erase_outbox(box.outbox, 1) == 2
    assert [file.name.split("-")[0] for file in box.outbox.iterdir()] == ["11"]


def test_mails_are_purged_after_a_day(tmp_path: Path) -> None:
    box = settings(tmp_path)
    for user_id, age in ((1, timedelta(hours=25)), (2, timedelta(hours=23))):
        send_mail(box, user_id, "x@example.org", "Hello", "Text", NOW)
        (file,) = box.outbox.glob(f"{user_id}-*")
        os.utime(file, ((NOW - age).timestamp(),) * 2)
    assert purge_outbox(box.outbox, NOW) == 1
    assert purge_outbox(tmp_path / "nowhere", NOW) == 0


class FakeServer:
    """An SMTP server that notes what is asked of it."""

    log: list[Any] = []
    tls = True

    def __init__(self, host: str, port: int, **options: Any) -> None:
        self.log.append((type(self).__name__, host, port, options["timeout"]))

    def __enter__(self) -> FakeServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.append("closed")

    def ehlo(self) -> None:
        pass

    def has_extn(self, name: str) -> bool:
        return self.tls

    def starttls(self, context: Any) -> None:
        assert context.check_hostname
        self.log.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.log.append((user, password))

    def send_message(self, message: Any) -> None:
        self.log.append(message["To"])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[FakeServer]:
    monkeypatch.setattr(FakeServer, "log", [])
    monkeypatch.setattr(smtplib, "SMTP", FakeServer)
    monkeypatch.setattr(smtplib, "SMTP_SSL", FakeServer)
    return FakeServer


def send(tmp_path: Path, url: str) -> None:
    box = settings(tmp_path, url)
    send_mail(box, 1, "ben@example.org", "Hello", "Text", NOW)


def test_smtp_uses_tls_and_gives_up_after_a_while(tmp_path: Path, server: type[FakeServer]) -> None:
    send(tmp_path, "smtp://me%40x:p%2Fw@mail.example")
    assert server.log == [
        ("FakeServer", "mail.example", 587, mail.SECONDS),
        "starttls",
        ("me@x", "p/w"),
        "ben@example.org",
        "closed",
    ]


def test_smtps_is_tls_from_the_start(tmp_path: Path, server: type[FakeServer]) -> None:
    send(tmp_path, "smtps://mail.example:4650")
    assert server.log == [("FakeServer", "mail.example", 4650, mail.SECONDS), "ben@example.org", "closed"]


def test_a_password_is_never_sent_without_tls(
    tmp_path: Path, server: type[FakeServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "tls", False)
    with pytest.raises(OSError, match="no TLS"):
        send(tmp_path, "smtp://me:pw@mail.example")
    assert ("me", "pw") not in server.log


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25"])
def test_an_address_that_is_no_mail_server_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(OSError, match="smtp://"):
        send(tmp_path, url)
