"""granian's own command, with the patience with a locked database that a test has chosen."""

import os

from granian.cli import entrypoint

from learnapp import db, sqlite

for module in (db, sqlite):
    module.BUSY_SECONDS = float(os.environ.get("FAULT_BUSY_SECONDS", module.BUSY_SECONDS))  # type: ignore[attr-defined]

if __name__ == "__main__":
    entrypoint()  # type: ignore[no-untyped-call]
