"""Words of readiness: the rule with its own numbers, and what each part lacks."""

from dataclasses import replace

import pytest
from flask import Flask

from learnapp.training.overview.review import FRESH
from learnapp.training.readiness.rules import SOON_MINUTES, readiness
from learnapp.training.readiness.wording import part_words, rule_words, standing_words
from tests.courses.training import program
from tests.training.readiness.test_rules import AWAY, CHANGES, CLOSE, NOON, READY, held


def test_the_rule_names_the_numbers_that_it_goes_by(app: Flask) -> None:
    with app.test_request_context():
        words = rule_words(program())
        assert f"{FRESH * 100:.0f} of 100 questions" in words
        assert f"({SOON_MINUTES} minutes)" in words
        assert "conversations" not in words
        assert "lessons and conversations" in rule_words(program(practice=["sugar"]))


@pytest.mark.parametrize(
    ("state", "words"),
    [("yes", "you are ready on"), ("soon", "you are nearly ready for"), ("no", "you are not ready yet for")],
)
def test_the_standing_is_a_sentence_with_the_day(app: Flask, state: str, words: str) -> None:
    found = readiness(replace(READY, **CHANGES["program"][state]))  # type: ignore[index]
    with app.test_request_context():
        assert words in standing_words(found)
        assert "14 March 2027" in standing_words(found)


@pytest.mark.parametrize(
    ("changes", "part", "words"),
    [
        ({}, "program", "Lessons and conversations are done"),
        ({"lessons_left": 1}, "program", "1 lesson left"),
        ({"lessons_left": 2, "conversations_left": 3}, "program", "2 lessons left, 3 conversations to practice"),
        ({}, "final", "The final is passed"),
        ({"passed": False}, "final", "The final is not passed yet"),
        ({"certificate": None}, "certificate", "No certificate yet"),
        ({"certificate": held(CLOSE)}, "certificate", "Certificate until 14 March 2027"),
        ({"certificate": held(AWAY)}, "certificate", "The certificate ends on 13 March 2027, before the day"),
        ({"certificate": held(CLOSE, revoked=NOON)}, "certificate", "The certificate was withdrawn"),
        ({}, "updates", "All changes are read"),
        ({"updates_left": 2}, "updates", "2 changes to read"),
        ({"questions": 0}, "review", "No questions to review yet"),
        ({"known": 0.914}, "review", "You will likely know 91 of 100 questions on that day"),
        (
            {"known": 0.5, "review_minutes": 35},
            "review",
            "You will likely know 50 of 100 questions on that day; about 35 minutes of review just before it make up"
            " for that",
        ),
    ],
)
def test_each_part_says_what_is_there_or_missing(app: Flask, changes: dict[str, object], part: str, words: str) -> None:
    found = readiness(replace(READY, **changes))  # type: ignore[arg-type]
    with app.test_request_context():
        assert part_words(found, part) == words  # type: ignore[arg-type]
