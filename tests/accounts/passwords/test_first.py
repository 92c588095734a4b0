"""First passwords: three words, the same from the same form alone, and read as they were typed."""

import math
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.accounts.passwords import first
from learnapp.accounts.passwords.rules import validate_password
from learnapp.database.db import db
from tests.actors.people import People

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FORM, OTHER_FORM = "k" * 43, "l" * 43


def test_the_words_are_short_plain_sorted_and_few_look_alike() -> None:
    words = first.first_words()
    assert list(words) == sorted(set(words))
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in words)
    assert len({word[:3] for word in words}) >= 900
    assert len(words) - len({word[:4] for word in words}) <= 40


def test_three_words_are_thirty_one_bits() -> None:
    assert math.log2(len(first.first_words()) ** first.WORDS_EACH) >= 31


def test_the_same_form_gives_the_same_person_the_same_words_and_nobody_else(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        found = [first.derive(FORM, "ben"), first.derive(FORM, "ada"), first.derive(OTHER_FORM, "ben")]
        assert first.derive(FORM, "ben") == found[0]
        assert len(set(found)) == 3
        monkeypatch.setitem(app.config, "SECRET_KEY", "another secret of thirty-two letters")
        assert first.derive(FORM, "ben") != found[0]


def test_every_word_comes_about_as_often_as_the_others(app: Flask) -> None:
    with app.app_context():
        found = [first.derive(FORM, str(number)) for number in range(5_000)]
    counts = Counter(word for one in found for word in one.split("-"))
    assert len(set(found)) == 5_000
    assert len(counts) == len(first.first_words())
    assert max(counts.values()) < 3 * 15_000 / len(counts)


def test_first_passwords_pass_the_rules_of_learners(app: Flask) -> None:
    with app.app_context():
        for number in range(200):
            validate_password(first.derive(FORM, str(number)), staff=False, name="Ben", site="Learnapp")


@pytest.mark.parametrize(
    "typed", ["river-maple-cloud", " River Maple  Cloud", "RIVER_MAPLE.CLOUD", "ｒiver–maple—cloud "]
)
def test_words_are_read_however_they_are_typed(typed: str) -> None:
    assert first.as_printed(typed) == "river-maple-cloud"


@pytest.mark.both_databases
def test_a_handed_out_password_works_for_a_day_and_ones_own_for_good(people: People) -> None:
    for name, ends in (("own", None), ("fresh", NOW + timedelta(seconds=1)), ("over", NOW)):
        people.add(name, secret_expires_at=ends)
    with people.app.app_context():
        query = select(User.name).where(first.still_works(NOW)).order_by(User.id)
        assert db.session.scalars(query).all() == ["own", "fresh"]
