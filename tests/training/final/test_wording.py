"""Words of finals: how one is called, what it takes, and what came of it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from learnapp.content.programs import FinalBlueprint
from learnapp.training.final.results import FinalResult, ThemeResult
from learnapp.training.final.wording import Finals, form_minutes, form_words, pass_words, result_words, theme_words
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, program, training_course


@pytest.fixture(autouse=True)
def request_context(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer a request on the course with programs."""
    serve_catalog(app, monkeypatch, training_course())
    with app.test_request_context():
        yield


def theme(points: float, out_of: int, *, full_marks: bool = False) -> ThemeResult:
    return ThemeResult("spills", "Spills", points, out_of, full_marks, ())


def result(points: float, passed: bool, *themes: ThemeResult) -> FinalResult:
    return FinalResult(points, 30, 24, passed, themes, ())


def test_a_final_is_called_like_its_program_and_leads_back_to_it() -> None:
    assert Finals().labels(f"final/{SERVER}") == ("Final", "Tea server", f"/training/{SERVER}", "Back to the program")


def test_a_final_whose_program_has_ended_leads_to_the_programs_there_are() -> None:
    assert Finals().labels("final/gone")[1:3] == ("a program that has ended", "/training")


def test_a_form_takes_a_minute_and_a_half_a_question() -> None:
    assert form_minutes(FinalBlueprint.model_validate({"strata": {"tea": 30}, "pass_points": 24})) == 45
    assert (form_words("final"), form_words("renewal")) == ("the final", "the shorter final")


def test_how_a_form_is_passed_is_said_with_its_points() -> None:
    assert pass_words(program().final) == "5 of 6 points, and full marks on the safety points"


@pytest.mark.parametrize(
    ("points", "passed", "lacking", "words"),
    [
        (24, True, 0, "24 of 30 points. Full marks on all safety points."),
        (23, False, 0, "23 of 30 points. You need 24. You have full marks on all safety points."),
        (
            28.666666667,
            False,
            1,
            "28.67 of 30 points. You need 24, and full marks on the safety points."
            " One safety point is not fully right.",
        ),
        (
            12,
            False,
            2,
            "12 of 30 points. You need 24, and full marks on the safety points. 2 safety points are not fully right.",
        ),
    ],
)
def test_a_result_says_what_was_reached_and_what_it_lacks(
    points: float, passed: bool, lacking: int, words: str
) -> None:
    themes = [theme(0.5, 1, full_marks=True)] * lacking + [theme(1, 1, full_marks=True), theme(3, 9)]
    assert result_words(result(points, passed, *themes)) == words


def test_a_theme_has_its_points_as_people_write_them() -> None:
    assert theme_words(theme(2.5, 4)) == "2.5 of 4"
    assert theme_words(theme(4.0, 4)) == "4 of 4"


@pytest.mark.parametrize(
    ("points", "full_marks", "whole", "lacking"),
    [(4, True, True, False), (4 - 1e-10, True, True, False), (3.99, True, False, True), (3.99, False, False, False)],
)
def test_only_full_marks_are_whole_but_for_what_floats_lose(
    points: float, full_marks: bool, whole: bool, lacking: bool
) -> None:
    found = theme(points, 4, full_marks=full_marks)
    assert (found.whole, found.lacking) == (whole, lacking)
