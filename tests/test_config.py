"""Settings: read from the environment, and refused where they would be unsafe."""

import os
import stat
from pathlib import Path

import pytest

from learnapp import config
from learnapp.config import INSECURE_SECRET, ConfigurationError, Settings, read, write_secret

SECRET = {"LEARNAPP_SECRET_KEY": "x" * 32}


def test_settings_come_from_the_environment() -> None:
    found = read({**SECRET, "PORT": "8080", "LEARNAPP_GUEST_DAYS": "7", "DATABASE_URL": "postgres://a@b/c"})
    assert (found.port, found.guest_days, found.database) == (8080, 7, "postgresql+psycopg://a@b/c")


def test_an_empty_variable_means_the_default() -> None:
    assert read({**SECRET, "LEARNAPP_GUEST_DAYS": " "}).guest_days == Settings().guest_days


def test_overrides_come_before_the_environment() -> None:
    assert read({**SECRET, "PORT": "8080"}, port=9).port == 9


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "secret is missing"),
        ({"LEARNAPP_SECRET_KEY": INSECURE_SECRET}, "default one"),
        ({"LEARNAPP_SECRET_KEY": "short"}, "shorter than 32"),
        ({**SECRET, "LEARNAPP_DEBUG": "1"}, "Debug is on in production"),
        ({**SECRET, "FLASK_DEBUG": "1"}, "Debug is on in production"),
        ({**SECRET, "LEARNAPP_ENVIRONMENT": "staging"}, "production or development"),
        ({**SECRET, "LEARNAPP_SQLITE_SYNCHRONOUS": "NORMAL"}, "below FULL"),
        ({**SECRET, "LEARNAPP_SQLITE_SYNCHRONOUS": "OFF"}, "below FULL"),
        ({**SECRET, "LEARNAPP_PUBLIC_URL": "http://learn.example"}, "must start with https"),
        ({**SECRET, "LEARNAPP_PUBLIC_URL": "learn.example"}, "must start with https"),
        ({**SECRET, "LEARNAPP_DEBUG": "maybe"}, "must be 0 or 1"),
        ({**SECRET, "PORT": "eighty"}, "whole number"),
        ({**SECRET, "LEARNAPP_TIME_ZONE": "Mars/Base"}, "no time zone"),
        ({**SECRET, "LEARNAPP_LANGUAGES": "en,klingon!"}, "no language"),
        ({**SECRET, "LEARNAPP_LOG_LEVEL": "chatty"}, "LEARNAPP_LOG_LEVEL"),
        ({**SECRET, "LEARNAPP_LEAVE_URL": "javascript:alert(1)"}, "LEARNAPP_LEAVE_URL"),
        ({**SECRET, "LEARNAPP_HELP_LINKS": "Talk | http://help.example"}, "LEARNAPP_HELP_LINKS"),
        ({**SECRET, "DATABASE_URL": "mysql://a/b"}, "SQLite or PostgreSQL"),
    ],
)
def test_what_would_be_unsafe_is_refused(environ: dict[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=words):
        read({"LEARNAPP_INSTANCE": str(tmp_path), **environ})


def test_a_sqlite_that_is_even_more_careful_is_allowed() -> None:
    assert read({**SECRET, "LEARNAPP_SQLITE_SYNCHRONOUS": "EXTRA"}).sqlite_synchronous == "EXTRA"


def test_in_debug_a_secret_is_not_needed(tmp_path: Path) -> None:
    environ = {"LEARNAPP_INSTANCE": str(tmp_path), "LEARNAPP_ENVIRONMENT": "development", "LEARNAPP_DEBUG": "1"}
    assert read(environ).secret == INSECURE_SECRET


def test_a_written_secret_is_read_and_only_its_owner_s(tmp_path: Path) -> None:
    file = write_secret(tmp_path)
    first = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read({"LEARNAPP_INSTANCE": str(tmp_path)}).secret == first.strip()
    assert write_secret(tmp_path).read_text() == first
    assert len(first.strip()) >= 64


@pytest.mark.parametrize(
    ("url", "secure", "hosts"),
    [
        ("", False, ["127.0.0.1", "localhost"]),
        ("http://localhost:9000", False, ["localhost", "127.0.0.1"]),
        ("https://learn.example/", True, ["learn.example", "127.0.0.1", "localhost"]),
    ],
)
def test_the_address_decides_on_hosts_and_cookies(url: str, secure: bool, hosts: list[str]) -> None:
    found = read({**SECRET, "LEARNAPP_PUBLIC_URL": url})
    assert (found.secure, found.hosts) == (secure, hosts)


def test_it_is_known_whether_there_is_a_secret(tmp_path: Path) -> None:
    environ = {"LEARNAPP_INSTANCE": str(tmp_path)}
    assert not config.has_secret(environ)
    assert config.has_secret({**environ, **SECRET})
    write_secret(tmp_path)
    assert config.has_secret(environ)


def test_there_is_a_process_for_each_core_unless_a_number_is_set() -> None:
    assert read(SECRET).processes == len(os.sched_getaffinity(0))
    assert read({**SECRET, "WORKERS": "3"}).processes == 3


def test_paths_are_taken_from_the_project() -> None:
    assert read(SECRET).instance_path == config.ROOT / "instance"
    assert read({**SECRET, "LEARNAPP_INSTANCE": "/srv/learnapp"}).instance_path == Path("/srv/learnapp")
