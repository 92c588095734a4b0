"""A server does not load what only commands need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from flask import Flask

from learnapp.config import ROOT

LOADED = """
import sys
from learnapp import create_app
app = create_app({"secret_key": "x" * 40, "instance": sys.argv[1]})
app.test_client().get("/healthz")
heavy = {"alembic", "mako", "flask_migrate", "learnapp.authoring.cli", "psycopg"}
print(sorted(heavy & set(sys.modules)))
app.extensions["migrate"].directory
print("alembic" in sys.modules)
print(sorted(app.cli.list_commands(None)))
"""


def test_a_server_loads_neither_migrations_nor_commands(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, after, commands = done.stdout.splitlines()[-3:]
    assert (before, after) == ("[]", "True")
    assert "content" in commands


def test_commands_are_there_when_they_are_asked_for(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["content", "--help"])
    assert result.exit_code == 0
    assert "check" in result.output
    assert "upgrade" in app.test_cli_runner().invoke(args=["db", "--help"]).output
