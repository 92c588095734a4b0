"""Prepare what a new machine lacks and serve: what `make run` calls.

Writes a secret into the instance folder, migrates the database, reads the content, starts the server; all
of it is quick when there is nothing to do.
"""

from __future__ import annotations

import os
import socket
import sys

from flask_migrate import upgrade
from granian import Granian
from granian.constants import Interfaces
from granian.errors import ConfigurationError as ServerConfigurationError

from learnapp import config, create_app

# A thread that waits for Argon2 or the database lets others go on: with 40 sign-ins at once, pages took at
# most 87 ms with 64 threads and 506 ms with 32.
THREADS = 64
STOP_WITHIN_SECONDS = 20


def prepare() -> None:
    """Migrate the database and read the content, each only where it is needed.

    Raises config.ConfigurationError with what the operator has to mend.
    """
    app = create_app()
    with app.app_context():
        upgrade()
    catalog = app.extensions["catalog"].get()
    print(f"{len(catalog.lessons)} lessons read, database ready.", flush=True)  # noqa: T201
    if not app.config["SETTINGS"].help:
        print("No help lines are set: “Get support” names nobody outside (LEARNAPP_HELP_LINKS).", flush=True)  # noqa: T201


def in_use(host: str, port: int) -> bool:
    """Tell whether something answers at this port already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        return probe.connect_ex((host, port)) == 0


def serve(host: str, port: int) -> None:
    """Answer requests until the process is told to stop; requests under way are finished first."""
    # One heap for each of many threads would never be given back; two are enough for two cores' work.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        working_dir=config.ROOT,
        log_enabled=False,
    ).serve()


def main() -> int:
    """Serve; return 1 with a sentence for the operator where that cannot be done."""
    host = os.environ.get("HOST", "127.0.0.1")
    try:
        config.write_secret((config.ROOT / os.environ.get("LEARNAPP_INSTANCE", "instance")).resolve())
        port = config.read().port
        if in_use(host, port):
            raise config.ConfigurationError(
                f"port {port} is in use. Choose another: make run PORT={port + 1}"
            )
        prepare()
        print(f"Learnapp is at http://{host}:{port} (stop with Ctrl+C)", flush=True)  # noqa: T201
        serve(host, port)
    except (config.ConfigurationError, ServerConfigurationError) as refusal:
        print(f"Learnapp does not start: {refusal}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
