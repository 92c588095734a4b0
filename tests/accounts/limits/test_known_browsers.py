"""Known browsers: whoever guesses keeps nobody out of a browser in which they signed in before."""

import pytest
import time_machine
from flask import Flask

from learnapp.accounts.limits.known_browsers import ACCOUNTS, account_key, remember
from learnapp.accounts.models import User
from learnapp.database.db import db
from tests.actors.people import OTHER, PASSWORD, People, sign_in

NOON = "2026-11-21T12:00:00Z"


def elsewhere(number: int) -> dict[str, str]:
    return {"REMOTE_ADDR": f"192.0.2.{number}"}


def test_a_browser_that_signed_in_before_is_let_past_what_others_guess(people: People) -> None:
    people.add("Ben")
    own, new = people.browser(), people.browser()
    sign_in(own)
    own.post("/account/sign-out")
    with time_machine.travel(NOON, tick=False):
        for number in range(10):
            assert sign_in(people.browser(), "Ben", OTHER, environ_base=elsewhere(number)).status_code == 422
        assert sign_in(new, environ_base=elsewhere(98)).status_code == 429
        assert sign_in(own, environ_base=elsewhere(99)).status_code == 302


def test_a_lock_that_others_have_brought_about_does_not_hold_there(people: People) -> None:
    people.add("Ben")
    own = people.browser()
    sign_in(own)
    own.post("/account/sign-out")
    with people.app.app_context():
        db.session.query(User).update({"failed_in_a_row": 100})
        db.session.commit()
    assert sign_in(people.browser()).status_code == 422
    assert people.get("Ben").failed_in_a_row == 100
    assert sign_in(own).status_code == 302
    assert people.get("Ben").failed_in_a_row == 0


def test_its_own_failures_count_there(people: People) -> None:
    people.add("Ben")
    own = people.browser()
    sign_in(own)
    own.post("/account/sign-out")
    with time_machine.travel(NOON, tick=False):
        codes = [sign_in(own, "Ben", OTHER, environ_base=elsewhere(n)).status_code for n in range(11)]
        assert codes == [422] * 10 + [429]


def test_the_cookie_goes_with_the_account(people: People) -> None:
    own = people.signed_in("Ben")
    answer = own.post("/account/data", data={"password": PASSWORD})
    assert any(one.startswith("known=;") for one in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("cookie", ["", "x", "0" * 16, "0" * 16 + "." + "0" * 32, "." * 1000])
def test_a_made_up_cookie_is_worth_nothing(app: Flask, cookie: str) -> None:
    with app.app_context():
        assert account_key("ben", cookie) == account_key("ben", "")
        assert not account_key("ben", cookie)[1]


def test_a_browser_is_known_for_its_newest_accounts_and_tells_no_name(app: Flask) -> None:
    with app.app_context():
        cookie = ""
        for number in range(ACCOUNTS + 2):
            cookie = remember(f"ben {number}", cookie)
        known = [account_key(f"ben {number}", cookie)[1] for number in range(ACCOUNTS + 2)]
        assert known == [False] * 2 + [True] * ACCOUNTS
        assert "ben" not in cookie
        assert not account_key("ada", cookie)[1]


def test_a_browser_is_known_after_the_site_has_another_secret(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        cookie = remember("ben", "")
        monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
        monkeypatch.setitem(app.config, "SECRET_KEY", "new" * 16)
        assert account_key("ben", cookie)[1]
        renewed = remember("ben", cookie)
        assert renewed.count(".") == 1  # the old proof has given way to the new one
        monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
        assert account_key("ben", renewed)[1]
        assert not account_key("ben", cookie)[1]
