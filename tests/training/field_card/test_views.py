"""The field card's page and file: the same words, one small file that fetches nothing, and none without a card."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.courses.field_card import card_course
from tests.courses.real import real_catalog
from tests.courses.serving import serve_catalog
from tests.markup import read_markup
from tests.pages import PageOpener, words

FILE = "/training/card/field-card.html"
MOST = 60_000


def test_page_and_file_say_the_same(client: FlaskClient, visit: PageOpener) -> None:
    page = visit(client, "/training/card")
    (card,) = (one for one in page.all("article") if "fieldcard" in (one.get("class") or ""))
    (main,) = (one for one in read_markup(client.get(FILE).text).iter() if one.tag == "main")
    assert words(main) == words(card)


def test_the_file_is_small_names_nothing_outside_and_is_to_be_kept(client: FlaskClient) -> None:
    answer = client.get(FILE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="field-card.html"'
    assert len(answer.data) <= MOST
    tree = read_markup(answer.text)
    assert {one.tag for one in tree.iter()}.isdisjoint({"script", "link", "img", "iframe", "a"})
    assert not [one.attrib for one in tree.iter() if {"src", "href", "style"} & set(one.attrib)]
    assert "url(" not in answer.text
    assert "@import" not in answer.text


def test_the_card_has_all_that_is_wanted_on_the_day(client: FlaskClient) -> None:
    said, card = client.get(FILE).text, real_catalog().card
    assert card is not None
    assert len(card.openings) == 5
    for line in ("34,538 people", "Seoul’s ministry, 2026", "local emergency number", "look them up again after"):
        assert line in said
    for point in real_catalog().safety:
        assert point.title in said


def test_a_line_to_turn_to_stands_on_it_as_it_is_dialed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    settings = replace(app.config["SETTINGS"], help_links="Night line | tel:+4930123")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    assert "Night line: <bdi>+4930123</bdi>" in client.get(FILE).text


def test_the_training_leads_to_the_card_where_there_is_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch, client: FlaskClient, visit: PageOpener
) -> None:
    assert "/training/card" in {link.get("href") for link in visit(client, "/training").all("a")}
    serve_catalog(app, monkeypatch, card_course(None))
    assert "/training/card" not in {link.get("href") for link in visit(client, "/training").all("a")}
    for path in ("/training/card", FILE):
        assert client.get(path).status_code == 404
