"""Scores at the boundary, through the whole path: answers on pages, the result, the program's page, the certificate."""

from collections.abc import Iterator

import pytest
from flask import Flask

from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.values import AttemptItem
from tests.actors.attempt_pages import words
from tests.actors.attempts import giving, right, wrong
from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.training_pages import Volunteer, volunteer
from tests.courses.training import SPILLS, bank_items, program, training_course
from tests.factories.base import NOON
from tests.pages import PageOpener
from tests.quiz.samples import make
from tests.shares import left

# Thirty questions, of which four ask for full marks: whoever matches three pairs may have thirds of points.
FINAL = {"strata": {"1-tea": 20, "2-pot": 6, SPILLS: 4}, "pass_points": 24}
BANKS = {
    "1-tea": tuple(make("single", id=f"final-leaf-{n}") for n in range(40)),
    "2-pot": tuple(make("matching", id=f"final-pot-{n}") for n in range(12)),
    SPILLS: bank_items(SPILLS, 8),
}
A_THIRD = {"matches": {"0": 0, "1": 2, "2": 1}}
IN_PART = {"replies": [1, 1]}  # three quarters of a point


@pytest.fixture
def vera(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """Give Vera, who has read what a program with a final of thirty questions asks."""
    with at(NOON):
        yield volunteer(app, people, monkeypatch, training_course(program(final=FINAL), banks=BANKS))


class Answering:
    """Answers a form with so many questions wrong, pairs matched by a third, and safety points in part or not."""

    def __init__(self, wrong: int, thirds: int, in_part: int, unsafe: int) -> None:
        self.wrong, self.thirds, self.in_part, self.unsafe = wrong, thirds, in_part, unsafe

    def __call__(self, item: AttemptItem) -> Submission:
        kind, number = item.item.type, item.number
        if kind == "matching" and number - 20 <= self.thirds:
            return giving(item, A_THIRD)
        if kind == "scenario" and number - 26 <= self.in_part:
            return giving(item, IN_PART)
        if (kind == "single" and number <= self.wrong) or (kind == "scenario" and number - 26 <= self.unsafe):
            return wrong(item)
        return right(item)


@pytest.mark.parametrize(
    ("answering", "points", "passed"),
    [
        ((7, 0, 0, 0), "23", False),  # with all safety points
        ((6, 0, 0, 0), "24", True),
        ((5, 0, 1, 0), "24.75", False),  # enough, with one safety point partly right
        left((5, 3, 0, 0), "23", False),
        left((4, 3, 0, 0), "24", True),  # three thirds are a point
        left((4, 4, 0, 0), "23.33", False),
        left((0, 0, 1, 0), "29.75", False),
        left((0, 0, 0, 1), "29", False),
        left((0, 0, 0, 0), "30", True),
    ],
)
def test_24_points_with_all_safety_points_pass_and_nothing_less_does(
    vera: Volunteer, visit: PageOpener, answering: tuple[int, int, int, int], points: str, passed: bool
) -> None:
    taker = vera.begin()
    assert [item.item.type for item in taker.attempt.items] == ["single"] * 20 + ["matching"] * 6 + ["scenario"] * 4
    vera.finish(taker, Answering(*answering))
    shown = words(visit(vera.client, f"/training/finals/{taker.attempt_id}").text)
    assert f"{'Passed' if passed else 'Not there yet'} {points} of 30 points." in shown
    assert ("One safety point is not fully right." in shown) is (sum(answering[2:]) == 1)
    assert [(one.state, one.passed) for one in vera.attempts()] == [("finished", passed)]
    program_page = words(visit(vera.client, vera.page).text)
    assert ("You have passed: get your certificate" in program_page) is passed
    assert ("You can try again tomorrow at 12:00" in program_page) is not passed
    assert vera.client.get(f"{vera.page}/certificate").status_code == (200 if passed else 409)
