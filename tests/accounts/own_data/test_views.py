"""The own account, over HTTP."""

import pytest
from flask.testing import FlaskClient

from learnapp.accounts.models import User
from learnapp.accounts.passwords import hashing
from tests.actors.people import OTHER, PASSWORD, People, become_guest, is_member, sign_in, token_of
from tests.pages import PageOpener


def test_the_account_shows_where_it_is_signed_in(people: People) -> None:
    here = people.signed_in(email="ben@example.org")
    for _ in range(2):
        sign_in(people.browser())
    page = here.get("/account").text
    assert page.count("Since ") == 3
    assert page.count("This browser") == 1
    assert "ben@example.org" in page


def test_settings_are_kept_and_shown(people: People) -> None:
    ben = people.signed_in()
    chosen = {
        "theme": "dark",
        "contrast": "more",
        "text": "large",
        "language": "en",
        "time_zone": "Asia/Seoul",
        "band": "14",
        "neutral_titles": "y",
    }
    assert ben.post("/account/settings", data=chosen).location == "/account/settings"
    kept = people.get()
    assert (kept.theme, kept.contrast, kept.language, kept.time_zone) == ("dark", "more", "en", "Asia/Seoul")
    assert (kept.band, kept.neutral_titles) == (14, True)
    page = ben.get("/account/settings").text
    assert "Your settings are kept." in page
    assert 'data-theme="dark"' in page
    assert 'data-contrast="more"' in page
    assert "<title>Notes</title>" in page
    assert '<option selected value="Asia/Seoul">' in page
    assert '<option selected value="14">' in page


def test_settings_can_be_taken_back(people: People) -> None:
    ben = people.signed_in(theme="dark", time_zone="Asia/Seoul", band=16, neutral_titles=True)
    taken = {"theme": "auto", "contrast": "auto", "time_zone": "", "band": "", "asked": "neutral_titles"}
    ben.post("/account/settings", data=taken)
    kept = people.get()
    assert (kept.theme, kept.time_zone, kept.band, kept.neutral_titles) == ("auto", None, None, False)


@pytest.mark.parametrize(
    "bad",
    [
        {"theme": "pink"},
        {"contrast": "less"},
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"band": "13"},
        {"band": "-1"},
    ],
)
def test_settings_that_nobody_offered_are_refused(people: People, bad: dict[str, str]) -> None:
    ben = people.signed_in()
    assert ben.post("/account/settings", data={"theme": "dark", **bad}).status_code == 422
    kept = people.get()
    assert (kept.theme, kept.band, kept.time_zone) == ("auto", None, None)


def test_a_lesson_asks_for_some_of_it_in_place_and_is_led_back_to(client: FlaskClient) -> None:
    client.post("/display", data={"theme": "dark", "contrast": "more", "text": "normal"})
    back = client.post("/display?next=/modules/a/b", data={"text": "larger"})
    away = client.post("/display?next=//evil.example", data={"text": "larger"})
    shown = client.get("/support").text
    assert (back.location, away.location) == ("/modules/a/b", "/display")
    assert all(
        f'data-{name}="{value}"' in shown
        for name, value in {"theme": "dark", "contrast": "more", "text": "larger"}.items()
    )


def test_display_choices_made_elsewhere_are_kept_in_the_account(people: People) -> None:
    ben = people.signed_in(time_zone="Asia/Seoul", band=16)
    ben.post("/display", data={"theme": "light", "contrast": "more", "text": "normal"})
    kept = people.get()
    assert (kept.theme, kept.contrast, kept.time_zone, kept.band) == ("light", "more", "Asia/Seoul", 16)


def test_an_address_is_kept_changed_and_removed_with_the_password(people: People) -> None:
    ben = people.signed_in()
    for address, kept in (("Ben@Example.ORG", "Ben@example.org"), ("", None)):
        answer = ben.post("/account/email", data={"email": address, "password": PASSWORD})
        assert answer.location == "/account"
        assert people.get().email == kept
        assert people.get().email_key == (kept and kept.casefold())


