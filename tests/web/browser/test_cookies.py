"""Cookies: a session that no clock ends, names bound to the host, and guests whom clocks cost nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask, Request
from flask.testing import FlaskClient

from learnapp.web.browser.cookies import AgelessSession, held_tokens
from tests.actors.people import People, become_guest, is_member, sign_in

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BACK = [timedelta(seconds=-2), timedelta(seconds=-30), timedelta(hours=-1), timedelta(days=-1), timedelta(days=-400)]


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)


@pytest.mark.slow
@pytest.mark.parametrize("jump", BACK, ids=str)
def test_a_clock_that_goes_back_costs_nobody_anything(
    people: People, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    """Two machines whose clocks differ are the same."""
    ben, guest, visitor = people.signed_in(), people.browser(), people.browser()
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(ben)
        become_guest(people, guest)
        monkeypatch.setitem(people.app.config, "WTF_CSRF_ENABLED", True)
        token = visitor.get("/account/age").text.partition('name="csrf_token" value="')[2][:64]
        with guest.session_transaction() as session:
            session["reset_token"] = "kept"
        for _ in range(2):
            clock.shift(jump)
            assert is_member(ben)
            assert 'href="/account/forget"' in guest.get("/account/sign-in").text
            with guest.session_transaction() as session:
                assert session["reset_token"] == "kept"
            clock.shift(-jump)
        clock.shift(jump)
        assert visitor.post("/account/age", data={"band": "14", "csrf_token": token}).status_code == 303


@pytest.mark.parametrize("cookie", ["", "junk", "e30.aaaaaa.bbbbbb", "ä", "x" * 4000])
def test_a_session_that_cannot_be_read_costs_no_guest(people: People, cookie: str) -> None:
    guest = people.browser()
    become_guest(people, guest)
    guest.set_cookie("session", cookie)
    for page in ("/account/sign-in", "/display", "/account/age"):
        assert 'href="/account/forget"' in guest.get(page).text


def test_a_session_is_read_only_when_something_in_it_is_asked_for(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, read = people.browser(), list[str]()
    become_guest(people, guest)
    read_values = AgelessSession.read_values

    def noted(self: AgelessSession, app: Flask, request: Request) -> dict[str, Any]:
        read.append(request.path)
        return read_values(self, app, request)

    monkeypatch.setattr(AgelessSession, "read_values", noted)
    for page in ("/healthz", "/about"):
        assert guest.get(page).status_code == 200
    assert set(read) == {"/about"}  # its forms, and what is to be said once


@pytest.mark.slow
def test_a_guest_outlives_another_secret(make_app: Callable[..., Flask]) -> None:
    """A copy that is restored without it, or a second machine with one of its own."""
    before, after = make_app(), make_app(secret_key="another secret of forty characters or so")
    guest = before.test_client()
    become_guest(People(before), guest)
    cookie = guest.get_cookie("guest")
    assert cookie is not None
    guest = after.test_client()
    guest.set_cookie("guest", cookie.value)
    assert 'href="/account/forget"' in guest.get("/").text


def test_a_login_that_0_1_0_kept_in_the_session_goes_on_in_a_cookie_of_its_own(people: People) -> None:
    ben, guest = people.signed_in(), people.browser()
    become_guest(people, guest)
    for browser, name, page in ((ben, "login", "/account"), (guest, "guest", "/account/data")):
        cookie = browser.get_cookie(name)
        assert cookie is not None
        old = people.browser()
        with old.session_transaction() as session:
            session["_user_id"] = cookie.value.partition(".")[0]
            session.permanent = True
        assert old.get(page).status_code == 200
        kept = old.get_cookie(name)
        assert kept is not None
        assert kept.value.partition(".")[0] == cookie.value.partition(".")[0]
        old.delete_cookie("session")
        assert old.get(page).status_code == 200


def test_cookies_are_bound_to_the_host_where_https_is_used(make_app: Callable[..., Flask]) -> None:
    app = make_app(public_url="https://learn.example", WTF_CSRF_ENABLED=False)
    client = app.test_client()
    answer = client.post("/account/age", data={"band": "14"}, base_url="https://learn.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-guest", "__Host-session"}
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


@pytest.mark.parametrize("name", ["login", "guest"])
def test_a_browser_with_a_token_has_a_login(app: Flask, client: FlaskClient, name: str) -> None:
    with app.test_request_context(headers={"Cookie": f"{name}=x"}):
        assert held_tokens() == {name: "x"}
    with app.test_request_context(headers={"Cookie": "display=x; remember_token=x"}):
        assert not held_tokens()


def test_a_cookie_of_another_program_on_this_host_signs_nobody_out(people: People) -> None:
    ben = people.signed_in()
    ben.set_cookie("remember_token", "of another program")
    assert is_member(ben)
