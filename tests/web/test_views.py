"""Pages that no feature owns."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.courses.serving import serve
from tests.courses.tea import lesson, strong_lesson
from tests.pages import PageOpener, words

LINES = "A person to talk to | https://help.example/talk; Chat | https://help.example/chat"


def test_healthz_says_that_the_process_answers(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"ok": True}


def test_support_names_someone_near_and_invents_no_lines(client: FlaskClient, visit: PageOpener) -> None:
    shown = visit(client, "/support")
    assert "a teacher or a team leader" in shown.text
    assert [one.get("href") for one in shown.all("a") if one.get("id") != "leave" and "//" in one.get("href", "")] == []


@pytest.mark.slow
def test_support_shows_the_lines_that_the_operator_has_set(shared_app: Callable[..., Flask]) -> None:
    app = shared_app(help_links=LINES)
    shown = PageOpener(app)(app.test_client(), "/support")
    links = {words(one): one.get("href") for one in shown.all("a")}
    assert links["A person to talk to"] == "https://help.example/talk"
    assert links["Chat"] == "https://help.example/chat"


@pytest.mark.parametrize("path", ["/support", "/display", "/nowhere"])
def test_every_page_has_a_way_out(client: FlaskClient, visit: PageOpener, path: str) -> None:
    shown = visit(client, path, status=404 if path == "/nowhere" else 200)
    leave = shown.one("a", id="leave")
    assert (leave.get("aria-label"), leave.get("rel")) == ("Leave this site", "noreferrer")


def test_robots_are_kept_from_what_is_a_person_s_own(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /attempts/\n" in answer.text


def test_the_icon_is_found_where_browsers_look_for_it(client: FlaskClient) -> None:
    assert client.get("/favicon.ico", follow_redirects=True, buffered=True).mimetype == "image/x-icon"


def test_robots_are_kept_from_strong_lessons(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), strong_lesson(slug="2-burn", number=2))
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /modules/1-tea/2-burn" in lines
    assert "Disallow: /modules/1-tea/1-leaf" not in lines


def test_where_no_contact_is_set_the_page_says_so(client: FlaskClient, visit: PageOpener) -> None:
    assert "has not set an address here yet" in words(visit(client, "/contact").one("main"))


@pytest.mark.parametrize(
    ("contact", "href", "shown"),
    [
        ("ada@learn.example", "mailto:ada@learn.example", "ada@learn.example"),
        ("mailto:ada@learn.example", "mailto:ada@learn.example", "ada@learn.example"),
        ("https://learn.example/write", "https://learn.example/write", "learn.example/write"),
    ],
)
def test_a_contact_is_a_mail_address_or_another(
    shared_app: Callable[..., Flask], contact: str, href: str, shown: str
) -> None:
    app = shared_app(contact=contact, site_name="Island school")
    page = PageOpener(app)(app.test_client(), "/contact")
    links = {words(one): one.get("href") for one in page.all("a")}
    assert links["Write to those who run Island school"] == href
    assert [words(one) for one in page.one("main").iter("bdi")] == [shown]


def test_about_says_how_much_there_is_and_leads_on(client: FlaskClient, visit: PageOpener) -> None:
    shown = visit(client, "/about")
    links = {one.get("href") for one in shown.one("main").iter("a")}
    assert {"/contact", "/privacy", "/sources", "/support"} <= links


@pytest.mark.parametrize(("page", "title"), [("", "Leaf"), ("/quiz", "Quiz: Leaf")])
def test_a_link_to_a_lesson_or_quiz_shows_what_it_is_about_unless_it_is_strong(
    app: Flask, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch, page: str, title: str
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), strong_lesson(slug="2-burn", number=2))
    previews = [
        {one.get("property"): one.get("content") for one in visit(client, path).all("meta") if one.get("property")}
        for path in (f"/modules/1-tea/1-leaf{page}", f"/modules/1-tea/2-burn{page}")
    ]
    assert (previews[0]["og:title"], previews[0]["og:site_name"]) == (title, "Learnapp")
    assert previews[0]["og:description"]
    assert previews[1] == {}
