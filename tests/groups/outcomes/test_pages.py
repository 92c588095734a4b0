"""Pages about what is asked: first on a member's pages, on a lesson and its quiz, and to nobody else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.outcomes.service import read_outcomes
from learnapp.groups.store import members_of
from learnapp.learning.models import FINISHED
from learnapp.web import clock
from learnapp.web.http.requests import ARRIVED_AT
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import right, wrong
from tests.actors.groups import class_with_ben
from tests.actors.people import People, sign_in
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, quiz, strong_lesson
from tests.factories.groups import AssignmentFactory, AssignmentMemberFactory, ExtensionFactory
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.pages import PageOpener, words
from tests.quiz.samples import make
from tests.statements import counted
from tests.whole.rows import all_rows

BERLIN, HOUR, DAY = ZoneInfo("Europe/Berlin"), timedelta(hours=1), timedelta(days=1)
LEAF: Lesson = lesson("1-leaf", quiz=quiz(*(make("single", id=f"q{number}") for number in range(5))))
CUP: Lesson = strong_lesson(slug="2-cup", advisory="It is about a broken cup.")
LESSON, QUIZ = "/modules/1-tea/1-leaf", "/modules/1-tea/1-leaf/quiz"


@dataclass
class Asked:
    """Ben, who is asked for a lesson about tea."""

    app: Flask
    people: People
    ben: FlaskClient
    user_id: int
    group: int
    assignment: int = 0

    def ask(self, **about: Any) -> int:
        """Store an assignment; return its number."""
        with self.app.app_context():
            self.assignment = AssignmentFactory(**{"group_id": self.group, "target": LEAF.key, **about}).id
        return self.assignment

    def make(self, factory: Any, **about: Any) -> Any:
        with self.app.app_context():
            return factory(**about)

    def set_closes(self, closes: datetime) -> None:
        with self.app.app_context():
            db.session.connection(execution_options={"learnapp_write": True}).execute(
                text("UPDATE assignments SET closes = :closes"),
                {"closes": closes.replace(tzinfo=None) if db.engine.dialect.name == "sqlite" else closes},
            )
            db.session.commit()

    def percent(self) -> int | None:
        """Return the mark that counts."""
        with self.app.app_context():
            asked, members = assignments_of(db.session, self.group, BERLIN), members_of(db.session, self.group)
            catalog = course_with(LEAF)
            outcomes = read_outcomes(db.session, catalog, asked, members, [LEAF], clock.now())
            return outcomes[self.user_id, LEAF.key].percent


@pytest.fixture
def asked(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Asked:
    serve_catalog(app, monkeypatch, course_with(LEAF, CUP))
    return Asked(app, people, *class_with_ben(people))


def card(page: Any) -> str:
    """Return what is said of what is asked; nothing where nothing is."""
    found = [words(one) for one in page.all("section") if one.get("aria-labelledby") == "asked"]
    found += [words(one) for one in page.all("div") if one.get("aria-label") == "Asked of you"]
    return " ".join(found)


@pytest.mark.parametrize("path", ["/", "/me"])
def test_what_is_asked_stands_first_with_its_date_and_what_is_left(asked: Asked, visit: PageOpener, path: str) -> None:
    asked.ask(target_kind="module", target="1-tea", due=datetime(2030, 12, 6, 17, tzinfo=UTC))
    page = visit(asked.ben, path)
    said = card(page)
    assert "Module 1: " in said
    assert "Due Friday, 6 December 2030, 18:00 (Europe/Berlin)." in said
    assert "0 of 2 lessons done. Next: “Leaf”." in said
    assert "Ask my teacher" in said
    assert "All that 9C asks" in said


def test_a_date_of_ones_own_is_told_as_such(asked: Asked, visit: PageOpener) -> None:
    number = asked.ask(due=datetime(2030, 12, 6, 17, tzinfo=UTC))
    own = datetime(2030, 12, 9, 22, 59, 59, 999999, UTC)
    asked.make(ExtensionFactory, assignment_id=number, user_id=asked.user_id, due=own)
    for path in ("/", LESSON, QUIZ, f"/groups/{asked.group}"):
        said = card(visit(asked.ben, path))
        assert "Due Monday, 9 December 2030. This is your date." in said, path


def test_who_is_late_is_told_kindly_that_it_counts(asked: Asked, visit: PageOpener) -> None:
    asked.ask(due=clock.now() - 3 * DAY)
    said = card(visit(asked.ben, "/"))
    assert "Was due " in said
    assert "The date has passed. That happens: do it when you can, it still counts." in said
    assert "It still counts." in card(visit(asked.ben, LESSON))


def test_what_was_done_before_it_was_assigned_is_done(asked: Asked, visit: PageOpener) -> None:
    before = clock.now() - 30 * DAY
    asked.make(ProgressFactory, user_id=asked.user_id, lesson=LEAF.key, read_at=before, passed_at=before,
               completed_at=before, best_points=5, best_max=5)  # fmt: skip
    asked.ask(due=clock.now() + DAY)
    assert "Nothing is left to do." in card(visit(asked.ben, "/"))
    assert "Done." in card(visit(asked.ben, f"/groups/{asked.group}"))


def test_a_strong_lesson_is_done_for_its_member_too_whenever_it_was_completed(asked: Asked, visit: PageOpener) -> None:
    now = clock.now()
    done = {"read_at": now - HOUR, "passed_at": now - HOUR, "completed_at": now - HOUR, "best_points": 5, "best_max": 5}
    for one, said in ((LEAF, "It has closed."), (CUP, "Done.")):
        asked.make(ProgressFactory, user_id=asked.user_id, lesson=one.key, **done)
        asked.ask(target=one.key, closes=now - DAY)
        assert said in card(visit(asked.ben, f"/groups/{asked.group}"))


def test_what_was_done_late_counts(asked: Asked, visit: PageOpener) -> None:
    late = clock.now() - HOUR
    asked.make(ProgressFactory, user_id=asked.user_id, lesson=LEAF.key, read_at=late, passed_at=late,
               completed_at=late, best_points=5, best_max=5)  # fmt: skip
    asked.ask(due=clock.now() - DAY)
    assert "Done, 1 day late. It counts." in card(visit(asked.ben, f"/groups/{asked.group}"))


@pytest.mark.parametrize(
    "about",
    [
        {"state": "draft", "published_at": None},
        {"state": "archived"},
        {"opens": datetime(2030, 12, 6, tzinfo=UTC)},
        {"for_all": False},
    ],
)
def test_what_is_not_asked_now_is_not_among_it(asked: Asked, visit: PageOpener, about: dict[str, Any]) -> None:
    asked.ask(**about)
    for path in ("/", "/me", LESSON, QUIZ):
        assert "Leaf" not in card(visit(asked.ben, path))


def test_who_is_excused_is_asked_nothing(asked: Asked, visit: PageOpener) -> None:
    number = asked.ask()
    asked.make(ExtensionFactory, assignment_id=number, user_id=asked.user_id, excused=True)
    for path in ("/", "/me", LESSON, QUIZ):
        assert card(visit(asked.ben, path)) == ""


def test_what_is_for_some_is_asked_of_them(asked: Asked, visit: PageOpener) -> None:
    asked.make(AssignmentMemberFactory, assignment_id=asked.ask(for_all=False), user_id=asked.user_id)
    assert "Leaf" in card(visit(asked.ben, "/"))


def test_a_class_that_has_ended_asks_nothing(asked: Asked, visit: PageOpener) -> None:
    asked.ask()
    with asked.app.app_context():
        db.session.connection(execution_options={"learnapp_write": True}).execute(
            text("UPDATE groups SET archived_at = created_at")
        )
        db.session.commit()
    assert card(visit(asked.ben, "/")) == ""


def test_a_lesson_that_is_kept_for_many_readers_tells_only_its_member(asked: Asked, visit: PageOpener) -> None:
    asked.ask()
    cleo, guest = asked.people.signed_in("Cleo"), asked.people.browser()
    assert "Asked in 9C." in card(visit(asked.ben, LESSON))
    assert card(visit(cleo, LESSON)) == card(visit(guest, LESSON)) == ""
    assert "Asked in 9C." in card(visit(asked.ben, LESSON))


def test_a_review_is_asked_without_being_watched(asked: Asked, visit: PageOpener) -> None:
    asked.ask(target_kind="review", target="review")
    page = visit(asked.ben, "/")
    assert "Review what is due" in card(page)
    assert "/me/review" in {one.get("href") for one in page.all("a")}
    ada = asked.people.browser()
    sign_in(ada, "Ada")
    said = words(visit(ada, f"/groups/{asked.group}/assignments/{asked.assignment}").one("main"))
    assert "you do not see who reviewed" in said


def test_a_quiz_that_was_open_at_the_close_says_what_counts(asked: Asked, visit: PageOpener) -> None:
    closes = clock.now() - HOUR
    asked.ask(closes=clock.now() + DAY)
    started = asked.ben.post(QUIZ, data={"kind": "main"}, environ_overrides=arrived(closes, -120))
    taker = Taker(asked.app, asked.ben, int(started.location.rpartition("/")[2]))
    for number, offset in enumerate((-60, 1, 9, 11)):
        item = taker.attempt.items[number]
        sent = taker.send(item, right(item).response, environ_overrides=arrived(closes, offset))
        assert sent.status_code == 303
    asked.set_closes(closes)
    said = card(visit(asked.ben, taker.url))
    assert "It closed " in said
    assert "3 of your 5 answers were in time and count. You can finish for practice." in said
    assert "You can still take it, for practice." in card(visit(asked.ben, QUIZ))
    taker.client.post(f"{taker.url}/finish")
    assert "3 of your 5 answers were in time and count." in card(visit(asked.ben, taker.url))


@pytest.mark.both_databases
@pytest.mark.parametrize(("offset", "percent"), [(-1, 40), (1, 40), (9, 40), (11, 20)])
def test_an_answer_counts_by_when_its_request_arrived(asked: Asked, offset: int, percent: int) -> None:
    """Whatever it waited for after that: the request that arrives at the close is carried out an hour later."""
    closes = clock.now() - HOUR
    asked.ask(closes=clock.now() + DAY)
    taker = begin(asked.app, asked.ben)
    first, second = taker.attempt.items[:2]
    taker.send(first, right(first).response, environ_overrides=arrived(closes, -60))
    second = taker.attempt.items[1]
    taker.send(second, right(second).response, environ_overrides=arrived(closes, offset))
    third = taker.attempt.items[2]
    taker.send(third, right(third).response)
    asked.set_closes(closes)
    assert asked.percent() == percent
    taker.client.post(f"{taker.url}/finish")
    assert asked.percent() == percent


@pytest.mark.both_databases
def test_nothing_is_written_at_the_close(asked: Asked) -> None:
    asked.ask(closes=clock.now() + DAY)
    taker = begin(asked.app, asked.ben)
    item = taker.attempt.items[0]
    taker.send(item, right(item).response)
    asked.set_closes(clock.now() - HOUR)
    rows = all_rows(asked.people.engine)
    assert asked.app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
    for path in ("/", "/me", LESSON, QUIZ, taker.url, f"/groups/{asked.group}"):
        assert asked.ben.get(path).status_code == 200
    assert all_rows(asked.people.engine) == rows


def test_the_quiz_says_which_tries_count(asked: Asked, visit: PageOpener) -> None:
    asked.ask(tries=2)
    assert "The first 2 tries count, and of them the best." in card(visit(asked.ben, QUIZ))
    revision = asked.make(RevisionFactory).hash
    for used in (1, 2):
        asked.make(AttemptFactory, user_id=asked.user_id, revision=revision, lesson=LEAF.key, state=FINISHED,
                   finished_at=clock.now(), points=0.5, passed=False)  # fmt: skip
        said = card(visit(asked.ben, QUIZ))
        assert ("You have finished 1." in said) == (used == 1)
        assert ("Further ones are practice." in said) == (used == 2)


def test_help_is_asked_for_on_the_lesson_and_on_the_result(asked: Asked, visit: PageOpener) -> None:
    asked.ask()
    page = visit(asked.ben, LESSON)
    assert "Ask my teacher" in card(page)
    assert LESSON in {one.get("value") for one in page.all("input") if one.get("name") == "back"}
    taker = begin(asked.app, asked.ben)
    assert "Ask my teacher" not in card(visit(asked.ben, taker.url))
    item = taker.attempt.items[0]
    taker.send(item, wrong(item).response)
    taker.client.post(f"{taker.url}/finish")
    assert "Ask my teacher" in card(visit(asked.ben, taker.url))


def test_pages_of_members_take_one_statement_more_and_those_of_others_none(asked: Asked) -> None:
    """And one more at a quiz where a close or a number of tries asks for attempts."""

    def sent(browser: FlaskClient, path: str) -> list[str]:
        with asked.app.app_context(), counted(db.engine) as statements:
            assert browser.get(path).status_code == 200
        return statements

    pages = ("/", "/me", LESSON, QUIZ)
    guest, cleo = asked.people.browser(), asked.people.signed_in("Cleo")
    for browser in (guest, cleo, asked.ben):
        assert browser.post(f"{LESSON}/read").status_code == 303
        browser.get(LESSON)
    asked.ask(closes=clock.now() + DAY)
    for browser, count in ((guest, 0), (cleo, 0), (asked.ben, 1)):
        assert [sum("assignments" in one for one in sent(browser, path)) for path in pages] == [count] * len(pages)
    assert [len(sent(asked.ben, path)) for path in pages] == [len(sent(cleo, path)) + 1 for path in pages]
    asked.set_closes(clock.now() - HOUR)
    assert len(sent(asked.ben, QUIZ)) == len(sent(cleo, QUIZ)) + 2
    assert len(sent(asked.ben, LESSON)) == len(sent(cleo, LESSON)) + 1


def arrived(closes: datetime, seconds: int) -> dict[str, datetime]:
    """Return what the server says of a request that arrived so long after the close."""
    return {ARRIVED_AT: closes + timedelta(seconds=seconds)}
