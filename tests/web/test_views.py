"""Pages that no feature owns."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.web.assets import STATIC
from learnapp.web.styleguide.tokens import stylesheet
from tests.pages import PageOpener, words

# Tried with figures of each kind, in test_figures.
FIGURES = (STATIC / "css" / "figures.css").read_text(encoding="utf-8")
LINES = "A person to talk to | https://help.example/talk; Chat | https://help.example/chat"


def test_healthz_says_that_the_process_answers(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"ok": True}


def test_support_names_someone_near_and_invents_no_lines(client: FlaskClient, visit: PageOpener) -> None:
    shown = visit(client, "/support")
    assert "a teacher or a team leader" in shown.text
    assert [
        one.get("href") for one in shown.all("a") if one.get("id") != "leave" and "//" in one.get("href", "")
    ] == []


def test_support_shows_the_lines_that_the_operator_has_set(make_app: Callable[..., Flask]) -> None:
    app = make_app(help_links=LINES)
    shown = PageOpener(app)(app.test_client(), "/support")
    links = {words(one): one.get("href") for one in shown.all("a")}
    assert links["A person to talk to"] == "https://help.example/talk"
    assert links["Chat"] == "https://help.example/chat"


def test_the_style_guide_is_shown_in_debug(make_app: Callable[..., Flask]) -> None:
    app = make_app(environment="development", debug=True)
    shown = PageOpener(app)(app.test_client(), "/styleguide")
    assert "Style guide" in words(shown.one("h1"))
    assert any(words(one) == "Style guide" for one in shown.all("a"))


def test_the_style_guide_shows_every_part(make_app: Callable[..., Flask]) -> None:
    app = make_app(environment="development", debug=True)
    shown = PageOpener(app)(app.test_client(), "/styleguide")
    used = {name for one in shown.tree.iter() for name in one.get("class", "").split()}
    parts = stylesheet().split("/* ---- parts")[1].split("/* ---- modes")[0]
    parts = re.sub(r"/\*.*?\*/", "", parts.replace(FIGURES, ""), flags=re.S)
    made_by_script = {"reveal"}
    frames = {"hero", "specimen", "promise", "desk", "side", "rest", "contents", "jumpnav"}  # of whole pages
    frames |= {"lessongrid", "lessonhead"}
    assert set(re.findall(r"\.([a-z][\w-]*)", parts)) - used == made_by_script | frames


def test_the_style_guide_is_missing_outside_debug(client: FlaskClient, visit: PageOpener) -> None:
    missing = visit(client, "/nowhere", status=404)
    guide = visit(client, "/styleguide", status=404)
    assert words(guide.one("main")) == words(missing.one("main"))
    assert "Style guide" not in guide.text


@pytest.mark.parametrize("path", ["/support", "/display", "/nowhere"])
def test_every_page_has_a_way_out(client: FlaskClient, visit: PageOpener, path: str) -> None:
    shown = visit(client, path, status=404 if path == "/nowhere" else 200)
    leave = shown.one("a", id="leave")
    assert (words(leave), leave.get("rel")) == ("Leave this site", "noreferrer")
