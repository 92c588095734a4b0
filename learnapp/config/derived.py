"""Derived settings: what follows from what an operator has chosen, such as paths, addresses and names of cookies."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import URL

from learnapp.config.secret_file import read_secrets
from learnapp.config.values import INSECURE_SECRET, LOOPBACK, database_address, is_loopback, parts

ROOT = Path(__file__).resolve().parents[2]


class DerivedSettings:
    """What `Settings` says beside its fields, those of which it needs are named here again."""

    __slots__ = ()
    debug: bool
    secret_key: str
    secret_key_fallbacks: str
    instance: str
    content: str
    database_url: str
    database_connections: int
    host: str
    port: int
    workers: int
    public_url: str
    trusted_hosts: str
    proxy_hops: int
    teachers: str
    languages: str
    help_links: str

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
