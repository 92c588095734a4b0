"""What the current user may open: staff are grown up, what is missing or closed says so, a visitor signs in first."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.learning.access import lesson_or_404, require_open_lesson
from learnapp.learning.errors import LessonClosed
from learnapp.web.errors import NotFound
from tests.actors.attempt_pages import Taker
from tests.actors.people import choose_age
from tests.courses.gated import OLDER, strong
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


def test_who_is_signed_out_is_asked_to_sign_in(taker: Taker) -> None:
    stranger = taker.app.test_client()
    attempt_item = taker.attempt_item("single")
    answer = stranger.get(taker.url)
    assert answer.status_code == 302
    assert "sign-in" in answer.location
    form = {"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "save"}
    saved = stranger.post(f"{taker.url}/answers", data=form, headers={"Accept": "application/json"})
    assert saved.status_code == 401


@pytest.mark.parametrize(("module", "slug"), [("1-tea", "9-none"), ("9-none", "1-leaf"), ("", ""), ("1-tea", "")])
def test_a_lesson_that_is_not_there_is_not_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch, module: str, slug: str
) -> None:
    serve(app, monkeypatch, lesson())
    with app.test_request_context("/"), pytest.raises(NotFound):
        lesson_or_404(module, slug)


def test_a_lesson_opens_when_those_before_it_are_done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water"))
    with app.test_request_context("/"):
        course, second = lesson_or_404("1-tea", "2-water")
        assert [one.lesson.slug for one in course.lessons] == ["1-leaf", "2-water"]
        assert second.lesson.slug == "2-water"
        assert require_open_lesson("1-tea", "1-leaf").lesson.slug == "1-leaf"
        with pytest.raises(LessonClosed):
            require_open_lesson("1-tea", "2-water")
