"""Rules of settings: what is unsafe, cannot work or contradicts another setting is refused in a sentence."""

from pathlib import Path

import pytest

from learnapp.config.rules import advice
from learnapp.config.settings import ConfigurationError, read_settings
from learnapp.config.values import INSECURE_SECRET

SECRET = {"LEARNAPP_SECRET_KEY": "x" * 32}
SITE = {"LEARNAPP_PUBLIC_URL": "https://learn.example"}
POSTGRES = {"DATABASE_URL": "postgresql://a@b/c"}

REFUSED: list[tuple[dict[str, str], str]] = [
    # How it runs
    ({"LEARNAPP_DEBUG": "1"}, "Debug is on in production"),
    ({"FLASK_DEBUG": "1"}, "Debug is on in production"),
    ({"LEARNAPP_ENVIRONMENT": "staging"}, "production or development"),
    ({"LEARNAPP_LOG_LEVEL": "chatty"}, "LEARNAPP_LOG_LEVEL"),
    ({"LEARNAPP_TEACHERS": "all"}, "LEARNAPP_TEACHERS"),
    # Secrets
    ({"LEARNAPP_SECRET_KEY": INSECURE_SECRET}, "default one"),
    ({"LEARNAPP_SECRET_KEY": "short"}, "shorter than 32"),
    ({"LEARNAPP_SECRET_KEY_FALLBACKS": f"{'y' * 40} short"}, "former secret"),
    ({"LEARNAPP_SECRET_KEY_FALLBACKS": INSECURE_SECRET}, "former secret"),
    ({"LEARNAPP_METRICS": "on"}, "LEARNAPP_METRICS"),
    ({"LEARNAPP_METRICS": "a b " * 20}, "LEARNAPP_METRICS"),
    # Folders
    ({"LEARNAPP_INSTANCE": "/"}, "a folder of its own"),
    ({"LEARNAPP_INSTANCE": "."}, "a folder of its own"),
    ({"LEARNAPP_INSTANCE": "learnapp"}, "a folder of its own"),
    ({"LEARNAPP_INSTANCE": "README.md"}, "not a folder"),
    ({"LEARNAPP_CONTENT": "docs"}, "no folder modules"),
    ({"LEARNAPP_CONTENT": "/nowhere"}, "no folder modules"),
    # Databases
    ({"DATABASE_URL": "mysql://a/b"}, "SQLite or PostgreSQL"),
    ({"DATABASE_URL": "learnapp.sqlite3"}, "cannot be read"),
    ({"DATABASE_URL": "postgresql://a@b:port/c"}, "cannot be read"),
    ({"DATABASE_URL": "sqlite://"}, "in memory"),
    ({"DATABASE_URL": "sqlite:///"}, "in memory"),
    ({"DATABASE_URL": "sqlite:///:memory:"}, "in memory"),
    ({"DATABASE_URL": "sqlite:////:memory:"}, "in memory"),
    ({"DATABASE_URL": "sqlite:///file::memory:?cache=shared&uri=true"}, "in memory"),
    ({"DATABASE_URL": "sqlite:///file:learnapp?mode=memory&uri=true"}, "in memory"),
    ({"DATABASE_URL": "sqlite://learnapp.sqlite3"}, "three slashes"),
    ({"DATABASE_URL": "sqlite:////srv/a?b/learnapp.sqlite3"}, "LEARNAPP_INSTANCE"),
    ({"LEARNAPP_SQLITE_SYNCHRONOUS": "NORMAL"}, "below FULL"),
    ({"LEARNAPP_SQLITE_SYNCHRONOUS": "OFF"}, "below FULL"),
    ({**POSTGRES, "LEARNAPP_SQLITE_SYNCHRONOUS": "EXTRA"}, "does not read it"),
    ({**POSTGRES, "LEARNAPP_DATABASE_CONNECTIONS": "6", "WORKERS": "4"}, "too few for 4 processes"),
    ({"REDIS_URL": "http://127.0.0.1:6379"}, "REDIS_URL"),
    ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL"),
    ({"REDIS_URL": "redis://127.0.0.1:many"}, "REDIS_URL"),
    # Addresses
    ({"HOST": "127.0.0.1:8000"}, "the port goes to PORT"),
    ({"HOST": "http://127.0.0.1"}, "HOST"),
    ({"HOST": "::g"}, "HOST"),
    ({"LEARNAPP_PUBLIC_URL": "http://learn.example"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "http://[2001:db8::1]"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "learn.example"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "https:/learn.example"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "https://"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example:https"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example:99999"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "https://[::1"}, "must start with https"),
    ({"LEARNAPP_PUBLIC_URL": "https://user@learn.example"}, "more than an address"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example/?a=1"}, "more than an address"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example/#top"}, "more than an address"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example/a//b"}, "single slashes"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example/../b"}, "single slashes"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example/a b"}, "single slashes"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn.example/lernen%20"}, "single slashes"),
    ({"LEARNAPP_PUBLIC_URL": "https://learn_.example,other.example"}, "no host name"),
    ({**SITE, "LEARNAPP_TRUSTED_HOSTS": "https://school.example"}, "no host name"),
    ({**SITE, "LEARNAPP_TRUSTED_HOSTS": "school.example:8000"}, "no host name"),
    ({**SITE, "LEARNAPP_TRUSTED_HOSTS": "school.example/learn"}, "no host name"),
    ({**SITE, "LEARNAPP_TRUSTED_HOSTS": "*"}, "no host name"),
    # Addresses that contradict each other
    ({"LEARNAPP_TRUSTED_HOSTS": "school.example", "LEARNAPP_PROXY_HOPS": "1"}, "LEARNAPP_PUBLIC_URL is no https"),
    ({"LEARNAPP_TRUSTED_HOSTS": "10.0.3.7", "HOST": "0.0.0.0"}, "LEARNAPP_PUBLIC_URL is no https"),
    ({"LEARNAPP_TRUSTED_HOSTS": "school.example", "HOST": "::"}, "LEARNAPP_PUBLIC_URL is no https"),
    ({"LEARNAPP_HSTS_SUBDOMAINS": "1"}, "LEARNAPP_PUBLIC_URL is no https"),
    # Words
    ({"LEARNAPP_TIME_ZONE": "Mars/Base"}, "no time zone"),
    ({"LEARNAPP_LANGUAGES": "en,klingon!"}, "no language"),
    ({"LEARNAPP_LANGUAGES": "en,xx"}, "no language"),
    ({"LEARNAPP_LEAVE_URL": "javascript:alert(1)"}, "LEARNAPP_LEAVE_URL"),
    ({"LEARNAPP_LEAVE_URL": "https://"}, "LEARNAPP_LEAVE_URL"),
    ({"LEARNAPP_HELP_LINKS": "Talk | http://help.example"}, "LEARNAPP_HELP_LINKS"),
    ({"LEARNAPP_HELP_LINKS": "| https://help.example"}, "LEARNAPP_HELP_LINKS"),
    ({"LEARNAPP_HELP_LINKS": "Talk | tel:"}, "LEARNAPP_HELP_LINKS"),
    ({"LEARNAPP_CONTACT": "ada at learn.example"}, "LEARNAPP_CONTACT"),
    ({"LEARNAPP_CONTACT": "javascript:alert(1)"}, "LEARNAPP_CONTACT"),
    ({"LEARNAPP_SITE_NAME": "x" * 61}, "LEARNAPP_SITE_NAME"),
    # Mail
    ({"LEARNAPP_MAIL_URL": "mail.example:587"}, "LEARNAPP_MAIL_URL"),
    ({"LEARNAPP_MAIL_URL": "smtp://"}, "LEARNAPP_MAIL_URL"),
    ({"LEARNAPP_MAIL_URL": "smtp://user:p/w@mail.example"}, "LEARNAPP_MAIL_URL"),
    ({"LEARNAPP_MAIL_FROM": "learn.example"}, "LEARNAPP_MAIL_FROM"),
    ({"LEARNAPP_MAIL_FROM": "a@b.example, c@d.example"}, "LEARNAPP_MAIL_FROM"),
    ({"LEARNAPP_MAIL_URL": "smtp://mail.example"}, "will not send for"),
    # Times
    ({"LEARNAPP_STAFF_IDLE_MINUTES": "90", "LEARNAPP_STAFF_SESSION_HOURS": "1"}, "never count"),
]

