"""Settings: read from the environment, in the ranges that they state; paths, addresses, hosts and secrets of them."""

import os
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from learnapp.config import secret_file
from learnapp.config.secret_file import replace_secrets
from learnapp.config.settings import ROOT, ConfigurationError, Settings, has_secret, read_settings, variable

SECRET = {"LEARNAPP_SECRET_KEY": "x" * 32}
NUMBERS = [one for one in fields(Settings) if "least" in one.metadata]
LISTS = [one for one in fields(Settings) if "mark" in one.metadata]


def refusal(**environ: str) -> str:
    """Return the sentence with which these variables are refused."""
    with pytest.raises(ConfigurationError) as error:
        read_settings({**SECRET, **environ})
    return str(error.value)


def test_settings_come_from_the_environment() -> None:
    found = read_settings({**SECRET, "PORT": "8080", "LEARNAPP_GUEST_DAYS": "7", "DATABASE_URL": "postgres://a@b/c"})
    assert (found.port, found.guest_days) == (8080, 7)
    assert str(found.database) == "postgresql+psycopg://a@b/c"


def test_an_empty_variable_means_the_default() -> None:
    assert read_settings({**SECRET, "LEARNAPP_GUEST_DAYS": " "}).guest_days == Settings().guest_days


def test_overrides_come_before_the_environment() -> None:
    assert read_settings({**SECRET, "PORT": "8080"}, port=9).port == 9


def test_every_number_has_a_range_and_its_default_lies_in_it() -> None:
    numbers = [one for one in fields(Settings) if isinstance(one.default, int) and not isinstance(one.default, bool)]
    assert numbers == NUMBERS
    assert all(one.metadata["least"] <= one.default <= one.metadata["most"] for one in NUMBERS)


@pytest.mark.parametrize("spec", NUMBERS, ids=lambda one: one.name)
def test_a_number_out_of_its_range_is_refused_and_the_range_is_said(spec: Field[Any]) -> None:
    least, most = spec.metadata["least"], spec.metadata["most"]
    for wrong in (least - 1, most + 1):
        if wrong >= 0:
            assert refusal(**{variable(spec): str(wrong)}).startswith(
                f"{variable(spec)} must be from {least} to {most}"
            )


@pytest.mark.parametrize("typed", ["-1", "1.5", "ten", "1e3", "٣", "0x10"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert "whole number" in refusal(PORT=typed)


@pytest.mark.parametrize("spec", LISTS, ids=lambda one: one.name)
def test_a_list_with_an_empty_part_is_refused(spec: Field[Any]) -> None:
    mark = spec.metadata["mark"]
    for text in (f"en{mark}{mark}de", f"{mark}en", f"en{mark}"):
        if mark != " " or text == text.strip():
            assert "empty part" in refusal(**{variable(spec): text})


def test_a_list_that_names_something_twice_is_refused() -> None:
    assert refusal(LEARNAPP_LANGUAGES="en,de,en") == "LEARNAPP_LANGUAGES names en twice."


@pytest.mark.parametrize("spec", fields(Settings), ids=lambda one: one.name)
def test_a_control_character_is_refused_in_every_text(spec: Field[Any]) -> None:
    if isinstance(spec.default, str):
        assert "control character" in refusal(**{variable(spec): "a\nb"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LEARNAPP_PUBLIC_ADRESS", "LEARNAPP_PUBLIC_URL"),
        ("LEARNAPP_PUBLICURL", "LEARNAPP_PUBLIC_URL"),
        ("LEARNAPP_TRUSTED_HOST", "LEARNAPP_TRUSTED_HOSTS"),
        ("LEARNAPP_DATABASE_URL", "DATABASE_URL"),
        ("LEARNAPP_XYZZY", "lists all"),
    ],
)
def test_a_name_that_is_no_setting_is_refused_with_the_one_that_was_meant(name: str, words: str) -> None:
    said = refusal(**{name: "1"})
    assert said.startswith(f"There is no setting {name}.")
    assert words in said


def test_each_way_to_say_yes_and_no_is_understood_and_no_other() -> None:
    development = {**SECRET, "LEARNAPP_ENVIRONMENT": "development"}
    assert [read_settings({**development, "LEARNAPP_DEBUG": word}).debug for word in ("1", "TRUE", "yes")] == [True] * 3
    assert [read_settings({**development, "LEARNAPP_DEBUG": word}).debug for word in ("0", "false", "No")] == [
        False
    ] * 3
    assert "must be 0 or 1" in refusal(LEARNAPP_DEBUG="maybe")


def test_defaults_contradict_nothing() -> None:
    assert read_settings(SECRET) == replace(Settings(), secret_key="x" * 32)


def test_it_is_known_whether_there_is_a_secret(tmp_path: Path) -> None:
    environ = {"LEARNAPP_INSTANCE": str(tmp_path)}
    assert not has_secret(environ)
    assert has_secret({**environ, **SECRET})
    secret_file.write_secret(tmp_path)
    assert has_secret(environ)


LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


@pytest.mark.parametrize(
    ("url", "secure", "prefix", "hosts"),
    [
        ("", False, "", LOOPBACK),
        ("http://localhost:9000", False, "", ["localhost", "127.0.0.1", "[::1]"]),
        ("https://learn.example/", True, "", ["learn.example", *LOOPBACK]),
        ("https://School.example/learn/", True, "/learn", ["school.example", *LOOPBACK]),
        ("https://[2001:db8::1]:8443/a/b", True, "/a/b", ["[2001:db8::1]", *LOOPBACK]),
    ],
)
def test_the_address_decides_on_hosts_path_and_cookies(url: str, secure: bool, prefix: str, hosts: list[str]) -> None:
    found = read_settings({**SECRET, "LEARNAPP_PUBLIC_URL": url})
    assert (found.secure, found.prefix, found.hosts) == (secure, prefix, hosts)


def test_a_cookie_is_bound_to_the_host_or_where_it_is_shared_to_the_path() -> None:
    names = [
        read_settings({**SECRET, "LEARNAPP_PUBLIC_URL": url}).cookie_name("session")
        for url in ("", "https://learn.example", "https://school.example/learn")
    ]
    assert names == ["session", "__Host-session", "__Secure-session"]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("[::1]", "http://[::1]:8000"),
        ("school-server", "http://school-server:8000"),
    ],
)
def test_the_address_that_is_printed_opens_in_a_browser(host: str, address: str) -> None:
    assert read_settings({**SECRET, "HOST": host}).served_at == address


