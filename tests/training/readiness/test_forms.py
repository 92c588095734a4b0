"""The day that somebody asks about: from today on, within two years, and nothing that is no day."""

from datetime import date, timedelta

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from learnapp.training.readiness.forms import FARTHEST, ReadinessForm

TODAY = date(2026, 11, 21)


def problems(app: Flask, typed: str) -> list[str]:
    with app.test_request_context():
        form = ReadinessForm(formdata=MultiDict({"on": typed}))
        form.today = TODAY
        form.validate()
        return [str(one) for one in form.on.errors]


def test_today_and_the_farthest_day_can_be_asked_about(app: Flask) -> None:
    for day in (TODAY, TODAY + FARTHEST):
        assert problems(app, day.isoformat()) == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "14.3.2027",
        "2027-02-30",
        "0000-00-00",
        (TODAY - timedelta(days=1)).isoformat(),
        "9999-12-31",
        "한" * 300,
    ],
)
def test_another_day_is_asked_for_again(app: Flask, typed: str) -> None:
    assert problems(app, typed) == ["Choose a day from today on, within the next two years."]
