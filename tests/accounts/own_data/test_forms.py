"""Own-data forms: age groups, time zones."""

import pytest
from flask import Flask

from learnapp.accounts.own_data.forms import AgeForm, band_of, bands, zone_choices


def test_the_last_age_group_tells_nothing() -> None:
    assert [choice.value for choice in bands()] == ["12", "14", "16", "18", ""]


@pytest.mark.parametrize(
    ("sent", "works", "band"), [("16", True, 16), ("", True, None), ("15", False, None), (None, False, None)]
)
def test_an_age_group_is_one_of_those_on_offer(app: Flask, sent: str | None, works: bool, band: int | None) -> None:
    data = {} if sent is None else {"band": sent}
    with app.test_request_context("/", method="POST", data=data):
        form = AgeForm()
        assert form.validate() is works
        assert (band_of(form) if works else None) == band


def test_time_zones_are_places_and_the_site_s_own_comes_first(app: Flask) -> None:
    with app.test_request_context("/"):
        choices = zone_choices()
    assert [choice.value for choice in choices[:2]] == ["", "UTC"]
    places = {choice.value: choice for choice in choices[2:]}
    assert places["Asia/Seoul"].label == "Seoul"
    assert places["Asia/Seoul"].optgroup == "Asia"
    assert "Etc/GMT+3" not in places
