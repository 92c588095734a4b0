"""Pages that no feature owns."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import PageOpener, words

LINES = "A person to talk to | https://help.example/talk; Chat | https://help.example/chat"


def test_healthz_says_that_the_process_answers(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"ok": True}


def test_support_names_someone_near_and_invents_no_lines(client: FlaskClient, visit: PageOpener) -> None:
    shown = visit(client, "/support")
    assert "a teacher or a team leader" in shown.text
    assert [one.get("href") for one in shown.all("a") if one.get("id") != "leave" and "//" in one.get("href", "")] == []


def test_support_shows_the_lines_that_the_operator_has_set(make_app: Callable[..., Flask]) -> None:
    app = make_app(help_links=LINES)
    shown = PageOpener(app)(app.test_client(), "/support")
    links = {words(one): one.get("href") for one in shown.all("a")}
    assert links["A person to talk to"] == "https://help.example/talk"
    assert links["Chat"] == "https://help.example/chat"


@pytest.mark.parametrize("path", ["/support", "/display", "/nowhere"])
def test_every_page_has_a_way_out(client: FlaskClient, visit: PageOpener, path: str) -> None:
    shown = visit(client, path, status=404 if path == "/nowhere" else 200)
    leave = shown.one("a", id="leave")
    assert (words(leave), leave.get("rel")) == ("Leave this site", "noreferrer")


def test_people_are_told_what_is_kept_and_whom_they_can_ask(make_app: Callable[..., Flask]) -> None:
    app = make_app(contact="mailto:ada@learn.example", site_name="Island school", guest_days=9)
    shown = PageOpener(app)(app.test_client(), "/about")
    links = {words(one): one.get("href") for one in shown.all("a")}
    assert links["Write to those who run Island school"] == "mailto:ada@learn.example"
    assert "until 9 days after your last visit" in shown.text
    assert words(shown.one("title")) == "About and privacy · Island school"


def test_robots_are_kept_from_what_is_a_person_s_own(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /attempts/\n" in answer.text


def test_the_icon_is_found_where_browsers_look_for_it(client: FlaskClient) -> None:
    assert client.get("/favicon.ico", follow_redirects=True, buffered=True).mimetype == "image/svg+xml"
