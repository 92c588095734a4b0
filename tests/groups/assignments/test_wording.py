"""Words for assignments: days and times on a group's clocks, targets, rules."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from learnapp.groups.assignments import wording
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.models import COURSE, LESSON, MODULE, REASONS, REVIEW
from learnapp.web import clock
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, strong_lesson
from tests.groups.assignments.test_values import assignment

BERLIN, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
EVENING = datetime(2030, 12, 6, 17, tzinfo=UTC)
END = datetime(2030, 12, 6, 22, 59, 59, 999999, UTC)


@pytest.fixture(autouse=True)
def request_context(app: Flask, monkeypatch: pytest.MonkeyPatch) -> object:
    lessons = (lesson("1-leaf"), strong_lesson(slug="2-cup", advisory="It is about a broken cup."))
    serve_catalog(app, monkeypatch, course_with(*lessons))
    with app.test_request_context():
        yield


def test_a_moment_is_a_day_and_a_time_and_the_zone_where_it_is_not_the_readers() -> None:
    assert wording.moment_words(EVENING, BERLIN) == "Friday, 6 December 2030, 18:00 (Europe/Berlin)"
    assert wording.moment_words(EVENING, BERLIN, name_zone=False) == "Friday, 6 December 2030, 18:00"
    assert wording.moment_words(EVENING, UTC_ZONE) == "Friday, 6 December 2030, 17:00"
    assert wording.moment_words(END, BERLIN) == "Friday, 6 December 2030"


def test_this_year_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: EVENING - timedelta(days=9))
    assert wording.moment_words(END, BERLIN) == "Friday 6 December"


def test_lines_of_dates_name_the_zone_once_and_tell_what_is_past() -> None:
    dates = EffectiveDates(BERLIN, EVENING - timedelta(days=9), EVENING, EVENING + timedelta(days=1))
    lines = [line.striptags() for line in wording.date_lines(dates, EVENING - timedelta(days=10))]
    assert lines == [
        "Opens Wednesday, 27 November 2030, 18:00.",
        "Due Friday, 6 December 2030, 18:00.",
        "Closes Saturday, 7 December 2030, 18:00 (Europe/Berlin).",
    ]
    later = [line.striptags() for line in wording.date_lines(dates, EVENING + timedelta(hours=1))]
    assert [line.partition(" ")[0] for line in later] == ["Was", "Closes"]
    assert wording.date_lines(dates, EVENING + timedelta(days=2))[1].striptags().startswith("Closed Saturday")
    assert wording.date_lines(EffectiveDates(BERLIN), EVENING) == []


def test_targets_are_called_by_what_they_are_now() -> None:
    names = {
        (LESSON, "1-tea/1-leaf"): "1.1 Leaf",
        (LESSON, "1-tea/2-cup"): "1.1 Cup (strong)",
        (MODULE, "1-tea"): "Module 1: 1-Tea",
        (COURSE, "tea"): "Tea",
        (REVIEW, REVIEW): "Review what is due",
        (LESSON, "gone/gone"): "A lesson that has left the course",
        (MODULE, "gone"): "A lesson that has left the course",
        (COURSE, "gone"): "A lesson that has left the course",
    }
    for (kind, target), title in names.items():
        one = assignment(target_kind=kind, target=target)
        if kind in (LESSON, REVIEW) or "gone" in target:
            assert wording.target_title(one) == title
        else:
            assert wording.target_title(one)
        assert (wording.target_url(one) is None) == ("gone" in target)


def test_everything_that_can_be_assigned_is_offered_once() -> None:
    values = [choice.value for choice in wording.target_choices(course_with(lesson("1-leaf")))]
    assert values[0] == ""
    assert len(set(values)) == len(values)
    assert {value.partition(":")[0] for value in values[1:]} == {COURSE, MODULE, LESSON, REVIEW}


def test_rules_say_what_the_dates_mean() -> None:
    plain = list(wording.rules(EffectiveDates(BERLIN)))
    assert not any("closes" in line for line in plain)
    assert "The best quiz counts, however many tries there are." in plain
    strict = list(wording.rules(EffectiveDates(BERLIN, due=EVENING, closes=EVENING, tries=1)))
    assert "The first quiz that is finished counts. Further tries are practice." in strict
    assert any("open when it closes counts with the answers sent by then" in line for line in strict)


def test_every_reason_has_words() -> None:
    assert set(wording.REASON_WORDS) == {"", *REASONS}
    assert wording.extension_reason("ill") == "Ill"
