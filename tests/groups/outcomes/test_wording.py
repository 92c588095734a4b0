"""Words for outcomes: answers in time, tries that count."""

import pytest
from flask import Flask

from learnapp.groups.outcomes import wording


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> object:
    with app.test_request_context():
        yield


def test_answers_in_time_and_tries_are_counted_in_words() -> None:
    assert wording.in_time_words((1, 5)) == "1 of your 5 answers was in time and counts."
    assert wording.in_time_words((3, 5)) == "3 of your 5 answers were in time and count."
    assert wording.in_time_words((5, 5)) == "All your answers were in time and count."
    assert wording.tries_words(1, 0) == "The first try counts."
    assert wording.tries_words(2, 1) == "The first 2 tries count, and of them the best. You have finished 1."
    assert wording.tries_words(1, 1) == "Your tries that count are used. Further ones are practice."
