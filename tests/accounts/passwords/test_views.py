"""A forgotten password, over HTTP."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from learnapp.accounts.passwords import hashing, mail, views
from learnapp.accounts.passwords.background import BackgroundQueue
from learnapp.database.db import db
from tests.actors.people import OTHER, PASSWORD, People, is_member, link_in, sign_in
from tests.statements import counted

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def ask(people: People, name: str, **more: Any) -> tuple[int, str | None]:
    answer = people.browser().post("/account/reset", data={"name": name}, **more)
    later: BackgroundQueue = people.app.extensions["passwords.queue"]
    later.join()
    return answer.status_code, answer.location


def follow(browser: FlaskClient, link: str) -> str:
    answer = browser.get(link)
    assert (answer.status_code, answer.location) == (302, "/account/reset/new")
    return answer.location


def test_from_forgetting_to_signing_in_again(people: People, outbox: Path) -> None:
    ben = people.signed_in("Ben", email="ben@example.org")
    assert ask(people, "ben") == (302, "/account/reset/sent")
    browser = people.browser()
    page = browser.get(follow(browser, link_in(outbox)))
    assert page.status_code == 200
    assert "Ben" in page.text
    answer = browser.post("/account/reset/new", data={"new_password": OTHER})
    assert (answer.status_code, answer.location) == (302, "/account/sign-in")
    assert "Your new password is kept" in browser.get("/account/sign-in").text
    assert not is_member(ben)
    assert sign_in(browser, "Ben", PASSWORD).status_code == 422
    assert sign_in(browser, "Ben", OTHER).status_code == 302


def test_the_mail_names_the_account_and_how_long_the_link_works(people: People, outbox: Path) -> None:
    people.add("Ben", email="ben@example.org")
    ask(people, "Ben")
    (mail,) = outbox.glob("*.eml")
    text = mail.read_text()
    assert "Ben" in text
    assert "10 minutes" in text
    assert "To: ben@example.org" in text


@pytest.mark.parametrize("name", ["Ben", "Ada", "Cleo", "ben@example.org", "cleo@example.org", "\x00Ben"])
def test_the_answer_does_not_tell_whether_there_is_an_account(people: People, name: str) -> None:
    people.add("Ben", email="ben@example.org")
    people.add("Ada")
    assert ask(people, name) == (302, "/account/reset/sent")


@pytest.mark.slow
def test_the_answer_is_given_before_anything_is_looked_up(people: People) -> None:
    people.add("Ben", email="ben@example.org")
    people.app.extensions["passwords.queue"].submit = lambda work: True
    taken: dict[str, list[float]] = {"Ben": [], "Nobody": []}
    with counted(people.engine) as sent:
        for number in range(100):
            name, address = ("Ben", "Nobody")[number % 2], {"REMOTE_ADDR": f"192.0.2.{number}"}
            began = time.thread_time()  # of the processor: what else the machine does tells nothing
            answer = people.browser().post("/account/reset", data={"name": name}, environ_base=address)
            taken[name].append(time.thread_time() - began)
            assert answer.status_code == 302
    assert [statement for statement in sent if "users" in statement or "password_resets" in statement] == []
    known, unknown = (statistics.median(times[10:]) for times in taken.values())
    assert abs(known - unknown) / unknown < 0.35


def test_for_nobody_the_same_is_done_after_the_answer(
    people: People, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add("Ben", email="ben@example.org")
    written: list[str] = []
    real = Path.write_bytes

    def write(file: Path, data: bytes) -> int:
        written.append(file.name)
        return real(file, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    work = []
    for name in ("Ben", "Nobody", "ben@example.org", "nobody@example.org"):
        written.clear()
        with people.app.app_context():
            engine = db.engine
        with counted(engine) as sent:
            views.mail_links(people.app, name, datetime.now(UTC))
        work.append(([statement.split()[:3] for statement in sent], len(written)))
    assert work[0] == work[1] == work[2] == work[3]
    assert work[0][1] == 1
    assert len(list(outbox.glob("*.eml"))) == 2


@pytest.mark.parametrize("host", ["e.example", "127.0.0.1@e.example", "localhost"])
def test_a_forged_host_never_reaches_the_mailed_link(people: People, outbox: Path, host: str) -> None:
    people.add("Ben", email="ben@example.org")
    status, _ = ask(people, "Ben", headers={"Host": host, "X-Forwarded-Host": "e.example"})
    mails = list(outbox.glob("*.eml"))
    if status == 302:
        assert "http://127.0.0.1:8000/account/reset/" in mails[0].read_text()
        assert "e.example" not in mails[0].read_text()
    else:
        assert (status, mails) == (400, [])


def test_the_token_leaves_the_address_at_once(people: People, outbox: Path) -> None:
    people.add("Ben", email="ben@example.org")
    ask(people, "Ben")
    link, browser = link_in(outbox), people.browser()
    page = browser.get(link, follow_redirects=True)
    token = link.rpartition("/")[2]
    assert page.request.path == "/account/reset/new"
    assert token not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_looking_at_a_link_does_not_use_it_up(people: People, outbox: Path) -> None:
    people.add("Ben", email="ben@example.org")
    ask(people, "Ben")
    link = link_in(outbox)
    for _ in range(3):
        people.browser().get(link, follow_redirects=True)
    browser = people.browser()
    follow(browser, link)
    assert browser.post("/account/reset/new", data={"new_password": OTHER}).status_code == 302


def test_a_link_that_has_ended_says_so_and_offers_another(people: People, outbox: Path) -> None:
    people.add("Ben", email="ben@example.org")
    with time_machine.travel(NOON, tick=False) as clock:
        ask(people, "Ben")
        browser = people.browser()
        follow(browser, link_in(outbox))
        clock.shift(timedelta(minutes=10))
        for answer in (
            browser.get("/account/reset/new"),
            browser.post("/account/reset/new", data={"new_password": OTHER}),
            people.browser().get("/account/reset/made-up", follow_redirects=True),
        ):
            assert answer.status_code == 410
            assert "This link has ended" in answer.text
            assert 'href="/account/reset"' in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"new_password": ""}, "Choose a password."),
        ({"new_password": "fourteen chars"}, "Use at least 15 characters."),
        ({"new_password": "ada ada ada ada"}, "not like your user name"),
        ({"new_password": OTHER, "password_again": "different"}, "The two passwords differ."),
    ],
)
def test_a_password_that_cannot_be_used_is_said_and_the_link_still_works(
    people: People, outbox: Path, typed: dict[str, str], words: str
) -> None:
    people.add("ada ada ada ad", role="teacher", email="ada@example.org")
    ask(people, "ada@example.org")
    browser = people.browser()
    follow(browser, link_in(outbox))
    answer = browser.post("/account/reset/new", data=typed)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert browser.post("/account/reset/new", data={"new_password": OTHER}).status_code == 302


def test_a_reset_gives_the_account_its_tries_back(people: People, outbox: Path) -> None:
    people.add("Ben", email="ben@example.org")
    for number in range(11):
        sign_in(people.browser(), "Ben", OTHER, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
    assert sign_in(people.browser(), "Ben", environ_base={"REMOTE_ADDR": "192.0.2.99"}).status_code == 429
    ask(people, "Ben")
    browser = people.browser()
    follow(browser, link_in(outbox))
    browser.post("/account/reset/new", data={"new_password": OTHER})
    answer = sign_in(people.browser(), "Ben", OTHER, environ_base={"REMOTE_ADDR": "192.0.2.99"})
    assert answer.status_code == 302


def test_an_address_may_ask_sixty_times_an_hour(people: People) -> None:
    people.app.extensions["passwords.queue"].submit = lambda work: True
    with time_machine.travel(NOON, tick=False):
        codes = [ask(people, f"name {number}")[0] for number in range(61)]
    assert codes == [302] * 60 + [429]


def test_a_mail_server_that_is_away_changes_no_answer(
    people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people.add("Ben", email="ben@example.org")

    def away(*_: object) -> None:
        raise OSError("cannot reach ben@example.org")

    monkeypatch.setattr(mail, "send_mail", away)
    assert ask(people, "Ben") == (302, "/account/reset/sent")
    assert "could not be sent: OSError" in caplog.text
    assert "ben@example.org" not in caplog.text


def test_choosing_a_password_needs_no_hashing_for_a_link_that_has_ended(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "hash_password", lambda _: pytest.fail("hashed for nobody"))
    browser = people.browser()
    follow(browser, "/account/reset/made-up")
    assert browser.post("/account/reset/new", data={"new_password": OTHER}).status_code == 410
