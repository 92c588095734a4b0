"""A module, a lesson and an item get other names: what learners have follows, whenever it is moved."""

from dataclasses import replace
from datetime import UTC

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from learnapp.content.ages import AgeAccess, band_access
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.lesson_key import LessonKey
from learnapp.content.vocabulary import Ages
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.lessons.renames import follow_renames, lost_names
from learnapp.learning.models import ASIDE, FINISHED, OPEN, Attempt, Progress, QuizRevision
from learnapp.learning.progress.service import course_progress, save_place
from learnapp.learning.review.models import Review, ReviewCard
from learnapp.learning.review.queue import lessons_without_cards
from learnapp.learning.review.service import begin_cards, postpone
from tests.actors.attempts import Db, answer_all, begin, count, progress_of
from tests.actors.reviews import DAY, LATER, answer, finish_lesson, queue_on
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, quiz
from tests.factories.base import NOON
from tests.factories.learning import ProgressFactory
from tests.quiz.samples import make

both_databases = pytest.mark.both_databases
OLD, NEW = LessonKey("1-tea/1-leaf"), LessonKey("tea/leaf")


def leaf(**changes: object) -> Lesson:
    items = [make("single", id=f"leaf-{n}", facts=["tea.01"]) for n in range(3)]
    return replace(lesson("1-leaf", quiz=quiz(*items)), **changes)  # type: ignore[arg-type]


def renamed(items: tuple[str, ...] = ("first", "second", "third")) -> Lesson:
    """Return the lesson in a renamed module, with a name and items' ids of its own."""
    new = [make("single", id=name, was=[f"leaf-{n}"], facts=["tea.01"]) for n, name in enumerate(items)]
    return leaf(module="tea", slug="leaf", was=(OLD,), quiz=quiz(*new))


@pytest.fixture
def before() -> Catalog:
    return course_with(leaf())


@pytest.fixture
def after() -> Catalog:
    return course_with(renamed())


def follow(session: Db, catalog: Catalog) -> int:
    session.rollback()
    total = 0
    while moved := follow_renames(session, catalog):
        session.commit()
        total += moved
    session.rollback()
    return total


def keys(session: Db, *tables: type) -> set[str]:
    session.rollback()
    return {key for table in tables for key in session.scalars(select(table.lesson))}  # type: ignore[attr-defined]


@pytest.mark.both_databases(always=True)
def test_progress_attempts_cards_and_the_place_reached_follow(
    db_session: Db, ben: int, before: Catalog, after: Catalog
) -> None:
    save_place(db_session, ben, progress_of(db_session, ben, leaf()), "p1", NOON)
    db_session.commit()
    finish_lesson(db_session, before, ben, before.lessons[OLD])
    answer(db_session, queue_on(db_session, before, ben, LATER).cards_today[0], LATER)
    memories = {card.id: card.memory for card in queue_on(db_session, before, ben, LATER).cards}

    assert follow(db_session, after) > 0

    assert keys(db_session, Progress, Attempt, ReviewCard, QuizRevision) == {NEW}
    progress = course_progress(db_session, after.courses["tea"], ben).lessons[0]
    assert (progress.complete, progress.state.place) == (True, "p1")
    cards = queue_on(db_session, after, ben, LATER).cards
    assert {card.review_item.item.id for card in cards} == {"first", "second", "third"}
    assert {card.id: card.memory for card in cards} == memories
    assert set(db_session.scalars(select(ReviewCard.item_id))) == {"first", "second", "third"}
    assert follow(db_session, after) == 0


@both_databases
def test_an_open_attempt_goes_on_with_the_quiz_as_it_was_asked(
    db_session: Db, ben: int, before: Catalog, after: Catalog
) -> None:
    attempt = begin(db_session, ben, before.lessons[OLD])

    follow(db_session, after)
    answer_all(db_session, attempt)
    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    ended = attempt_detail(db_session, ben, attempt.summary.id)
    assert (ended.summary.lesson, ended.summary.state, ended.summary.points) == (NEW, FINISHED, 3.0)
    assert [attempt_item.item.id for attempt_item in ended.items] == ["leaf-0", "leaf-1", "leaf-2"]


@both_databases
def test_rows_that_have_not_followed_are_found_under_their_former_names(
    db_session: Db, ben: int, before: Catalog, after: Catalog
) -> None:
    finish_lesson(db_session, before, ben, before.lessons[OLD])

    progress = course_progress(db_session, after.courses["tea"], ben).lessons[0]
    assert progress.complete
    assert len(queue_on(db_session, after, ben, LATER).cards) == 3
    assert after.lesson_by_key(OLD) == after.lessons[NEW]


@both_databases
def test_an_attempt_of_before_makes_cards_under_the_names_of_today(
    db_session: Db, ben: int, before: Catalog, after: Catalog
) -> None:
    finish_lesson(db_session, before, ben, before.lessons[OLD])
    db_session.execute(Review.__table__.delete())  # type: ignore[attr-defined]
    db_session.execute(ReviewCard.__table__.delete())  # type: ignore[attr-defined]
    db_session.commit()

    assert begin_cards(db_session, after, ben, OLD, UTC) == 3
    db_session.commit()

    assert keys(db_session, ReviewCard) == {NEW}
    assert set(db_session.scalars(select(ReviewCard.item_id))) == {"first", "second", "third"}


