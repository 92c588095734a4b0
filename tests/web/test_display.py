"""How pages look is the reader's choice, kept in a cookie that cannot carry anything else."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import Page, PageOpener, words

CHOICES = {"theme": "dark", "contrast": "more", "text": "large", "language": ""}


def root(shown: Page) -> dict[str, str | None]:
    return {name: shown.tree.get(f"data-{name}") for name in ("theme", "contrast", "text")}


def test_without_a_choice_the_device_decides(client: FlaskClient, visit: PageOpener) -> None:
    assert root(visit(client, "/support")) == {"theme": None, "contrast": None, "text": None}


def test_a_choice_holds_on_every_page_of_this_device(client: FlaskClient, visit: PageOpener) -> None:
    after = visit(client, "/display", data=CHOICES)
    assert "Your choices are kept." in after.text
    assert root(visit(client, "/support")) == {"theme": "dark", "contrast": "more", "text": "large"}
    assert root(visit(client, "/nowhere", status=404))["theme"] == "dark"


def test_the_form_shows_what_was_chosen(client: FlaskClient, visit: PageOpener) -> None:
    visit(client, "/display", data=CHOICES)
    shown = visit(client, "/display")
    checked = {one.get("name"): one.get("value") for one in shown.all("input") if one.get("checked") is not None}
    assert checked == {"theme": "dark", "contrast": "more", "text": "large"}


def test_neutral_titles_hide_what_a_page_is_about(client: FlaskClient, visit: PageOpener) -> None:
    visit(client, "/display", data={**CHOICES, "neutral_titles": "y"})
    shown = visit(client, "/support")
    head = shown.tree.find("head")
    assert head is not None
    assert [words(one) for one in head.iter("title")] == ["Notes"]
    assert [one for one in head.iter("meta") if one.get("name") == "description"] == []


def test_a_form_without_the_box_of_titles_leaves_them_as_they_are(client: FlaskClient, visit: PageOpener) -> None:
    visit(client, "/display", data={**CHOICES, "neutral_titles": "y"})
    visit(client, "/display", data={**CHOICES, "theme": "light"})
    kept = visit(client, "/display")
    assert root(kept)["theme"] == "light"
    assert kept.one("input", name="neutral_titles").get("checked") is not None
    visit(client, "/display", data={**CHOICES, "asked": kept.one("input", name="asked").get("value")})
    assert visit(client, "/display").one("input", name="neutral_titles").get("checked") is None


def test_a_wrong_choice_is_refused_beside_its_field(client: FlaskClient, visit: PageOpener) -> None:
    shown = visit(client, "/display", data={**CHOICES, "theme": "purple"}, status=422)
    assert words(next(shown.all("title"))).startswith("Error:")
    assert [one.get("href") for one in shown.one("div", role="alert").iter("a")] == ["#theme"]
    assert root(visit(client, "/support"))["theme"] is None


@pytest.mark.parametrize(
    "cookie", ["theme=purple", "theme=dark%22+onload%3D", "x" * 3000, "theme", "time_zone=../../etc/passwd", "%00=%00"]
)
def test_a_forged_cookie_changes_nothing(client: FlaskClient, visit: PageOpener, cookie: str) -> None:
    client.set_cookie("display", cookie)
    assert root(visit(client, "/support")) == {"theme": None, "contrast": None, "text": None}


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.post("/display", data=CHOICES).headers["Set-Cookie"]
    assert cookie.startswith("display=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_the_language_is_asked_only_where_there_is_a_choice(make_app: Callable[..., Flask]) -> None:
    one, two = make_app(), make_app(languages="en,ar")
    assert 'name="language"' not in one.test_client().get("/display").text
    assert 'name="language"' in two.test_client().get("/display").text
