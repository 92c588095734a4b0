"""The words of review: when cards come, from where, and the date aimed at."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask

from learnapp.learning.review import wording
from learnapp.learning.review.queue import ReviewQueue

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context(), time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        yield


def queue(**about: object) -> Any:
    """Return what the words need of a queue."""
    return SimpleNamespace(**{"today": TODAY, "cards": (), "done": 0, "next": None, **about})


@pytest.mark.parametrize(
    ("coming", "words"),
    [
        (None, ""),
        ((TOMORROW, 1), "The next card comes tomorrow."),
        ((TODAY + timedelta(days=10), 3), "The next 3 cards come on 1 December."),
    ],
)
def test_when_the_next_cards_come(coming: tuple[date, int] | None, words: str) -> None:
    assert wording.next_cards(queue(next=coming)) == words


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        (["Ash"], "From “Ash”."),
        (["Ash", "Cup"], "From “Ash” and “Cup”."),
        (["Ash", "Cup", "Pot"], "From “Ash”, “Cup” and 1 more lesson."),
        (["Ash", "Cup", "Pot", "Tea"], "From “Ash”, “Cup” and 2 more lessons."),
    ],
)
def test_from_which_lessons_the_cards_of_today_are(titles: list[str], words: str) -> None:
    assert wording.cards_from(titles) == words


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"done": 2, "cards": (1,)}, "That is all for today."),
        ({"cards": (1,)}, "Nothing to review today."),
        ({}, "No cards yet."),
    ],
)
def test_why_no_card_is_in_front(about: dict[str, Any], words: str) -> None:
    assert wording.nothing_due(queue(**about)) == words


def test_an_empty_queue_has_no_cards_to_come() -> None:
    empty = ReviewQueue((), TODAY)
    assert (wording.next_cards(empty), wording.nothing_due(empty)) == ("", "No cards yet.")


@pytest.mark.parametrize(
    ("due_on", "times", "words"),
    [(TOMORROW, 2, "This card comes back tomorrow."), (TODAY, 2, ""), (TOMORROW, 3, "")],
    ids=["later", "today again", "answered again since"],
)
def test_when_an_answered_card_comes_back(due_on: date, times: int, words: str) -> None:
    card = SimpleNamespace(times=times, memory=SimpleNamespace(due_on=due_on))
    answered: Any = SimpleNamespace(card=card, number=2)
    assert wording.comes_back(answered, queue()) == words


def test_what_is_said_of_the_date_aimed_at() -> None:
    assert wording.aim_note(None, TODAY).startswith("If you need to know this on a certain day, enter it here.")
    assert wording.aim_note(TOMORROW, TODAY) == "You need this on 22 November 2026."
    assert wording.aim_note(TODAY, TODAY).startswith("21 November 2026, the day you had in mind, has come.")


@pytest.mark.parametrize(
    ("aim", "forecast", "words"),
    [
        (None, False, "Choose a date"),
        (TODAY, False, "Change the date"),
        (TOMORROW, True, "See how much you are likely to remember, or change the date"),
    ],
)
def test_the_words_that_open_the_date(aim: date | None, forecast: bool, words: str) -> None:
    assert wording.aim_summary(aim, forecast) == words