ALLOWED: list[dict[str, str]] = [
    {"LEARNAPP_SQLITE_SYNCHRONOUS": "EXTRA"},
    {"LEARNAPP_PUBLIC_URL": "http://[::1]:8000"},
    {"LEARNAPP_PUBLIC_URL": "http://localhost:9000/learn"},
    {"LEARNAPP_PUBLIC_URL": "https://bücher.example/learn/north-korea/"},
    {"LEARNAPP_PUBLIC_URL": "https://[2001:db8::1]:8443"},
    {**SITE, "LEARNAPP_TRUSTED_HOSTS": "school.example,.school.example,10.0.3.7,[2001:db8::1],::1"},
    {**SITE, "LEARNAPP_TRUSTED_HOSTS": "school.example", "LEARNAPP_PROXY_HOPS": "1", "HOST": "0.0.0.0"},
    {"LEARNAPP_TRUSTED_HOSTS": "learn.test"},  # only this machine can ask
    {"HOST": "::1"},
    {"HOST": "[::1]"},
    {"HOST": "0.0.0.0"},
    {"HOST": "school-server"},
    {"REDIS_URL": "rediss://:secret@cache.example:6380/1"},
    {"LEARNAPP_MAIL_URL": "smtps://u:p%2Fw@mail.example", "LEARNAPP_MAIL_FROM": "learn@school.example"},
    {"LEARNAPP_MAIL_URL": "smtp://localhost:25"},
    {"LEARNAPP_HELP_LINKS": "Talk | tel:+123; Chat | https://help.example/chat"},
    {"LEARNAPP_CONTACT": "mailto:ada@learn.example"},
    {"LEARNAPP_CONTACT": "ada@learn.example"},
    {"LEARNAPP_METRICS": "loopback"},
    {"LEARNAPP_METRICS": "t" * 32},
    {**POSTGRES, "LEARNAPP_DATABASE_CONNECTIONS": "8", "WORKERS": "4"},
]


