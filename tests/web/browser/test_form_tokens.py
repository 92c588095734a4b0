"""Form tokens: of this browser alone, good for as long as its login, and a word for browsers without cookies."""

import re
from collections.abc import Callable

import pytest
from flask import Flask, request, session
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict

from learnapp.accounts.models import User
from learnapp.web.browser.form_tokens import BROWSER_KEY, FormExpired, check, form_token
from tests.actors.people import PASSWORD, People, become_guest, sign_in
from tests.pages import PageOpener

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Give the app with its forms guarded."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def token_in(client: FlaskClient, page: str = "/display") -> str:
    found = TOKEN.search(client.get(page).text)
    assert found
    return found[1]


def send(client: FlaskClient, token: str | None) -> int:
    """Send the display form with this token and return the status."""
    return client.post("/display", data={"theme": "dark"} | ({"csrf_token": token} if token else {})).status_code


def test_a_session_keeps_its_token_and_another_has_another(guarded: Flask) -> None:
    one, other = guarded.test_client(), guarded.test_client()
    assert token_in(one) == token_in(one) != token_in(other)


@pytest.mark.parametrize("token", [None, "", "x", "a" * 64, "ä", "\ud800"])
def test_a_form_without_its_token_is_refused(guarded: Flask, token: str | None) -> None:
    with guarded.test_request_context("/display", method="POST", headers={"Cookie": "display=x"}) as context:
        session[BROWSER_KEY] = "of this browser"
        context.request.form = ImmutableMultiDict({} if token is None else {"csrf_token": token})
        with pytest.raises(FormExpired):
            check()
        context.request.form = ImmutableMultiDict({"csrf_token": form_token()})
        check()


def test_a_form_has_no_signs_that_no_page_may_hold_but_in_passwords(app: Flask) -> None:
    text = "a\x00b\x1b\x85\ufffe \tc\r\nd\U0001ffff평\u200b"
    with app.test_request_context("/display", method="POST", data={"theme": text, "new_password": text, "plain": "d"}):
        check()
        assert dict(request.form) == {"theme": "ab \tc\r\nd평\u200b", "new_password": text, "plain": "d"}


def test_a_token_of_another_browser_is_refused(guarded: Flask) -> None:
    one, other = guarded.test_client(), guarded.test_client()
    token_in(one)
    assert send(one, token_in(other)) == 400
    assert send(one, token_in(one)) == 302


def test_the_key_of_a_browser_stands_in_no_page(guarded: Flask) -> None:
    client = guarded.test_client()
    page = client.get("/display").text
    with client.session_transaction() as kept:
        assert kept[BROWSER_KEY] not in page


def test_a_form_that_was_open_before_the_first_answer_is_good_after_it(guarded: Flask) -> None:
    client = guarded.test_client()
    before = token_in(client, "/account/age")
    assert client.post("/account/age", data={"band": "14", "csrf_token": before}).status_code == 303
    assert client.get_cookie("guest")
    assert client.post("/account/age", data={"band": "16", "csrf_token": before}).status_code == 303


def test_a_first_page_that_comes_late_makes_no_form_of_a_guest_s_old(guarded: Flask) -> None:
    client = guarded.test_client()
    token = token_in(client, "/account/age")
    late = guarded.test_client()
    late.get("/account/age")  # asked for before there was any cookie
    assert client.post("/account/age", data={"band": "14", "csrf_token": token}).status_code == 303
    cookie = late.get_cookie("session")
    assert cookie is not None
    client.set_cookie("session", cookie.value)
    assert client.post("/account/age", data={"band": "16", "csrf_token": token}).status_code == 303


def test_a_response_without_any_change_sets_no_cookie(guarded: Flask) -> None:
    people = People(guarded)
    people.add()
    visitor, guest, ben = (guarded.test_client() for _ in range(3))
    become_guest(people, guest)
    sign_in(ben, data={"csrf_token": token_in(ben, "/account/sign-in")})
    for client, pages in ((visitor, ("/display", "/")), (guest, ("/display", "/me")), (ben, ("/display", "/account"))):
        for page in pages:
            client.get(page)
            assert "Set-Cookie" not in client.get(page).headers
    assert "Set-Cookie" not in visitor.post("/display").headers


def test_a_browser_that_takes_no_cookies_is_told_so(guarded: Flask, visit: PageOpener) -> None:
    blocked = guarded.test_client(use_cookies=False)
    for path, form in (
        ("/account/sign-in", {"name": "Ben", "password": PASSWORD}),
        ("/account/age", {"band": "14"}),
        ("/account/sign-up", {"name": "Ben the typist", "password": PASSWORD}),
    ):
        token = token_in(blocked, path)
        page = visit(blocked, path, data={**form, "csrf_token": token}, status=400)
        assert "This page needs cookies" in page.text
        assert "expired" not in page.text
        assert PASSWORD not in page.text
    assert "Ben the typist" in page.text
    assert People(guarded).count(User) == 0


def test_a_browser_with_cookies_whose_form_is_old_is_told_that(guarded: Flask) -> None:
    people = People(guarded)
    people.add()
    client = guarded.test_client()
    before = token_in(client, "/account/sign-in")
    assert sign_in(client, data={"csrf_token": before}).status_code == 302
    answer = client.post("/account/sign-out", data={"csrf_token": before})
    assert (answer.status_code, "This form has expired" in answer.text) == (400, True)


def test_tokens_are_of_one_installation(make_app: Callable[..., Flask]) -> None:
    tokens = set()
    for secret in ("s" * 40, "t" * 40):
        with make_app(secret_key=secret).test_request_context():
            session[BROWSER_KEY] = "the same"
            tokens.add(form_token())
    assert len(tokens) == 2
