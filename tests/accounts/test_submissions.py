"""Submissions: the same form sent again gets the first one's answer, in races too, and nobody else does."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.accounts.errors import SentBefore
from learnapp.accounts.models import CountedTry, FormSubmission, LoginSession, User
from learnapp.accounts.submissions import Outcome, find_outcome, keep_outcome, purge_submissions, read_sent_form
from learnapp.web.forms import form_key
from tests.actors.accounts import sign_up
from tests.actors.attempts import Db
from tests.actors.people import OTHER, PASSWORD, People, is_member, same_browser, sign_in, token_of

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SIGN_UP = "/account/sign-up"


def opened_form(browser: FlaskClient, page: str = SIGN_UP, **typed: str) -> dict[str, Any]:
    """Open a page and return its form as it would be sent, with what is typed."""
    text = browser.get(page).text
    return dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]+)"', text)) | typed


@pytest.fixture
def with_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask forms for their tokens, as the served app does."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def ben(people: People, request: pytest.FixtureRequest) -> FlaskClient:
    """Give a browser in which Ben is signed in; from then on forms are asked for their tokens."""
    browser = people.signed_in()
    request.getfixturevalue("with_tokens")
    return browser


@pytest.mark.both_databases
@pytest.mark.usefixtures("with_tokens")
def test_sign_up_pressed_twice_makes_one_account_and_leaves_the_browser_signed_in(people: People) -> None:
    first = people.browser()
    form = opened_form(first, name="Ben", password=PASSWORD)
    second = same_browser(first)

    answers = [browser.post(SIGN_UP, data=form) for browser in (first, second)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/")] * 2
    assert token_of(first) == token_of(second)
    assert "Your account is ready" in second.get("/").text
    assert is_member(second)
    assert (people.count(User), people.count(LoginSession), people.count(FormSubmission)) == (1, 1, 1)


@pytest.mark.both_databases
def test_forms_that_race_get_the_answer_of_the_one_that_was_first(people: People) -> None:
    form, at_once = opened_form(people.browser(), name="Ben", password=PASSWORD), Barrier(4)

    def press(browser: FlaskClient) -> TestResponse:
        at_once.wait()
        return browser.post(SIGN_UP, data=form)

    browsers = [people.browser() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(press, browsers))

    assert [(answer.status_code, answer.location) for answer in answers] == [(302, "/")] * 4
    assert all(map(is_member, browsers))
    assert (people.count(User), people.count(LoginSession)) == (1, 1)


@pytest.mark.usefixtures("with_tokens")
def test_somebody_who_holds_the_form_but_not_the_browser_gets_nothing_of_it(people: People) -> None:
    browser, cleo = people.browser(), people.browser()
    form = opened_form(browser, name="Ben", password=PASSWORD)
    assert browser.post(SIGN_UP, data=form).status_code == 302

    assert cleo.post(SIGN_UP, data=form).status_code == 400
    assert cleo.post(SIGN_UP, data={**form, **opened_form(cleo), "form_key": form["form_key"]}).status_code == 302
    assert token_of(cleo) == token_of(browser)  # with key, password and a token of her own she is as good as Ben


def test_a_key_with_other_fields_is_another_form(people: People) -> None:
    people.add("Ben")
    browser = people.browser()
    form = opened_form(browser, name="Ben", password=PASSWORD)
    assert browser.post(SIGN_UP, data=form).status_code == 422
    assert browser.post(SIGN_UP, data={**form, "name": "Vera"}).status_code == 302
    assert people.count(User) == 2


def wrong_tries(people: People, name: str = "Ben") -> tuple[int, int]:
    """Return the wrong tries at an account in a row, and those that are counted under any key."""
    return people.get(name).failed_in_a_row, people.count(CountedTry)


@pytest.mark.both_databases
def test_a_wrong_password_sent_twice_counts_once_and_another_one_for_itself(people: People) -> None:
    people.add("Ben")
    browser = people.browser()
    form = opened_form(browser, "/account/sign-in", name="Ben", password=OTHER)

    assert [browser.post("/account/sign-in", data=form).status_code for _ in range(3)] == [422] * 3
    row, counted = wrong_tries(people)
    assert (row, counted) == (1, 2 + 3)  # one for the account and one for the network; sign-ins count each
    browser.post("/account/sign-in", data={**form, "password": "another one"})
    browser.post("/account/sign-in", data={**form, "form_key": form_key()})

    assert wrong_tries(people) == (3, 6 + 5)
    assert browser.post("/account/sign-in", data={**form, "password": PASSWORD}).status_code == 302


@pytest.mark.both_databases
def test_a_wrong_password_pressed_at_once_counts_once(people: People) -> None:
    people.add("Ben")
    form, at_once = opened_form(people.browser(), "/account/sign-in", name="Ben", password=OTHER), Barrier(4)

    def press(browser: FlaskClient) -> int:
        at_once.wait()
        return browser.post("/account/sign-in", data=form).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(press, [people.browser() for _ in range(4)])) == [422] * 4
    assert wrong_tries(people) == (1, 2 + 4)


@pytest.mark.parametrize(
    "page", ["/account/password", "/account/email", "/account/data", "/account/sign-out-everywhere"]
)
def test_a_wrong_password_on_any_page_of_the_account_counts_once_however_often_it_is_pressed(
    people: People, page: str
) -> None:
    ben = people.signed_in()
    form = opened_form(ben, page, password="a wrong one", new_password=OTHER, email="ben@example.org")
    before = wrong_tries(people)[1]
    assert [ben.post(page, data=form).status_code for _ in range(2)] == [422] * 2
    assert wrong_tries(people) == (1, before + 1)


@pytest.mark.usefixtures("with_tokens")
def test_a_form_sent_again_after_signing_out_signs_nobody_in(people: People) -> None:
    people.add("Ben")
    browser = people.browser()
    form = opened_form(browser, "/account/sign-in", name="Ben", password=PASSWORD)
    earlier = same_browser(browser)
    browser.post("/account/sign-in", data=form)
    browser.post("/account/sign-out", data=opened_form(browser, "/account"))

    assert earlier.post("/account/sign-in", data=form).location == "/"
    assert not is_member(earlier)


@pytest.mark.parametrize("guest", [False, True])
def test_sign_out_pressed_twice_or_after_the_session_has_ended_leads_out(
    people: People, request: pytest.FixtureRequest, guest: bool
) -> None:
    browser = people.browser()
    if guest:
        browser.post("/account/age", data={"band": "16"})
    people.add("Ben")
    sign_in(browser)
    request.getfixturevalue("with_tokens")
    form = opened_form(browser, "/account")
    second, third = same_browser(browser), people.browser()

    answers = [one.post("/account/sign-out", data=form) for one in (browser, second)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/account/signed-out")] * 2
    assert all('"storage"' in answer.headers["Clear-Site-Data"] for answer in answers)
    assert (second.get_cookie("login"), second.get_cookie("guest") is not None) == (None, guest)
    assert third.post("/account/sign-out", data=form).status_code == 400, "another site, in somebody's name"


def test_one_of_several_browsers_signed_out_by_two_presses_is_said_once(
    people: People, request: pytest.FixtureRequest
) -> None:
    ben = people.signed_in()
    sign_in(people.browser())
    request.getfixturevalue("with_tokens")
    page = ben.get("/account").text
    form = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]+)"', page))
    form["session"] = re.findall(r'name="session" value="(\d+)"', page)[0]
    second = same_browser(ben)

    answers = [one.post("/account/sessions/end", data=form) for one in (ben, second)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/account")] * 2
    assert second.get("/account").text.count("That browser is signed out.") == 1


def test_a_form_sent_after_the_session_has_ended_gives_back_what_was_typed(people: People, ben: FlaskClient) -> None:
    form = opened_form(ben, "/account/email", password=PASSWORD, email="a long address@example.org")
    page = {"Referer": "http://localhost/account/email"}
    same_browser(ben).post("/account/sign-out", data=form)

    refused = ben.post("/account/email", data=form, headers=page)
    pressed = ben.post("/account/sessions/end", data={**form, "email": "", "session": "4"}, headers=page)
    elsewhere = people.browser().post("/account/email", data=form, headers=page)

    assert refused.status_code == 401
    assert "You are signed out" in refused.text
    assert "a long address@example.org" in refused.text
    assert PASSWORD not in refused.text
    assert 'href="/account/email"' in refused.text
    assert pressed.location == elsewhere.location == "/account/sign-in?next=/account/email"


def test_a_script_is_told_that_the_session_has_ended_and_no_other_reason(people: People, ben: FlaskClient) -> None:
    form, asked = opened_form(ben, "/account"), {"Accept": "application/json"}
    same_browser(ben).post("/account/sign-out", data=form)

    ended = ben.post("/display", data=form, headers=asked)
    elsewhere = people.browser()
    elsewhere.get("/account/sign-in")
    other = elsewhere.post("/display", data=form, headers=asked)

    assert (ended.status_code, ended.get_json()["error"]) == (401, "You are signed out")
    assert (other.status_code, other.get_json()["error"]) == (400, "This form has expired")


def test_a_password_changed_by_two_presses_costs_no_try_and_no_session(people: People, ben: FlaskClient) -> None:
    form = opened_form(ben, "/account/password", password=PASSWORD, new_password=OTHER)
    second = same_browser(ben)

    for one in (ben, second, ben):
        assert one.post("/account/password", data=form).location == "/account"

    assert is_member(second)
    assert people.get().failed_in_a_row == 0


def test_what_came_after_the_first_answer_is_not_undone_by_the_second(people: People, ben: FlaskClient) -> None:
    form = opened_form(ben, "/account/email", password=PASSWORD, email="ben@example.org")
    ben.post("/account/email", data=form)
    ben.post("/account/email", data=opened_form(ben, "/account/email", password=PASSWORD, email=""))

    assert ben.post("/account/email", data=form).location == "/account"
    assert people.get().email is None


def test_without_a_key_a_form_is_carried_out_each_time_and_leaves_no_row(people: People) -> None:
    people.signed_in()
    assert people.count(FormSubmission) == 0
    for key in ("", "short", "x" * 44, "ä" * 43, "\x00" * 43):
        assert read_sent_form(key, SIGN_UP, []) is None


@pytest.mark.both_databases(always=True)
def test_of_two_that_are_kept_at_once_the_second_is_refused_and_changes_nothing(db_session: Db) -> None:
    sent = read_sent_form(form_key(), SIGN_UP, [("name", "Ben")])
    assert sent is not None
    keep_outcome(db_session, sent, Outcome("/me", message="Kept."), None, NOW)
    db_session.commit()

    with pytest.raises(SentBefore):
        keep_outcome(db_session, sent, Outcome("/elsewhere"), None, NOW)

    db_session.rollback()
    assert find_outcome(db_session, sent) == (Outcome("/me", message="Kept."), None)


@pytest.mark.both_databases
def test_the_table_holds_no_password_and_no_token(db_session: Db) -> None:
    ben = sign_up("Ben")
    sent = read_sent_form(form_key(), SIGN_UP, [("password", PASSWORD)])
    assert sent is not None
    outcome = Outcome("/", token=ben.token, stay=True)
    keep_outcome(db_session, sent, outcome, None, NOW)
    db_session.commit()

    row = db_session.scalars(select(FormSubmission)).one()
    kept = f"{row.digest} {row.outcome} {row.sealed_token}"
    assert not any(secret in kept for secret in (PASSWORD, ben.token, sent.key))
    assert find_outcome(db_session, sent) == (outcome, ben.user_id)


@pytest.mark.both_databases
def test_after_a_day_what_was_sent_is_forgotten(db_session: Db) -> None:
    for hours in (1, 25):
        sent = read_sent_form(form_key(), SIGN_UP, [])
        keep_outcome(db_session, sent, Outcome("/"), None, NOW - timedelta(hours=hours))
    db_session.commit()

    assert purge_submissions(db_session, NOW) == 1
    assert db_session.query(FormSubmission).count() == 1
