"""Languages and time zones."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from learnapp.web import display, i18n
from tests.pages import Page, PageOpener

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CHOICES = {"theme": "auto", "contrast": "auto", "text": "normal"}


@pytest.fixture
def app(shared_app: Callable[..., Flask]) -> Flask:
    """Give an app that speaks three languages."""
    return shared_app(languages="en,ar,pt-BR", WTF_CSRF_ENABLED=False)


def spoken(shown: Page) -> tuple[str | None, str | None]:
    return shown.tree.get("lang"), shown.tree.get("dir")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("", ("en", "ltr")), ("ar", ("ar", "rtl")), ("pt-BR,en;q=0.5", ("pt-BR", "ltr")), ("xx", ("en", "ltr"))],
)
def test_the_browser_says_which_language(app: Flask, wanted: str, expected: tuple[str, str]) -> None:
    shown = PageOpener(app)(app.test_client(), "/support", headers={"Accept-Language": wanted})
    assert spoken(shown) == expected


def test_the_reader_s_own_choice_comes_first(app: Flask) -> None:
    client, visit = app.test_client(), PageOpener(app)
    visit(client, "/display", data={**CHOICES, "language": "ar"})
    assert spoken(visit(client, "/support", headers={"Accept-Language": "en"})) == ("ar", "rtl")


def test_a_language_that_is_not_on_offer_is_refused(app: Flask) -> None:
    PageOpener(app)(app.test_client(), "/display", data={**CHOICES, "language": "xx"}, status=422)


@pytest.mark.parametrize(("zone", "shown"), [("Asia/Seoul", "21:00"), ("America/New_York", "07:00"), ("", "12:00")])
def test_moments_are_shown_in_the_reader_s_zone(app: Flask, zone: str, shown: str) -> None:
    with app.test_request_context(headers={"Cookie": f"display=time_zone={zone}"}):
        assert f"{i18n.local_time(NOON):%H:%M}" == shown


def test_an_unknown_zone_falls_back_to_the_operator_s(shared_app: Callable[..., Flask]) -> None:
    app = shared_app(time_zone="Asia/Tokyo")
    with app.test_request_context(headers={"Cookie": "display=time_zone=Mars/Base"}):
        assert display.zone().key == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(1, "1 minute"), (89, "89 minutes"), (90, "1.5 hours"), (110, "2 hours"), (232, "4 hours"), (1000, "16.5 hours")],
)
def test_from_ninety_minutes_on_a_time_is_told_in_hours(app: Flask, minutes: int, told: str) -> None:
    with app.test_request_context():
        assert i18n.duration(minutes) == told
