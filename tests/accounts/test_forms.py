"""Account forms: e-mail addresses as they are stored, and the words for a name that is refused."""

from __future__ import annotations

import pytest
from flask import Flask
from wtforms.validators import ValidationError

from learnapp.accounts import names
from learnapp.accounts.forms import NAME_WORDS, clean_email, name_problem


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        (" Ben@Example.ORG ", "Ben@example.org"),
        ("ben@bücher.example", "ben@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_stored_as_mail_servers_take_it(typed: str | None, stored: str | None) -> None:
    assert clean_email(typed) == stored


@pytest.mark.parametrize("typed", ["ben", "ben@", "@example.org", "ben@example", "a" * 250 + "@example.org"])
def test_what_is_no_address_is_refused(app: Flask, typed: str) -> None:
    with app.test_request_context("/"), pytest.raises(ValidationError):
        clean_email(typed)


@pytest.mark.parametrize(
    "typed", ["B", "B" * 41, "!!", "ben@example.org", "admin", "a" + "\u0301\u0302\u0303" * 2]
)
def test_each_reason_why_a_name_is_refused_has_its_words(app: Flask, typed: str) -> None:
    with app.test_request_context("/"), pytest.raises(names.BadName) as caught:
        names.check(typed)
    with app.test_request_context("/"):
        assert caught.value.reason in {*NAME_WORDS, "too_long"}
        assert len(str(name_problem(caught.value)).split()) > 3
