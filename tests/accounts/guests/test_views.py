"""A shared computer: whoever signs in where a guest learned is asked, and nothing changes hands unasked."""

import pytest
from flask.testing import FlaskClient

from learnapp.accounts.models import User
from learnapp.web.forms import form_key
from tests.actors.people import PASSWORD, People, become_guest, is_member, same_browser, sign_in, token_of
from tests.pages import PageOpener

PAGE = "/account/guest"


def where_a_guest_was(people: People, role: str = "learner") -> tuple[FlaskClient, int]:
    """Give a browser in which a guest learned, and an account to sign in to."""
    people.add("Ben", role=role)
    browser = people.browser()
    return browser, become_guest(people, browser)


def guests(people: People) -> int:
    return people.count(User) - 1


def test_signing_in_where_a_guest_learned_asks_first_and_changes_nothing(people: People, visit: PageOpener) -> None:
    browser, _guest = where_a_guest_was(people)
    answer = sign_in(browser, next="/me")
    assert answer.location == f"{PAGE}?next=/me"
    page = visit(browser, answer.location)
    assert "Somebody learned here before you signed in" in page.text
    assert [one.get("value") for one in page.all("input") if "checked" in one.attrib] == ["leave"]
    assert is_member(browser)
    assert guests(people) == 1


def test_whoever_goes_past_the_question_has_left_it_and_finds_it_in_the_account(people: People) -> None:
    browser, guest = where_a_guest_was(people)
    sign_in(browser)
    assert PAGE in browser.get("/account").text
    browser.post("/account/sign-out")
    with browser:
        from flask_login import current_user

        browser.get("/")
        assert current_user.id == guest


def test_what_is_left_stays_for_when_one_signs_out(people: People) -> None:
    browser, _guest = where_a_guest_was(people)
    sign_in(browser)
    assert browser.post(PAGE, query_string={"next": "/me"}, data={"choice": "leave"}).location == "/me"
    answer = browser.post("/account/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'  # the guest's cookie stays
    assert not is_member(browser)
    assert 'href="/account/forget"' in browser.get("/").text
    assert guests(people) == 1


def test_what_is_taken_is_asked_about_no_more(people: People) -> None:
    browser, _guest = where_a_guest_was(people)
    sign_in(browser)
    old = token_of(browser)
    assert browser.post(PAGE, data={"choice": "take"}).location == "/"
    assert guests(people) == 0
    assert browser.get_cookie("guest") is None
    assert token_of(browser) == old
    assert "is in your account now" in browser.get("/").text
    assert browser.get(f"{PAGE}?next=/me").location == "/me"


@pytest.mark.parametrize("choice", ["take", "delete"])
def test_pressed_twice_or_come_back_to_it_is_done_once(people: People, choice: str) -> None:
    browser, _guest = where_a_guest_was(people)
    sign_in(browser)
    for _ in range(2):
        assert browser.post(PAGE, data={"choice": choice}).status_code == 303
    assert guests(people) == 0
    assert is_member(browser)


def test_what_is_deleted_is_gone_here_and_there(people: People) -> None:
    browser, _guest = where_a_guest_was(people)
    sign_in(browser)
    answer = browser.post(PAGE, data={"choice": "delete"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert guests(people) == 0
    assert is_member(browser)


@pytest.mark.parametrize("choice", ["", "give", "take;delete"])
def test_another_choice_is_none(people: People, visit: PageOpener, choice: str) -> None:
    browser, _guest = where_a_guest_was(people)
    sign_in(browser)
    visit(browser, PAGE, data={"choice": choice}, status=422)
    assert guests(people) == 1


@pytest.mark.parametrize("role", ["teacher", "author", "admin"])
def test_staff_are_not_asked_and_take_nothing(people: People, role: str) -> None:
    browser, _guest = where_a_guest_was(people, role)
    assert sign_in(browser, follow_redirects=True).request.path == "/"
    assert PAGE not in browser.get("/account").text
    assert browser.post(PAGE, data={"choice": "take"}).location == "/"
    assert guests(people) == 1


def test_nobody_is_asked_where_nobody_was_or_where_that_has_ended(people: People) -> None:
    people.add()
    browser = people.browser()
    assert sign_in(browser).location == "/"
    other = people.browser()
    other.set_cookie("guest", "of somebody who was deleted")
    assert sign_in(other).location == "/"


def test_the_cookie_of_an_account_in_the_place_of_a_guest_s_gives_nothing_away(people: People) -> None:
    people.add("Cleo")
    cleo, ben = people.browser(), people.browser()
    sign_in(cleo, "Cleo")
    people.add("Ben")
    ben.set_cookie("guest", str(token_of(cleo)))
    ben.post("/account/sign-in", data={"name": "Ben", "password": PASSWORD})
    ben.post(PAGE, data={"choice": "take"})
    assert people.get("Cleo").name == "Cleo"


def test_the_second_of_two_presses_of_sign_in_is_asked_too(people: People) -> None:
    browser, _guest = where_a_guest_was(people)
    key, twin = {"form_key": form_key()}, same_browser(browser)
    sign_in(browser, next="/me", data=key)
    for one in (browser, twin):
        assert sign_in(one, next="/me", data=key).location == f"{PAGE}?next=/me"
