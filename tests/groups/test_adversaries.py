"""What somebody might try with a class: two tabs, forms that were opened before, roles that are lost, leftovers."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from learnapp.accounts.models import User
from learnapp.database.db import Base, db
from learnapp.groups.models import LEADER, Group, Invitation, Membership
from learnapp.groups.roster.models import RosterImport
from tests.actors.groups import Class, join_class, secrets_on, type_code
from tests.actors.people import PASSWORD, People, sign_in
from tests.pages import PageOpener

SETTINGS = {"name": "Mine", "zone": "UTC", "band": "", "seats": "60", "version": "1"}
CANARY = "Canary Kestrel"


@pytest.fixture
def ours(people: People) -> Class:
    """Give Ada's class with Ben in it, who came by himself."""
    made = Class(people)
    people.add("Ben")
    made.take_in("Ben", full_name=CANARY)
    return made


def browser_of(people: People, name: str) -> FlaskClient:
    browser = people.browser()
    assert sign_in(browser, name).status_code == 302
    return browser


def led_along(people: People, ours: Class, name: str = "Cora") -> FlaskClient:
    people.add(name, "coordinator")
    ours.take_in(name, role=LEADER)
    return browser_of(people, name)


def change(people: People, name: str, **values: Any) -> None:
    with people.app.app_context():
        db.session.execute(update(User).where(User.name == name).values(**values))
        db.session.commit()


def who_leads(people: People, ours: Class) -> set[str]:
    with people.app.app_context():
        led = (Membership.group_id == ours.id) & (Membership.role == LEADER)
        return set(db.session.scalars(select(User.name).join(Membership).where(led)))


@pytest.mark.parametrize("ended", ["code/close", "archive"])
def test_a_door_that_closes_while_somebody_reads_lets_nobody_in(people: People, ours: Class, ended: str) -> None:
    cleo = people.signed_in("Cleo")
    assert type_code(cleo, ours.code).location == "/join/confirm"
    ours.ada.post(f"/groups/{ours.id}/{ended}")
    assert cleo.post("/join/confirm").location == "/join"
    assert ours.members() == {"Ben"}


def test_who_comes_in_twice_in_two_tabs_is_in_once(people: People, ours: Class, visit: PageOpener) -> None:
    cleo = people.signed_in("Cleo")
    type_code(cleo, ours.code)
    with cleo.session_transaction() as session:
        kept = dict(session)
    cleo.post("/join/confirm")
    with cleo.session_transaction() as session:
        session.update(kept)
    assert cleo.post("/join/confirm").location == "/join/confirm"
    assert "You are in this class already." in visit(cleo, "/join/confirm").text


def test_who_has_left_does_nothing_there_from_another_tab(people: People, ours: Class) -> None:
    ben = browser_of(people, "Ben")
    assert ben.post(f"/groups/{ours.id}/leave").status_code == 303
    for path in ("leave", "help"):
        assert ben.post(f"/groups/{ours.id}/{path}", data={"action": "ask"}).status_code == 404
    assert ben.get(f"/groups/{ours.id}").status_code == 404


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("settings", SETTINGS),
        ("end", {"password": PASSWORD}),
        ("archive", {}),
        ("code", {"days": "7"}),
        ("window/open", {}),
        ("leaders", {"who": "Dora"}),
        ("accounts/new", {"user-0": "mina.k", "full-0": "Mina K."}),
        ("duplicate", {"name": "Copy", "weeks": "1"}),
    ],
)
@pytest.mark.parametrize("lost", ["removed", "role", "handed over"])
def test_a_form_that_was_opened_before_leading_ended_does_nothing(
    people: People, ours: Class, path: str, form: dict[str, str], lost: str
) -> None:
    cora = led_along(people, ours)
    assert cora.get(f"/groups/{ours.id}").status_code == 200
    if lost == "removed":
        ours.ada.post(f"/groups/{ours.id}/leaders/{people.get('Cora').id}/remove")
    elif lost == "role":
        change(people, "Cora", role="learner")
    else:
        people.add("Vera", "teacher")
        cora.post(f"/groups/{ours.id}/leaders/hand-over", data={"who": "Vera"})
        assert browser_of(people, "Vera").post(f"/groups/{ours.id}/invitation/accept").status_code == 303
    before = people.count(Group), people.count(User), people.count(Invitation)
    assert cora.post(f"/groups/{ours.id}/{path}", data=form).status_code in {403, 404}
    assert (people.count(Group), people.count(User), people.count(Invitation)) == before
    with people.app.app_context():
        assert db.session.get_one(Group, ours.id).version == 1


