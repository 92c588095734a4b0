"""Rules of settings: what cannot work, is unsafe, or contradicts another setting, each said in a sentence."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from learnapp.secret_file import is_open_to_others

if TYPE_CHECKING:
    from learnapp.config import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
INSECURE_SECRET = "development-only-never-serve-with-this"  # noqa: S105 - refused outside debug
SHORTEST_SECRET = 32
# Further names of ours that are allowed: what tests are told, and the word with which a step down may delete.
NO_SETTINGS = ("LEARNAPP_TEST_", "LEARNAPP_ALLOW_DATA_LOSS")
PREFIX = re.compile(r"(/(?!\.\.?(/|$))[\w.~-]+)*/?", re.ASCII)
HOST_NAME = re.compile(r"\.?(?!-)[\w-]+(\.[\w-]+)*\.?")
TIME_ZONES = frozenset(available_timezones())


def parts(text: str, mark: str) -> list[str]:
    """Return the parts of a list that stands in one setting."""
    return [part.strip() for part in text.split(mark) if part.strip()]


def is_loopback(host: str | None) -> bool:
    """Tell whether a host name or an address means this machine alone."""
    name = (host or "").strip("[]").rstrip(".").lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def database_address(text: str, folder: Path) -> URL:
    """Return a database's address with the driver that we use; a relative file lies in the folder.

    Raises ArgumentError or ValueError where it cannot be read.
    """
    url = make_url(text)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url.set(database=str(folder / url.database))
    return url


def unknown_names(environ: Mapping[str, str], known: list[str]) -> Iterator[str]:
    """Yield a sentence for each variable of ours that no setting reads: a slip would go unnoticed."""
    for name in sorted(environ):
        if name.startswith("LEARNAPP_") and name not in known and not name.startswith(NO_SETTINGS):
            plain = {one.removeprefix("LEARNAPP_"): one for one in known}
            near = difflib.get_close_matches(name.removeprefix("LEARNAPP_"), plain, 1)
            hint = f" Did you mean {plain[near[0]]}?" if near else " `flask settings` lists all."
            yield f"There is no setting {name}.{hint}"


def problems_of_one(variable: str, value: Any, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for a value that is out of its range, or a list with an empty or a doubled part."""
    if isinstance(value, int) and "least" in rules and not rules["least"] <= value <= rules["most"]:
        yield f"{variable} must be from {rules['least']} to {rules['most']} ({rules['unit']})."
    if isinstance(value, str) and any(ord(sign) < 32 or ord(sign) == 127 for sign in value):
        yield f"{variable} holds a line break or another control character."
    if value and "mark" in rules:
        found = [part.strip() for part in value.split(rules["mark"])]
        if not all(found):
            yield f"{variable} has an empty part; its form is: {rules['unit']}."
        for part, count in Counter(found).items():
            if count > 1 and variable != "LEARNAPP_SECRET_KEY_FALLBACKS":
                yield f"{variable} names {part} twice."


def problems(settings: Settings) -> Iterator[str]:
    """Yield a sentence for each setting that is unsafe, cannot work, or contradicts another one."""
    yield from _mode(settings)
    yield from _folders(settings)
    yield from _stores(settings)
    yield from _addresses(settings)
    yield from _words(settings)
    yield from _mail(settings)
    if settings.staff_idle_minutes > 60 * settings.staff_session_hours:
        yield "LEARNAPP_STAFF_IDLE_MINUTES is longer than LEARNAPP_STAFF_SESSION_HOURS, so it would never count."


