"""Packs: what is open now with its quizzes, in a version that changes when a page may have, and no attempt too many."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.learning.attempts import start
from learnapp.learning.models import ASIDE, OPEN, Attempt, Progress, Response
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.models import ReviewCard
from learnapp.learning.terms import Terms
from learnapp.offline import views
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from tests.actors.people import People
from tests.courses.gated import OLDER, strong
from tests.courses.serving import serve
from tests.courses.tea import lesson, quiz
from tests.quiz.samples import make

PACK, LEAF = "/device/modules/1-tea", "/modules/1-tea/1-leaf"


def pack_of(browser: FlaskClient) -> dict[str, Any]:
    return dict(browser.post(PACK).get_json())


def version_of(browser: FlaskClient) -> str | None:
    found = browser.get("/device/contact?modules=1-tea").get_json()["modules"]["1-tea"]
    return None if found is None else str(found)


def attempts(app: Flask) -> list[tuple[int, str, str, int]]:
    with app.app_context():
        return [(one.id, one.lesson, one.state, one.seq) for one in db.session.query(Attempt).order_by(Attempt.id)]


def test_a_pack_has_the_module_its_lessons_and_every_question(app: Flask, ben: FlaskClient) -> None:
    pack = pack_of(ben)

    (leaf, *_), (scald, *_) = attempts(app)
    asked = len(lesson().quiz.items)
    assert pack["pages"][:3] == ["/modules/1-tea", LEAF, "/modules/1-tea/2-scald"]
    assert [f"/attempts/{leaf}?q={q}" for q in (*range(1, asked + 1), "end")] == pack["pages"][3 : asked + 4]
    assert pack["instead"][f"{LEAF}/quiz"][0] == f"/attempts/{leaf}?q=1"
    assert f"/attempts/{scald}?q=end" in pack["pages"]
    for page in pack["pages"]:
        assert ben.get(page, headers={"X-Copy": "1"}).status_code == 200


def test_a_quiz_that_is_kept_waits_aside_once_and_tells_nothing(app: Flask, ben: FlaskClient) -> None:
    before = ben.get("/modules/1-tea").text
    first = pack_of(ben)

    assert pack_of(ben) == first
    assert [(state, seq) for _id, _lesson, state, seq in attempts(app)] == [(ASIDE, 0), (ASIDE, 0)]
    assert ben.get("/modules/1-tea").text == before
    with app.app_context():
        assert db.session.query(Response).count() == 0


def test_whoever_begins_a_kept_quiz_with_a_network_goes_on_with_that_one(app: Flask, ben: FlaskClient) -> None:
    pack_of(ben)
    ((kept, *_), *_) = attempts(app)

    assert ben.post(f"{LEAF}/quiz").location == f"/attempts/{kept}"
    assert attempts(app)[0] == (kept, "1-tea/1-leaf", OPEN, 0)


def test_an_answer_from_a_device_takes_its_quiz_up_and_counts_once(app: Flask, ben: FlaskClient) -> None:
    pack_of(ben)
    ((kept, *_), *_) = attempts(app)
    with app.app_context():
        item = db.session.get_one(Attempt, kept).item_ids[0]
    form = {"item": item, "seq": 0, "seen": "", "action": "check", "choice": 0}
    json = {"Accept": "application/json"}

    refused = ben.post(f"/attempts/{kept}/answers", data=form, headers=json)
    assert (refused.status_code, refused.get_json()["closed"]) == (409, True)
    for _time in range(2):
        taken = ben.post(f"/attempts/{kept}/answers", data={**form, "resume": "1"}, headers=json)
        assert (taken.status_code, taken.get_json()["seq"]) == (200, 1)
    assert attempts(app)[0] == (kept, "1-tea/1-leaf", OPEN, 1)
    with app.app_context():
        assert db.session.query(Response).count() == 1


def test_the_quiz_that_is_open_meanwhile_waits_when_answers_to_a_kept_one_arrive(app: Flask, ben: FlaskClient) -> None:
    pack_of(ben)
    _leaf, (kept, *_) = attempts(app)
    ben.post("/modules/1-tea/2-scald/quiz", data={"kind": "short"})
    short = attempts(app)[-1]
    assert short[2] == OPEN
    with app.app_context():
        item = db.session.get_one(Attempt, kept).item_ids[0]

    form = {"item": item, "seq": 0, "action": "save", "choice": 0, "resume": "1"}
    assert ben.post(f"/attempts/{kept}/answers", data=form).status_code == 303
    states = {number: state for number, _lesson, state, _seq in attempts(app)}
    assert (states[kept], states[short[0]]) == (OPEN, ASIDE)


def test_the_version_stays_while_questions_are_answered_and_changes_with_course_age_and_look(
    app: Flask, people: People, ben: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = pack_of(ben)["version"]
    assert version_of(ben) == version
    ((kept, *_), *_) = attempts(app)
    with app.app_context():
        item = db.session.get_one(Attempt, kept).item_ids[0]
    ben.post(f"/attempts/{kept}/answers", data={"item": item, "seq": 0, "choice": 0, "resume": "1"})
    assert version_of(ben) == version

    ben.post("/account/settings", data={"theme": "dark", "contrast": "auto", "text": "normal", "band": "14"})
    dark = version_of(ben)
    ben.post("/account/age", data={"band": "16"})
    older = version_of(ben)
    serve(app, monkeypatch, lesson("1-leaf", title="Leaves, told anew"), strong("2-scald"))
    assert len({version, dark, older, version_of(ben)}) == 4


def test_a_quiz_that_has_changed_is_kept_anew_where_nothing_was_answered(
    app: Flask, ben: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack_of(ben)
    (before, *_), _scald = attempts(app)
    serve(app, monkeypatch, lesson("1-leaf", quiz=quiz(make("single", id="anew"))), strong("2-scald"))

    assert f"/attempts/{before}?q=1" not in pack_of(ben)["pages"]
    assert ben.post(f"{LEAF}/quiz").location != f"/attempts/{before}"


def test_what_is_not_for_the_age_group_is_not_in_the_pack(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), strong("2-scald", age=OLDER))
    young = pack_of(people.signed_in("Dora", band=12))

    assert not [page for page in young["pages"] if "2-scald" in page]
    assert {lesson for _id, lesson, *_ in attempts(app)} == {"1-tea/1-leaf"}
    serve(app, monkeypatch, strong("1-leaf", age=OLDER))
    assert version_of(people.signed_in("Eli", band=12)) is None


def test_as_many_quizzes_are_kept_as_anybody_may_begin_in_a_day(
    app: Flask, ben: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "A_DAY", 1)

    pack = pack_of(ben)
    assert len(attempts(app)) == 1
    assert "/modules/1-tea/2-scald" in pack["pages"]


def test_a_quiz_that_opens_later_makes_the_module_stale(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-cup"), sequencing="quizzes")
    ben = people.signed_in("Ben")
    pack = pack_of(ben)
    assert [one[1] for one in attempts(app)] == ["1-tea/1-leaf"]
    with app.app_context():
        now = clock.now()
        about = {"read_at": now, "passed_at": now, "completed_at": now, "best_points": 9, "best_max": 9}
        db.session.add(Progress(user_id=people.get("Ben").id, lesson="1-tea/1-leaf", **about))
        db.session.commit()

    assert version_of(ben) != pack["version"]
    assert pack_of(ben)["version"] == version_of(ben)
    assert {one[1] for one in attempts(app)} == {"1-tea/1-leaf", "1-tea/2-cup"}


def test_a_quiz_whose_results_wait_is_not_kept(app: Flask, ben: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(days=1)
    terms = {"1-tea/1-leaf": Terms(until=later, shown_at=later)}
    monkeypatch.setattr(views, "current_terms", lambda _now: terms)

    pack_of(ben)
    assert {one[1] for one in attempts(app)} == {"1-tea/2-scald"}


def test_conversations_are_kept_at_their_beginning_as_far_as_they_are_open(people: People, client: FlaskClient) -> None:
    vera = people.signed_in("Vera", band=18)
    vera.post("/practice/two-minutes/talk", data={"anticipated": "an unforgettable question"})
    assert "an unforgettable question" in vera.get("/practice/two-minutes/offline").text

    pack = vera.post("/device/modules/practice").get_json()
    assert "/practice/two-minutes/offline" in pack["pages"]
    assert pack["instead"]["/practice/two-minutes"] == ["/practice/two-minutes/offline"]
    for page in pack["pages"]:
        copied = vera.get(page, headers={"X-Copy": "1"})
        assert copied.headers["X-Copy"]
        assert "an unforgettable question" not in copied.text
    told = vera.get("/device/contact?modules=practice").get_json()
    assert told["modules"]["practice"] == pack["version"]
    young = people.signed_in("Dora", band=12).post("/device/modules/practice").get_json()
    assert len(young["pages"]) < len(pack["pages"])


def test_cards_that_come_up_are_kept_without_what_was_answered(app: Flask, people: People) -> None:
    ben = people.signed_in("Ben")
    before = ben.get("/device/contact").get_json()["basics"]
    with app.app_context():
        lesson_key, item = next(iter((one.lesson.key, one.item.id) for one in reviewable(current_catalog()).values()))
        today = clock.now().date()
        days = {"reviewed_on": today - timedelta(days=9), "due_on": today - timedelta(days=1)}
        about = {"stability": 5.0, "difficulty": 5.0, **days, "saved_at": clock.now() - timedelta(days=9)}
        db.session.add(ReviewCard(user_id=people.get("Ben").id, lesson=lesson_key, item_id=item, **about))
        db.session.commit()

    assert ben.get("/device/contact").get_json()["basics"] != before
    with app.app_context():
        card = db.session.query(ReviewCard).one()
        card.hints, card.draft = 1, None
        db.session.commit()
    copied = ben.get("/me/review/ahead", headers={"X-Copy": "1"})
    assert "data-card" in copied.text
    assert "Hint:" not in copied.text
    assert "Ben" not in copied.text
    assert ben.get("/device/basics").get_json()["instead"] == {"/me/review": ["/me/review/ahead"]}
