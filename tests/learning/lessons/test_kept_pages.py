"""Lesson pages are kept for all who stand alike; what is one reader's own never reaches another."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Lesson
from learnapp.web.catalog import CatalogHolder

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def address(app: Flask) -> str:
    holder: CatalogHolder = app.extensions["catalog"]
    lesson: Lesson = next(iter(holder.get().courses.values())).lessons[0]
    return f"/modules/{lesson.module}/{lesson.slug}"


def member(app: Flask, name: str) -> FlaskClient:
    """Return the browser of somebody who has just signed up."""
    browser = app.test_client()
    answer = browser.post("/account/sign-up", data={"name": name, "password": "four plain words together"})
    assert answer.status_code == 302, answer.text
    # The greeting is shown here, and not on the page that follows.
    browser.get("/")
    return browser


def test_each_reader_has_their_own_name_and_token(app: Flask, address: str) -> None:
    pages = {name: member(app, name).get(address).text for name in ("Ben", "Vera", "Cora")}

    for name, page in pages.items():
        assert [other for other in pages if f">{other}</a>" in page] == [name]
        assert "<!--" not in page
    tokens = [TOKEN.findall(page) for page in pages.values()]
    assert all(len(set(found)) == 1 for found in tokens)
    assert len({found[0] for found in tokens}) == 3


def test_a_page_that_was_kept_follows_what_its_reader_does(app: Flask, address: str) -> None:
    ben, vera = member(app, "Ben"), member(app, "Vera")
    before = {"Ben": ben.get(address).text, "Vera": vera.get(address).text}

    ben.post(f"{address}/place", data={"anchor": "p3"})
    at_paragraph_3 = ben.get(address).text
    ben.post(f"{address}/read")
    ben.get("/")
    read = ben.get(address).text

    assert 'href="#p3"' in at_paragraph_3
    assert 'data-place="p3"' in at_paragraph_3
    assert "You have read this lesson" in read
    assert "You have read this lesson" not in before["Ben"]
    assert TOKEN.sub("", vera.get(address).text) == TOKEN.sub("", before["Vera"])


def test_a_message_is_shown_once_and_to_nobody_else(app: Flask, address: str) -> None:
    one, two = app.test_client(), app.test_client()
    for browser in (one, two):
        browser.get(address)
    with one.session_transaction() as session:
        session["_flashes"] = [("good", "Only for one pair of eyes")]

    pages = [one.get(address).text, two.get(address).text, one.get(address).text]

    assert ["Only for one pair of eyes" in page for page in pages] == [True, False, False]


def test_a_page_looks_as_its_reader_chose(app: Flask, address: str) -> None:
    ben, vera = member(app, "Ben"), member(app, "Vera")
    ben.get(address)

    ben.post("/display", data={"theme": "dark", "contrast": "auto", "text": "normal", "language": ""})
    ben.get("/")

    assert 'data-theme="dark"' in ben.get(address).text
    assert 'data-theme="dark"' not in vera.get(address).text