def _mode(settings: Settings) -> Iterator[str]:
    if settings.environment not in {"production", "development"}:
        yield "LEARNAPP_ENVIRONMENT must be production or development."
    if settings.debug and settings.environment == "production":
        yield "Debug is on in production. Set LEARNAPP_ENVIRONMENT=development to debug."
    if not settings.debug and (settings.secret == INSECURE_SECRET or len(settings.secret) < SHORTEST_SECRET):
        yield (
            "The secret is missing, the default one or shorter than 32 characters. "
            "Set LEARNAPP_SECRET_KEY, or let `make run` write one."
        )
    if not settings.secret_key and is_open_to_others(settings.instance_path):
        yield f"Others can read the secret. Take it from them: chmod 600 {settings.instance_path / 'secret_key'}"
    if any(former == INSECURE_SECRET or len(former) < SHORTEST_SECRET for former in settings.secrets[1:]):
        yield "A former secret (LEARNAPP_SECRET_KEY_FALLBACKS, or a line of secret_key) is shorter than 32 characters."
    if settings.metrics not in {"", "loopback"} and (
        len(settings.metrics) < SHORTEST_SECRET or not settings.metrics.isascii() or " " in settings.metrics
    ):
        yield "LEARNAPP_METRICS must be loopback, or a token of 32 characters or more without spaces."
    if settings.log_level not in {"info", "warning", "error"}:
        yield "LEARNAPP_LOG_LEVEL must be info, warning or error."


def _folders(settings: Settings) -> Iterator[str]:
    instance, content = settings.instance_path, settings.content_path
    if instance.exists() and not instance.is_dir():
        yield f"LEARNAPP_INSTANCE: {instance} is not a folder."
    if Path(__file__).is_relative_to(instance) or instance == content:
        yield f"LEARNAPP_INSTANCE: {instance} holds other things; give it a folder of its own."
    if not (content / "modules").is_dir():
        yield f"LEARNAPP_CONTENT: there is no folder modules in {content}."


def _stores(settings: Settings) -> Iterator[str]:
    if settings.sqlite_synchronous.upper() not in {"FULL", "EXTRA"}:
        yield "LEARNAPP_SQLITE_SYNCHRONOUS below FULL loses answers when the power goes."
    try:
        url = settings.database
    except (ArgumentError, ValueError):
        yield "DATABASE_URL cannot be read; it must be sqlite:///file or postgresql://user:password@host/database."
        return
    if url.drivername == "sqlite":
        name = url.database or ""
        if not url.host and (not name or Path(name).name.startswith((":memory:", "file:"))):
            yield "DATABASE_URL names no file; a database in memory loses everything when the server stops."
        elif url.host or "?" in settings.database_url or not Path(name).name:
            yield (
                "DATABASE_URL must read sqlite:///file, with three slashes and nothing after a question mark. "
                "For a folder with a ? in its name set LEARNAPP_INSTANCE."
            )
    elif url.drivername != "postgresql+psycopg":
        yield "DATABASE_URL must be SQLite or PostgreSQL."
    else:
        if settings.sqlite_synchronous.upper() != "FULL":
            yield "LEARNAPP_SQLITE_SYNCHRONOUS is set, but DATABASE_URL is PostgreSQL, which does not read it."
        if settings.database_connections < 2 * settings.processes:
            yield (
                f"LEARNAPP_DATABASE_CONNECTIONS={settings.database_connections} is too few for "
                f"{settings.processes} processes, which need two each. Set WORKERS lower."
            )
    redis = _split(settings.redis_url)
    if settings.redis_url and (redis is None or redis.scheme not in {"redis", "rediss", "redis+unix", "unix"}):
        yield "REDIS_URL must start with redis://, rediss:// (TLS) or redis+unix://."


def _addresses(settings: Settings) -> Iterator[str]:
    try:
        ipaddress.ip_address(settings.host.strip("[]"))
    except ValueError:
        if ":" in settings.host or not HOST_NAME.fullmatch(settings.host):
            yield f"HOST: {settings.host} is neither an address nor a name of this machine; the port goes to PORT."
    yield from _public_url(settings)
    others = [name for name in parts(settings.trusted_hosts, ",") if not is_loopback(name)]
    for name in others:
        if not (HOST_NAME.fullmatch(name) or _is_ipv6(name)):
            yield f"LEARNAPP_TRUSTED_HOSTS: {name} is no host name; leave out https://, paths, ports and asterisks."
    if others and not settings.secure and (settings.proxy_hops or not is_loopback(settings.host)):
        yield (
            "LEARNAPP_TRUSTED_HOSTS lets people come from other machines, but LEARNAPP_PUBLIC_URL is no https address: "
            "cookies would travel unprotected and mailed links lead to 127.0.0.1."
        )
    if settings.hsts_subdomains and not settings.secure:
        yield "LEARNAPP_HSTS_SUBDOMAINS is set, but LEARNAPP_PUBLIC_URL is no https address."


