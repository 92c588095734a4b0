"""A server starts only where it can serve; commands start so that what is missing can be made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from learnapp.config import ROOT

pytestmark = pytest.mark.slow  # each starts a program

SECRET = "a-secret-that-only-these-tests-know-0123456789"


def run(folder: Path, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LEARNAPP_INSTANCE": str(folder), **environ}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "The secret is missing"),
        ({"LEARNAPP_SECRET_KEY": SECRET, "FLASK_DEBUG": "1"}, "Debug is on in production"),
        ({"LEARNAPP_SECRET_KEY": SECRET, "LEARNAPP_SQLITE_SYNCHRONOUS": "NORMAL"}, "below FULL"),
        ({"LEARNAPP_SECRET_KEY": SECRET}, "the database has no schema yet"),
    ],
)
def test_a_server_refuses_to_start(tmp_path: Path, environ: dict[str, str], words: str) -> None:
    done = run(tmp_path, "-c", "import wsgi", **environ)
    assert done.returncode != 0
    assert words in done.stderr


def test_commands_start_while_the_schema_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "flask", "--app", "learnapp.cli", "settings", LEARNAPP_SECRET_KEY=SECRET)
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout
    assert "LEARNAPP_SECRET_KEY=(set)" in done.stdout


def test_commands_start_while_the_secret_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "flask", "--app", "learnapp.cli", "content", "stats")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "secret_key").exists()


def test_the_development_server_counts_as_a_server(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "flask", "--app", "wsgi", "run", "--port", "0", LEARNAPP_SECRET_KEY=SECRET)
    assert done.returncode != 0
    assert "the database has no schema yet" in done.stderr