def test_whom_a_leader_invited_does_not_lead_after_that_one_was_removed(people: People, ours: Class) -> None:
    cora = led_along(people, ours)
    people.add("Eve", "teacher")
    for path in ("leaders", "leaders/hand-over"):
        cora.post(f"/groups/{ours.id}/{path}", data={"who": "Eve"})
        ours.ada.post(f"/groups/{ours.id}/leaders/{people.get('Cora').id}/remove")
        eve = browser_of(people, "Eve")
        assert eve.post(f"/groups/{ours.id}/invitation/accept").status_code == 404
        assert who_leads(people, ours) == {ours.leader}
        ours.take_in("Cora", role=LEADER)


def test_a_hand_over_that_is_accepted_twice_is_one(people: People, ours: Class) -> None:
    people.add("Vera", "teacher")
    ours.ada.post(f"/groups/{ours.id}/leaders/hand-over", data={"who": "Vera"})
    vera = browser_of(people, "Vera")
    answers = [vera.post(f"/groups/{ours.id}/invitation/accept").status_code for _ in range(2)]
    assert answers == [303, 404]
    assert who_leads(people, ours) == {"Vera"}


def test_who_lost_the_role_after_being_invited_does_not_lead(people: People, ours: Class) -> None:
    people.add("Vera", "teacher")
    ours.ada.post(f"/groups/{ours.id}/leaders", data={"who": "Vera"})
    change(people, "Vera", role="learner")
    assert browser_of(people, "Vera").post(f"/groups/{ours.id}/invitation/accept").status_code == 404
    assert who_leads(people, ours) == {ours.leader}


@pytest.mark.parametrize("path", ["leaders", "leaders/hand-over"])
def test_what_was_given_by_who_lost_the_role_is_worth_nothing(people: People, ours: Class, path: str) -> None:
    people.add("Eve", "teacher")
    ours.ada.post(f"/groups/{ours.id}/{path}", data={"who": "Eve"})
    change(people, ours.leader, role="learner")
    assert browser_of(people, "Eve").post(f"/groups/{ours.id}/invitation/accept").status_code == 404
    assert who_leads(people, ours) == {ours.leader}


def test_a_teacher_who_is_a_student_of_a_class_does_nothing_of_its_leaders(people: People, ours: Class) -> None:
    people.add("Vera", "teacher")
    ours.take_in("Vera")
    vera, ben = browser_of(people, "Vera"), people.get("Ben").id
    for path in ("board", "members", f"members/{ben}", "settings", "accounts", "board/marks.csv", "list", "poster"):
        assert vera.get(f"/groups/{ours.id}/{path}").status_code == 404, path
    for path in (f"members/{ben}/remove", f"members/{ben}/handled", "archive", "window/open"):
        assert vera.post(f"/groups/{ours.id}/{path}").status_code == 404, path


def test_a_leader_is_removed_by_no_form_for_students(people: People, ours: Class) -> None:
    led_along(people, ours)
    cora = people.get("Cora").id
    for path in (f"members/{cora}/remove", f"members/{cora}/handled", f"members/{cora}/standing"):
        assert ours.ada.post(f"/groups/{ours.id}/{path}", data={"days": "3"}).status_code == 404
    assert ours.ada.get(f"/groups/{ours.id}/members/{cora}").status_code == 404
    assert who_leads(people, ours) == {ours.leader, "Cora"}


@pytest.mark.parametrize("gone", ["left", "removed", "own", "teacher"])
def test_whose_account_is_no_more_the_class_s_gets_no_card_and_no_name_from_it(
    people: People, ours: Class, gone: str
) -> None:
    mina = ours.managed("mina.k")
    secret = secrets_on(ours.cards())["mina.k"]
    browser = people.browser()
    sign_in(browser, "mina.k", secret)
    browser.post("/account/password/first", data={"new_password": "two cups of green tea"})
    if gone == "left":
        browser.post(f"/groups/{ours.id}/leave")
        join_class(browser, ours.code)
        assert "mina.k" in ours.members()
    elif gone == "removed":
        ours.ada.post(f"/groups/{ours.id}/members/{mina}/remove")
    elif gone == "own":
        browser.post("/account/own", data={"password": "two cups of green tea"})
    else:
        people.app.test_cli_runner().invoke(args=["accounts", "set-role", "mina.k", "teacher"])
    assert ours.cards("ticked", "l" * 43, [mina]).status_code == 404
    assert ours.ada.post(ours.path(f"/{mina}/name"), data={"name": "mina.l"}).status_code == 404
    assert secrets_on(ours.cards()) == {}  # the form of before shows no words again