def _public_url(settings: Settings) -> Iterator[str]:
    url = _split(settings.address)
    if url is None or not url.hostname or url.scheme not in {"http", "https"}:
        yield "LEARNAPP_PUBLIC_URL must start with https:// and name a host: https://learn.example."
        return
    if url.username is not None or url.query or url.fragment or settings.address.endswith(("?", "#")):
        yield "LEARNAPP_PUBLIC_URL holds more than an address: leave out users, ? and #."
    if not PREFIX.fullmatch(url.path):
        yield "LEARNAPP_PUBLIC_URL: the path may hold letters A to Z, digits, . _ ~ - and single slashes only."
    if not (HOST_NAME.fullmatch(url.hostname) or _is_ipv6(url.hostname)):
        yield f"LEARNAPP_PUBLIC_URL: {url.hostname} is no host name."
    if url.scheme != "https" and not is_loopback(url.hostname):
        yield "LEARNAPP_PUBLIC_URL must start with https://, except on this machine."


def _words(settings: Settings) -> Iterator[str]:
    if settings.time_zone not in TIME_ZONES:
        yield f"LEARNAPP_TIME_ZONE: there is no time zone {settings.time_zone}."
    for code in settings.language_codes or [""]:
        try:
            Locale.parse(code, sep="-")
        except (ValueError, UnknownLocaleError):
            yield f"LEARNAPP_LANGUAGES: {code} is no language code."
    leave = _split(settings.leave_url)
    if leave is None or leave.scheme != "https" or not leave.hostname:
        yield "LEARNAPP_LEAVE_URL must start with https:// and name a host."
    if not all(label and _can_be_reached(address) for label, address in settings.help):
        yield "LEARNAPP_HELP_LINKS must read: Label | https://..., semicolons between (tel: works)."
    if settings.contact and not _can_be_reached(settings.contact):
        yield "LEARNAPP_CONTACT must be a mailto:, tel: or https:// address."
    if not 1 <= len(settings.site_name) <= 60:
        yield "LEARNAPP_SITE_NAME may have 60 characters at most."


def _mail(settings: Settings) -> Iterator[str]:
    server = _split(settings.mail_url)
    if settings.mail_url and (server is None or server.scheme not in {"smtp", "smtps"} or not server.hostname):
        yield "LEARNAPP_MAIL_URL must read smtp://user:password@host:port, or smtps://...; write / : @ as %2F %3A %40."
    name, _at, host = settings.mail_from.rpartition("@")
    if not re.fullmatch(r"[^\s@<>,]+", name) or not HOST_NAME.fullmatch(host):
        yield "LEARNAPP_MAIL_FROM must be one mail address, without a name beside it."
    if server and not is_loopback(server.hostname) and is_loopback(host):
        yield f"LEARNAPP_MAIL_FROM is {settings.mail_from}, which the server of LEARNAPP_MAIL_URL will not send for."


def _can_be_reached(address: str) -> bool:
    url = _split(address)
    if url is None or any(sign.isspace() for sign in address):
        return False
    return bool(url.hostname) if url.scheme == "https" else url.scheme in {"tel", "mailto"} and bool(url.path)


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address, None where it is empty or cannot be read, its port included."""
    try:
        url = urlsplit(address)
        return url if url.port != 0 and address else None
    except ValueError:
        return None


def _is_ipv6(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).version == 6
    except ValueError:
        return False
