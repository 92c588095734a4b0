"""Joining over HTTP: what a code shows, who comes in, and what a wrong one tells."""

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import update

from learnapp.accounts.models import CountedTry, User
from learnapp.database.db import db
from learnapp.groups.membership.codes import SYMBOLS, make_code, show_code
from learnapp.groups.membership.tries import WRONG_CODES_OF_NETWORK
from learnapp.groups.models import Group, GroupCode
from tests.actors.groups import Class, join_class, type_code
from tests.actors.people import PASSWORD, People, become_guest, count_tries, is_member, sign_in, sign_up
from tests.logs import logged
from tests.pages import PageOpener

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NO_FORM: dict[str, Any] | None = None
EMPTY: dict[str, Any] | None = {}
NOBODYS = make_code(2**40 - 1)
OPENS_NOTHING = "This code opens nothing."


def change(people: People, table: type[Any], **values: Any) -> None:
    with people.app.app_context():
        db.session.execute(update(table).values(**values))
        db.session.commit()


def wrong_tries(people: People) -> int:
    """Return how often a wrong code was counted, for whomever."""
    with people.app.app_context():
        return db.session.query(CountedTry).filter(CountedTry.key.like("wrong-codes%")).count()


def text_of(browser: FlaskClient, code: str) -> tuple[int, str]:
    """Return status and page of a code that was sent, without what was typed and the token."""
    answer = type_code(browser, code)
    return answer.status_code, re.sub(r' value="[^"]*"', "", answer.text).rstrip()


