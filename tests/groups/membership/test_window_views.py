"""Sign-in windows: a class comes in behind one address, nobody else does, and nobody is locked out by others."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.groups.membership.codes import make_code
from learnapp.groups.membership.tries import WINDOW_FAILURES
from learnapp.groups.models import LEADER, SIGN_IN, Group, GroupCode, Membership
from learnapp.web.qr import qr_code
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People, become_guest, count_tries, is_member, sign_in
from tests.pages import PageOpener

WRONG = "no tea and no sugar"
NOT_RIGHT = "The user name or the password is not right."
NOBODYS = make_code(2**40 - 1)


@pytest.fixture
def window(people: People, class_9c: Class) -> str:
    """Open the window of the class and give its code."""
    assert class_9c.ada.post(f"/groups/{class_9c.id}/window/open").status_code == 303
    return code_of(people)


def code_of(people: People) -> str:
    with people.app.app_context():
        return db.session.scalars(select(GroupCode.code).where(GroupCode.purpose == SIGN_IN)).one()


def come_in(browser: FlaskClient, code: str, name: str = "Ben", password: str = PASSWORD) -> TestResponse:
    return browser.post("/join/window", data={"code": code, "name": name, "password": password})


def student(people: People, class_9c: Class, name: str) -> str:
    people.add(name)
    class_9c.take_in(name)
    return name


def test_a_student_signs_in_at_the_window_and_is_in_the_class(
    people: People, class_9c: Class, window: str, visit: PageOpener
) -> None:
    browser = people.browser()
    student(people, class_9c, "Ben")
    wall = visit(class_9c.ada, f"/groups/{class_9c.id}/window").text
    assert qr_code(f"http://127.0.0.1:8000/join/window?code={window}").path in wall
    assert f"{window[:4]}-{window[4:8]}-{window[8]}" in wall
    assert "http://127.0.0.1:8000/join/window" in wall

    assert browser.get(f"/join/window?code={window}").location == "/join/window"
    assert visit(browser, "/join/window").one("input", name="code").get("value") == window
    assert come_in(browser, window).location == f"/groups/{class_9c.id}"
    assert is_member(browser)


@pytest.mark.slow
def test_28_students_of_whom_8_mistype_twice_all_come_in_with_the_window_open(
    people: People, class_9c: Class, window: str
) -> None:
    """Within two minutes, behind one address; every second one mistypes the name, the others the password."""
    names = [student(people, class_9c, f"Student {number}") for number in range(28)]
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for number, name in enumerate(names):
            browser = people.browser()
            for _ in range(2 if number < 8 else 0):
                wrong = (f"{name}x", PASSWORD) if number % 2 else (name, WRONG)
                assert come_in(browser, window, *wrong).status_code == 422
            assert come_in(browser, window, name).status_code == 302, name
            clock.shift(timedelta(seconds=4))
    # None of it counted for the address: somebody else there still has ten tries.
    people.add("Cleo")
    assert [sign_in(people.browser(), "Cleo", WRONG).status_code for _ in range(9)] == [422] * 9
    assert sign_in(people.browser(), "Cleo").status_code == 302


@pytest.mark.slow
def test_without_a_window_the_same_class_locks_itself_out(people: People, class_9c: Class) -> None:
    names = [student(people, class_9c, f"Student {number}") for number in range(9)]
    for name in names[:8]:
        for _ in range(2):
            sign_in(people.browser(), name, WRONG)
    assert sign_in(people.browser(), names[8]).status_code == 429


def test_ten_failures_lock_an_account_at_the_window_for_five_minutes_and_nowhere_else(
    people: People, class_9c: Class, window: str
) -> None:
    student(people, class_9c, "Ben")
    student(people, class_9c, "Dora")
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        tried = [come_in(people.browser(), window, password=WRONG).status_code for _ in range(11)]
        assert tried == [422] * 10 + [429]
        assert come_in(people.browser(), window).status_code == 429
        assert sign_in(people.browser(), "Ben").status_code == 302
        assert come_in(people.browser(), window, "Dora").status_code == 302
        clock.shift(timedelta(minutes=5, seconds=1))
        assert come_in(people.browser(), window).status_code == 302


@pytest.mark.slow
def test_a_window_has_two_hundred_failures_and_a_new_one_has_its_own(
    people: People, class_9c: Class, window: str
) -> None:
    student(people, class_9c, "Ben")
    count_tries(people, WINDOW_FAILURES, "window", window, 198)
    tried = [come_in(people.browser(), window, f"Nobody {number}", WRONG).status_code for number in range(3)]
    assert tried == [422, 422, 429]
    assert come_in(people.browser(), window).status_code == 429
    assert sign_in(people.browser(), "Ben").status_code == 302  # elsewhere one goes on

    class_9c.ada.post(f"/groups/{class_9c.id}/window/open")
    assert come_in(people.browser(), code_of(people)).status_code == 302


@pytest.mark.slow
def test_nobody_s_tries_are_used_up_at_a_window_and_it_does_not_tell_whose_name_belongs_there(
    people: People, class_9c: Class, window: str
) -> None:
    student(people, class_9c, "Ben")
    people.add("Cleo")
    names = ("Ben", "Cleo", class_9c.leader, "Nobody")
    guessed = {name: [come_in(people.browser(), window, name, WRONG) for _ in range(11)] for name in names}
    seen = {tuple((one.status_code, bare(one)) for one in answers) for answers in guessed.values()}
    assert len(seen) == 1
    assert [one.status_code for one in guessed["Ben"]] == [422] * 10 + [429]
    # Nor does sign-in elsewhere: to all three it is as open as ever.
    after = [sign_in(people.browser(), name, WRONG).status_code for name in names]
    assert after == [422] * 4
    for name in names[:3]:
        assert sign_in(people.browser(), name).status_code == 302, name


@pytest.mark.slow
def test_failures_elsewhere_do_not_tell_at_the_window_who_is_of_the_class(
    people: People, class_9c: Class, window: str
) -> None:
    student(people, class_9c, "Ben")
    people.add("Cleo")
    for number in range(10):
        for name in ("Ben", "Cleo"):
            sign_in(people.browser(), name, WRONG, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
    assert [sign_in(people.browser(), name).status_code for name in ("Ben", "Cleo")] == [429] * 2
    answers = [come_in(people.browser(), window, name, WRONG) for name in ("Ben", "Cleo")]
    assert len({(one.status_code, bare(one)) for one in answers}) == 1


def bare(answer: TestResponse) -> str:
    """Return a page without the values of its fields, which hold what was typed, and without how long to wait."""
    return re.sub(r' value="[^"]*"|\d+ seconds|\d+ minutes?|<time[^>]*>[^<]*</time>', "", answer.text).rstrip()


def words_for(people: People, window: str, name: str, password: str = PASSWORD) -> tuple[int, str]:
    answer = come_in(people.browser(), window, name, password)
    return answer.status_code, bare(answer)


def test_who_is_not_of_the_class_gets_the_words_of_a_wrong_password(
    people: People, class_9c: Class, window: str
) -> None:
    student(people, class_9c, "Ben")
    people.add("Cleo")
    other = Class(people)
    student(people, other, "Dora")
    with people.app.app_context():
        leads = Membership(
            group_id=class_9c.id, user_id=people.get(other.leader).id, role=LEADER, joined_at=datetime.now(UTC)
        )
        db.session.add(leads)
        db.session.commit()
    wrong = words_for(people, window, "Ben", WRONG)
    assert wrong[0] == 422
    assert NOT_RIGHT in wrong[1]
    for name in ("Cleo", "Dora", class_9c.leader, other.leader, "Nobody"):
        assert words_for(people, window, name) == wrong
    with people.app.app_context():
        failed = {user.name: user.failed_in_a_row for user in db.session.scalars(select(User))}
    assert failed == {"Ben": 1, "Cleo": 0, "Dora": 0, class_9c.leader: 0, other.leader: 0}


def test_an_account_that_the_class_made_comes_in(people: People, class_9c: Class, window: str) -> None:
    people.add("Mina", managed_by=class_9c.id)
    assert come_in(people.browser(), window, "Mina").status_code == 302


def test_a_guest_is_asked_about_their_answers_as_at_every_sign_in(people: People, class_9c: Class, window: str) -> None:
    student(people, class_9c, "Ben")
    browser = people.browser()
    become_guest(people, browser)
    assert come_in(browser, window).location == f"/account/guest?next=/groups/{class_9c.id}"


@pytest.mark.parametrize("ending", ["time", "leader", "archived"])
def test_a_window_closes_by_itself_by_its_leader_and_with_the_class(
    people: People, class_9c: Class, window: str, visit: PageOpener, ending: str
) -> None:
    student(people, class_9c, "Ben")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=29), tick=False) as clock:
        assert come_in(people.browser(), window).status_code == 302
        if ending == "time":
            clock.shift(timedelta(minutes=1, seconds=1))
        else:
            class_9c.ada.post(f"/groups/{class_9c.id}/{'window/close' if ending == 'leader' else 'archive'}")
        answer = come_in(people.browser(), window)
        assert answer.status_code == 422
        assert "This code opens nothing." in answer.text
        assert sign_in(people.browser(), "Ben").status_code == 302


def test_guessing_codes_of_windows_is_counted_as_that_of_other_codes(
    people: People, class_9c: Class, window: str
) -> None:
    student(people, class_9c, "Ben")
    browser = people.browser()
    assert [come_in(browser, NOBODYS).status_code for _ in range(11)] == [422] * 10 + [429]
    assert come_in(browser, window).status_code == 429
    assert come_in(browser, "0000-0000-1").status_code == 422  # a typing error is told, whoever types it
    assert come_in(people.browser(), class_9c.code).status_code == 422  # a code to join by is none for this


def test_an_archived_class_opens_no_window(people: People, class_9c: Class, visit: PageOpener) -> None:
    with people.app.app_context():
        db.session.get_one(Group, class_9c.id).archived_at = datetime.now(UTC)
        db.session.commit()
    assert "It is archived" in visit(class_9c.ada, f"/groups/{class_9c.id}/window").text
    assert class_9c.ada.post(f"/groups/{class_9c.id}/window/open").status_code == 409


def test_a_window_says_what_it_is_for_before_it_is_open(people: People, class_9c: Class, visit: PageOpener) -> None:
    assert "keeps nobody else out" in visit(class_9c.ada, f"/groups/{class_9c.id}/window").text


def test_what_was_typed_wrong_is_told_beside_its_field(people: People, visit: PageOpener) -> None:
    form = {"code": "K7WQ", "name": "", "password": ""}
    text = visit(people.browser(), "/join/window", data=form, status=422).text
    for words in ("You typed 4.", "Enter your user name.", "Enter your password."):
        assert words in text
