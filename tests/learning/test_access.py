"""What the current user may open: staff are grown up, what is missing or closed says so, a visitor signs in first."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.access import age_access_of, lesson_or_404, require_open_lesson
from learnapp.web.errors import NotFound
from tests.actors.people import People, choose_age
from tests.courses.gated import CORE_14, OLDER, strong
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson


def test_staff_are_grown_up_unless_they_say_otherwise(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong(age=OLDER))
    choose_age(client, 18)
    with app.app_context():
        user = db.session.scalars(select(User)).one()
        user.role, user.name, user.name_key, user.band = "teacher", "Ada", "ada", None
        db.session.commit()
    assert "Mia pours." in client.get(LESSON).text
    choose_age(client, 14)
    assert "Mia pours." not in client.get(LESSON).text


ASKED, OPEN, CLOSED = "Which fits you?", "Mia pours.", "We keep this lesson for older readers."


@pytest.mark.parametrize(
    ("own", "of_group", "age", "shown"),
    [
        (None, None, CORE_14, ASKED),
        (None, 14, CORE_14, OPEN),
        (None, 12, CORE_14, CLOSED),
        (12, 14, CORE_14, CLOSED),  # a lower answer of one's own
        (14, 12, CORE_14, OPEN),  # and a higher one
        (None, 16, OLDER, CLOSED),  # no leader opens what is for adults
        (18, 14, OLDER, OPEN),
    ],
)
def test_an_age_group_of_a_class_counts_for_who_told_none(
    people: People, monkeypatch: pytest.MonkeyPatch, own: int | None, of_group: int | None, age: Ages, shown: str
) -> None:
    serve(people.app, monkeypatch, strong(age=age))
    ben = people.signed_in("Ben", band=own, group_band=of_group)
    page = ben.get(LESSON).text
    assert [words for words in (ASKED, OPEN, CLOSED) if words in page] == [shown]
    with people.app.app_context():
        access = age_access_of(db.session, people.get("Ben").id)
    assert access.band == (of_group if own is None else own)


@pytest.mark.parametrize("path", ["/account/age", "/account/settings"])
def test_where_an_age_group_is_chosen_it_stands_what_the_class_has_said(people: People, path: str) -> None:
    said = "Your class or team has said: 14 or 15."
    assert said in people.signed_in("Ben", group_band=14).get(path).text
    assert said not in people.signed_in("Mina", group_band=14, band=16).get(path).text
    assert said not in people.signed_in("Ada", "teacher", group_band=14).get(path).text


@pytest.mark.parametrize(("module", "slug"), [("1-tea", "9-none"), ("9-none", "1-leaf"), ("", ""), ("1-tea", "")])
def test_a_lesson_that_is_not_there_is_not_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch, module: str, slug: str
) -> None:
    serve(app, monkeypatch, lesson())
    with app.test_request_context("/"), pytest.raises(NotFound):
        lesson_or_404(module, slug)


def test_a_lesson_may_be_read_before_those_before_it_are_done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water"), sequencing="quizzes")
    with app.test_request_context("/"):
        course, second = lesson_or_404("1-tea", "2-water")
        assert [one.lesson.slug for one in course.lessons] == ["1-leaf", "2-water"]
        assert second.lesson.slug == "2-water"
        assert require_open_lesson("1-tea", "1-leaf").lesson.slug == "1-leaf"
        assert require_open_lesson("1-tea", "2-water").lesson.slug == "2-water"
