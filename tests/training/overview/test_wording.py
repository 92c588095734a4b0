"""Words of training: how far somebody is, when a form comes, what became of one, and when a certificate ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from learnapp.content.catalog import Catalog
from learnapp.learning.models import ASIDE, FINAL, FINISHED, OPEN
from learnapp.training.final.rules import FinalAttempt
from learnapp.training.overview.service import ProgramStatus
from learnapp.training.overview.wording import ended_words, lessons_words, program_url, renewal_words, when_words
from tests.actors.attempts import Db
from tests.actors.training import certified, read_all, status_of
from tests.courses.training import SERVER, training_course
from tests.factories.base import NOON

DAY = timedelta(days=1)
HOW = "To renew it, review first, a few questions a day; then comes a short final."


@contextmanager
def asked(app: Flask) -> Iterator[None]:
    """Answer a request at noon."""
    with time_machine.travel(NOON, tick=False), app.test_request_context():
        yield


def test_lessons_are_counted_with_the_time_that_the_others_take(
    app: Flask, db_session: Db, catalog: Catalog, vera: int
) -> None:
    before = status_of(db_session, catalog, vera).progress
    read_all(catalog, vera)
    after = status_of(db_session, catalog, vera).progress
    with asked(app):
        assert lessons_words(before) == "0 of 2 lessons done. About 32 minutes left."
        assert lessons_words(after) == "2 of 2 lessons done."


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOON + timedelta(hours=2), "today at 14:00 (UTC)"),
        (NOON + DAY, "tomorrow at 12:00 (UTC)"),
        (NOON + 3 * DAY, "on Tuesday at 12:00 (UTC)"),
        (NOON + 31 * DAY, "on 22 December at 12:00 (UTC)"),
    ],
)
def test_a_moment_to_come_is_told_as_people_say_it(app: Flask, moment: datetime, words: str) -> None:
    with asked(app):
        assert when_words(moment) == words


@pytest.mark.parametrize(
    ("state", "passed", "words"),
    [
        (FINISHED, True, "Passed"),
        (FINISHED, False, "Not passed"),
        (ASIDE, None, "Set aside unfinished; it does not count"),
        (OPEN, None, "Set aside unfinished; it does not count"),
    ],
)
def test_what_became_of_a_form_is_told_in_a_word(app: Flask, state: str, passed: bool | None, words: str) -> None:
    finished_at = NOON if state == FINISHED else None
    with asked(app):
        assert ended_words(FinalAttempt(1, FINAL, state, ("one",), NOON, finished_at, passed)) == words


def test_a_program_has_a_page(app: Flask, db_session: Db, catalog: Catalog, vera: int) -> None:
    status = status_of(db_session, catalog, vera)
    with asked(app):
        assert program_url(status) == f"/training/{SERVER}"


@pytest.fixture
def holder(db_session: Db, vera: int) -> ProgramStatus:
    """Give Vera with her certificate, which ends on 21 November 2027."""
    catalog = training_course()
    certified(db_session, catalog, vera)
    return status_of(db_session, catalog, vera)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (61, ""),
        (60, "Your certificate ends on 21 November 2027. You can renew it from now on without losing a day."),
        (30, f"Your certificate ends within a month, on 21 November 2027. {HOW}"),
        (7, f"Your certificate ends within a week, on 21 November 2027. {HOW}"),
        (0, f"Your certificate ends within a week, on 21 November 2027. {HOW}"),
        (-1, f"Your certificate ended on 21 November 2027. {HOW}"),
    ],
)
def test_words_become_plainer_as_the_end_comes_near(app: Flask, holder: ProgramStatus, left: int, words: str) -> None:
    end = datetime(2027, 11, 21, 12, tzinfo=NOON.tzinfo)
    with asked(app):
        assert renewal_words(replace(holder, now=end - left * DAY)) == words


def test_nobody_without_a_certificate_is_reminded_of_its_end(
    app: Flask, db_session: Db, catalog: Catalog, vera: int
) -> None:
    status = status_of(db_session, catalog, vera)
    with asked(app):
        assert renewal_words(status) == ""
