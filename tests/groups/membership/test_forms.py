"""Forms of membership: what is read of a code and of a number of days."""

from datetime import timedelta

import pytest
from flask import Flask

from learnapp.groups.membership.codes import make_code, show_code
from learnapp.groups.membership.forms import CodeForm, JoinForm


def test_the_code_that_is_meant_is_handed_on_and_what_was_typed_is_shown(app: Flask) -> None:
    code = make_code(42)
    typed = f" {show_code(code).lower()} "
    with app.test_request_context(method="POST", data={"code": typed}):
        form = JoinForm()
        assert form.validate()
        assert (form.code.code, form.code.data) == (code, typed)


@pytest.mark.parametrize(("typed", "days"), [("1", 1), (" 14 ", 14), ("090", 90)])
def test_days_from_1_to_90_are_taken(app: Flask, typed: str, days: int) -> None:
    with app.test_request_context(method="POST", data={"days": typed}):
        form = CodeForm()
        assert form.validate()
        assert form.lasts == timedelta(days=days)


@pytest.mark.parametrize("typed", ["0", "91", "1000", "-1", "1.5", "٣", "²", "seven", "", " "])
def test_other_days_are_not(app: Flask, typed: str) -> None:
    with app.test_request_context(method="POST", data={"days": typed}):
        assert not CodeForm().validate()
