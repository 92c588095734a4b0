"""Settings: what is chosen, what follows from it (paths, addresses, names of cookies), and how it is read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import URL

from learnapp.config.chosen import ChosenSettings
from learnapp.config.rules import problems
from learnapp.config.secret_file import read_secrets
from learnapp.config.values import (
    INSECURE_SECRET,
    LOOPBACK,
    database_address,
    is_loopback,
    parts,
    problems_of_one,
    unknown_names,
)

ROOT = Path(__file__).resolve().parents[2]
USUAL_VARIABLES = {"database_url", "redis_url", "host", "port", "workers"}  # no prefix: other programs set them, too
SECRETS = {"secret_key", "secret_key_fallbacks", "database_url", "redis_url", "mail_url", "metrics"}  # never shown


class ConfigurationError(RuntimeError):
    """A configuration that the app must not start with."""


class Settings(ChosenSettings):
    """What an operator has chosen, with all that follows from it."""

    __slots__ = ()

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
    def connections(self) -> int:
        """Return how many connections to PostgreSQL each process may open; some requests take two."""
        return max(2, self.database_connections // self.processes)

    @property
    def database(self) -> URL:
        """Return the database's address with the driver that we use; a file's path is absolute, whatever its signs."""
        if not self.database_url:
            return URL.create("sqlite", database=str(self.instance_path / "learnapp.sqlite3"))
        return database_address(self.database_url, self.instance_path)

    @property
    def address(self) -> str:
        """Return the address that people use, without a slash at the end."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def contact_url(self) -> str:
        """Return the address behind the contact's link; a mail address needs no mailto: before it."""
        is_mail = re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", self.contact)
        return f"mailto:{self.contact}" if is_mail else self.contact

    @property
    def contact_words(self) -> str:
        """Return the contact as people read it: without the scheme of its address."""
        return re.sub(r"^(mailto:|tel:|https://)", "", self.contact)

    @property
    def prefix(self) -> str:
        """Return the path below which the site is: "/learn", or nothing where it has its host for itself."""
        return urlsplit(self.address).path

    @property
    def served_at(self) -> str:
        """Return the address at which this process listens, as a browser takes it."""
        host = self.host.strip("[]")
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Tell whether people come by https, so that cookies can demand it."""
        return self.address.startswith("https://")

    @property
    def teachers_sign_up(self) -> bool:
        """Tell whether everybody may make a teacher's account; where nobody has chosen, on a machine's own site only.

        A server behind a proxy listens on a loopback address, too, and is open to all the world.
        """
        if self.teachers:
            return self.teachers == "open"
        own = is_loopback(self.host) and is_loopback(urlsplit(self.address).hostname)
        return own and not self.proxy_hops

    def cookie_name(self, name: str) -> str:
        """Return a cookie's name; where https is used its beginning has browsers bind it to this host.

        `__Host-` means the whole host. A site below a path keeps its cookies from its neighbors instead.
        """
        return ("__Secure-" if self.prefix else "__Host-") + name if self.secure else name

    @property
    def hosts(self) -> list[str]:
        """Return every host name that requests may carry; IPv6 addresses in brackets."""
        names = [urlsplit(self.address).hostname or "", *LOOPBACK, *parts(self.trusted_hosts, ",")]
        return list(dict.fromkeys(f"[{name}]" if ":" in name.strip("[") else name for name in names))

    @property
    def language_codes(self) -> list[str]:
        """Return the codes of the languages on offer, the default one first."""
        return parts(self.languages, ",")

    @property
    def help(self) -> list[tuple[str, str]]:
        """Return (label, address) of the people and lines to turn to."""
        pairs = [link.partition("|") for link in parts(self.help_links, ";")]
        return [(label.strip(), address.strip()) for label, _bar, address in pairs]

    @property
    def secret(self) -> str:
        """Return the secret that signs, from the setting or from the first line of its file."""
        return next(iter(self.secrets), INSECURE_SECRET if self.debug else "")

    @property
    def secrets(self) -> list[str]:
        """Return the secret that signs, then the former ones that are still believed."""
        first = [self.secret_key] if self.secret_key else read_secrets(self.instance_path)
        return [*first, *self.secret_key_fallbacks.split()]


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


def read_settings(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Return the settings; raises ConfigurationError, with a sentence, for those that must not be served with."""
    for problem in unknown_names(environ, [variable(spec) for spec in fields(Settings)]):
        raise ConfigurationError(problem)
    settings = replace(_from_environment(environ), **overrides)
    for spec in fields(Settings):
        for problem in problems_of_one(variable(spec), getattr(settings, spec.name), spec.metadata):
            raise ConfigurationError(problem)
    for problem in problems(settings):
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
        if not (raw.isascii() and raw.isdecimal()):
            raise ConfigurationError(f"{variable(spec)} must be a whole number ({spec.metadata['unit']}).")
        return int(raw)
    return raw
