"""Becoming a guest: at a deliberate act, one for a browser, and not without end at one network address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from flask_login import current_user
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.limits import throttle
from learnapp.accounts.limits.throttle import Limit
from learnapp.accounts.models import LoginSession, User
from learnapp.database.db import db
from learnapp.web.browser.form_tokens import BROWSER_KEY
from tests.actors.people import People, become_guest, same_browser, sign_in, token_of
from tests.pages import PageOpener

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def act(browser: FlaskClient, **more: Any) -> TestResponse:
    """Do what makes a guest: say which age group fits."""
    return browser.post("/account/age", data={"band": "14"}, **more)


def opened(people: People) -> FlaskClient:
    """Give a browser in which a page with a form was opened."""
    browser = people.browser()
    with browser.session_transaction() as session:
        session[BROWSER_KEY] = "the-key-of-this-browser"
    return browser


@pytest.mark.both_databases
def test_a_visitor_becomes_a_guest_once(people: People) -> None:
    with people.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        guest = get_or_create_user()
        assert guest.is_guest
        assert not guest.is_authenticated
        assert get_or_create_user() is guest
        assert current_user.id == guest.id
        db.session.commit()
    assert people.count(User) == 1


@pytest.mark.both_databases(always=True)
def test_two_requests_of_one_browser_make_one_guest_and_send_one_cookie(people: People) -> None:
    browsers = [same_browser(opened(people)) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(act, browsers))
    assert {answer.status_code for answer in answers} == {303}
    assert people.count(User) == people.count(LoginSession) == 1
    assert len({token_of(browser) for browser in browsers}) == 1


def test_an_answer_that_comes_late_takes_nobody_s_place(people: People) -> None:
    browser = opened(people)
    slow = same_browser(browser)  # sent before there was a guest, answered after
    act(browser)
    act(slow)
    browser.set_cookie("guest", str(token_of(slow)))
    assert 'value="14" checked' in browser.get("/account/age").text
    assert people.count(User) == 1


def test_a_first_page_that_comes_late_takes_no_guest_away(people: People) -> None:
    browser = opened(people)
    late = people.browser().get("/display").headers.getlist("Set-Cookie")  # asked for without any cookie
    act(browser)
    assert [cookie.partition("=")[0] for cookie in late] == ["session"]
    browser.set_cookie("session", late[0].partition("=")[2].partition(";")[0])
    assert 'value="14" checked' in browser.get("/account/age").text


def test_what_a_guest_s_answer_brings_late_signs_nobody_out(people: People) -> None:
    people.add()
    browser = opened(people)
    slow = same_browser(browser)
    sign_in(browser)
    late = act(slow).headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in late} <= {"guest", "session"}


def test_an_answer_whose_reply_was_lost_finds_its_guest_again(people: People) -> None:
    browser = opened(people)
    act(same_browser(browser))
    act(browser)
    assert people.count(User) == 1


def test_a_browser_open_for_longer_than_a_guest_is_kept_gets_a_new_one(people: People) -> None:
    browser = opened(people)
    with time_machine.travel(NOON, tick=False) as clock:
        act(browser)
        first = token_of(browser)
        clock.shift(timedelta(days=31))
        assert act(browser).status_code == 303
        assert token_of(browser) != first
        assert 'value="14" checked' in browser.get("/account/age").text


def test_what_fails_makes_no_guest_and_sends_no_cookie(people: People) -> None:
    browser = people.browser()
    assert browser.post("/account/age", data={"band": "13"}).status_code == 422
    assert token_of(browser) is None
    assert people.count(User) == 0


@pytest.mark.both_databases
def test_new_guests_at_one_address_are_counted(
    people: People, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learnapp.accounts.access.GUEST_LIMITS", (Limit("guests", 2, 3600), Limit("a-day", 3, 86400)))
    with time_machine.travel(NOON, tick=False) as clock:
        first = people.browser()
        for browser in (first, people.browser()):
            assert act(browser).status_code == 303
        page = visit(people.browser(), "/account/age", data={"band": "14"}, status=429)
        assert "Very many people have begun here" in page.text
        assert page.response.headers["Retry-After"] == "3600"
        looks = {one.get("href"): one.get("class") for one in page.all("a")}
        assert (looks["/account/sign-in"], looks["/account/sign-up"]) == ("btn", "btn btn--secondary")
        assert act(first).status_code == 303
        elsewhere = act(people.browser(), environ_overrides={"REMOTE_ADDR": "192.0.2.9"})
        assert elsewhere.status_code == 303
        clock.shift(timedelta(minutes=61))
        assert [act(people.browser()).status_code for _ in range(2)] == [303, 429]
    assert people.count(User) == 4


def test_a_school_behind_one_address_has_room() -> None:
    assert [(limit.tries, limit.seconds) for limit in throttle.GUEST_LIMITS] == [(400, 3600), (2000, 86400)]


def test_members_are_never_counted_as_guests(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnapp.accounts.access.GUEST_LIMITS", (Limit("guests", 0, 3600),))
    assert act(people.signed_in()).status_code == 303
    assert act(people.browser()).status_code == 429


def test_a_guest_s_tries_hold_no_address(people: People) -> None:
    become_guest(people, people.browser())
    with people.app.app_context():
        from learnapp.accounts.models import CountedTry

        keys = db.session.scalars(select(CountedTry.key)).all()
    assert len(keys) == 2
    assert not any("127.0.0.1" in key for key in keys)
