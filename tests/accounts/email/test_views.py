"""An address is confirmed by its owner before anything else is mailed there."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.actors.people import OTHER, PASSWORD, People, sign_up

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOME = "home@example.org"


def mails(people: People, outbox: Path) -> list[str]:
    people.app.extensions["passwords.queue"].join()
    return [file.read_text() for file in sorted(outbox.glob("*.eml"))]


def link_in(mail: str) -> str:
    found = re.search(r"https?://[^/\s]+(/account/email/confirm/\S+)", mail)
    assert found
    return found[1]


def confirm(browser: FlaskClient, link: str) -> int:
    assert browser.get(link).location == "/account/email/confirm"
    return browser.post("/account/email/confirm").status_code


def ask_for_reset(people: People, name: str) -> None:
    people.browser().post("/account/reset", data={"name": name})


def test_an_address_is_confirmed_by_a_link_before_a_new_password_is_mailed_there(people: People, outbox: Path) -> None:
    ben = people.browser()
    sign_up(ben, "Ben", email=HOME)
    (mail,) = mails(people, outbox)
    assert "Not confirmed yet" in ben.get("/account").text
    ask_for_reset(people, "Ben")
    assert mails(people, outbox) == [mail]
    assert confirm(people.browser(), link_in(mail)) == 302
    assert "Not confirmed yet" not in ben.get("/account").text
    ask_for_reset(people, HOME)
    assert "/account/reset/" in "".join(mails(people, outbox))


def test_both_pages_with_an_address_offer_the_link_again_until_it_is_confirmed(people: People, outbox: Path) -> None:
    ben, again, pages = people.browser(), 'action="/account/email/confirmation"', ("/account", "/account/email")
    sign_up(ben, "Ben")
    assert [again in ben.get(page).text for page in pages] == [False, False]
    ben.post("/account/email", data={"email": HOME, "password": PASSWORD})
    assert [again in ben.get(page).text for page in pages] == [True, True]
    confirm(ben, link_in(mails(people, outbox)[0]))
    assert [again in ben.get(page).text for page in pages] == [False, False]


def test_looking_at_the_link_confirms_nothing_and_using_it_ends_it(people: People, outbox: Path) -> None:
    sign_up(people.browser(), "Ben", email=HOME)
    link, browser = link_in(mails(people, outbox)[0]), people.browser()
    assert HOME in browser.get(link, follow_redirects=True).text
    assert people.get("Ben").email_confirmed_at is None
    assert confirm(browser, link) == 302
    assert browser.get(link, follow_redirects=True).status_code == 410


def test_a_mail_to_an_address_that_is_not_confirmed_has_no_word_of_the_senders(people: People, outbox: Path) -> None:
    sign_up(people.browser(), "Prize evil.example", email=HOME)
    (mail,) = mails(people, outbox)
    assert "evil" not in mail
    assert "Prize" not in mail


@pytest.mark.parametrize("what", ["another address", "none", "a new password", "everything deleted"])
def test_links_end_with_what_they_were_for(people: People, outbox: Path, what: str) -> None:
    browser = people.browser()
    sign_up(browser, "Ben", email=HOME)
    link = link_in(mails(people, outbox)[0])
    data = {"password": PASSWORD}
    if what == "a new password":
        browser.post("/account/password", data={**data, "new_password": OTHER})
    elif what == "everything deleted":
        browser.post("/account/data", data=data)
    else:
        browser.post("/account/email", data={**data, "email": "other@example.org" if what == "another address" else ""})
    assert people.browser().get(link, follow_redirects=True).status_code == 410


def test_a_link_to_choose_a_password_ends_when_the_address_changes(people: People, outbox: Path) -> None:
    ben = people.signed_in("Ben", email=HOME)
    ask_for_reset(people, "Ben")
    found = re.search(r"(/account/reset/\S+)", mails(people, outbox)[0])
    assert found
    ben.post("/account/email", data={"password": PASSWORD, "email": "other@example.org"})
    assert people.browser().get(found[1], follow_redirects=True).status_code == 410
    assert people.get("Ben").email_confirmed_at is None


def test_an_address_gets_three_mails_an_hour_and_ten_a_day_whoever_asks(people: People, outbox: Path) -> None:
    browsers = [people.signed_in(name, email=HOME, email_confirmed_at=None) for name in ("Ben", "Ada")]
    counts = []
    with time_machine.travel(NOON, tick=False) as clock:
        for _hour in range(5):
            for browser in browsers * 2:
                browser.post("/account/email/confirmation")
            counts.append(len(mails(people, outbox)))
            clock.shift(timedelta(hours=1))
    assert counts == [3, 6, 9, 10, 10]


def test_what_is_confirmed_is_asked_for_no_more(people: People, outbox: Path) -> None:
    ben = people.signed_in("Ben", email=HOME)
    ben.post("/account/email/confirmation")
    assert mails(people, outbox) == []
    ben.post("/account/email", data={"password": PASSWORD, "email": HOME.upper()})
    assert people.get("Ben").email_confirmed_at is not None
