"""Teachers' accounts over HTTP: open to all or by a link, never by a field that nobody asked for."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from learnapp.accounts.models import TeacherInvitation, User
from learnapp.database.db import db
from tests.actors.people import OTHER, PASSWORD, People, become_guest, is_member, sign_in
from tests.pages import PageOpener

LONG = "a kettle on the green stove"


@pytest.fixture
def invited_only(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(people.app.config["SETTINGS"], teachers="invited")
    monkeypatch.setitem(people.app.config, "SETTINGS", settings)


def invite(people: People) -> str:
    output = people.app.test_cli_runner().invoke(args=["accounts", "invite-teacher"]).output
    found = re.search(r"http://127\.0\.0\.1:8000(/account/teacher/\S+)", output)
    assert found
    return found[1]


def come(people: People, browser: FlaskClient) -> FlaskClient:
    """Follow a new link."""
    answer = browser.get(invite(people))
    assert (answer.status_code, answer.location) == (302, "/account/teacher")
    return browser


def teach(browser: FlaskClient, address: str = "/account/sign-up/teacher", **data: Any) -> TestResponse:
    return browser.post(address, data={"name": "Ada", "password": LONG, **data})


def test_who_teaches_signs_up_and_is_led_to_the_classes(people: People) -> None:
    browser = people.browser()
    assert "/account/sign-up/teacher" in browser.get("/account/sign-up").text
    answer = teach(browser, email="ada@example.org")
    assert (answer.status_code, answer.location) == (302, "/groups")
    assert "Now you can make your first class." in browser.get("/groups").text
    ada = people.get("Ada")
    assert (ada.role, ada.email, ada.email_confirmed_at) == ("teacher", "ada@example.org", None)


def test_a_teachers_password_is_as_long_as_staffs_and_nothing_typed_is_lost(people: People) -> None:
    answer = teach(people.browser(), password="eight or so", email="ada@example.org")
    assert answer.status_code == 422
    assert answer.text.count("Use at least 15 characters.") == 2
    assert 'value="Ada"' in answer.text
    assert 'value="ada@example.org"' in answer.text
    assert people.count(User) == 0


def test_what_a_guest_did_stays_a_guests(people: People) -> None:
    browser = people.browser()
    guest = become_guest(people, browser)
    teach(browser, take="y")
    assert people.get("Ada").id != guest
    assert people.count(User) == 2


@pytest.mark.usefixtures("invited_only")
def test_where_teachers_are_invited_nobody_becomes_one_without_a_link(people: People) -> None:
    browser = people.browser()
    page = browser.get("/account/sign-up/teacher")
    assert (page.status_code, "Teachers are invited here" in page.text) == (403, True)
    assert teach(browser).status_code == 403
    assert teach(browser, "/account/teacher").status_code == 410
    assert people.count(User) == 0


@pytest.mark.usefixtures("invited_only")
def test_a_link_leads_to_a_teachers_account_and_stands_in_no_address(people: People, visit: PageOpener) -> None:
    browser = come(people, people.browser())
    page = visit(browser, "/account/teacher")
    assert "/account/teacher/" not in page.text
    answer = teach(browser, "/account/teacher")
    assert (answer.status_code, answer.location) == (302, "/groups")
    assert people.get("Ada").role == "teacher"
    assert browser.get("/account/teacher").status_code == 410


def test_a_learner_who_comes_by_a_link_gives_the_password_and_chooses_a_longer_one(
    people: People, visit: PageOpener
) -> None:
    ben, elsewhere = people.signed_in("Ben"), people.browser()
    sign_in(elsewhere, "Ben")
    come(people, ben)
    visit(ben, "/account/teacher")
    for form, words in (
        ({"password": "a wrong one", "new_password": LONG}, "This is not your password."),
        ({"password": PASSWORD, "new_password": "eight or so"}, "Use at least 15 characters."),
    ):
        answer = ben.post("/account/teacher", data=form)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert people.get("Ben").role == "learner"
    answer = ben.post("/account/teacher", data={"password": PASSWORD, "new_password": LONG})
    assert (answer.status_code, answer.location) == (302, "/groups")
    assert people.get("Ben").role == "teacher"
    assert is_member(ben)
    assert not is_member(elsewhere)
    assert sign_in(people.browser(), "Ben").status_code == 422
    assert sign_in(people.browser(), "Ben", LONG).status_code == 302


def test_staff_who_come_by_a_link_keep_their_role_and_the_link_its_use(people: People) -> None:
    vera = come(people, people.signed_in("Vera", "author"))
    for answer in (
        vera.get("/account/teacher"),
        vera.post("/account/teacher", data={"password": PASSWORD, "new_password": OTHER}),
    ):
        assert (answer.status_code, answer.location) == (302, "/account")
    assert people.get("Vera").role == "author"
    with people.app.app_context():
        assert db.session.query(TeacherInvitation).one().used_at is None


def test_pages_of_teachers_are_whole(people: People, visit: PageOpener) -> None:
    visit(people.browser(), "/account/sign-up/teacher")
    visit(people.browser(), "/account/teacher", status=410)
