"""Coming in by a new account and going out, over HTTP."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from learnapp.accounts.limits.throttle import SIGN_UPS
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.passwords import hashing
from tests.actors.people import (
    OTHER,
    PASSWORD,
    People,
    become_guest,
    count_tries,
    is_member,
    sign_in,
    sign_up,
    token_of,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_signing_up_signs_in_and_leads_to_the_course(people: People) -> None:
    browser = people.browser()
    answer = sign_up(browser, "Ben", email="ben@example.org")
    assert (answer.status_code, answer.location) == (302, "/")
    assert is_member(browser)
    assert people.get("Ben").email == "ben@example.org"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "Choose a user name."),
        ({"name": "가" * 300}, "Use at most 40 characters. You typed 300."),
        ({"name": "\u200b\u200b\u200b"}, "Use at least 2 characters."),
        ({"name": "Teacher"}, "kept for the people who run this site"),
        ({"name": "ben@example.org"}, "not an e-mail address"),
        ({"password": ""}, "Choose a password."),
        ({"password": "short"}, "Use at least 8 characters."),
        ({"password": "password"}, "one of the first passwords"),
        ({"password": "Benjamin12", "name": "Benjamin"}, "not like your user name"),
        ({"email": "ben at home"}, "Enter an e-mail address such as"),
        ({"email": "ben@example.org\nBcc: eve@e.example"}, "Enter an e-mail address such as"),
        ({"password_again": "something else"}, "The two passwords differ."),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_typed_is_lost(
    people: People, data: dict[str, str], words: str
) -> None:
    typed = {"name": "Ben", "password": PASSWORD, "email": "b@example.org", **data}
    answer = people.browser().post("/account/sign-up", data=typed)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2  # in the summary and beside the field
    assert 'aria-invalid="true"' in answer.text
    if typed["name"].isprintable():
        assert f'value="{typed["name"]}"' in answer.text
    assert not typed["password"] or f'value="{typed["password"]}"' not in answer.text
    assert people.count(User) == 0


def test_the_name_of_the_site_is_no_name_and_no_password_of_somebody(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(people.app.config["SETTINGS"], site_name="Island School")
    monkeypatch.setitem(people.app.config, "SETTINGS", settings)
    answer = people.browser().post("/account/sign-up", data={"name": "The Island-School", "password": "islandschool1"})
    assert answer.status_code == 422
    assert answer.text.count("kept for the people who run this site") == 2
    assert answer.text.count("one of the first passwords") == 2


def test_a_taken_name_is_said_and_the_other_account_is_untouched(people: People) -> None:
    people.add("Ben", role="admin")
    answer = sign_up(people.browser(), "ＢＥＮ\u200d", OTHER, email="eve@example.org")
    assert answer.status_code == 422
    assert answer.text.count("Somebody here has this name") == 2
    assert (people.get("Ben").role, people.get("Ben").email) == ("admin", None)


def test_an_address_that_another_account_has_is_not_given_away(people: People) -> None:
    people.add("Ada", email="home@example.org")
    assert sign_up(people.browser(), "Ben", email="HOME@example.org").status_code == 302


def test_a_form_that_is_sent_twice_makes_one_account(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hashing.hash_password(PASSWORD)
    monkeypatch.setattr(hashing, "hash_password", lambda _: kept)
    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(lambda _: sign_up(people.browser()).status_code, range(8)))
    assert codes == [302] + [422] * 7
    assert people.count(User) == 1


@pytest.mark.slow
def test_an_address_may_make_a_thousand_accounts_an_hour(people: People) -> None:
    with time_machine.travel(NOON, tick=False):
        count_tries(people, SIGN_UPS, "address", "127.0.0.1", 1000)
        answer = sign_up(people.browser())
    assert answer.status_code == 429
    assert ">13:00 (UTC)</time>" in answer.text
    assert 'value="Ben"' in answer.text
    assert people.count(User) == 0


def test_a_guest_who_signs_up_keeps_the_row_and_gets_a_new_session(people: People) -> None:
    browser = people.browser()
    guest_id = become_guest(people, browser)
    before = token_of(browser)
    page = browser.get("/account/sign-up").text
    assert "What you have done here so far can stay yours" in page
    assert re.search('name="take"[^>]* checked|checked[^>]* name="take"', page)
    sign_up(browser, take="y")
    assert people.get("Ben").id == guest_id
    assert token_of(browser) not in {None, before}
    assert browser.get_cookie("guest") is None
    old = people.browser()
    old.set_cookie("login", str(before))
    assert not is_member(old)


def test_whoever_signs_up_where_somebody_else_learned_leaves_that_alone(people: People) -> None:
    browser = people.browser()
    guest_id = become_guest(people, browser)
    sign_up(browser)
    assert people.get("Ben").id != guest_id
    browser.post("/account/sign-out")
    assert 'href="/account/forget"' in browser.get("/").text


def test_the_display_chosen_before_goes_with_the_new_account(people: People) -> None:
    browser = people.browser()
    browser.set_cookie("display", "theme=dark&contrast=more&neutral_titles=1&time_zone=Asia%2FSeoul")
    sign_up(browser)
    ben = people.get("Ben")
    assert (ben.theme, ben.contrast, ben.neutral_titles, ben.time_zone) == ("dark", "more", True, "Asia/Seoul")


def test_a_copied_cookie_is_dead_after_signing_out(people: People) -> None:
    ben = people.signed_in()
    cookie = ben.get_cookie("login")
    assert cookie is not None
    answer = ben.post("/account/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.location == "/account/signed-out"
    assert not is_member(ben)
    thief = people.browser()
    thief.set_cookie("login", cookie.value)
    assert not is_member(thief)
    assert people.count(LoginSession) == 0


def test_signing_out_ends_this_browser_only_and_everywhere_ends_all(people: People) -> None:
    here = people.signed_in()
    there, third = people.browser(), people.browser()
    sign_in(there)
    sign_in(third)
    here.post("/account/sign-out")
    assert is_member(there)
    assert there.get("/account/sign-out-everywhere").status_code == 200
    assert there.post("/account/sign-out-everywhere", data={"password": OTHER}).status_code == 422
    assert is_member(third)
    done = there.post("/account/sign-out-everywhere", data={"password": PASSWORD}, follow_redirects=True)
    assert "all others" in done.text
    assert not is_member(there)
    assert not is_member(third)


def test_each_browser_is_known_by_two_words_and_can_be_signed_out_from_another(people: People) -> None:
    firefox = {"User-Agent": "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"}
    people.add()
    phone, here, cleo = people.browser(), people.browser(), people.signed_in("Cleo")
    sign_in(phone, headers=firefox)
    sign_in(here)
    page = here.get("/account").text
    assert "Firefox on Android" in page
    assert "Gecko" not in page
    assert len(re.findall(r"Since <time [^>]*>\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d \(UTC\)</time>", page)) == 2
    assert len(re.findall(r"Last used on <time [^>]*>\d+ [A-Z][a-z]+ \d{4}</time>", page)) == 1
    assert page.count("Sign out there") == 1
    (number,) = re.findall(r'name="session" value="(\d+)"', page)
    for somebody, typed in ((cleo, number), (here, "4711"), (here, ""), (here, "9" * 30), (here, "²")):
        assert somebody.post("/account/sessions/end", data={"session": typed}).status_code == 404
    assert is_member(phone)
    assert here.post("/account/sessions/end", data={"session": number}).status_code == 303
    assert (is_member(phone), is_member(here)) == (False, True)


def test_every_page_of_somebody_who_is_signed_in_has_a_way_to_sign_out(people: People) -> None:
    out = 'action="/account/sign-out"'
    ben = people.signed_in()
    for page in ("/", "/glossary", "/me", "/account/settings", "/display"):
        assert out in ben.get(page).text
        assert out not in people.browser().get(page, follow_redirects=True).text


def test_pages_with_a_form_and_pages_of_members_are_not_stored(people: People) -> None:
    ben = people.signed_in()
    assert people.browser().get("/account/sign-in").headers["Cache-Control"] == "no-store"
    for page in ("/account", "/account/settings", "/account/data", "/account/data/export"):
        assert ben.get(page).headers["Cache-Control"] == "no-store"


def test_too_many_at_once_are_asked_to_come_back(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.add("Ben")
    monkeypatch.setattr(hashing, "PATIENCE", 0.01)
    with hashing.SLOTS:
        answer = sign_in(people.browser())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) <= 10
