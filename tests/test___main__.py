"""A server starts only where it can serve; commands start so that what is missing can be made."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from learnapp.config.secret_file import write_secret
from learnapp.config.settings import ROOT
from learnapp.training.credentials.keys import write_key
from tests.databases import KINDS, new_database
from tests.faults.serving import environment, free_port, migrate
from tests.programs import Outcome, run_program
from tests.shares import left

pytestmark = pytest.mark.slow  # each runs a program

SECRET = "a-secret-that-only-these-tests-know-0123456789"


def run(folder: Path, *command: str, **environ: str) -> Outcome:
    env = {**os.environ, "LEARNAPP_INSTANCE": str(folder), "PORT": str(free_port()), **environ}
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


@pytest.mark.parametrize("program", [("learnapp",), ("flask", "--app", "learnapp.cli", "accounts", "sign-out", "Ben")])
@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"LEARNAPP_INSTANCE": "/dev/null/instance"}, "Not a directory"),
        left({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "(lost)"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}, "(missing)"),
        ({"REDIS_URL": "memcached://127.0.0.1"}, "REDIS_URL must start with redis://"),
    ],
)
def test_what_cannot_start_ends_with_a_sentence(
    tmp_path: Path, program: tuple[str, ...], environ: dict[str, str], words: str
) -> None:
    environ = {"LEARNAPP_SECRET_KEY": SECRET, "LEARNAPP_INSTANCE": str(tmp_path), "PORT": str(free_port()), **environ}
    done = run_program(*program, env={**os.environ, **environ}, folder=tmp_path)
    assert done.code != 0
    assert words in done.text
    assert "Traceback" not in done.text


def put_newer_database(folder: Path) -> None:
    """Put a database into a folder that no start gets beyond."""
    with closing(sqlite3.connect(folder / "learnapp.sqlite3")) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
        database.commit()


def test_the_first_start_makes_the_key_that_signs_credentials_and_the_next_one_keeps_it(tmp_path: Path) -> None:
    put_newer_database(tmp_path)
    made = []
    for _start in range(2):
        assert "migrated by a newer version" in run(tmp_path, "learnapp").text
        made.append((tmp_path / "credential_key").read_bytes())
    assert made[0] == made[1]
    assert stat.S_IMODE((tmp_path / "credential_key").stat().st_mode) == 0o600


def test_no_server_starts_on_a_key_of_credentials_that_others_can_read(tmp_path: Path) -> None:
    write_key(tmp_path, datetime.now(UTC)).chmod(0o640)
    for program in ("learnapp", "wsgi"):
        done = run(tmp_path, program, LEARNAPP_SECRET_KEY=SECRET)
        assert done.code != 0
        assert f"chmod 600 {tmp_path / 'credential_key'}" in done.text


def test_what_signs_credentials_is_not_imported_by_a_start() -> None:
    """It would cost each of them 0.1 s, and each process 20 MB."""
    words = "import sys, learnapp.cli, learnapp.__main__; print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "'learnapp.training.credentials.sign'" in done.stdout
    assert "joserfc" not in done.stdout
    assert "cryptography.hazmat" not in done.stdout


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    put_newer_database(tmp_path)
    for program in ("learnapp", "wsgi"):
        done = run(tmp_path, program, LEARNAPP_SECRET_KEY=SECRET)
        assert done.code != 0
        assert "migrated by a newer version" in done.text
        assert "Traceback" not in done.text


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_second_server_with_another_secret_is_refused_and_told_what_to_do(kind: str, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    with new_database(kind, tmp_path) as url:
        for folder in folders:
            folder.mkdir()
            write_secret(folder)
        env = environment(url, folders[0])
        del env["LEARNAPP_SECRET_KEY"]
        migrate(env, folders[0])
        done = [run(folder, "wsgi", **{**env, "LEARNAPP_INSTANCE": str(folder)}) for folder in (*folders, folders[0])]
    assert [one.code == 0 for one in done] == [True, False, True], done
    assert "another secret" in done[1].text
    assert "secret adopt" in done[1].text
    assert "Traceback" not in done[1].text


def test_a_start_that_makes_an_empty_database_where_there_was_one_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        first = run(tmp_path, "learnapp", PORT=port)
        second = run(tmp_path, "learnapp", PORT=port)
    assert "is in use" in first.text
    assert "put the old one back" not in first.text
    assert "put the old one back" in second.text


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
