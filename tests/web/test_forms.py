"""Forms: nothing is guessed, every error stands beside its field."""

from collections.abc import Callable

import pytest
from flask import Flask, get_template_attribute, jsonify, request
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired

from learnapp.web.forms import Form
from learnapp.web.policy import policy


class LoanForm(Form):
    """A form with a required field, an optional one and a date with a hint."""

    name = StringField("Name", [InputRequired()])
    due = DateField("Due date", [InputRequired()], description="For example, 2026-12-24.")
    note = TextAreaField("A line to yourself")


@pytest.fixture
def taking(make_app: Callable[..., Flask]) -> Flask:
    """Give an app with two pages that take forms, one of them with boxes to tick."""
    app = make_app(WTF_CSRF_ENABLED=False)

    @policy("everyone")
    def plain() -> ResponseReturnValue:
        return jsonify(request.form.to_dict(flat=False))

    @policy("everyone", repeated=["choices"])
    def boxes() -> ResponseReturnValue:
        return jsonify(request.form.to_dict(flat=False))

    for view in (plain, boxes):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view, methods=["POST", "GET"])
    return app


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_field_that_comes_twice_is_refused(taking: Flask, kind: str) -> None:
    form = {"name": ["Ben", "Ada"]}
    assert taking.test_client().post("/plain", data=form, content_type=kind).status_code == 400


def test_a_query_that_comes_twice_is_refused_in_a_post(taking: Flask) -> None:
    assert taking.test_client().post("/plain?next=/a&next=/b").status_code == 400


def test_boxes_may_be_ticked_together(taking: Flask) -> None:
    client = taking.test_client()
    assert client.post("/boxes", data={"choices": ["1", "2"]}).get_json() == {"choices": ["1", "2"]}
    assert client.post("/plain", data={"choices": ["1", "2"]}).status_code == 400
    assert client.post("/boxes", data={"seq": ["1", "2"]}).status_code == 400


def test_a_body_that_is_no_form_has_no_fields(taking: Flask) -> None:
    assert taking.test_client().post("/plain", json={"seq": 1}).get_json() == {}


def test_an_error_stands_in_the_summary_and_beside_its_field(app: Flask) -> None:
    with app.test_request_context("/"):
        form = LoanForm(formdata=None)
        form.due.errors = ["Enter a date that is today or later"]
        summary = get_template_attribute("_macros/forms.html", "errors_summary")(form)
        field = get_template_attribute("_macros/forms.html", "field")(form.due, autocomplete="off")
    assert '<a href="#due">Enter a date that is today or later</a>' in summary
    assert 'aria-describedby="due-hint due-error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="due-error"' in field
    assert 'autocomplete="off"' in field


def test_what_need_not_be_filled_in_says_so(app: Flask) -> None:
    with app.test_request_context("/"):
        form = LoanForm(formdata=None)
        field = get_template_attribute("_macros/forms.html", "field")
        assert "(optional)" in field(form.note)
        assert "(optional)" not in field(form.name)
