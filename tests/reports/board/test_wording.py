"""Words of the board: dates in columns, titles that fit, and a rule whose sentence is made of its numbers."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from learnapp.groups.outcomes.counting import DONE_LATE, NOT_STARTED
from learnapp.reports.board import needs_help, wording
from learnapp.reports.board.needs_help import HelpReason
from learnapp.reports.board.values import CELL_STATES, BoardCell
from tests.courses.classes import CATALOG, LEAF, WATER
from tests.courses.serving import serve_catalog
from tests.reports.board.boards import NOW

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
NUMBERS = ("LOW_TRIES", "LOW_PERCENT", "MANY_TRIES", "OVERDUE_DAYS", "IDLE_DAYS", "OVERDUE_DAYS", "HANDLED_DAYS")


def test_the_sentence_of_the_rule_is_made_of_its_constants(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context("/"):
        assert re.findall(r"\d+", wording.help_rule("class")) == [str(getattr(needs_help, name)) for name in NUMBERS]
        for at, name in enumerate(dict.fromkeys(NUMBERS), start=41):
            monkeypatch.setattr(wording, name, at)
        changed = re.findall(r"\d+", wording.help_rule("class"))
    assert changed == ["41", "42", "43", "44", "45", "44", "46"]


def test_the_rule_speaks_of_those_who_are_in_the_group(app: Flask) -> None:
    with app.test_request_context("/"):
        assert "the student asked" in wording.help_rule("class")
        assert "the volunteer asked" in wording.help_rule("team")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (NOW, "due today"),
        (NOW - DAY, "due 26 Nov"),
        (NOW + DAY, "due Sat"),
        (NOW + 6 * DAY, "due Thu"),
        (NOW + 7 * DAY, "due 4 Dec"),
        (NOW + timedelta(hours=11, minutes=30), "due Sat"),  # 23:30 in London, 0:30 in Berlin
    ],
)
def test_a_date_is_told_as_short_as_it_is_clear(app: Flask, due: datetime | None, words: str) -> None:
    with app.test_request_context("/"):
        assert wording.due_words(due, NOW, BERLIN) == words


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Forbidden films", "Forbidden films"),
        ("No right to move; families held to blame", "No right to move; families…"),
        ("Nothing to envy, military first", "Nothing to envy, military…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgese…"),
    ],
)
def test_a_title_fits_a_column(title: str, short: str) -> None:
    assert wording.short_title(title) == short
    assert len(short) <= wording.TITLE_ROOM + 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (HelpReason("asked", NOW), "Asked for help on Friday, 27 November."),
        (HelpReason("low", NOW, "m/l", 2), "2 finished tries, the best below 60%."),
        (HelpReason("many_tries", NOW, "m/l", 4), "4 finished tries, not passed yet."),
        (HelpReason("not_done", NOW, "m/l"), "Not done 3 days after the date."),
        (
            HelpReason("overdue", NOW, "m/l"),
            "More than 3 days past the date, and nothing done in lessons that are not strong for 3 days.",
        ),
    ],
)
def test_reasons_are_told_in_words(app: Flask, reason: HelpReason, words: str) -> None:
    with app.test_request_context("/"):
        assert wording.reason_words(reason, BERLIN) == words


def test_a_reason_that_holds_for_several_lessons_is_told_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_catalog(app, monkeypatch, CATALOG)
    reasons = [HelpReason("overdue", NOW, one.key) for one in (WATER, LEAF)] + [HelpReason("asked", NOW)]
    with app.test_request_context("/"):
        (keys, text), asked = wording.help_lines(reasons, BERLIN)
        assert wording.lesson_numbers(keys) == "1.1, 1.2"
    assert text.startswith("More than 3 days past the date")
    assert asked == ([], "Asked for help on Friday, 27 November.")


def test_lateness_is_told_in_days(app: Flask) -> None:
    with app.test_request_context("/"):
        assert wording.lateness_words(BoardCell(DONE_LATE, 80, 1)) == "1 day late"
        assert wording.lateness_words(BoardCell(DONE_LATE, 80, 2)) == "2 days late"
        assert wording.lateness_words(BoardCell(NOT_STARTED, overdue=True)) == "overdue"
        assert wording.lateness_words(BoardCell(NOT_STARTED, overdue=True, needs_help=True)) == ""


def test_each_state_has_a_word_of_its_own_and_a_shape_where_something_is_asked(app: Flask) -> None:
    with app.test_request_context("/"):
        assert len({wording.state_words(state) for state in CELL_STATES}) == len(CELL_STATES)
    asked = [state for state in CELL_STATES if state != "not_asked"]
    assert all(wording.cell_icon(state) and wording.cell_look(state) for state in asked)