def test_a_student_types_the_code_sees_who_will_see_what_and_is_in(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben = people.signed_in("Ben")
    assert "9C" not in visit(ben, "/join").text

    page = visit(ben, "/join", data={"code": f" {show_code(class_9c.code).lower()} "})
    assert page.response.request.path == "/join/confirm"
    for words in ("9C", "What its teachers see", "What they do not see", "You leave with one press"):
        assert words in page.text
    assert class_9c.members() == set()

    assert "You are in." in visit(ben, "/join/confirm", data={}).text
    assert class_9c.members() == {"Ben"}


def test_a_visitor_with_a_code_finds_where_to_type_it(people: People, visit: PageOpener) -> None:
    page = visit(people.browser(), "/account/sign-in")
    assert "/join" in [one.get("href") for one in page.all("a")]


def test_a_link_fills_the_code_in_and_leaves_the_address(people: People, class_9c: Class, visit: PageOpener) -> None:
    ben = people.signed_in("Ben")
    answer = ben.get(f"/join?code={class_9c.code}")
    assert (answer.status_code, answer.location) == (303, "/join")
    field = visit(ben, "/join").one("input", name="code")
    assert field.get("value") == class_9c.code
    assert wrong_tries(people) == 0


@pytest.mark.long
@pytest.mark.slow
def test_opening_links_uses_no_tries_up(people: People, class_9c: Class) -> None:
    ben = people.signed_in("Ben")
    for _ in range(30):
        ben.get(f"/join?code={NOBODYS}", follow_redirects=True)
    assert type_code(ben, class_9c.code).location == "/join/confirm"


def test_a_mistyped_code_is_told_at_once_and_is_no_wrong_try(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben, code = people.signed_in("Ben"), class_9c.code
    for place in range(9):
        wrong = code[:place] + SYMBOLS[(SYMBOLS.index(code[place]) + 1) % 32] + code[place + 1 :]
        for _ in range(2):
            assert "One sign is mistyped." in visit(ben, "/join", data={"code": wrong}, status=422).text
    assert "You typed 4." in visit(ben, "/join", data={"code": "K7WQ"}, status=422).text
    assert "no U" in visit(ben, "/join", data={"code": "K7WQ-4M2U-P"}, status=422).text
    assert "Enter the code." in visit(ben, "/join", data={"code": ""}, status=422).text
    assert wrong_tries(people) == 0
    assert join_class(ben, code).status_code == 303


@pytest.mark.slow
@pytest.mark.parametrize("who", ["anonymous", "guest", "account"])
def test_the_eleventh_wrong_code_within_an_hour_is_refused_and_so_is_a_right_one(
    people: People, class_9c: Class, visit: PageOpener, who: str
) -> None:
    browser = people.signed_in("Ben") if who == "account" else people.browser()
    if who == "guest":
        become_guest(people, browser)
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for _ in range(10):
            assert OPENS_NOTHING in visit(browser, "/join", data={"code": NOBODYS}, status=422).text
        refused = [text_of(browser, code) for code in (NOBODYS, class_9c.code)]
        assert refused[0] == refused[1]
        assert refused[0][0] == 429
        assert "Too many tries" in refused[0][1]

        clock.shift(timedelta(hours=1, seconds=1))
        assert type_code(browser, class_9c.code).location == "/join/confirm"


def test_one_who_guesses_keeps_nobody_else_at_the_address_out(people: People, class_9c: Class) -> None:
    cleo = people.browser()
    for _ in range(12):
        type_code(cleo, NOBODYS)
    assert type_code(people.signed_in("Ben"), class_9c.code).location == "/join/confirm"


@pytest.mark.slow
def test_an_address_has_two_hundred_wrong_codes_an_hour(people: People, class_9c: Class) -> None:
    count_tries(people, WRONG_CODES_OF_NETWORK, "address", "127.0.0.1", 198)
    assert [type_code(people.browser(), NOBODYS).status_code for _ in range(3)] == [422, 422, 429]
    assert type_code(people.browser(), class_9c.code).status_code == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    assert type_code(people.browser(), class_9c.code, environ_base=elsewhere).location == "/join/confirm"


@pytest.mark.slow
def test_a_class_that_comes_in_at_once_uses_no_tries_up(people: People, class_9c: Class) -> None:
    for number in range(28):
        assert join_class(people.signed_in(f"Student {number}"), class_9c.code).status_code == 303
    assert len(class_9c.members()) == 28
    assert wrong_tries(people) == 0


def test_ended_closed_and_unknown_codes_are_told_alike(people: People, class_9c: Class) -> None:
    never = text_of(people.browser(), NOBODYS)
    assert OPENS_NOTHING in never[1]
    change(people, GroupCode, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert text_of(people.browser(), class_9c.code) == never
    change(people, GroupCode, expires_at=datetime.now(UTC) + timedelta(days=1), purpose="sign_in")
    assert text_of(people.browser(), class_9c.code) == never
    class_9c.ada.post(f"/groups/{class_9c.id}/code/close")
    assert text_of(people.browser(), class_9c.code) == never


def test_a_code_that_is_closed_before_one_confirms_opens_nothing(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    for step in ("GET", "POST"):
        ben = people.signed_in(f"Ben {step}")
        type_code(ben, class_9c.code)
        change(people, GroupCode, expires_at=datetime.now(UTC) - timedelta(seconds=1))
        page = visit(ben, "/join/confirm", data={} if step == "POST" else None)
        assert page.response.request.path == "/join"
        assert OPENS_NOTHING in page.text
        change(people, GroupCode, expires_at=datetime.now(UTC) + timedelta(days=1))
    assert class_9c.members() == set()


def test_nobody_sees_a_name_without_having_typed_a_right_code(people: People, class_9c: Class) -> None:
    for browser in (people.browser(), people.signed_in("Ben")):
        answer = browser.get("/join/confirm")
        assert (answer.status_code, answer.location) == (303, "/join")
        assert browser.post("/join/confirm").status_code in {302, 303}
    assert class_9c.members() == set()


def test_somebody_new_makes_an_account_and_comes_back_with_the_code(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    browser = people.browser()
    guest = become_guest(people, browser)
    page = visit(browser, "/join", data={"code": class_9c.code})
    assert "9C" in page.text
    assert [one for one in page.all("button") if "Join" in "".join(one.itertext())] == []
    (make,) = [
        one.get("href", "")
        for one in page.all("a")
        if (one.get("href") or "").endswith("next=/join/confirm") and "sign-up" in (one.get("href") or "")
    ]

    answer = browser.post(make, data={"name": "Dora", "password": PASSWORD, "take": "y"})
    assert answer.location == "/join/confirm"
    assert people.get("Dora").id == guest  # what was answered here stays theirs
    visit(browser, "/join/confirm", data={})
    assert class_9c.members() == {"Dora"}


def test_who_has_an_account_signs_in_and_comes_back_with_the_code(people: People, class_9c: Class) -> None:
    people.add("Ben")
    browser = people.browser()
    type_code(browser, class_9c.code)
    assert sign_in(browser, "Ben", next="/join/confirm").location == "/join/confirm"
    assert browser.post("/join/confirm").location == f"/groups/{class_9c.id}"
    assert class_9c.members() == {"Ben"}


def test_a_guest_who_signs_in_is_asked_about_their_answers_and_then_comes_back(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    people.add("Ben")
    browser = people.browser()
    become_guest(people, browser)
    type_code(browser, class_9c.code)
    asked = sign_in(browser, "Ben", next="/join/confirm").location or ""
    assert asked.startswith("/account/guest")
    assert "9C" in visit(browser, asked, data={"choice": "take"}).text


def test_who_signs_out_leaves_no_code_for_the_next_at_this_computer(people: People, class_9c: Class) -> None:
    browser = people.signed_in("Ben")
    type_code(browser, class_9c.code)
    browser.post("/account/sign-out")
    assert browser.get("/join/confirm").location == "/join"


@pytest.mark.parametrize(
    ("about", "words"),
    [({"seats": 0}, "All its seats are taken."), ({"archived_at": NOON}, "it is archived, and nobody comes in.")],
)
def test_why_nobody_comes_in_is_said_plainly(
    people: People, class_9c: Class, visit: PageOpener, about: dict[str, Any], words: str
) -> None:
    ben = people.signed_in("Ben")
    type_code(ben, class_9c.code)
    change(people, Group, **about)
    for data in NO_FORM, EMPTY:
        page = visit(ben, "/join/confirm", data=data)
        assert words in page.text
        assert [one for one in page.all("form") if one.get("action") == "/join/confirm"] == []
    assert class_9c.members() == set()


def test_who_is_in_or_leads_is_told_so_kindly(people: People, class_9c: Class, visit: PageOpener) -> None:
    ben = people.signed_in("Ben")
    join_class(ben, class_9c.code)
    for browser, words in ((ben, "already. There is nothing to do."), (class_9c.ada, "You lead this class")):
        type_code(browser, class_9c.code)
        for data in NO_FORM, EMPTY:
            assert words in visit(browser, "/join/confirm", data=data).text
    assert class_9c.members() == {"Ben"}


def test_a_teacher_may_be_a_student_in_the_class_of_another(people: People, class_9c: Class) -> None:
    cora = people.signed_in("Cora", "coordinator")
    assert join_class(cora, class_9c.code).status_code == 303
    assert cora.get(f"/groups/{class_9c.id}/code").status_code == 404


def test_a_code_stands_in_no_log_and_in_no_address_of_an_answer(people: People, class_9c: Class) -> None:
    ben = people.signed_in("Ben")
    with logged(logging.INFO) as out:
        answers = [ben.get(f"/join?code={class_9c.code}"), ben.get("/join"), type_code(ben, class_9c.code)]
        answers += [ben.get("/join/confirm"), ben.post("/join/confirm")]
    assert "request" in out.getvalue()
    assert class_9c.code not in out.getvalue()
    assert not any(class_9c.code in (answer.location or "") for answer in answers)
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert {answer.headers["Referrer-Policy"] for answer in answers} == {"same-origin"}


def test_a_visitor_s_confirm_page_is_not_kept(people: People, class_9c: Class) -> None:
    browser = people.browser()
    type_code(browser, class_9c.code)
    assert browser.get("/join/confirm").headers["Cache-Control"] == "no-store"
    assert not is_member(browser)
    assert people.count(User) == 1  # looking at it makes no guest


def test_a_new_account_by_the_usual_page_remembers_no_code(people: People) -> None:
    browser = people.browser()
    sign_up(browser, "Dora")
    assert browser.get("/join/confirm").location == "/join"