def test_an_age_group_that_is_said_later_reaches_who_is_in_and_leaves_with_them(people: People, ours: Class) -> None:
    ours.ada.post(f"/groups/{ours.id}/settings", data={**SETTINGS, "band": "12"})
    assert people.get("Ben").group_band == 12
    ours.ada.post(f"/groups/{ours.id}/settings", data={**SETTINGS, "band": "16", "version": "2"})
    assert people.get("Ben").group_band == 16
    for path, band in (("archive", None), ("bring-back", 16)):
        ours.ada.post(f"/groups/{ours.id}/{path}")
        assert people.get("Ben").group_band == band
    ours.ada.post(f"/groups/{ours.id}/members/{people.get('Ben').id}/remove")
    assert people.get("Ben").group_band is None


def test_a_leader_s_archive_and_a_stranger_s_hold_no_name_of_a_student(people: People, ours: Class) -> None:
    led_along(people, ours)
    ours.managed("mina.k")
    ours.ada.post(f"/groups/{ours.id}/list", data={"file": (io.BytesIO(MOODLE), "list.csv")})
    assert people.count(RosterImport) == 1
    ours.ada.get(f"/groups/{ours.id}/members/{people.get('Ben').id}")
    ours.ada.post(f"/groups/{ours.id}/members/{people.get('Ben').id}/remove")
    text = archive_of(ours.ada)
    assert "9C" in text
    for name in (CANARY, "Canary", "mina.k", '"Ben"', "Kaya"):
        assert name not in text, name
    ben = archive_of(browser_of(people, "Ben"))
    assert ours.leader in ben  # who looked
    assert "mina.k" not in ben


MOODLE = b"username,firstname,lastname,email\nkaya.m,Mina,Kaya,\n"


def archive_of(browser: FlaskClient) -> str:
    archive = zipfile.ZipFile(io.BytesIO(browser.get("/account/data/export").data))
    json.loads(archive.read("data.json"))
    return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_of_a_leader_whose_account_is_deleted_no_row_is_left(people: People, ours: Class) -> None:
    cora = led_along(people, ours)
    number = people.get("Cora").id
    cora.get(f"/groups/{ours.id}/members/{people.get('Ben').id}")
    cora.post(f"/groups/{ours.id}/list", data={"file": (io.BytesIO(MOODLE), "list.csv")})
    people.add("Vera", "teacher")
    cora.post(f"/groups/{ours.id}/leaders/hand-over", data={"who": "Vera"})
    assert cora.post("/account/data", data={"password": PASSWORD}).status_code == 303
    with people.app.app_context():
        for table in Base.metadata.sorted_tables:
            for column in (one.parent for one in table.foreign_keys if one.column.table.name == "users"):
                assert db.session.execute(select(table).where(column == number)).first() is None, column
    assert who_leads(people, ours) == {ours.leader}


def test_a_class_that_ended_leaves_nothing_that_opens_it_again(people: People, ours: Class) -> None:
    cleo, ben = people.signed_in("Cleo"), browser_of(people, "Ben")
    type_code(cleo, ours.code)
    people.add("Vera")
    ours.ada.post(f"/groups/{ours.id}/invite", data={"who": "Vera"})
    path = f"/groups/{ours.id}"
    with people.app.app_context():
        long_ago = datetime.now(UTC) - timedelta(days=500)
        about = {"archived_at": long_ago, "ends_at": datetime.now(UTC)}
        db.session.execute(update(Group).values(**about))
        db.session.commit()
    assert people.app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
    assert cleo.post("/join/confirm").location == "/join"
    assert browser_of(people, "Vera").post(f"{path}/invitation/accept").status_code == 404
    for browser in (ben, ours.ada):
        assert browser.get(path).status_code == 404
        assert browser.post(f"{path}/bring-back").status_code in {403, 404}
    with people.app.app_context():
        assert db.session.get(Group, ours.id) is None
        assert db.session.scalars(select(Membership)).all() == []
