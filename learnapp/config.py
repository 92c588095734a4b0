"""Settings: each one once, with its default, its unit and what it means."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent
TIME_ZONES = frozenset(available_timezones())
LOOPBACK = ("127.0.0.1", "localhost")
USUAL_VARIABLES = {"database_url", "redis_url", "port", "workers"}  # have no prefix, as other programs set them
SECRETS = {"secret_key", "database_url", "redis_url", "mail_url"}  # never shown
INSECURE_SECRET = "development-only-never-serve-with-this"  # noqa: S105 - refused outside debug


class ConfigurationError(RuntimeError):
    """A configuration that the app must not start with."""


def setting(unit: str, meaning: str, default: Any = "") -> Any:
    """Declare a setting; see `variable` for what sets it."""
    return field(default=default, metadata={"unit": unit, "meaning": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
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
    instance: str = setting("folder", "Where the database, the secret and built files are kept.", "instance")
    content: str = setting("folder", "Where modules/ and quizzes/ are. Empty: the project's own.")
    database_url: str = setting(
        "address",
        "SQLite (sqlite:///file) or PostgreSQL (postgresql://...). Empty: learnapp.sqlite3 in the instance folder.",
    )
    sqlite_synchronous: str = setting(
        "FULL | EXTRA", "How surely SQLite writes before it answers. Less than FULL is refused.", "FULL"
    )
    redis_url: str = setting(
        "address", "A Redis in which wrong passwords and the like are counted. Empty: they are counted in the database."
    )
    port: int = setting("port", "Where `make run` serves.", 8000)
    workers: int = setting("count", "How many processes `make run` starts. 0: one a core.", 0)
    public_url: str = setting(
        "address",
        "The address people use; mailed links start with it. Must be https unless it is this machine. "
        "Empty: http://127.0.0.1 with the port.",
    )
    trusted_hosts: str = setting(
        "host names, commas between", "Further host names to answer to. Any other Host is refused."
    )
    proxy_hops: int = setting(
        "count", "How many reverse proxies stand in front. Their X-Forwarded headers are believed, no others.", 0
    )
    leave_url: str = setting(
        "address", "Where “Leave this site” goes: a harmless page.", "https://en.wikipedia.org/wiki/Main_Page"
    )
    help_links: str = setting(
        "Label | address, semicolons between",
        "People and lines to turn to, shown under “Get support”. Empty: advice to tell someone you trust.",
    )
    log_level: str = setting(
        "info | warning | error", "What is logged: every request, only what went wrong, only failures.", "info"
    )
    languages: str = setting("codes, commas between", "Languages on offer, the default one first.", "en")
    time_zone: str = setting("IANA name", "The time zone of people who have not chosen one.", "UTC")
    mail_url: str = setting(
        "smtp://user:password@host:port",
        "How mail is sent. Empty: written to the outbox folder in the instance folder.",
    )
    mail_from: str = setting("mail address", "The sender of mails.", "learnapp@localhost")
    reset_minutes: int = setting("minutes", "How long a password reset link works.", 10)
    session_days: int = setting("days", "How long a learner or guest stays signed in when away.", 30)
    staff_idle_minutes: int = setting("minutes", "After how long without a request staff are signed out.", 30)
    staff_session_hours: int = setting("hours", "After how long staff are signed out in any case.", 12)
    guest_days: int = setting("days", "After how long unused guests and their answers are deleted.", 30)

    @property
    def instance_path(self) -> Path:
        return (ROOT / self.instance).resolve()

    @property
    def outbox(self) -> Path:
        """Return the folder of mails that no server sends."""
        return self.instance_path / "outbox"

    @property
    def content_path(self) -> Path:
        return (ROOT / self.content).resolve()

    @property
    def processes(self) -> int:
        """Return how many processes serve: as many as set, else one for each core that this one may use."""
        own_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.workers or own_cores or 1

    @property
    def database(self) -> str:
        """Return the database's address with the driver that we use."""
        usual = f"sqlite:///{self.instance_path / 'learnapp.sqlite3'}"
        return re.sub("^postgres(ql)?://", "postgresql+psycopg://", self.database_url or usual)

    @property
    def address(self) -> str:
        """Return the address that people use, without a slash at the end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Tell whether people come by https, so that cookies can demand it."""
        return self.address.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """Return every host name that requests may carry."""
        own = urlsplit(self.address).hostname or ""
        return list(dict.fromkeys([own, *LOOPBACK, *_parts(self.trusted_hosts, ",")]))

    @property
    def language_codes(self) -> list[str]:
        """Return the codes of the languages on offer, the default one first."""
        return _parts(self.languages, ",")

    @property
    def help(self) -> list[tuple[str, str]]:
        """Return (label, address) of the people and lines to turn to."""
        pairs = [link.partition("|") for link in _parts(self.help_links, ";")]
        return [(label.strip(), address.strip()) for label, _bar, address in pairs]

    @property
    def secret(self) -> str:
        """Return the secret, from the setting or from its file."""
        file = self.instance_path / "secret_key"
        if self.secret_key or not file.is_file():
            return self.secret_key or (INSECURE_SECRET if self.debug else "")
        return file.read_text(encoding="utf-8").strip()