@pytest.mark.parametrize(("environ", "words"), [({}, "secret is missing"), *[({**SECRET, **e}, w) for e, w in REFUSED]])
def test_what_is_unsafe_cannot_work_or_contradicts_is_refused_in_words(
    environ: dict[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match=words):
        read_settings({"LEARNAPP_INSTANCE": str(tmp_path), **environ})


@pytest.mark.parametrize("environ", ALLOWED)
def test_what_can_work_is_allowed(environ: dict[str, str]) -> None:
    read_settings({**SECRET, **environ})


def test_in_debug_a_secret_is_not_needed(tmp_path: Path) -> None:
    environ = {"LEARNAPP_INSTANCE": str(tmp_path), "LEARNAPP_ENVIRONMENT": "development", "LEARNAPP_DEBUG": "1"}
    assert read_settings(environ).secret == INSECURE_SECRET


def test_what_is_hardly_meant_is_said_at_the_start() -> None:
    public = {**SECRET, "LEARNAPP_PUBLIC_URL": "https://learn.example"}
    said = " ".join(advice(read_settings(public)))
    assert all(name in said for name in ("LEARNAPP_HELP_LINKS", "LEARNAPP_PROXY_HOPS", "LEARNAPP_MAIL_URL"))
    mail = {"LEARNAPP_MAIL_URL": "smtp://mail.example", "LEARNAPP_MAIL_FROM": "a@learn.example"}
    whole = {**public, **mail, "LEARNAPP_PROXY_HOPS": "1", "LEARNAPP_HELP_LINKS": "Talk | tel:+123"}
    assert list(advice(read_settings(whole))) == []
