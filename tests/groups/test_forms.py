"""Group forms: what is offered, and what was chosen."""

from collections.abc import Callable

from flask import Flask

from learnapp.groups.forms import ClassForm, ClassSettingsForm, zones
from learnapp.groups.values import GroupSettings


def test_the_zones_of_places_are_offered_once_with_utc_and_the_sites_own(make_app: Callable[..., Flask]) -> None:
    app = make_app(time_zone="Etc/GMT-9")
    with app.test_request_context():
        offered = [choice.value for choice in zones()]
    assert {"UTC", "Etc/GMT-9", "Asia/Seoul", "Europe/Berlin"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_an_age_group_of_adults_is_not_offered(app: Flask) -> None:
    with app.test_request_context():
        assert [choice.value for choice in ClassForm().band.choices or ()] == ["", "12", "14", "16"]


def test_a_form_gives_what_was_chosen(app: Flask) -> None:
    form = {"name": " 9C ", "zone": "Asia/Seoul", "band": "14", "seats": "30"}
    with app.test_request_context(method="POST", data=form):
        chosen = ClassForm()
        assert chosen.validate()
        assert chosen.settings == GroupSettings("9C", "Asia/Seoul", 14, 30)
    with app.test_request_context(method="POST", data={**form, "band": "", "version": "7"}):
        changed = ClassSettingsForm()
        assert changed.validate()
        assert changed.settings == GroupSettings("9C", "Asia/Seoul", None, 30, takes_help_requests=False)
        assert changed.seen_version == 7
