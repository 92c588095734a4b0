"""Leaving a lesson's cards for another day: those due wait until tomorrow, and nothing is counted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.database.db import db
from learnapp.learning.review.models import Review, ReviewCard
from tests.actors.attempt_pages import words
from tests.actors.review_pages import PAGE, WEEKS, Begin, Reviewer, ben, start
from tests.actors.reviews import DAY, TODAY
from tests.courses.tea import course_with, two_modules
from tests.pages import PageOpener

pytestmark = pytest.mark.both_databases

__all__ = ["ben", "start"]
NOW = TODAY + WEEKS
LATER = f"{PAGE}/later"


def leave(reviewer: Reviewer, card: int, **more: Any) -> TestResponse:
    return reviewer.client.post(LATER, data={"card": card}, **more)


def due_days(reviewer: Reviewer) -> dict[str, set[date]]:
    """Return the days on which the cards of each lesson are due."""
    days: dict[str, set[date]] = {}
    with reviewer.app.app_context():
        for card in db.session.scalars(select(ReviewCard)):
            days.setdefault(card.lesson, set()).add(card.due_on)
    return days


def stored(reviewer: Reviewer, table: type) -> list[Any]:
    with reviewer.app.app_context():
        return [tuple(row) for row in db.session.execute(select(table.__table__).order_by("id"))]  # type: ignore[attr-defined]


@pytest.mark.both_databases(always=True)
def test_all_due_cards_of_the_lesson_wait_until_tomorrow_and_no_others(ben: Reviewer, visit: PageOpener) -> None:
    card = ben.front
    lesson = card.review_item.lesson
    before = due_days(ben)
    page = words(visit(ben.client, LATER, data={"card": card.id}).text)
    assert f"The questions from “{lesson.title}” wait until tomorrow." in page
    assert "Card 1 of 3 today" in page
    after = due_days(ben)
    assert after.pop(lesson.key) == {NOW + DAY}
    assert before.pop(lesson.key) != {NOW + DAY}
    assert after == before
    ben.wait(DAY)
    assert "Card 1 of 6 today" in words(visit(ben.client, PAGE).text)


def test_a_card_that_is_due_later_keeps_its_day(ben: Reviewer) -> None:
    card = ben.front
    with ben.app.app_context():
        other = db.session.scalars(
            select(ReviewCard).where(ReviewCard.lesson == card.review_item.lesson.key, ReviewCard.id != card.id)
        ).first()
        assert other is not None
        other.due_on = NOW + 9 * DAY
        db.session.commit()
    leave(ben, card.id)
    assert due_days(ben)[card.review_item.lesson.key] == {NOW + DAY, NOW + 9 * DAY}


def test_a_second_press_changes_nothing(ben: Reviewer) -> None:
    card = ben.front
    assert leave(ben, card.id).location == PAGE
    once = stored(ben, ReviewCard)
    assert leave(ben, card.id).location == PAGE
    assert stored(ben, ReviewCard) == once


def test_nothing_is_rated(ben: Reviewer, visit: PageOpener) -> None:
    card, reviews = ben.front, stored(ben, Review)
    leave(ben, card.id)
    assert stored(ben, Review) == reviews
    with ben.app.app_context():
        kept = db.session.get_one(ReviewCard, card.id)
        assert (kept.times, kept.stability, kept.difficulty, kept.reviewed_on) == (
            card.times,
            card.memory.stability,
            card.memory.difficulty,
            card.memory.reviewed_on,
        )


def test_an_answer_from_a_late_window_leads_on_and_claims_no_other_answer(ben: Reviewer, visit: PageOpener) -> None:
    card = ben.front
    form = ben.form(card)
    leave(ben, card.id)
    visit(ben.client, PAGE)  # the message of the press is read here
    late = ben.send(form)
    assert (late.status_code, late.location) == (303, f"{PAGE}#question")
    page = words(visit(ben.client, PAGE).text)
    assert "another window" not in page
    assert "Card 1 of 3 today" in page
    assert ben.count(Review) == 6


def test_a_hint_from_a_late_window_opens_nothing(ben: Reviewer) -> None:
    card = ben.front
    form = ben.form(card, action="hint")
    leave(ben, card.id)
    once = stored(ben, ReviewCard)
    assert ben.send(form).location == f"{PAGE}#question"
    assert stored(ben, ReviewCard) == once


def test_others_cards_answer_as_missing_ones(ben: Reviewer) -> None:
    card, before = ben.front, stored(ben, ReviewCard)
    cleo = ben.app.test_client()
    cleo.post("/modules/1-tea/1-leaf/place", data={"anchor": "p2"})
    for who in (cleo, ben.app.test_client()):
        assert who.post(LATER, data={"card": card.id}).status_code == 404
    for number in ("", "x", "0", "-1", "999999", "9" * 400):
        assert ben.client.post(LATER, data={"card": number}).status_code == 404
    assert ben.client.post(LATER).status_code == 404
    assert stored(ben, ReviewCard) == before


def test_the_last_lesson_left_ends_the_day(ben: Reviewer, visit: PageOpener) -> None:
    for _lesson in range(2):
        leave(ben, ben.front.id)
    page = words(visit(ben.client, PAGE).text)
    assert "Nothing to review today. The next 6 cards come tomorrow." in page
    assert "Back to my learning" in page


@pytest.mark.parametrize("advisory", ["Tea may be hot.", None])
def test_a_card_from_a_lesson_with_an_advisory_says_so(start: Begin, visit: PageOpener, advisory: str | None) -> None:
    reviewer = start(course_with(replace(two_modules()[0], advisory=advisory)))
    reviewer.wait(WEEKS)
    page = words(visit(reviewer.client, PAGE).text)
    assert "Leave this lesson for another day" in page
    assert ("From “Leaf” · a lesson with an advisory" in page) == (advisory is not None)
