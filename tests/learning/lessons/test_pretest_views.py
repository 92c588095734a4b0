"""The look ahead at a module, on its page: what is asked, what is kept, what is told afterwards."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from tests.actors.attempt_pages import words
from tests.actors.pretests import PAGE, form_of, items_of, three_lessons, version_of
from tests.courses.serving import serve_catalog
from tests.pages import PageOpener
from tests.statements import counted

MODULE = "/modules/1-tea"


@pytest.fixture
def catalog(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    return serve_catalog(app, monkeypatch, three_lessons())


def test_the_page_asks_and_advises(client: FlaskClient, catalog: Catalog, visit: PageOpener) -> None:
    page = words(visit(client, PAGE).text)
    assert "This is no test." in page
    assert "Question 6 of 6" in page
    sent = client.post(PAGE, data=form_of(items_of(catalog), wrong_in=("1-tea/2-water",)))
    assert (sent.status_code, sent.location) == (303, PAGE)
    told = visit(client, PAGE)
    text = words(told.text)
    assert text.count("Read closely") == 1
    assert re.search(r"Leaf .* Known so far 1\. Water .* Read closely 1\. Cup .* Known so far", text)
    assert "Because the tea book says so." not in told.text


def test_nothing_has_to_be_answered(client: FlaskClient, catalog: Catalog, visit: PageOpener) -> None:
    told = visit(client, PAGE, data={"asked": form_of(items_of(catalog))["asked"]})
    text = words(told.text)
    assert text.count("You left its questions out.") == 3
    assert "Read closely" not in text
    assert "Known so far" not in text


def test_nothing_is_kept_of_whoever_answers_nothing(app: Flask, client: FlaskClient, catalog: Catalog) -> None:
    with app.app_context(), counted(db.engine) as sent:
        client.get(PAGE)
        client.post(PAGE, data={"asked": version_of(items_of(catalog))})
    assert sent == []


def test_a_second_answer_does_not_tell_whether_it_is_right(client: FlaskClient, catalog: Catalog) -> None:
    items, lessons = items_of(catalog), tuple(catalog.lessons)
    first = client.post(PAGE, data=form_of(items, wrong_in=lessons), follow_redirects=True)
    assert words(first.text).count("Read closely") == 3
    for answer in (form_of(items), form_of(items, left_out=3), form_of(items, wrong_in=lessons[:1])):
        again = client.post(PAGE, data=answer, follow_redirects=True)
        assert words(again.text) == words(first.text)


def test_a_question_that_was_left_out_can_be_answered_later(
    client: FlaskClient, catalog: Catalog, visit: PageOpener
) -> None:
    items = items_of(catalog)
    client.post(PAGE, data=form_of(items, left_out=4))
    assert "Answer the 4 questions left out" in words(visit(client, PAGE).text)
    rest = words(visit(client, f"{PAGE}?left=1").text)
    assert "Question 4 of 4" in rest
    told = client.post(PAGE, data=form_of(items), follow_redirects=True)
    assert words(told.text).count("Known so far") == 3
    assert "left out" not in words(told.text)


def test_what_was_answered_is_known_after_the_site_has_another_secret(
    app: Flask, client: FlaskClient, catalog: Catalog, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(PAGE, data=form_of(items_of(catalog), left_out=4))
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "new" * 16)
    assert "Answer the 4 questions left out" in words(visit(client, PAGE).text)


def test_no_key_is_told(client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = three_lessons()
    serve_catalog(app, monkeypatch, catalog)
    form = form_of(items_of(catalog), left_out=3)
    for answer in (client.get(PAGE), client.post(PAGE, data=form, follow_redirects=True)):
        assert "Because" not in answer.text
        assert "It does cool down." not in answer.text


def test_questions_that_were_edited_are_asked_anew(client: FlaskClient, catalog: Catalog, visit: PageOpener) -> None:
    page = visit(client, PAGE, data={**form_of(items_of(catalog)), "asked": "something.else"})
    assert "These questions have changed since you opened the page." in words(page.text)
    assert "Question 6 of 6" in words(page.text)


def test_the_module_offers_it_until_something_was_begun(
    client: FlaskClient, catalog: Catalog, visit: PageOpener
) -> None:
    assert f'href="{PAGE}"' in visit(client, MODULE).text
    client.post(f"{MODULE}/1-leaf/place", data={"anchor": "p2"})
    assert f'href="{PAGE}"' not in visit(client, MODULE).text
    assert client.get(PAGE).status_code == 200


def test_a_module_without_one_offers_none(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_catalog(app, monkeypatch, three_lessons(sensitivity="strong"))
    assert PAGE not in client.get(MODULE).text
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE).status_code == 404
    assert client.get("/modules/9-sand/pretest").status_code == 404


@pytest.mark.parametrize("value", ["x", "-1", "99", "9" * 400, "\x00"])
def test_a_mangled_answer_is_none(client: FlaskClient, catalog: Catalog, value: str) -> None:
    form = dict.fromkeys(form_of(items_of(catalog)), value) | {"asked": form_of(items_of(catalog))["asked"]}
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 200
    assert words(answer.text).count("You left its questions out.") == 3