@both_databases
def test_cards_that_have_not_followed_wait_with_their_lesson(
    db_session: Db, ben: int, before: Catalog, after: Catalog
) -> None:
    finish_lesson(db_session, before, ben, before.lessons[OLD])

    postpone(db_session, queue_on(db_session, after, ben, LATER).cards_today[0], LATER + DAY)
    db_session.commit()

    assert queue_on(db_session, after, ben, LATER).due == ()


@both_databases
def test_a_lesson_has_cards_whichever_of_its_names_they_and_its_attempts_have(
    db_session: Db, ben: int, before: Catalog, after: Catalog
) -> None:
    finish_lesson(db_session, before, ben, before.lessons[OLD])
    db_session.execute(update(ReviewCard).values(lesson=NEW))
    db_session.commit()

    assert lessons_without_cards(db_session, after, ben) == ()
    db_session.execute(delete(ReviewCard))
    db_session.commit()
    assert lessons_without_cards(db_session, after, ben) == (OLD,)


@both_databases
def test_rows_under_both_names_are_united(db_session: Db, ben: int, before: Catalog, after: Catalog) -> None:
    finish_lesson(db_session, before, ben, before.lessons[OLD])
    begin(db_session, ben, before.lessons[OLD])
    finish_lesson(db_session, course_with(leaf(module="tea", slug="leaf")), ben, leaf(module="tea", slug="leaf"))
    newest = begin(db_session, ben, leaf(module="tea", slug="leaf")).summary.id

    follow(db_session, after)

    states = {row.id: row.state for row in db_session.execute(select(Attempt.id, Attempt.state))}
    assert sorted(states.values()) == sorted([FINISHED, FINISHED, OPEN, ASIDE])
    assert states[newest] == OPEN
    assert count(db_session, Progress) == 1
    assert count(db_session, ReviewCard) == 3
    assert {card.times for card in queue_on(db_session, after, ben, LATER).cards} == {2}


@both_databases
def test_another_order_of_lessons_moves_nothing(db_session: Db, ben: int) -> None:
    first, second = leaf(), lesson("2-water", quiz=quiz(make("single", id="water", facts=["tea.01"])))
    finish_lesson(db_session, course_with(first, second), ben, first)

    swapped = course_with(second, first)

    assert follow(db_session, swapped) == 0
    progress = course_progress(db_session, swapped.courses["tea"], ben)
    assert [one.complete for one in progress.lessons] == [False, True]
    assert len(queue_on(db_session, swapped, ben, LATER).cards) == 3


@both_databases
def test_names_that_the_course_does_not_have_any_more_are_counted(
    db_session: Db, ben: int, guest: int, before: Catalog, after: Catalog
) -> None:
    for who in (ben, guest):
        finish_lesson(db_session, before, who, before.lessons[OLD])
    db_session.rollback()

    assert lost_names(db_session, before) == lost_names(db_session, after) == ()
    gone = course_with(lesson("2-water"))
    assert [(one.lesson, one.item, one.learners) for one in lost_names(db_session, gone)] == [(OLD, None, 2)]
    fewer = course_with(leaf(quiz=quiz(make("single", id="leaf-0", facts=["tea.01"]))))
    assert [(one.item, one.learners) for one in lost_names(db_session, fewer)] == [("leaf-1", 2), ("leaf-2", 2)]


def test_the_name_of_a_final_is_no_lesson_that_was_lost(db_session: Db, ben: int, before: Catalog) -> None:
    for name in ("final/tea-server", "finals/tea-server"):
        ProgressFactory(user_id=ben, lesson=name)

    assert [one.lesson for one in lost_names(db_session, before)] == ["finals/tea-server"]


def test_a_closed_lesson_stays_closed_under_its_former_name() -> None:
    grown_up = replace(renamed(), age=Ages(core=None, full=18))

    access = band_access((grown_up,), 12)

    assert access.withheld_lessons == {OLD, NEW}
    assert not access.can_show_items(OLD, leaf().quiz, ["leaf-0"])
    assert AgeAccess(18).can_show_items(OLD, leaf().quiz, ["leaf-0"])


@pytest.mark.parametrize("tail", ["", "/quiz", "?x=1"])
def test_old_addresses_lead_to_the_new_ones_for_good(
    app: Flask, monkeypatch: pytest.MonkeyPatch, after: Catalog, tail: str
) -> None:
    serve_catalog(app, monkeypatch, replace(after, renamed_modules={"1-tea": "tea"}))
    client = app.test_client()

    answer = client.get(f"/modules/{OLD}{tail}")

    assert (answer.status_code, answer.location) == (301, f"/modules/{NEW}{tail}")
    for rule in app.url_map.iter_rules():
        if rule.arguments == {"module"} and "GET" in (rule.methods or ()):
            address = rule.rule.replace("<module>", "1-tea")
            assert client.get(address).location == address.replace("1-tea", "tea")
    assert client.get("/modules/1-tea/none").status_code == 404
    assert client.get(f"/modules/{NEW}").status_code == 200


def test_a_form_sent_to_an_old_address_is_sent_on(app: Flask, monkeypatch: pytest.MonkeyPatch, after: Catalog) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    serve_catalog(app, monkeypatch, after)

    answer = app.test_client().post(f"/modules/{OLD}/read")

    assert (answer.status_code, answer.location) == (308, f"/modules/{NEW}/read")
