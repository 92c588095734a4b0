"""Own data of a volunteer: every certificate and final in the export, in words, and after erasure a place of nobody."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from learnapp.accounts.own_data.export import build_archive
from learnapp.content.catalog import Catalog
from learnapp.database.db import Base, db
from learnapp.training.certificates.service import revoke_certificate
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.models import Acknowledgement, Certificate, CredentialStatus
from learnapp.training.programs.updates import acknowledge
from tests.actors.attempts import Db, right
from tests.actors.people import PASSWORD, People
from tests.actors.training import answer, begin, certified, finish, issue
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, program, training_course, update
from tests.factories.base import NOON
from tests.pages import PageOpener, words
from tests.whole.rows import all_rows

pytestmark = pytest.mark.both_databases
MORE = timedelta(days=330)


@pytest.fixture
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    return serve_catalog(app, monkeypatch, training_course(program(updates=[update()])))


def history(people: People, course: Catalog, user_id: int) -> tuple[IssuedCertificate, IssuedCertificate]:
    """Have somebody certified, renew, have the new one withdrawn, read a change, and begin once more."""
    with people.app.app_context():
        session: Db = db.session  # type: ignore[assignment]
        first = certified(session, course, user_id)
        finish(session, begin(session, course, user_id, NOON + MORE), now=NOON + MORE)
        second = issue(session, course, user_id, NOON + MORE, name="Vera Bright")
        revoke_certificate(session, second.id, "issued twice", NOON + MORE)
        acknowledge(session, user_id, course.programs[SERVER], [update()], update().id, NOON + MORE)
        session.commit()
        answer(session, begin(session, course, user_id, NOON + 2 * MORE), right, NOON + 2 * MORE)
    return first, second


def exported(people: People, user_id: int) -> tuple[dict[str, list[dict[str, Any]]], zipfile.ZipFile]:
    with people.app.test_request_context():
        archive = zipfile.ZipFile(io.BytesIO(build_archive(db.session, user_id, NOON)))
    return json.loads(archive.read("data.json"))["tables"], archive


def test_the_export_holds_every_certificate_with_all_that_became_of_it(people: People, course: Catalog) -> None:
    vera = people.add("Vera")
    first, second = history(people, course, vera)
    tables, archive = exported(people, vera)
    rows = {row["id"]: row for row in tables["certificates"]}
    assert set(rows) == {first.id, second.id}
    told = ("program_title", "name_shown", "valid_until", "revoke_reason")
    assert [rows[first.id][name] for name in told] == ["Tea server", "Vera Light", "2027-11-21", None]
    assert [rows[second.id][name] for name in told] == ["Tea server", "Vera Bright", "2028-11-21", "issued twice"]
    assert rows[first.id]["renewed_at"] == rows[second.id]["issued_at"] == rows[second.id]["revoked_at"]
    assert [(row["program"], row["update"]) for row in tables["acknowledgements"]] == [(SERVER, "new-kettle")]
    lines = list(csv.DictReader(io.StringIO(archive.read("certificates.csv").decode("utf-8-sig"), newline="")))
    assert {line["name_shown"] for line in lines} == {"Vera Light", "Vera Bright"}
    about = archive.read("about.txt").decode()
    assert "certificates: 2 rows\n" in about


def test_answers_of_finals_stand_beside_their_questions_under_the_name_of_the_program(
    people: People, course: Catalog
) -> None:
    vera = people.add("Vera")
    history(people, course, vera)
    tables, _archive = exported(people, vera)
    kinds = {row["id"]: (row["kind"], row["state"]) for row in tables["attempts"] if row["lesson"].startswith("final/")}
    assert sorted(kinds.values()) == [("final", "finished"), ("final", "open"), ("renewal", "finished")]
    finals = [row for row in tables["responses"] if row["attempt_id"] in kinds]
    assert len(finals) == 6 + 3 + 6
    assert {row["lesson"] for row in finals} == {"Tea server"}
    assert all(row["question"] and row["answer"] for row in finals)
    asked = {row["item_id"] for row in finals if kinds[row["attempt_id"]][1] == "open"}
    assert len({row["item_id"] for row in finals} - asked) > 0
    for row in finals:
        if row["item_id"] in asked:  # nothing of a key, while it can be answered, in earlier forms either
            assert (row["points"], row.get("right")) == (None, None)
        else:
            assert row["points"] is not None
    seeds = {row["state"]: row["seed"] for row in tables["attempts"] if row["id"] in kinds}
    assert seeds["open"] is None
    assert seeds["finished"] is not None


def test_the_privacy_page_says_what_is_kept_of_certificates_and_who_sees_what(
    people: People, visit: PageOpener
) -> None:
    text = words(visit(people.browser(), "/privacy").one("main"))
    for said in (
        "no real name but on a certificate, if you want one",
        "Whoever has the number of your certificate sees five things",
        "Certificates of programs that you passed",
        "when it was withdrawn, and why; only you are told the reason",
        "a random place in a public list of yes and no",
    ):
        assert said in text, said


def test_after_erasure_nothing_is_left_but_the_places_of_nobody(people: People, course: Catalog) -> None:
    vera, cleo = people.signed_in("Vera"), people.add("Cleo")
    own = history(people, course, people.get("Vera").id)
    others = history(people, course, cleo)
    kept = exported(people, cleo)[0]

    assert vera.post("/account/data", data={"password": PASSWORD}).status_code == 303

    rows = all_rows(people.engine)
    assert {row["place"]: row["certificate_id"] for row in rows["credential_statuses"]} == {
        **{one.place: None for one in own},
        **{one.place: one.id for one in others},
    }
    for model in (Certificate, Acknowledgement):
        assert {row["user_id"] for row in rows[model.__tablename__]} == {cleo}
    assert exported(people, cleo)[0] == kept
    told = repr({name: found for name, found in rows.items() if name != CredentialStatus.__tablename__})
    for one in own:
        for word in (one.id, one.subject):
            assert word not in told
    assert set(rows) == set(Base.metadata.tables)