def current_settings() -> Settings:
    """Return the settings of the app that answers this request."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def has_secret(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the operator has given a secret or `make run` has written one."""
    return _from_environment(environ).secret not in {"", INSECURE_SECRET}


def variable(spec: Field[Any]) -> str:
    """Return the environment variable that sets this field."""
    return spec.name.upper() if spec.name in USUAL_VARIABLES else f"LEARNAPP_{spec.name.upper()}"


def read(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Return the settings; raises ConfigurationError, with a sentence, for those that must not be served with."""
    settings = replace(_from_environment(environ), **overrides)
    for problem in _problems(settings):
        raise ConfigurationError(problem)
    return settings


def _from_environment(environ: Mapping[str, str]) -> Settings:
    values: dict[str, Any] = {}
    for spec in fields(Settings):
        raw = environ.get(variable(spec)) or (environ.get("FLASK_DEBUG") if spec.name == "debug" else None) or ""
        if raw.strip():
            values[spec.name] = _parse(spec, raw.strip())
    return Settings(**values)


def _parse(spec: Field[Any], raw: str) -> Any:
    if isinstance(spec.default, bool):
        if raw.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ConfigurationError(f"{variable(spec)} must be 0 or 1.")
        return raw.lower() in {"1", "true", "yes"}
    if isinstance(spec.default, int):
        if not raw.isdecimal():
            raise ConfigurationError(f"{variable(spec)} must be a whole number ({spec.metadata['unit']}).")
        return int(raw)
    return raw


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _problems(settings: Settings) -> Iterator[str]:
    """Yield a sentence for each setting that would be unsafe or cannot work."""
    if settings.environment not in {"production", "development"}:
        yield "LEARNAPP_ENVIRONMENT must be production or development."
    if settings.debug and settings.environment == "production":
        yield "Debug is on in production. Set LEARNAPP_ENVIRONMENT=development to debug."
    if not settings.debug and (settings.secret == INSECURE_SECRET or len(settings.secret) < 32):
        yield (
            "The secret is missing, the default one or shorter than 32 characters. "
            "Set LEARNAPP_SECRET_KEY, or let `make run` write one."
        )
    if settings.sqlite_synchronous.upper() not in {"FULL", "EXTRA"}:
        yield "LEARNAPP_SQLITE_SYNCHRONOUS below FULL loses answers when the power goes."
    if not settings.secure and urlsplit(settings.address).hostname not in LOOPBACK:
        yield "LEARNAPP_PUBLIC_URL must start with https://, except on this machine."
    if settings.log_level not in {"info", "warning", "error"}:
        yield "LEARNAPP_LOG_LEVEL must be info, warning or error."
    if settings.time_zone not in TIME_ZONES:
        yield f"LEARNAPP_TIME_ZONE: there is no time zone {settings.time_zone}."
    for code in settings.language_codes or [""]:
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            yield f"LEARNAPP_LANGUAGES: {code} is no language code."
    if not settings.leave_url.startswith("https://"):
        yield "LEARNAPP_LEAVE_URL must start with https://."
    if not all(label and address.startswith(("https://", "tel:", "mailto:")) for label, address in settings.help):
        yield "LEARNAPP_HELP_LINKS must read: Label | https://..., semicolons between (tel: works)."
    if not settings.database.startswith(("sqlite:///", "postgresql+psycopg://")):
        yield "DATABASE_URL must be SQLite or PostgreSQL."


def write_secret(folder: Path) -> Path:
    """Write a new secret that only its owner can read, unless there is one; return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "secret_key"
    if not file.exists():
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(secrets.token_urlsafe(48) + "\n", encoding="utf-8")
    return file
