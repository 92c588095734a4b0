"""Lesson pages that are kept for all readers with the same view: nobody gets what is another reader's own."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from learnapp.config.settings import ROOT
from learnapp.content.catalog import Lesson
from learnapp.web.catalog import CatalogHolder

TEMPLATES = ROOT / "learnapp" / "templates"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def address_of(app: Flask) -> str:
    holder: CatalogHolder = app.extensions["catalog"]
    lesson: Lesson = next(iter(holder.get().courses.values())).lessons[0]
    return f"/modules/{lesson.module}/{lesson.slug}"


@pytest.fixture
def address(app: Flask) -> str:
    return address_of(app)


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


# What an edit of a template could reach for: everything that knows the reader.
SMUGGLED = (
    "{{ current_user and current_user.id }} {{ session.items()|list }} {{ request.cookies }}"
    " {{ request.args }} {{ request.headers }} {{ csrf_token() }} {{ get_flashed_messages() }} {{ g.user }}"
)


@pytest.mark.slow
@pytest.mark.parametrize("template", ["lessons/lesson.html", "lessons/_lesson.html"])
def test_a_template_that_reaches_for_its_reader_gets_nobody(make_app: Callable[..., Flask], template: str) -> None:
    app = make_app()
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    edited = source.replace('<section class="flow" id="points"', f'{SMUGGLED}<section class="flow" id="points"')
    edited = edited.replace("{{ body }}", f"{SMUGGLED}{{{{ body }}}}")
    assert edited != source
    app.jinja_env.loader = ChoiceLoader([DictLoader({template: edited}), FileSystemLoader(TEMPLATES)])
    address = address_of(app)
    pages = {}
    for name, band in (("Ben", "16"), ("Vera", "18"), ("Cora", "")):
        browser = app.test_client()
        browser.set_cookie("secret", f"of-{name}")
        browser.post("/account/age", data={"band": band} if band else {})
        pages[name] = browser.get(f"{address}?whose={name}", headers={"X-Whose": name}).text

    for page in pages.values():
        assert "[] ImmutableMultiDict([])" in page, "the edit is shown, and finds nobody"
        assert not re.search(r"of-(Ben|Vera|Cora)|whose=|x-whose", page, re.I)
    kept = [str(value) for value in app.extensions["lesson_pages"].values()]
    tokens = {token for page in pages.values() for token in TOKEN.findall(page)}
    assert len(tokens) == 3
    assert not [text for text in kept for token in tokens if token in text]
