"""Terms of quizzes: what is taken until when, and who is asked for them."""

from collections.abc import Collection
from datetime import timedelta

import pytest

from learnapp.database.db import db
from learnapp.learning import terms
from learnapp.learning.terms import Terms, find_terms, register_terms
from tests.factories.base import NOON

SECOND = timedelta(seconds=1)
ONE = Terms(NOON, NOON + 60 * SECOND)


def test_the_last_moment_is_taken_and_results_are_there_from_theirs_on() -> None:
    assert [ONE.takes(NOON + seconds * SECOND) for seconds in (-1, 0, 1)] == [True, True, False]
    assert [ONE.waits(NOON + seconds * SECOND) for seconds in (0, 59, 60)] == [True, True, False]


def test_a_room_is_asked_once_for_the_terms_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def provider(_session: object, user_ids: Collection[int], _now: object) -> dict[int, dict[str, Terms]]:
        asked.append(list(user_ids))
        return {7: {"1-tea/1-leaf": ONE}}

    monkeypatch.setattr(terms, "_providers", {})
    assert find_terms(db.session, [7, 8], NOON) == {}
    register_terms(provider)
    register_terms(provider)
    assert find_terms(db.session, [7, 8], NOON) == {7: {"1-tea/1-leaf": ONE}}
    assert asked == [[7, 8]]
