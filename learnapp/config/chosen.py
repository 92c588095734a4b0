"""Chosen settings: each one once, with its default, its unit and what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def setting(unit: str, meaning: str, default: Any = "", **rules: Any) -> Any:
    """Declare a setting; see `variable` for what sets it.

    Rules: `least` and `most` of a number, `mark` between the parts of a list.
    """
    return field(default=default, metadata={"unit": unit, "meaning": meaning, **rules})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSettings:
    """What an operator can choose; read from the environment, frozen when the app starts."""

    environment: str = setting(
        "production | development", "Where this runs. Debug is refused in production.", "production"
    )
    debug: bool = setting(
        "0 | 1", "Show the style guide and error details, reload content. FLASK_DEBUG does the same.", False
    )
    secret_key: str = setting(
        "text, 32 characters or more",
        "Signs cookies and form tokens. Empty: read from the file secret_key in the instance folder.",
    )
    secret_key_fallbacks: str = setting(
        "texts, spaces between",
        "Former secrets: what they signed is still believed. In the file secret_key they are its further lines.",
        mark=" ",
    )
    instance: str = setting("folder", "Where the database, the secret and built files are kept.", "instance")
    content: str = setting("folder", "Where modules/ and quizzes/ are. Empty: the project’s own.")
    database_url: str = setting(
        "address",
        "SQLite (sqlite:///file) or PostgreSQL (postgresql://...). Empty: learnapp.sqlite3 in the instance folder.",
    )
    sqlite_synchronous: str = setting(
        "FULL | EXTRA", "How surely SQLite writes before it answers. Less than FULL is refused.", "FULL"
    )
    database_connections: int = setting(
        "count",
        "How many connections to PostgreSQL all processes together may open. Each takes two at least.",
        64,
        least=2,
        most=10_000,
    )
    redis_url: str = setting(
        "address", "A Redis in which wrong passwords and the like are counted. Empty: they are counted in the database."
    )
    host: str = setting(
        "address of this machine",
        "Where `make run` listens: 127.0.0.1 or ::1 for this machine alone, 0.0.0.0 or :: for others, too.",
        "127.0.0.1",
    )
    port: int = setting("port", "Where `make run` serves.", 8000, least=1, most=65_535)
    workers: int = setting("count", "How many processes `make run` starts. 0: one a core.", 0, least=0, most=512)
    public_url: str = setting(
        "address",
        "The address people use, with the path below which the site is; mailed links start with it. "
        "Must be https unless it is this machine. Empty: http://127.0.0.1 with the port.",
    )
    trusted_hosts: str = setting(
        "host names, commas between", "Further host names to answer to. Any other Host is refused.", mark=","
    )
    proxy_hops: int = setting(
        "count",
        "How many reverse proxies stand in front. Their X-Forwarded headers are believed, no others.",
        0,
        least=0,
        most=10,
    )
    hsts_subdomains: bool = setting(
        "0 | 1", "Have browsers demand https for all names below that of the site, too.", False
    )
    metrics: str = setting(
        "loopback, or a token of 32 characters or more",
        "Who reads /metrics and why /readyz is not ready: only this machine, or also who sends the token. "
        "Empty: there are no metrics.",
    )
    site_name: str = setting("text", "What the site is called, in titles, on pages and in mails.", "Learnapp")
    contact: str = setting(
        "mail address, or mailto:, tel: or https:// address",
        "Where people reach who runs the site, shown under “Contact”. Empty: that page says that none is set.",
    )
    leave_url: str = setting(
        "address", "Where “Leave this site” goes: a harmless page.", "https://en.wikipedia.org/wiki/Main_Page"
    )
    help_links: str = setting(
        "Label | address, semicolons between",
        "People and lines to turn to, shown under “Get support”. Empty: advice to tell someone you trust.",
        mark=";",
    )
    teachers: str = setting(
        "open | invited",
        "Who may make a teacher’s account on the web: everybody, or whoever got a link of `flask accounts "
        "invite-teacher`. Empty: open where the site is for this machine alone (it listens on a loopback address, "
        "behind no proxy, with no public address), else invited.",
    )
    log_level: str = setting(
        "info | warning | error", "What is logged: every request, only what went wrong, only failures.", "info"
    )
    languages: str = setting("codes, commas between", "Languages on offer, the default one first.", "en", mark=",")
    time_zone: str = setting("IANA name", "The time zone of people who have not chosen one.", "UTC")
    mail_url: str = setting(
        "smtp://user:password@host:port",
        "How mail is sent. Empty: written to the outbox folder in the instance folder.",
    )
    mail_from: str = setting("mail address", "The sender of mails.", "learnapp@localhost")
    reset_minutes: int = setting("minutes", "How long a password reset link works.", 10, least=1, most=1440)
    session_days: int = setting("days", "How long a learner or guest stays signed in when away.", 30, least=1, most=400)
    session_longest_days: int = setting(
        "days", "How long a learner stays signed in at most, away or not.", 180, least=1, most=400
    )
    staff_idle_minutes: int = setting(
        "minutes", "After how long without a request staff are signed out.", 30, least=1, most=1440
    )
    staff_session_hours: int = setting(
        "hours", "After how long staff are signed out in any case.", 12, least=1, most=168
    )
    guest_days: int = setting(
        "days", "After how long unused guests and their answers are deleted.", 30, least=1, most=400
    )
    archived_group_days: int = setting(
        "days", "How long after it was archived a class ends, with the accounts that it made.", 400, least=31, most=4000
    )
