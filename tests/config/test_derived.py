"""Derived settings: paths, addresses, hosts, secrets."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from learnapp.config.secret_file import replace_secrets
from learnapp.config.settings import ROOT, read_settings

SECRET = {"LEARNAPP_SECRET_KEY": "x" * 32}
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
