"""A server starts only where it can serve; commands start so that what is missing can be made."""

import os
from pathlib import Path

import pytest

from tests.programs import Outcome, run_program

pytestmark = pytest.mark.slow  # each runs a program

SECRET = "a-secret-that-only-these-tests-know-0123456789"


def run(folder: Path, *command: str, **environ: str) -> Outcome:
    env = {**os.environ, "LEARNAPP_INSTANCE": str(folder), **environ}
    return run_program(*command, env=env, folder=folder)


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
    done = run(tmp_path, "wsgi", **environ)
    assert done.code != 0
    assert words in done.text


def test_commands_start_while_the_schema_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "flask", "--app", "learnapp.cli", "settings", LEARNAPP_SECRET_KEY=SECRET)
    assert done.code == 0, done.text
    assert SECRET not in done.text
    assert "LEARNAPP_SECRET_KEY=(set)" in done.text


def test_commands_start_while_the_secret_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "flask", "--app", "learnapp.cli", "content", "stats")
    assert done.code == 0, done.text
    assert not (tmp_path / "secret_key").exists()


def test_the_development_server_counts_as_a_server(tmp_path: Path) -> None:
    done = run(tmp_path, "flask", "--app", "wsgi", "run", "--port", "0", LEARNAPP_SECRET_KEY=SECRET)
    assert done.code != 0
    assert "the database has no schema yet" in done.text
