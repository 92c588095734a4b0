"""The form of a teacher's account: staff's rules, and nothing of a guest's."""

from flask import Flask

from learnapp.accounts.teachers.forms import TeacherSignUpForm
from tests.actors.people import PASSWORD


def test_a_teachers_password_has_fifteen_characters(app: Flask) -> None:
    for password, fits in (("fourteen marks", False), (PASSWORD, True)):
        with app.test_request_context(method="POST", data={"name": "Ada", "password": password}):
            assert TeacherSignUpForm().validate_on_submit() is fits


def test_a_guests_work_is_not_asked_for(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "Ada", "password": PASSWORD, "take": "y"}):
        assert "take" not in TeacherSignUpForm()
