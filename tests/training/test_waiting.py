"""The day between two forms and the month that one stays open, by the server's clock alone: whichever tab, device,
clock of a browser or zone of the site asks, also in nights in which clocks are changed.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.attempt_pages import words
from tests.actors.attempts import wrong
from tests.actors.deferred import at
from tests.actors.people import People, same_browser
from tests.actors.training_pages import Volunteer, volunteer
from tests.pages import PageOpener
from tests.shares import left

SECOND, DAY, MONTH = timedelta(seconds=1), timedelta(hours=24), timedelta(days=30)
BACK, FORWARD = datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2027, 3, 14, 7, tzinfo=UTC)  # in New York
IN_BERLIN = datetime(2027, 3, 28, 1, tzinfo=UTC)
MOMENTS = [  # when a form ends, and the site's zone
    (BACK - 12 * timedelta(hours=1), "America/New_York"),
    (FORWARD - 12 * timedelta(hours=1), "America/New_York"),
    left(BACK - SECOND, "America/New_York"),
    left(FORWARD - SECOND, "America/New_York"),
    left(BACK - 12 * timedelta(hours=1), "UTC"),
    left(FORWARD - 12 * timedelta(hours=1), "Pacific/Kiritimati"),
    left(IN_BERLIN - 3 * timedelta(hours=1), "Europe/Berlin"),
]


def vera_in(zone: str, app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    """Return Vera on a site whose organization counts days in this zone."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], time_zone=zone))
    return volunteer(app, people, monkeypatch)


def begins(vera: Volunteer, *browsers: FlaskClient) -> set[int]:
    """Return the statuses of pressing the button in all of these, each with clocks of browsers that go wrong."""
    wrong_clocks = [datetime.now(UTC) + by for by in (timedelta(), 400 * DAY, -400 * DAY)]
    return {
        vera.on(browser).press_begin(headers={"Date": format_datetime(clock, usegmt=True)}).status_code
        for browser in browsers
        for clock in wrong_clocks
    }


@pytest.mark.parametrize(("ends", "zone"), MOMENTS)
def test_another_form_comes_24_hours_after_the_last_one_to_the_second(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, ends: datetime, zone: str
) -> None:
    with at(ends - timedelta(hours=1)):
        vera = vera_in(zone, app, people, monkeypatch)
        taker = vera.begin()
    with at(ends):
        vera.finish(taker, wrong)
        tabs = (vera.client, same_browser(vera.client), vera.device(), vera.device())
    for moment in (ends + SECOND, ends + DAY - SECOND):
        with at(moment):
            assert begins(vera, *tabs) == {409}
            assert "Next You can try again" in words(visit(tabs[2], vera.page).text)
    assert len(vera.attempts()) == 1
    with at(ends + DAY + SECOND):
        assert "Next Take the final" in words(visit(tabs[2], vera.page).text)
        assert begins(vera, *tabs) == {303}
    first, second = vera.attempts()
    assert set(first.item_ids).isdisjoint(second.item_ids)
    assert second.started_at - (first.finished_at or ends) == DAY + SECOND


@pytest.mark.parametrize(("began", "zone"), MOMENTS)
def test_a_form_is_set_aside_after_30_days_without_counting_and_another_comes_24_hours_later(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, began: datetime, zone: str
) -> None:
    with at(began):
        vera = vera_in(zone, app, people, monkeypatch)
        taker = vera.begin()
    with at(began + MONTH - SECOND):
        tabs = (vera.device(), vera.device())
        assert begins(vera, *tabs, same_browser(tabs[0])) == {303}
        assert tabs[0].get(taker.url).status_code == 200
    for moment in (began + MONTH, began + MONTH + DAY - SECOND):
        with at(moment):
            assert begins(vera, *tabs) == {409}
            assert "This final was set aside" in words(visit(tabs[1], taker.url).text)
            told = words(visit(tabs[1], vera.page).text)
            assert "Set aside unfinished; it does not count" in told
            assert "Your last final was open for 30 days, so it does not count." in told
            assert "what the result names" not in told
    with at(began + MONTH + DAY + SECOND):
        assert begins(vera, *tabs, same_browser(tabs[0])) == {303}
    first, second = vera.attempts()
    assert [(one.state, one.passed, one.finished_at) for one in (first, second)] == [
        ("aside", None, None),
        ("open", None, None),
    ]
    assert set(first.item_ids).isdisjoint(second.item_ids)


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Seoul"])
def test_the_moment_is_told_in_the_reader_s_own_zone(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, zone: str
) -> None:
    """At noon before clocks go forward: a day later they show 13."""
    ends = datetime(2027, 3, 13, 17, tzinfo=UTC)
    with at(ends):
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], time_zone=zone))
        vera = volunteer(app, people, monkeypatch, time_zone="America/New_York")
        taker = vera.begin()
        vera.finish(taker, wrong)
        assert "You can try again tomorrow at 13:00" in words(visit(vera.client, vera.page).text)
        result = words(visit(vera.client, f"/training/finals/{taker.attempt_id}").text)
        assert "You can try again tomorrow at 13:00, with other questions." in result
