"""Our server on an app, or as `make run` starts it, with limits and a patience that a test has chosen."""

import json
import multiprocessing
import os
import sys
from importlib import import_module

from learnapp.__main__ import main
from learnapp.config.settings import read_settings
from learnapp.database import db
from learnapp.server import workers
from learnapp.server.adapter import Adapter, Limits

if patience := os.environ.get("FAULT_BUSY_SECONDS"):
    for name in (
        "db",
        "sqlite_connection",
        "postgresql",
    ):  # the last one's driver is large, and not to be measured elsewhere
        import_module(f"learnapp.database.{name}").BUSY_SECONDS = float(patience)  # type: ignore[attr-defined]
db.WRITERS = int(os.environ.get("FAULT_WRITERS", db.WRITERS))
for name, value in json.loads(os.environ.get("FAULT_WORKERS", "{}")).items():
    setattr(workers, name, value)


def serve(target: str, threads: str) -> None:
    """Serve the app that `module:name` stands for, as `make run` serves ours."""
    multiprocessing.set_start_method("fork", force=True)
    workers.raise_limits()
    workers.give_memory_back()
    module, _, name = target.partition(":")
    limits = Limits(int(threads), **json.loads(os.environ.get("FAULT_LIMITS", "{}")))
    workers.Server(Adapter(getattr(import_module(module), name), limits), read_settings()).run()


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(main())
    serve(*sys.argv[1:])
