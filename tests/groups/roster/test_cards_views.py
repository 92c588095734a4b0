"""Login cards over HTTP: shown by the form that makes them, and by that form alone."""

import csv
import io
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from learnapp.accounts.limits.counters import DatabaseCounter
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.passwords import hashing
from learnapp.database.db import Base, db
from learnapp.groups.models import SIGN_IN, GroupCode
from learnapp.groups.roster import pages
from learnapp.web.qr import QRCode, qr_code
from tests.actors.groups import Class, secrets_on
from tests.actors.people import OTHER, PASSWORD, People, hashed, is_member, same_browser, sign_in
from tests.logs import logged
from tests.pages import PageOpener

NASTY = "=HYPERLINK(1)<script>alert(1)</script>"
pytestmark = pytest.mark.both_databases


@pytest.mark.both_databases(always=True)
def test_cards_let_their_people_in(people: People, class_9c: Class) -> None:
    for name in ("ben.l", "cleo.k"):
        class_9c.managed(name)
    page = class_9c.cards()
    secrets = secrets_on(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert set(secrets) == {"ben.l", "cleo.k"}
    for name, secret in secrets.items():
        browser = people.browser()
        assert sign_in(browser, name, secret).status_code == 302
        assert browser.get("/me").location == "/account/password/first?next=/me"


def test_the_same_form_gives_the_same_cards_and_a_mere_visit_none(
    class_9c: Class, people: People, visit: PageOpener
) -> None:
    class_9c.managed("ben.l")
    first = secrets_on(class_9c.cards())
    assert first
    assert secrets_on(class_9c.cards()) == first
    page = visit(class_9c.ada, class_9c.path("/cards"))
    assert "Cards are shown once" in page.text
    assert first["ben.l"] not in page.text
    assert first["ben.l"] not in class_9c.ada.get(class_9c.path()).text
    other = Class(people)
    assert other.ada.post(class_9c.path("/cards"), data={"who": "without", "form_key": "k" * 43}).status_code == 404
    assert secrets_on(class_9c.cards(key="l" * 43)) == {}  # nobody is without a card any more


@pytest.mark.slow
def test_a_form_that_is_pressed_twice_at_once_makes_one_set_of_cards(people: People, class_9c: Class) -> None:
    for number in range(4):
        class_9c.managed(f"pupil{number}x")
    class_9c.ada.get("/display")
    browsers = [same_browser(class_9c.ada) for _ in range(4)]

    def press(browser: object) -> dict[str, str]:
        data = {"who": "all", "form_key": "k" * 43}
        return secrets_on(browser.post(class_9c.path("/cards"), data=data))  # type: ignore[attr-defined]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(press, browsers))
    assert len(found[0]) == 4
    assert all(one == found[0] for one in found)
    for name, secret in found[0].items():
        assert sign_in(people.browser(), name, secret).status_code == 302


def test_cards_are_saved_as_a_table_and_shown_alone_by_the_same_form(people: People, class_9c: Class) -> None:
    ben, _cleo = class_9c.managed("ben.l"), class_9c.managed("cleo.k")
    secrets = secrets_on(class_9c.cards())
    table = class_9c.cards(**{"as": "csv"})
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert rows[0] == ["Name", "User name", "First password", "Sign in at"]
    assert {row[1]: row[2] for row in rows[1:]} == secrets
    assert secrets_on(class_9c.cards(only=str(ben))) == {"ben.l": secrets["ben.l"]}
    assert secrets_on(class_9c.cards(only="4711")) == secrets


def test_names_are_text_on_cards_and_no_formula_in_the_table(people: People, class_9c: Class) -> None:
    class_9c.ada.post(class_9c.path("/new"), data={"user-0": "ben.l", "full-0": NASTY})
    assert "<script>alert" not in class_9c.cards().text
    assert f'"\'{NASTY}"' in class_9c.cards(**{"as": "csv"}).text


def test_a_leader_makes_new_cards_for_some_or_all_and_their_sessions_end(people: People, class_9c: Class) -> None:
    ben, _cleo = class_9c.managed("ben.l", password_hash=hashed()), class_9c.managed("cleo.k", password_hash=hashed())
    browsers = {name: people.browser() for name in ("ben.l", "cleo.k")}
    for name, browser in browsers.items():
        sign_in(browser, name)
    assert set(secrets_on(class_9c.cards("ticked", users=[ben]))) == {"ben.l"}
    assert not is_member(browsers["ben.l"])
    assert is_member(browsers["cleo.k"])
    assert set(secrets_on(class_9c.cards("all", key="l" * 43))) == {"ben.l", "cleo.k"}
    assert not is_member(browsers["cleo.k"])


@pytest.mark.parametrize("who", ["ticked", "without", "all", "", "nobody"])
def test_who_asks_for_nobodys_card_is_told(class_9c: Class, who: str, people: People) -> None:
    if who == "without":
        class_9c.managed("ben.l", password_hash=hashed())
    answer = class_9c.cards(who)
    assert (answer.status_code, answer.location) == (303, class_9c.path())
    assert "Tick at least one account" in class_9c.ada.get(class_9c.path()).text


def test_somebody_who_joined_with_an_account_of_their_own_gets_no_card(people: People, class_9c: Class) -> None:
    ben, dora = class_9c.managed("ben.l"), people.add("Dora")
    class_9c.take_in("Dora")
    for users in ([dora], [ben, dora], [0], ["x"], ["9" * 400]):
        assert class_9c.cards("ticked", users=users).status_code == 404
    assert secrets_on(class_9c.cards("all"))
    assert sign_in(people.browser(), "Dora").status_code == 302


@pytest.mark.long
@pytest.mark.slow
def test_at_most_sixty_cards_are_made_at_once(class_9c: Class) -> None:
    for number in range(61):
        class_9c.managed(f"pupil{number}x")
    assert class_9c.cards("all").status_code == 303
    assert len(secrets_on(class_9c.cards("without"))) == 60
    assert len(secrets_on(class_9c.cards("without", key="l" * 43))) == 1


def test_a_code_holds_no_password(class_9c: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    class_9c.managed("ben.l")
    written: list[str] = []

    def note(text: str) -> QRCode:
        written.append(text)
        return qr_code(text)

    monkeypatch.setattr(pages, "qr_code", note)
    class_9c.cards()
    assert written == ["http://127.0.0.1:8000/account/sign-in#name=ben.l"]


def test_the_words_of_cards_are_kept_nowhere_and_logged_nowhere(people: People, class_9c: Class) -> None:
    class_9c.managed("ben.l")
    with logged(logging.DEBUG) as out:
        (secret,) = secrets_on(class_9c.cards()).values()
        class_9c.cards(**{"as": "csv"})
        sign_in(people.browser(), "ben.l", secret)
    assert secret not in out.getvalue()
    assert "k" * 43 not in out.getvalue()
    with people.app.app_context():
        rows = [
            str(row)
            for table in Base.metadata.sorted_tables
            for row in db.session.execute(text(f"SELECT * FROM {table.name}"))
        ]
    assert all(secret not in row and "k" * 43 not in row for row in rows)


def test_cards_are_shown_again_for_a_day_and_not_beyond_a_password_of_ones_own(people: People, class_9c: Class) -> None:
    class_9c.managed("ben.l")
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as clock:
        sign_in(class_9c.ada, class_9c.leader)
        made = secrets_on(class_9c.cards())
        clock.move_to(noon + timedelta(hours=24, seconds=-1))
        class_9c.ada = people.browser()
        sign_in(class_9c.ada, class_9c.leader)
        assert secrets_on(class_9c.cards()) == made
        browser = people.browser()
        sign_in(browser, "ben.l", made["ben.l"])
        browser.post("/account/password/first", data={"new_password": OTHER})
        assert "Cards are shown once" in class_9c.cards().text


def test_a_new_card_gives_whoever_was_locked_out_a_new_start(people: People, class_9c: Class) -> None:
    before = people.app.extensions["accounts.throttle"]
    with people.app.app_context():
        people.app.extensions["accounts.throttle"] = Throttle(DatabaseCounter(db.engine))
    try:
        ben = class_9c.managed("ben.l", password_hash=hashed())
        for number in range(10):
            sign_in(people.browser(), "ben.l", f"wrong {number}", environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
        assert sign_in(people.browser(), "ben.l").status_code == 429
        class_9c.ada.post(f"/groups/{class_9c.id}/window/open")
        with people.app.app_context():
            code = db.session.scalars(select(GroupCode.code).where(GroupCode.purpose == SIGN_IN)).one()
        window = {"code": code, "name": "ben.l"}
        for _ in range(11):
            answer = people.browser().post("/join/window", data={**window, "password": "wrong"})
        assert answer.status_code == 429
        secret = secrets_on(class_9c.cards("ticked", users=[ben]))["ben.l"]
        assert people.browser().post("/join/window", data={**window, "password": secret}).status_code == 302
        assert sign_in(people.browser(), "ben.l", secret).status_code == 302
        assert sign_in(people.browser(), "ben.l", PASSWORD).status_code == 422
    finally:
        people.app.extensions["accounts.throttle"] = before


def test_one_form_holds_one_place_among_those_that_hash(class_9c: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    class_9c.managed("ben.l")
    class_9c.ada.get(class_9c.path())
    monkeypatch.setattr(hashing, "MOST_OF_NETWORK", 0)
    assert class_9c.cards().status_code == 503
    monkeypatch.undo()
    assert secrets_on(class_9c.cards())


@pytest.mark.slow
@pytest.mark.usefixtures("real_passwords")
def test_somebody_who_signs_in_while_cards_are_made_comes_in_between(people: People, class_9c: Class) -> None:
    people.add("Dora", password_hash=hashed())
    for number in range(12):
        class_9c.managed(f"pupil{number}x")
    hashing._dummy_hash()
    done: list[str] = []

    def make_cards() -> None:
        assert len(secrets_on(class_9c.cards())) == 12
        done.append("cards")

    with ThreadPoolExecutor(2) as pool:
        made = pool.submit(make_cards)
        time.sleep(0.1)
        assert sign_in(people.browser(), "Dora").status_code == 302
        done.append("Dora")
        made.result()
    assert done == ["Dora", "cards"]


@pytest.mark.long
@pytest.mark.slow
def test_a_class_of_forty_signs_in_with_its_cards_side_by_side(
    people: People, class_9c: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "PATIENCE", 60.0)  # as a slow machine needs it
    for number in range(40):
        class_9c.managed(f"pupil{number}x")
    secrets = secrets_on(class_9c.cards())
    with ThreadPoolExecutor(40) as pool:
        codes = list(pool.map(lambda one: sign_in(people.browser(), *one).status_code, secrets.items()))
    assert codes == [302] * 40
