"""Responses of account pages: statuses, when to try again, where to go, who is counted together."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from learnapp.accounts.errors import AddressUnreadable, TooManyTries, WrongPassword
from learnapp.accounts.forms import EmailForm
from learnapp.accounts.responses import client_network, form_page, next_url, reset_address

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_whoever_comes_from_no_address_is_refused_and_the_log_says_what_to_mend(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "unknown"}), pytest.raises(AddressUnreadable):
        client_network()
    assert "LEARNAPP_PROXY_HOPS" in caplog.text
    answer = app.test_client().post(
        "/account/sign-in", data={"name": "Ben", "password": "x"}, environ_base={"REMOTE_ADDR": "_hidden"}
    )
    assert answer.status_code == 400
    assert "not set up right" in answer.text


@pytest.mark.parametrize(
    ("query", "goal"), [("", "/"), ("?next=/me", "/me"), ("?next=//e.example", "/"), ("?next=/\\e", "/")]
)
def test_after_signing_in_comes_the_page_that_was_asked_for(app: Flask, query: str, goal: str) -> None:
    with app.test_request_context(f"/account/sign-in{query}"):
        assert next_url() == goal


def test_a_form_page_says_by_its_status_what_became_of_the_form(app: Flask) -> None:
    with app.test_request_context("/account/email"), time_machine.travel(NOON, tick=False):
        form = EmailForm()
        opened = form_page("email/address.html", form)
        form.password.errors = ["Enter your password."]
        failed = form_page("email/address.html", form)
        form.until = NOON + timedelta(seconds=90)
        refused = form_page("email/address.html", form)
    assert [page.status_code for page in (opened, failed, refused)] == [200, 422, 429]
    assert [page.headers.get("Retry-After") for page in (opened, failed, refused)] == [None, None, "90"]
    assert {page.headers["Cache-Control"] for page in (opened, failed, refused)} == {"no-store"}


def test_what_is_wrong_with_a_password_stands_in_the_form(app: Flask) -> None:
    with app.test_request_context("/account/email"):
        form = EmailForm()
        with form.show_errors():
            raise WrongPassword
        assert str(form.password.errors[0]) == "This is not your password. Nothing was changed."
        with form.show_errors():
            raise TooManyTries(NOON)
        assert form.until == NOON
        with pytest.raises(LookupError), form.show_errors():
            raise LookupError


def test_a_mailed_link_begins_with_the_address_that_the_operator_named(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://evil.example"):
        assert reset_address("abc") == "http://127.0.0.1:8000/account/reset/abc"
