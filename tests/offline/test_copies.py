"""Copies: made for nobody, for one age group, whole or known not to be, and of the course's own pages alone."""

import gzip
import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.learning.models import ASIDE, Attempt, Progress
from learnapp.web import clock
from tests.actors.people import People
from tests.offline.conftest import COPY, Copy

LEAF, SCALD = "/modules/1-tea/1-leaf", "/modules/1-tea/2-scald"


def begin(ben: FlaskClient) -> str:
    return str(ben.post(f"{LEAF}/quiz", data={"from": "lesson"}).location)


def test_a_copy_says_its_age_group_and_whose_it_is(copy: Copy) -> None:
    answer = copy(LEAF)

    _digest, band, person = answer.headers["X-Copy"].split(" ")
    assert band == "14"
    assert re.fullmatch(r"/[0-9a-f]{32}", person)
    assert f'data-copied-for="{person}"' in answer.text


def test_a_copy_is_whole_where_its_digest_is_that_of_its_bytes(ben: FlaskClient) -> None:
    answer = ben.get(LEAF, headers={**COPY, "Accept-Encoding": "gzip"})
    plain = gzip.decompress(answer.data)

    assert answer.headers["X-Copy"].split(" ")[0] == hashlib.sha256(plain).hexdigest()


def test_a_copy_names_nobody_and_holds_no_token_and_nothing_that_was_done(
    app: Flask, ben: FlaskClient, people: People, copy: Copy
) -> None:
    ben.post(f"{LEAF}/guess", data={"guess": "an unforgettable guess"})
    with app.app_context():
        row = Progress(user_id=people.get("Ben").id, lesson="1-tea/1-leaf")
        row.read_at = row.passed_at = row.completed_at = clock.now()
        row.best_points, row.best_max = 7, 9
        db.session.add(row)
        db.session.commit()
    assert "Ben" in ben.get(LEAF).text
    assert "1 of 2 lessons done" in ben.get("/modules/1-tea").text

    for address in (LEAF, "/modules/1-tea", "/courses/tea", "/", "/device", "/support"):
        text = copy(address).text
        assert "Ben" not in text
        assert "an unforgettable guess" not in text
        assert "1 of 2 lessons done" not in text
        assert set(re.findall(r'name="csrf_token" value="([^"]*)"', text)) <= {""}
        assert 'action="/account/sign-out"' not in text


def test_a_copy_shows_no_message_of_the_moment_and_leaves_it_to_be_read(ben: FlaskClient, copy: Copy) -> None:
    ben.post("/display", data={"theme": "dark", "contrast": "auto", "text": "normal", "language": ""})

    assert "Your choices are kept" not in copy("/support").text
    assert "Your choices are kept" in ben.get("/support").text


def test_a_copy_looks_as_its_reader_wants_pages_to_look(people: People, course: None) -> None:
    cleo = people.signed_in("Cleo", theme="dark", neutral_titles=True)

    text = cleo.get(LEAF, headers=COPY).text
    assert 'data-theme="dark"' in text
    assert "<title>Notes</title>" in text


@pytest.mark.parametrize(("band", "status"), [(12, "withheld"), (18, "whole")])
def test_a_copy_holds_what_the_age_group_may_read_and_no_more(
    people: People, course: None, band: int, status: str
) -> None:
    text = people.signed_in(band=band).get(SCALD, headers=COPY).text

    assert ("Skin comes off" in text) == (status == "whole")


def test_pages_that_are_not_listed_are_never_copied(ben: FlaskClient, copy: Copy) -> None:
    for address in (
        "/me",
        "/account",
        "/account/data",
        "/groups",
        f"{LEAF}/quiz",
        "/me/review",
        "/account/data/export",
    ):
        assert "X-Copy" not in copy(address).headers
        assert "X-May-Copy" not in ben.get(address).headers
    assert "X-Copy" not in ben.post("/device", headers=COPY).headers


def test_nobody_gets_a_copy_who_is_not_there(client: FlaskClient, course: None) -> None:
    answer = client.get(LEAF, headers=COPY)

    assert answer.status_code == 401
    assert "X-Copy" not in answer.headers
    assert "X-May-Copy" not in client.get(LEAF).headers


def test_a_page_that_may_be_copied_says_so(ben: FlaskClient) -> None:
    assert ben.get(LEAF).headers["X-May-Copy"] == "1"
    assert "X-Copy" not in ben.get(LEAF).headers
    assert "X-May-Copy" not in ben.get("/modules/1-tea/9-sand").headers


def test_a_copy_that_has_not_changed_is_not_sent_again(ben: FlaskClient, copy: Copy) -> None:
    tag = copy(LEAF).headers["ETag"]

    same = ben.get(LEAF, headers={**COPY, "If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["X-Request-ID"]
    other = ben.get(LEAF, headers={**COPY, "If-None-Match": '"another"'})
    assert other.status_code == 200


def test_a_kept_question_tells_no_answer_and_one_that_was_checked_is_not_kept(
    app: Flask, ben: FlaskClient, copy: Copy
) -> None:
    address = begin(ben)
    with app.app_context():
        ids = db.session.query(Attempt).one().item_ids
    ben.post(f"{address}/answers", data={"item": ids[0], "seq": 0, "action": "save", "choice": 0})
    picked = re.compile(r'name="choice"[^>]* checked')
    assert picked.search(ben.get(f"{address}?q=1").text)

    text = copy(f"{address}?q=1").text
    assert not picked.search(text)
    assert 'name="resume" value="1"' in text
    assert 'name="seq" value="1"' in text
    ben.post(f"{address}/answers", data={"item": ids[0], "seq": 1, "action": "check", "choice": 0})
    assert copy(f"{address}?q=1").status_code == 404
    assert copy(f"{address}?q=end").status_code == 200
    assert "not answered yet" not in copy(f"{address}?q=end").text


def test_questions_of_others_and_of_quizzes_that_are_over_are_not_copied(
    app: Flask, ben: FlaskClient, people: People, copy: Copy
) -> None:
    address = begin(ben)
    cleo = people.signed_in("Cleo")
    assert cleo.get(f"{address}?q=1", headers=COPY).status_code == 404
    with app.app_context():
        db.session.query(Attempt).one().state = ASIDE
        db.session.commit()
    assert copy(f"{address}?q=1").status_code == 200
    ben.post(f"{LEAF}/quiz")
    ben.post(f"{address}/finish")
    assert copy(f"{address}?q=1").status_code == 404
