"""The learner's own page: how much is done, how much is left, and why some lessons are not counted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.vocabulary import Ages
from tests.actors.attempt_pages import words
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson
from tests.pages import PageOpener

CORE_14 = Ages(core=14, full=16)
OLDER = Ages(core=None, full=18, teacher_release=True)


def test_the_page_is_called_as_the_menu_calls_it(client: FlaskClient, visit: PageOpener) -> None:
    page = visit(client, "/me")
    assert words(page.text).count("Your learning") == 0
    assert (page.one("h1").text, page.one("title").text) == ("My learning", "My learning · Learnapp")


def test_lessons_that_wait_for_an_age_group_are_named_with_the_way_to_choose_it(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    ash = [lesson(f"{n}-ash", "2-ash", age=CORE_14) for n in (1, 2)]
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-cup", age=CORE_14), *ash, sequencing="advice")
    client.post(f"{LESSON}/place", data={"anchor": "p2"})
    shown = visit(client, "/me")
    page = words(shown.text)
    assert "Tea You are here 0 of 1 lesson done. About 14 minutes left. 1 more lesson asks" in page
    assert "2. Ash Its 2 lessons ask which age group fits you." in page
    assert "0 of 0" not in page
    assert 'href="/account/age?next=/me"' in shown.text
    client.post("/account/age", data={"band": "14"})
    chosen = visit(client, "/me")
    assert "which age group fits you" not in words(chosen.text)
    assert "0 of 4 lessons done" in words(chosen.text)


def test_a_module_for_older_readers_is_not_counted_at_all(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("1-ash", "2-ash", age=OLDER), sequencing="advice")
    client.post("/account/age", data={"band": "12"})
    client.post(f"{LESSON}/place", data={"anchor": "p2"})
    page = words(visit(client, "/me").text)
    assert "2. Ash We keep its lessons for older readers. Nothing of them is asked of you." in page
    assert "0 of 0" not in page
