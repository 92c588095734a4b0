"""The archive of the own data: complete, without secrets, safe to open in a spreadsheet."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

from learnapp.accounts.models import User
from learnapp.accounts.own_data.export import build_archive
from learnapp.accounts.own_data.kept import kept_words
from learnapp.accounts.own_data.readable import columns_of
from learnapp.accounts.own_data.rows import owned_tables
from learnapp.database.db import db, table_of
from tests.accounts.own_data.test_rows import learn
from tests.actors.people import People, hashed

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECRETS = {"password_hash", "token_hash", "digest", "sealed_token", "list_key", "listed", "added"}


def archive(people: People, user_id: int) -> zipfile.ZipFile:
    with people.app.app_context():
        return zipfile.ZipFile(io.BytesIO(build_archive(db.session, user_id, NOW)))


def table(found: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found.read(f"{name}.csv").decode("utf-8-sig"), newline="")))


def test_every_table_is_there_as_json_and_as_a_table(people: People) -> None:
    ben = people.add("Ben", email="ben@example.org")
    learn(people, ben, "said Ben")
    found = archive(people, ben)
    names = {one.name for one in owned_tables()}
    assert set(found.namelist()) == {"about.txt", "data.json", *(f"{name}.csv" for name in names)}
    data: dict[str, Any] = json.loads(found.read("data.json"))
    assert data["exported_at"] == "2026-11-21T12:00:00+00:00"
    assert set(data["tables"]) == names
    assert data["tables"]["users"][0]["email"] == "ben@example.org"
    assert data["tables"]["responses"][0]["response"] == {"blanks": ["said Ben"]}
    for name in names:
        assert len(table(found, name)) == len(data["tables"][name]) == 1
    assert found.testzip() is None


@pytest.mark.both_databases(always=True)
def test_every_column_of_every_row_is_there_but_for_secrets(people: People) -> None:
    ben = people.add("Ben")
    learn(people, ben, "said Ben")
    tables = json.loads(archive(people, ben).read("data.json"))["tables"]
    for one in owned_tables():
        shown = {column.name for column in one.columns} - SECRETS
        assert shown <= set(tables[one.name][0]) <= set(columns_of(one))


def test_nothing_that_lets_somebody_in_and_nothing_of_others_is_there(people: People) -> None:
    ben, ada = people.add("Ben"), people.add("Ada")
    learn(people, ben, "said Ben")
    learn(people, ada, "said Ada")
    found = archive(people, ben)
    for name in found.namelist():
        content = found.read(name).decode("utf-8-sig")
        assert "argon2" not in content
        assert hashed() not in content
        assert "Ada" not in content


def test_about_says_what_is_kept_and_how_long(people: People) -> None:
    text = archive(people, people.add("Ben")).read("about.txt").decode()
    assert "users: 1 row\n" in text
    assert "attempts: 0 rows\n" in text
    for column in table_of(User).columns:
        assert f"{column.name}: {kept_words(column, people.app.config['SETTINGS'])}" in text


def test_the_archive_can_be_downloaded_by_its_owner_alone(people: People) -> None:
    ben = people.signed_in("Ben")
    answer = ben.get("/account/data/export")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="learnapp-my-data.zip"'
    assert "users.csv" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert people.browser().get("/account/data/export").status_code == 302