def test_an_address_is_not_changed_without_the_password(people: People) -> None:
    ben = people.signed_in(email="ben@example.org")
    answer = ben.post("/account/email", data={"email": "eve@example.org", "password": OTHER})
    assert answer.status_code == 422
    assert answer.text.count("This is not your password.") == 2
    assert 'value="eve@example.org"' in answer.text
    assert people.get().email == "ben@example.org"


def test_a_changed_password_ends_copied_cookies_and_other_browsers(people: People) -> None:
    here, there, thief = people.signed_in(), people.browser(), people.browser()
    sign_in(there)
    cookie, before = here.get_cookie("login"), token_of(here)
    assert cookie is not None
    thief.set_cookie("login", cookie.value)
    answer = here.post("/account/password", data={"password": PASSWORD, "new_password": OTHER})
    assert answer.location == "/account"
    assert is_member(here)
    assert token_of(here) != before
    assert not is_member(there)
    assert not is_member(thief)
    assert hashing.verify(people.get().password_hash, OTHER)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"password": OTHER}, "This is not your password."),
        ({"password": ""}, "Enter your present password."),
        ({"new_password": ""}, "Choose a password."),
        ({"new_password": "fourteen chars"}, "Use at least 15 characters."),
        ({"new_password": "qwertyuiop12345"}, "one of the first passwords"),
        ({"password_again": "something else"}, "The two passwords differ."),
    ],
)
def test_a_password_is_not_changed_when_something_does_not_fit(
    people: People, typed: dict[str, str], words: str
) -> None:
    ada = people.signed_in("Ada", role="teacher")
    before = people.get("Ada").password_hash
    answer = ada.post("/account/password", data={"password": PASSWORD, "new_password": OTHER, **typed})
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert people.get("Ada").password_hash == before
    assert is_member(ada)


@pytest.mark.slow
def test_guessing_at_an_open_browser_is_throttled(people: People) -> None:
    ben = people.signed_in()
    guess = {"password": OTHER, "new_password": OTHER, "email": "eve@example.org"}
    for page in ("/account/password", "/account/email", "/account/data") * 4:
        answer = ben.post(page, data=guess)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert is_member(ben)
    assert people.count(User) == 1


def test_a_guest_can_take_everything_along_and_have_it_forgotten_at_one_press(
    people: People, visit: PageOpener
) -> None:
    browser = people.browser()
    become_guest(people, browser)
    page = visit(browser, "/account/data")
    assert 'type="password"' not in page.text
    assert browser.get("/account/data/export").mimetype == "application/zip"
    assert browser.post("/account/data").location == "/account/forget"
    assert people.count(User) == 1
    assert "your answers and your scores" in visit(browser, "/account/forget").text
    answer = browser.post("/account/forget")
    assert answer.location == "/account/deleted"
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert people.count(User) == 0
    assert browser.get_cookie("guest") is None
    assert browser.get("/account/data").status_code == 302
    assert "data-clear-device" in visit(browser, "/account/deleted").text


@pytest.mark.parametrize("page", ["/", "/support", "/account/sign-in", "/no-such-page"])
def test_every_page_leads_guests_to_forgetting_and_to_what_is_kept(people: People, page: str) -> None:
    browser = people.browser()
    for asked in (True, False):
        links = browser.get(page).text.partition("<footer")[2]
        assert ('href="/account/forget"' in links) is not asked
        assert ('href="/account/data"' in links) is not asked
        become_guest(people, browser)


def test_a_deleted_account_is_signed_out_everywhere_and_its_name_is_free(people: People) -> None:
    here, there = people.signed_in(), people.browser()
    sign_in(there)
    assert here.post("/account/data", data={"password": PASSWORD}).status_code == 303
    assert not is_member(here)
    assert not is_member(there)
    assert "Nothing here leads to you" in here.get("/account/deleted").text
    assert people.browser().post("/account/sign-up", data={"name": "Ben", "password": OTHER}).status_code == 302
