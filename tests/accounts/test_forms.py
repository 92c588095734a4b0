"""Account forms: e-mail addresses as they are stored, and the words for a name that is refused."""

import pytest
from flask import Flask
from wtforms.validators import ValidationError

from learnapp.accounts.forms import SignUpForm, clean_email


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
    ("typed", "words"),
    [
        ("B", "Use at least 2 characters."),
        ("B" * 41, "Use at most 40 characters. You typed 41."),
        ("!!", "Use at least one letter or number."),
        ("ben@example.org", "Choose a name that is not an e-mail address"),
        ("admin", "This name is kept for the people who run this site."),
        ("a" + "\u0301\u0302\u0303" * 2, "Put fewer marks on one letter."),
    ],
)
def test_each_reason_why_a_name_is_refused_has_its_words(app: Flask, typed: str, words: str) -> None:
    with app.test_request_context("/", method="POST", data={"name": typed}):
        form = SignUpForm()
        assert not form.validate()
        assert words in str(form.name.errors[0])