@pytest.mark.parametrize("name", ["a?b", "a#b", "a%20b", "a b", "북한", "a:b@c", "ä;ö", "a&b=c", "'a\"b'", "\\a"])
def test_the_database_lies_in_the_instance_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    engine = sa.create_engine(read_settings({**SECRET, "LEARNAPP_INSTANCE": str(folder)}).database)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE here (text TEXT)")
    engine.dispose()
    assert [one.name for one in folder.iterdir()] == ["learnapp.sqlite3"]
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_relative_database_lies_in_the_instance_folder_for_every_command(tmp_path: Path) -> None:
    found = read_settings({**SECRET, "LEARNAPP_INSTANCE": str(tmp_path), "DATABASE_URL": "sqlite:///answers.sqlite3"})
    assert found.database.database == str(tmp_path / "answers.sqlite3")


def test_an_absolute_database_stays_where_it_is() -> None:
    assert read_settings({**SECRET, "DATABASE_URL": "sqlite:////srv/a.sqlite3"}).database.database == "/srv/a.sqlite3"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_by_one_driver(scheme: str) -> None:
    url = read_settings({**SECRET, "DATABASE_URL": f"{scheme}://a:p%40w@[::1]:5433/c"}).database
    assert (url.drivername, url.password, url.host, url.port) == ("postgresql+psycopg", "p@w", "::1", 5433)


def test_former_secrets_come_after_the_one_that_signs(tmp_path: Path) -> None:
    new, old, older = ("n" * 40, "o" * 40, "p" * 40)
    replace_secrets(tmp_path, [new, old])
    here = {"LEARNAPP_INSTANCE": str(tmp_path)}
    assert read_settings(here).secrets == [new, old]
    assert read_settings({**here, "LEARNAPP_SECRET_KEY_FALLBACKS": f"{older} {old}"}).secrets == [new, old, older, old]
    assert read_settings({**here, **SECRET, "LEARNAPP_SECRET_KEY_FALLBACKS": older}).secrets == ["x" * 32, older]


def test_there_is_a_process_for_each_core_unless_a_number_is_set() -> None:
    assert read_settings(SECRET).processes == len(os.sched_getaffinity(0))
    assert read_settings({**SECRET, "WORKERS": "3"}).processes == 3


def test_paths_are_taken_from_the_project() -> None:
    assert read_settings(SECRET).instance_path == ROOT / "instance"
    assert read_settings({**SECRET, "LEARNAPP_INSTANCE": "/srv/learnapp"}).instance_path == Path("/srv/learnapp")


@pytest.mark.parametrize(
    ("settings", "is_open"),
    [
        ({}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"LEARNAPP_PUBLIC_URL": "https://school.example"}, False),
        ({"LEARNAPP_PROXY_HOPS": "1"}, False),
        ({"LEARNAPP_TEACHERS": "invited"}, False),
        ({"LEARNAPP_TEACHERS": "open", "HOST": "0.0.0.0", "LEARNAPP_PUBLIC_URL": "https://school.example"}, True),
    ],
)
def test_teachers_make_accounts_by_themselves_on_a_machine_of_their_own_or_where_that_is_chosen(
    settings: dict[str, str], is_open: bool
) -> None:
    assert read_settings({**SECRET, **settings}).teachers_sign_up is is_open
