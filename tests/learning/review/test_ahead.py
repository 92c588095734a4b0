"""Cards ahead: which may be answered before their day, and what an early answer makes of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fsrs import Rating

from learnapp.content.catalog import Catalog
from learnapp.learning.review.ahead import CARDS_AHEAD, answered_on, cards_ahead, may_be_answered
from learnapp.learning.review.queue import CARDS_A_DAY, DueCard, ReviewQueue
from learnapp.learning.review.schedule import schedule_review
from tests.actors.attempts import Db
from tests.actors.reviews import DAY, LATER, TODAY, answer, finish_lesson, queue_on


@pytest.fixture
def card(db_session: Db, ben: int, catalog: Catalog) -> DueCard:
    """Give a card of a lesson that was done some weeks ago."""
    for one in catalog.lessons.values():
        finish_lesson(db_session, catalog, ben, one)
    return queue_on(db_session, catalog, ben, LATER).cards[0]


def due(card: DueCard, number: int, days: int, reviewed: int = -9) -> DueCard:
    memory = replace(card.memory, due_on=TODAY + days * DAY, reviewed_on=TODAY + reviewed * DAY)
    return replace(card, id=number, memory=memory)


@pytest.mark.parametrize(
    ("days", "reviewed", "may"), [(0, -9, True), (-30, -40, True), (7, -1, True), (8, -1, False), (1, 0, False)]
)
def test_a_card_may_be_answered_up_to_a_week_before_its_day_but_not_twice_on_one_day(
    card: DueCard, days: int, reviewed: int, may: bool
) -> None:
    assert may_be_answered(due(card, 1, days, reviewed), TODAY) is may


def test_the_cards_ahead_are_those_besides_today_s_of_the_next_week_and_forty_in_all(card: DueCard) -> None:
    queue = ReviewQueue(tuple(due(card, number, number // 4) for number in range(60)), TODAY)
    now, more = queue.cards_today, cards_ahead(queue)
    assert {one.id for one in now} == {0, 1, 2, 3}
    assert {one.memory.due_on for one in more} == {TODAY + days * DAY for days in range(1, 8)}
    queue = ReviewQueue(tuple(due(card, number, -1) for number in range(60)), TODAY)
    assert (len(queue.cards_today), len(cards_ahead(queue))) == (CARDS_A_DAY, CARDS_AHEAD - CARDS_A_DAY)
    assert set(queue.cards_today).isdisjoint(cards_ahead(queue))


def test_an_early_answer_makes_a_memory_less_firm_than_one_in_time(card: DueCard) -> None:
    early = schedule_review(card.memory, Rating.Good, card.memory.due_on - DAY)
    timely = schedule_review(card.memory, Rating.Good, card.memory.due_on)
    assert card.memory.stability < early.stability < timely.stability


def test_what_was_answered_on_a_day_is_listed_the_newest_first(
    db_session: Db, ben: int, catalog: Catalog, card: DueCard
) -> None:
    first, second = queue_on(db_session, catalog, ben, LATER).cards_today[:2]
    for one in (first, second):
        answer(db_session, one, LATER)
    queue = queue_on(db_session, catalog, ben, LATER)
    assert [one.card.id for one in answered_on(db_session, queue)] == [second.id, first.id]
    assert answered_on(db_session, queue_on(db_session, catalog, ben, LATER + timedelta(days=1))) == ()
