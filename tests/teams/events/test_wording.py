"""Words of events: when one is, and how long it is to it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from learnapp.teams.events.wording import days_words, event_when
from tests.actors.teams import team_event


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-48, "2 days to go."),
        (-24, "1 day to go."),
        (-10, "It is today."),  # midnight in Berlin
        (13, "It is today."),
        (14, "It is over."),
    ],
)
def test_how_long_it_is_goes_by_the_days_of_its_zone(app: Flask, hours: int, words: str) -> None:
    begins = datetime(2027, 3, 14, 9, tzinfo=UTC)
    with app.test_request_context():
        assert days_words(team_event(), begins + timedelta(hours=hours)) == words


def test_an_event_is_told_with_its_zone(app: Flask) -> None:
    with app.test_request_context():
        assert event_when(team_event(zone="America/New_York")) == "14 March 2027, 10:00 (America/New York)"
