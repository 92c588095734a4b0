"""Ratings and days: when a question comes back, and how well it will be known."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from learnapp.learning.review.schedule import LONGEST_DAYS, MemoryState, rate, recall, recalls, replay, schedule_review
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.types.multiple import MultipleResponse
from tests.actors.attempts import WRONG
from tests.courses.tea import TYPES
from tests.quiz.samples import KEYS, make

DAY = date(2026, 11, 21)
RATINGS = (Rating.Again, Rating.Hard, Rating.Good, Rating.Easy)


@pytest.mark.parametrize("item_type", [one for one in TYPES if one != "scenario"])
@pytest.mark.parametrize(
    ("key", "hints", "certainty", "rating"),
    [
        (False, 0, 3, Rating.Again),
        (True, 1, None, Rating.Hard),
        (True, 1, 3, Rating.Hard),
        (True, 0, None, Rating.Good),
        (True, 0, 2, Rating.Good),
        (True, 0, 3, Rating.Easy),
    ],
)
def test_an_answer_is_rated_by_key_hint_and_certainty(
    item_type: str, key: bool, hints: int, certainty: int | None, rating: Rating
) -> None:
    item = make(item_type)
    response = item.parse_stored((KEYS if key else WRONG)[item_type])
    assert rate(item, ItemState(response, 1, hints, True), certainty) == rating


@pytest.mark.parametrize(
    "state",
    [
        ItemState(None, 0, 0, True, 0.0),
        ItemState(MultipleResponse((0,)), 1, 0, True, 0.5),
        ItemState(MultipleResponse((0, 2)), 2, 0, True, 2 / 3),
    ],
    ids=["unanswered", "half right", "right at the second try"],
)
def test_what_is_not_right_at_once_is_asked_again(state: ItemState) -> None:
    assert rate(make("multiple"), state, 3) == Rating.Again


def test_the_better_it_was_known_the_later_it_comes_back() -> None:
    first = [schedule_review(None, rating, DAY).due_on for rating in RATINGS]
    assert first == sorted(first)
    assert first[0] == DAY + timedelta(days=1)
    assert first[3] > first[2] > first[0]


def test_each_success_at_its_time_makes_the_gap_longer() -> None:
    memory, gaps = schedule_review(None, Rating.Good, DAY), []
    for _review in range(5):
        gaps.append((memory.due_on - memory.reviewed_on).days)
        memory = schedule_review(memory, Rating.Good, memory.due_on)
    assert gaps == sorted(set(gaps))


def test_what_was_forgotten_comes_back_within_days() -> None:
    known = replay([(DAY, Rating.Easy), (DAY + timedelta(days=8), Rating.Easy)])
    assert known is not None
    forgotten = schedule_review(known, Rating.Again, known.due_on)
    assert (forgotten.due_on - forgotten.reviewed_on).days <= 7
    assert forgotten.stability < known.stability


def test_recall_is_sure_today_and_fades() -> None:
    memory = schedule_review(None, Rating.Good, DAY)
    shares = [recall(memory, DAY + timedelta(days=days)) for days in (0, 1, 7, 30, 365)]
    assert shares[0] == 1
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] > 0
    assert recall(memory, memory.due_on) == pytest.approx(0.9, abs=0.03)


def test_the_same_history_gives_the_same_days() -> None:
    history = [(DAY + timedelta(days=n * n), rating) for n, rating in enumerate(RATINGS * 3)]
    assert len({replay(history) for _time in range(20)}) == 1


def test_without_a_history_there_is_no_memory() -> None:
    assert replay([]) is None


history = st.lists(st.tuples(st.integers(-3, 400), st.sampled_from(RATINGS)), min_size=1, max_size=12)


@given(history)
def test_whatever_happens_a_card_comes_back_after_today_and_within_a_year(moves: list[tuple[int, Rating]]) -> None:
    day, memory = DAY, None
    for days, rating in moves:
        day += timedelta(days=days)  # also backward: somebody who travels
        memory = schedule_review(memory, rating, day)
        assert day < memory.due_on <= day + timedelta(days=LONGEST_DAYS)
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        assert 0 < recall(memory, day + timedelta(days=1000)) <= 1


def test_a_memory_is_a_value() -> None:
    memory: Any = MemoryState(1.0, 5.0, DAY, DAY)
    with pytest.raises(AttributeError):
        memory.stability = 2.0


# The sequence that the tests of py-fsrs play: six times known, forgotten twice, then known again.
PUBLISHED = (*[Rating.Good] * 6, Rating.Again, Rating.Again, *[Rating.Good] * 5)


def test_recall_is_what_fsrs_says_along_its_published_sequence() -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)
    noon, memory = datetime.combine(DAY, time(12), UTC), None
    card, days = Card(card_id=1, due=noon), []
    for rating in PUBLISHED:
        card, _log = scheduler.review_card(card, rating, noon)
        memory = schedule_review(memory, rating, noon.date())
        assert memory.due_on == card.due.date()
        days.append((memory.due_on - noon.date()).days)
        for later in (0, 1, 30, 400):
            expected = scheduler.get_card_retrievability(card, noon + timedelta(days=later))
            day = noon.date() + timedelta(days=later)
            assert recall(memory, day) == pytest.approx(expected)
            assert recalls([(memory.stability, memory.reviewed_on)], day) == [pytest.approx(expected)]
        noon = card.due
    assert days[:4] == [2, 11, 46, 163]  # as published, without the step within a day with which it begins there
    assert days[4:6] == [LONGEST_DAYS] * 2


memories = st.tuples(st.floats(0.01, 4000), st.integers(-4000, 4000).map(lambda days: DAY + timedelta(days=days)))


@given(st.lists(memories, max_size=20), st.integers(-500, 4000))
def test_many_recalls_are_each_what_one_is(found: list[tuple[float, date]], later: int) -> None:
    day = DAY + timedelta(days=later)
    each = [recall(MemoryState(stability, 5.0, on, on), day) for stability, on in found]
    assert recalls(found, day) == each
    assert recalls(iter(found), day) == each
