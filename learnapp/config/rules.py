"""Rules of settings: what cannot work, is unsafe, or contradicts another setting, each said in a sentence."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from sqlalchemy.exc import ArgumentError

from learnapp.config.secret_file import NAME as SECRET
from learnapp.config.secret_file import is_open_to_others
from learnapp.config.values import (
    INSECURE_SECRET,
    TIME_ZONES,
    can_be_reached,
    is_ipv6,
    is_loopback,
    parts,
    split_address,
)

if TYPE_CHECKING:
    from learnapp.config.settings import Settings

SHORTEST_SECRET = 32
PREFIX = re.compile(r"(/(?!\.\.?(/|$))[\w.~-]+)*/?", re.ASCII)
HOST_NAME = re.compile(r"\.?(?!-)[\w-]+(\.[\w-]+)*\.?")


def problems(settings: Settings) -> Iterator[str]:
    """Yield a sentence for each setting that is unsafe, cannot work, or contradicts another one."""
    yield from _mode(settings)
    yield from _folders(settings)
    yield from _stores(settings)
    yield from _addresses(settings)
    yield from _words(settings)
    yield from _mail(settings)
    if settings.session_days > settings.session_longest_days:
        yield "LEARNAPP_SESSION_DAYS is longer than LEARNAPP_SESSION_LONGEST_DAYS, so it would never count."
    if settings.staff_idle_minutes > 60 * settings.staff_session_hours:
        yield "LEARNAPP_STAFF_IDLE_MINUTES is longer than LEARNAPP_STAFF_SESSION_HOURS, so it would never count."


def advice(settings: Settings) -> Iterator[str]:
    """Yield a sentence for what works, and is hardly meant."""
    if not settings.help:
        yield "No help lines are set: “Get support” names nobody outside (LEARNAPP_HELP_LINKS)."
    if settings.secure and not settings.proxy_hops:
        yield (
            "LEARNAPP_PUBLIC_URL is https and LEARNAPP_PROXY_HOPS is 0: if a proxy ends TLS, all have its address, "
            "and ten wrong passwords of anybody stop all sign-ins. Set the number of proxies."
        )
    if settings.secure and not settings.mail_url:
        yield "LEARNAPP_MAIL_URL is empty: mails are only written to the outbox in the instance folder."


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
    for file in sorted(settings.instance_path.glob("*_key")):
        if file.name != SECRET and is_open_to_others(settings.instance_path, file.name):
            yield f"Others can read a key of this site. Take it from them: chmod 600 {file}"
    if any(former == INSECURE_SECRET or len(former) < SHORTEST_SECRET for former in settings.secrets[1:]):
        yield "A former secret (LEARNAPP_SECRET_KEY_FALLBACKS, or a line of secret_key) is shorter than 32 characters."
    if settings.metrics not in {"", "loopback"} and (
        len(settings.metrics) < SHORTEST_SECRET or not settings.metrics.isascii() or " " in settings.metrics
    ):
        yield "LEARNAPP_METRICS must be loopback, or a token of 32 characters or more without spaces."
    if settings.teachers not in {"", "open", "invited"}:
        yield "LEARNAPP_TEACHERS must be open or invited."
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
    redis = split_address(settings.redis_url)
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
        if not (HOST_NAME.fullmatch(name) or is_ipv6(name)):
            yield f"LEARNAPP_TRUSTED_HOSTS: {name} is no host name; leave out https://, paths, ports and asterisks."
    if others and not settings.secure and (settings.proxy_hops or not is_loopback(settings.host)):
        yield (
            "LEARNAPP_TRUSTED_HOSTS lets people come from other machines, but LEARNAPP_PUBLIC_URL is no https address: "
            "cookies would travel unprotected and mailed links lead to 127.0.0.1."
        )
    if settings.hsts_subdomains and not settings.secure:
        yield "LEARNAPP_HSTS_SUBDOMAINS is set, but LEARNAPP_PUBLIC_URL is no https address."


def _public_url(settings: Settings) -> Iterator[str]:
    url = split_address(settings.address)
    if url is None or not url.hostname or url.scheme not in {"http", "https"}:
        yield "LEARNAPP_PUBLIC_URL must start with https:// and name a host: https://learn.example."
        return
    if url.username is not None or url.query or url.fragment or settings.address.endswith(("?", "#")):
        yield "LEARNAPP_PUBLIC_URL holds more than an address: leave out users, ? and #."
    if not PREFIX.fullmatch(url.path):
        yield "LEARNAPP_PUBLIC_URL: the path may hold letters A to Z, digits, . _ ~ - and single slashes only."
    if not (HOST_NAME.fullmatch(url.hostname) or is_ipv6(url.hostname)):
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
    leave = split_address(settings.leave_url)
    if leave is None or leave.scheme != "https" or not leave.hostname:
        yield "LEARNAPP_LEAVE_URL must start with https:// and name a host."
    if not all(label and can_be_reached(address) for label, address in settings.help):
        yield "LEARNAPP_HELP_LINKS must read: Label | https://..., semicolons between (tel: works)."
    if settings.contact and not can_be_reached(settings.contact_url):
        yield "LEARNAPP_CONTACT must be a mail address, or a mailto:, tel: or https:// address."
    if not 1 <= len(settings.site_name) <= 60:
        yield "LEARNAPP_SITE_NAME may have 60 characters at most."


def _mail(settings: Settings) -> Iterator[str]:
    server = split_address(settings.mail_url)
    if settings.mail_url and (server is None or server.scheme not in {"smtp", "smtps"} or not server.hostname):
        yield "LEARNAPP_MAIL_URL must read smtp://user:password@host:port, or smtps://...; write / : @ as %2F %3A %40."
    name, _at, host = settings.mail_from.rpartition("@")
    if not re.fullmatch(r"[^\s@<>,]+", name) or not HOST_NAME.fullmatch(host):
        yield "LEARNAPP_MAIL_FROM must be one mail address, without a name beside it."
    if server and not is_loopback(server.hostname) and is_loopback(host):
        yield f"LEARNAPP_MAIL_FROM is {settings.mail_from}, which the server of LEARNAPP_MAIL_URL will not send for."
