"""E-mail addresses: one form of each, for keeping and for asking."""

import pytest

from learnapp.accounts.email.addresses import email_key, normal_email


@pytest.mark.parametrize(
    "typed",
    [
        "ben@bücher.example",
        " Ben@BÜCHER.example ",
        "BEN@xn--bcher-kva.example",
        "ｂｅｎ@bücher.example",
        "ben＠bücher。example",
        "\u202aben@bücher.example\u202c",
        "\u200bben@bü\u00adcher.example\ufeff",
    ],
)
def test_an_address_has_one_key_however_it_is_written(typed: str) -> None:
    assert email_key(typed) == "ben@xn--bcher-kva.example"
    assert email_key(normal_email(typed)) == email_key(typed)


def test_domains_that_older_rules_took_for_one_are_two() -> None:
    assert email_key("ben@straße.example") != email_key("ben@strasse.example")


@pytest.mark.parametrize("typed", ["", "@", "ben", "ben@", "x" * 300 + "@example.org", "a\nb@example.org", "\x00@\x00"])
def test_what_is_no_address_has_no_key(typed: str) -> None:
    assert email_key(typed) == ""
