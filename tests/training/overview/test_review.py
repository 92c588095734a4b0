"""Review of a program: fresh where four fifths of its questions are likely known, and else how long that takes."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.catalog import Catalog
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.queue import SECONDS_A_CARD, DueCard, ReviewQueue
from learnapp.learning.review.schedule import MemoryState, recall
from learnapp.training.overview.review import FRESH, program_review
from learnapp.training.overview.steps import ProgramReview
from tests.actors.reviews import DAY, KEY, LATER, TODAY, answer, finish_lesson, queue_on
from tests.actors.training import Db
from tests.courses.training import program, training_course
from tests.factories.base import NOON

PROGRAM = program()
REVIEW_ITEMS = reviewable(training_course())
IN = {slug: next(one for one in REVIEW_ITEMS.values() if one.lesson.module == slug) for slug in PROGRAM.modules}


def card(stability: float, days: int, module: str = "1-tea") -> DueCard:
    """Make a card that was reviewed so many days ago."""
    reviewed_on = TODAY - days * DAY
    memory = MemoryState(stability, 5.0, reviewed_on, reviewed_on + timedelta(days=max(1, round(stability))))
    return DueCard(1, 1, memory, 1, 0, 0, None, NOON, IN[module], KEY)


def share(known: Sequence[float]) -> float:
    return sum(known) / len(known)


@given(st.lists(st.tuples(st.floats(0.5, 90), st.integers(0, 300)), min_size=1, max_size=30))
def test_the_minutes_are_the_fewest_that_make_enough_of_it_known(cards: list[tuple[float, int]]) -> None:
    queue = ReviewQueue(tuple(card(*one) for one in cards), TODAY)
    found = program_review(PROGRAM, queue)
    known = sorted(recall(one.memory, TODAY) for one in queue.cards)
    assert found.fresh == (share(known) >= FRESH)
    if not found.fresh:
        enough = next(n for n in range(len(known) + 1) if share([1.0] * n + known[n:]) >= FRESH - 1e-12)
        assert found.minutes == ceil(enough * SECONDS_A_CARD / 60) > 0


def test_nobody_without_questions_has_anything_to_review() -> None:
    assert program_review(PROGRAM, ReviewQueue((), TODAY)) == ProgramReview()


def test_only_questions_of_its_modules_count() -> None:
    forgotten, known = card(0.5, 300, "2-pot"), card(90, 0, "1-tea")
    queue = ReviewQueue((*[forgotten] * 8, known), TODAY)
    assert not program_review(PROGRAM, queue).fresh
    assert program_review(program(modules=["1-tea"]), queue) == ProgramReview()


@pytest.mark.parametrize(("count", "minutes"), [(1, 1), (5, 3), (10, 6), (30, 16)])
def test_of_what_is_quite_forgotten_four_fifths_are_answered_at_forty_seconds_each(count: int, minutes: int) -> None:
    queue = ReviewQueue((card(0.001, 36_500),) * count, TODAY)
    assert recall(queue.cards[0].memory, TODAY) < 0.1
    assert program_review(PROGRAM, queue).minutes == minutes


def test_the_minutes_fall_as_cards_are_reviewed_until_it_is_fresh(db_session: Db, vera: int) -> None:
    catalog: Catalog = training_course()
    for lesson in catalog.lessons.values():
        finish_lesson(db_session, catalog, vera, lesson, but=("tea-single", "tea-ordering"))
    assert program_review(PROGRAM, queue_on(db_session, catalog, vera, TODAY)) == ProgramReview()
    minutes, day = [], LATER + 300 * DAY
    while not (found := program_review(PROGRAM, queue := queue_on(db_session, catalog, vera, day))).fresh:
        minutes.append(found.minutes)
        answer(db_session, queue.cards_today[0], day)
    assert len(minutes) > 3
    assert minutes == sorted(minutes, reverse=True)
    # What was promised at first was enough.
    assert len(minutes) * SECONDS_A_CARD <= minutes[0] * 60
    assert found.minutes == 0
    known = [recall(one.memory, day) for one in queue.cards]
    assert share(known) >= FRESH
