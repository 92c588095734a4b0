"""Password forms: the words for what is refused, and the second field."""

import pytest
from flask import Flask

from learnapp.accounts.passwords.forms import NewPasswordForm
from tests.actors.people import OTHER, PASSWORD


@pytest.mark.parametrize(
    ("typed", "name", "words"),
    [
        ("short", "", "at least 8 characters"),
        ("x" * 300, "", "at most 256 characters"),
        ("bennybenny", "bennybenny", "not like your user name"),
        ("password1", "", "first passwords that others would try"),
    ],
)
def test_each_reason_why_a_password_is_refused_has_its_words(app: Flask, typed: str, name: str, words: str) -> None:
    with app.test_request_context("/", method="POST", data={"new_password": typed}):
        form = NewPasswordForm().for_account(name, staff=False)
        assert not form.validate()
        assert words in str(form.new_password.errors[0])


@pytest.mark.parametrize(
    ("again", "works"), [({}, True), ({"password_again": PASSWORD}, True), ({"password_again": OTHER}, False)]
)
def test_the_second_field_must_be_the_same_where_it_is_sent(app: Flask, again: dict[str, str], works: bool) -> None:
    with app.test_request_context("/", method="POST", data={"new_password": PASSWORD, **again}):
        form = NewPasswordForm().for_account("Ben", staff=False)
        assert form.validate() is works


@pytest.mark.parametrize(("typed", "hint"), [("short", False), ("password1", True), ("", True)])
def test_an_error_that_says_what_the_hint_does_stands_alone(app: Flask, typed: str, hint: bool) -> None:
    with app.test_request_context("/", method="POST", data={"new_password": typed}):
        form = NewPasswordForm().for_account("Ben", staff=False)
        assert not form.validate()
        macros = app.jinja_env.get_template("_macros/forms.html").make_module()
        field = macros.field(form.new_password, hint="At least 8 characters.")  # type: ignore[attr-defined]
    assert ("At least 8 characters." in field) is hint
    assert ('aria-describedby="new_password-hint new_password-error"' in field) is hint
    assert 'new_password-error"' in field


def test_a_password_for_staff_is_longer(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"new_password": "tea and sugar"}):
        assert NewPasswordForm().for_account("Ben", staff=False).validate()
        assert not NewPasswordForm().for_account("Ada", staff=True).validate()
