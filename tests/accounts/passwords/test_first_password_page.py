"""Passwords that were handed out, over HTTP: they open one page, for a day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from learnapp.accounts.passwords import resets
from learnapp.accounts.passwords.service import hand_out_password
from learnapp.database.db import db
from tests.actors.people import OTHER, PASSWORD, People, hashed, is_member, sign_in
from tests.pages import PageOpener

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECRET = "river-maple-cloud"
GIVEN = "This is the password that you were given."
pytestmark = pytest.mark.both_databases


def hand_out(people: People, name: str = "Ben", **values: Any) -> int:
    return people.add(name, password_hash=hashed(SECRET), secret_expires_at=datetime.now(UTC) + DAY, **values)


def with_card(people: People, typed: str = SECRET) -> FlaskClient:
    """Give the browser of somebody who has signed in with the words of a card."""
    hand_out(people)
    browser = people.browser()
    assert sign_in(browser, "Ben", typed).status_code == 302
    return browser


def choose(browser: FlaskClient, new: str = OTHER, **more: str) -> Any:
    return browser.post("/account/password/first", data={"new_password": new, **more})


@pytest.mark.parametrize("typed", [SECRET, "River Maple Cloud ", "RIVER maple-cloud"])
def test_the_words_of_a_card_let_in_however_they_are_typed(people: People, typed: str) -> None:
    with_card(people, typed)


def test_ones_own_password_is_taken_as_it_was_typed_alone(people: People) -> None:
    people.add("Ben", password_hash=hashed(SECRET))
    assert sign_in(people.browser(), "Ben", "River Maple Cloud").status_code == 422


def test_every_page_leads_to_the_choice_of_a_password(people: People) -> None:
    browser = with_card(people)
    for path in ("/", "/me", "/account", "/account/password", "/account/data", "/groups"):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer.location.startswith("/account/password/first?next="), path
    assert browser.get("/nowhere").status_code == 404


def test_forms_and_scripts_are_kept_waiting_too(people: People) -> None:
    browser = with_card(people)
    answer = browser.post("/account/settings", data={"theme": "dark"})
    assert (answer.status_code, answer.location) == (302, "/account/password/first")
    told = browser.get("/me", headers={"Accept": "application/json"})
    assert (told.status_code, told.get_json()["error"]) == (403, "Choose a password of your own first")
    assert people.get("Ben").theme == "auto"


def test_help_display_and_the_way_out_stay_open(people: People) -> None:
    browser = with_card(people)
    for path in ("/support", "/about", "/display", "/account/signed-out", "/account/password/first", "/healthz"):
        assert browser.get(path).status_code == 200, path
    assert 'id="leave"' in browser.get("/account/password/first").text
    assert browser.post("/account/sign-out").status_code == 303
    assert browser.get("/account/password/first").location.startswith("/account/sign-in")


@pytest.mark.both_databases(always=True)
def test_ones_own_password_opens_everything_and_the_card_nothing(people: People, visit: PageOpener) -> None:
    browser, elsewhere = with_card(people), people.browser()
    sign_in(elsewhere, "Ben", SECRET)
    visit(browser, "/account/password/first")
    answer = browser.post("/account/password/first?next=/me", data={"new_password": OTHER})
    assert (answer.status_code, answer.location) == (302, "/me")
    assert browser.get("/me").status_code == 200
    assert not is_member(elsewhere)
    assert people.get("Ben").secret_expires_at is None
    assert sign_in(people.browser(), "Ben", SECRET).status_code == 422
    assert sign_in(people.browser(), "Ben", OTHER).status_code == 302


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (SECRET, GIVEN),
        ("River Maple Cloud", GIVEN),
        ("short", "Use at least 8 characters."),
        ("", "Choose a password."),
        ("password1", "one of the first passwords"),
    ],
)
def test_the_new_password_is_another_one_and_a_good_one(people: People, new: str, words: str) -> None:
    answer = choose(with_card(people), new)
    assert (answer.status_code, answer.text.count(words)) == (422, 2)
    assert people.get("Ben").secret_expires_at is not None


def test_a_card_ends_after_a_day_with_the_sessions_that_it_opened(people: People) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        browser, late = with_card(people), people.browser()
        clock.move_to(NOON + DAY - timedelta(seconds=1))
        assert browser.get("/account/password/first").status_code == 200
        assert sign_in(late, "Ben", SECRET).status_code == 302
        clock.move_to(NOON + DAY)
        for one in (browser, late):
            assert one.get("/account/password/first").location.startswith("/account/sign-in")
            assert choose(one).location == "/account/sign-in"
        answer = sign_in(people.browser(), "Ben", SECRET)
    assert answer.status_code == 422
    assert people.get("Ben").secret_expires_at == NOON + DAY


def test_a_card_that_has_ended_a_wrong_one_and_nobody_get_the_same_answer(people: People) -> None:
    hand_out(people, "Ben")
    people.add("Ada", password_hash=hashed(SECRET), secret_expires_at=datetime.now(UTC) - DAY)
    pages = set()
    for name, typed in (("Ben", "other-maple-cloud"), ("Ada", SECRET), ("Eve", SECRET)):
        answer = sign_in(people.browser(), name, typed)
        assert answer.status_code == 422
        pages.add(answer.text.replace(f'value="{name}"', "").partition("csrf_token")[0])
    assert len(pages) == 1


def test_somebody_whose_card_was_replaced_meanwhile_is_signed_out(people: People) -> None:
    browser, ben = with_card(people), people.get("Ben").id
    with people.app.app_context():
        hand_out_password(db.session, ben, hashed("another-set-of"), datetime.now(UTC))
        db.session.commit()
    assert choose(browser).location == "/account/sign-in"
    assert sign_in(people.browser(), "Ben", "another set of").status_code == 302


def test_whoever_has_a_password_of_their_own_is_led_on(people: People) -> None:
    browser = people.signed_in("Ben")
    assert browser.get("/account/password/first?next=/me").location == "/me"
    assert browser.get("/account/password/first?next=//evil.example").location == "/"
    choose(browser)
    assert sign_in(people.browser(), "Ben", PASSWORD).status_code == 302


def test_a_link_from_a_mail_ends_a_card_too(people: People) -> None:
    ben = hand_out(people, email="ben@example.org")
    with people.app.app_context():
        token = resets.create_link(db.session, ben, datetime.now(UTC), timedelta(minutes=10))
        db.session.commit()
    browser = people.browser()
    browser.get(f"/account/reset/{token}")
    assert browser.post("/account/reset/new", data={"new_password": OTHER}).status_code == 302
    assert people.get("Ben").secret_expires_at is None
