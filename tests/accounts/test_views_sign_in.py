"""Signing in over HTTP: a new session, no other site, and no word about which names there are."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from learnapp.accounts import service
from learnapp.accounts.limits.throttle import Limit
from learnapp.accounts.models import User
from learnapp.accounts.passwords import hashing
from learnapp.database.db import db
from tests.actors.people import OTHER, PASSWORD, People, is_member, sign_in, token_of
from tests.web.http.test_addresses import TRICKS

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_somebody_signed_in_needs_no_sign_in_page(people: People) -> None:
    ben = people.signed_in()
    for page in ("/account/sign-in", "/account/sign-up"):
        assert ben.get(page).status_code == 302
        assert ben.post(page, data={"name": "Eve", "password": PASSWORD}).status_code == 302
    assert people.count(User) == 1


def test_signing_in_makes_a_new_session_and_a_new_secret_for_forms(people: People) -> None:
    people.add()
    browser = people.browser()
    with browser.session_transaction() as session:
        session.update({"_user_id": "planted", "browser": "planted", "anything": "else"})
    browser.set_cookie("login", "planted")
    sign_in(browser)
    assert token_of(browser) != "planted"
    with browser.session_transaction() as session:
        assert not session


def test_a_form_token_from_before_signing_in_is_worth_nothing_after(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add()
    monkeypatch.setitem(people.app.config, "WTF_CSRF_ENABLED", True)
    browser = people.browser()
    before = browser.get("/account/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert browser.post("/account/sign-in", data={"name": "Ben", "password": PASSWORD}).status_code == 400
    assert sign_in(browser, data={"csrf_token": before}).status_code == 302
    assert browser.post("/account/sign-out", data={"csrf_token": before}).status_code == 400
    assert is_member(browser)


@pytest.mark.parametrize(("stay", "kept"), [({}, False), ({"stay": "y"}, True)])
def test_the_cookie_outlives_the_browser_only_if_asked_for(people: People, stay: dict[str, str], kept: bool) -> None:
    people.add()
    cookies = sign_in(people.browser(), data=stay).headers.getlist("Set-Cookie")
    (ours,) = [cookie for cookie in cookies if cookie.startswith("login=")]
    assert ("Max-Age=2592000" in ours) is kept
    assert "HttpOnly" in ours
    assert "SameSite=Lax" in ours


@pytest.mark.parametrize("goal", [trick for trick in TRICKS if trick])
def test_signing_in_never_leads_to_another_site(people: People, goal: str) -> None:
    people.add()
    answer = sign_in(people.browser(), next=goal)
    assert (answer.status_code, answer.location) == (302, "/")


def test_signing_in_leads_to_the_page_that_was_asked_for(people: People) -> None:
    people.add()
    browser = people.browser()
    asked = browser.get("/account/settings")
    assert asked.location == "/account/sign-in?next=/account/settings"
    form = browser.get(asked.location).text
    assert 'action="/account/sign-in?next=/account/settings"' in form
    assert sign_in(browser, next="/account/settings").location == "/account/settings"


def test_known_and_unknown_names_get_the_same_page(people: People) -> None:
    people.add("Ben")
    people.add("Ada", failed_in_a_row=100)
    pages = []
    for name, password in (("Ben", OTHER), ("Nobody", OTHER), ("Ada", PASSWORD)):
        answer = sign_in(people.browser(), name, password)
        headers = {key: value for key, value in answer.headers if key not in {"X-Request-ID", "Set-Cookie"}}
        secrets = r'(name="(?:csrf_token|form_key)" value=")[^"]+'
        text = re.sub(
            secrets, r"\1", answer.text.replace(f'value="{name}"', "")
        ).rstrip()  # less what fills the page up
        pages.append((answer.status_code, text, headers.keys()))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][0] == 422


def test_the_eleventh_wrong_try_is_told_when_to_come_back_and_keeps_the_name(people: People) -> None:
    people.add("Ben")
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(10):
            assert sign_in(people.browser(), "Ben", OTHER).status_code == 422
        answer = sign_in(people.browser(), "Ben", PASSWORD)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "300"
        assert "12:05" in answer.text
        assert "5 minutes" in answer.text
        assert "Where you have signed in before" in answer.text
        assert 'value="Ben"' in answer.text
        assert PASSWORD not in answer.text
        clock.shift(timedelta(seconds=301))
        assert sign_in(people.browser(), "Ben").status_code == 302


def test_a_throttled_name_that_does_not_exist_gets_the_same_answer(people: People) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(10):
            sign_in(people.browser(), "Nobody", OTHER)
        assert sign_in(people.browser(), "Nobody", OTHER).status_code == 429


def test_an_address_is_throttled_whatever_names_it_tries(people: People) -> None:
    people.add("Ben")
    for number in range(10):
        assert sign_in(people.browser(), f"Guess {number}", OTHER).status_code == 422
    assert sign_in(people.browser(), "Ben").status_code == 429
    assert sign_in(people.browser(), "Ben", environ_base={"REMOTE_ADDR": "192.0.2.99"}).status_code == 302


def test_a_forged_forwarded_address_changes_nothing(people: People) -> None:
    people.add("Ben")
    codes = [
        sign_in(
            people.browser(),
            f"Guess {number}",
            OTHER,
            headers={
                "X-Forwarded-For": f"198.51.100.{number}",
                "X-Real-IP": f"198.51.100.{number}",
                "Forwarded": f"for=198.51.100.{number}",
            },
        ).status_code
        for number in range(12)
    ]
    assert codes == [422] * 10 + [429] * 2


@pytest.mark.long
@pytest.mark.usefixtures("real_passwords")
def test_a_class_of_forty_signs_in_from_one_address_in_a_minute(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "PATIENCE", 60.0)  # as a slow machine needs it
    for number in range(40):
        people.add(f"Learner {number}")
    began = time.perf_counter()
    with ThreadPoolExecutor(40) as pool:
        codes = list(pool.map(lambda number: sign_in(people.browser(), f"Learner {number}").status_code, range(40)))
    assert codes == [302] * 40
    assert time.perf_counter() - began < 60


def test_somebody_who_fails_on_purpose_does_not_end_a_valid_session(people: People) -> None:
    ben = people.signed_in("Ben", failed_in_a_row=98)
    with people.app.app_context():
        db.session.query(User).update({"failed_in_a_row": 98})
        db.session.commit()
    for _ in range(3):
        sign_in(people.browser(), "Ben", OTHER)
    assert people.get("Ben").failed_in_a_row >= 100
    assert sign_in(people.browser(), "Ben").status_code == 422
    assert is_member(ben)


def test_no_form_with_a_password_is_worked_on_while_its_network_has_too_many(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = people.signed_in("Ben")
    monkeypatch.setattr(hashing, "MOST_OF_NETWORK", 0)
    fields = {"name": "Ben", "password": PASSWORD, "new_password": OTHER}
    visitors = [people.browser().post(f"/account/{page}", data=fields) for page in ("sign-in", "sign-up", "reset/new")]
    for answer in (*visitors, *(ben.post(f"/account/{page}", data=fields) for page in ("password", "email", "data"))):
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
    assert is_member(ben)
    monkeypatch.undo()
    assert sign_in(people.browser(), "Ben").status_code == 302


def test_even_right_passwords_are_counted_for_an_account_at_an_address(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SIGN_INS", Limit("sign-ins", 2, 60))
    people.add("Ben")
    assert [sign_in(people.browser(), "Ben").status_code for _ in range(3)] == [302, 302, 429]
    elsewhere = {"REMOTE_ADDR": "192.0.2.99"}
    assert sign_in(people.browser(), "Ben", environ_base=elsewhere).status_code == 302
