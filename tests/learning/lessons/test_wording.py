"""Times and dates in words."""

from __future__ import annotations

import pytest
from flask import Flask

from learnapp.learning.lessons.wording import duration


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (1, "1 minute"),
        (89, "89 minutes"),
        (90, "1.5 hours"),
        (110, "2 hours"),
        (232, "4 hours"),
        (1000, "16.5 hours"),
    ],
)
def test_from_ninety_minutes_on_a_time_is_told_in_hours(app: Flask, minutes: int, told: str) -> None:
    with app.test_request_context():
        assert duration(minutes) == told
