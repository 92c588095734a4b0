"""Commands for operators."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import Result
from sqlalchemy import select

from learnapp.accounts.cli import accounts
from learnapp.accounts.models import LoginSession, PasswordReset, TeacherInvitation, User
from learnapp.accounts.passwords import rules
from learnapp.database.db import db
from tests.actors.groups import Class
from tests.actors.people import OTHER, People, become_guest, is_member, sign_in

pytestmark = pytest.mark.both_databases

NOW = datetime.now(UTC)


def run(people: People, *words: str, typed: str = "") -> Result:
    return people.app.test_cli_runner().invoke(args=["accounts", *words], input=typed)


def link_of(result: Result) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/account/reset/\S+)", result.output)
    assert found
    return found[1]


def test_an_admin_is_made_with_a_link_so_that_nobody_else_ever_knows_the_password(people: People) -> None:
    result = run(people, "create-admin", "Root", "--email", "root@example.org")
    assert sign_in(people.browser(), "Root").status_code == 422
    browser = people.browser()
    browser.get(link_of(result))
    assert browser.post("/account/reset/new", data={"new_password": OTHER}).status_code == 302
    assert sign_in(people.browser(), "Root", OTHER).status_code == 302
    root = people.get("Root")
    assert (root.role, root.email) == ("admin", "root@example.org")
    assert root.email_confirmed_at is not None


def test_a_password_is_made_up_in_debug_only(people: People) -> None:
    assert run(people, "create", "author", "--generate").exit_code == 1
    assert people.count(User) == 0
    debug = replace(people.app.config["SETTINGS"], debug=True)
    with patch.dict(people.app.config, SETTINGS=debug):
        result = run(people, "create", "author", "--role", "author", "--generate")
    password = result.output.rpartition("only now: ")[2].strip()
    assert sign_in(people.browser(), "author", password).status_code == 302


@pytest.mark.parametrize(
    ("name", "words"),
    [("R", "name cannot be used: too short"), ("ben", "Somebody has this name"), ("Вen", "Somebody has this name")],
)
def test_what_cannot_be_used_is_said_and_nothing_is_made(people: People, name: str, words: str) -> None:
    people.add("Ben")
    result = run(people, "create-admin", name)
    assert result.exit_code == 1
    assert words in result.output
    assert people.count(User) == 1


def test_an_address_that_cannot_be_used_is_refused(people: People) -> None:
    result = run(people, "create-admin", "Root", "--email", "root@example.org\nBcc: eve@e.example")
    assert result.exit_code == 1
    assert people.count(User) == 0


@pytest.mark.parametrize("role", ["learner", "teacher", "coordinator", "author", "admin"])
def test_accounts_of_every_role_can_be_made(people: People, role: str) -> None:
    assert run(people, "create", "Somebody", "--role", role).exit_code == 0
    assert people.get("Somebody").role == role


def test_nobody_can_be_made_a_guest_or_something_unheard_of(people: People) -> None:
    for role in ("guest", "root"):
        assert run(people, "create", "Somebody", "--role", role).exit_code == 2


def test_a_learner_who_becomes_staff_gets_a_link_and_chooses_a_longer_password(people: People) -> None:
    ben = people.signed_in("Ben")
    result = run(people, "set-role", "BEN", "author")
    assert result.exit_code == 0
    assert not is_member(ben)
    assert sign_in(people.browser(), "Ben").status_code == 422
    browser = people.browser()
    browser.get(link_of(result))
    assert browser.post("/account/reset/new", data={"new_password": "too short here"}).status_code == 422
    assert browser.post("/account/reset/new", data={"new_password": OTHER}).status_code == 302
    assert sign_in(people.browser(), "Ben", OTHER).status_code == 302


@pytest.mark.both_databases(always=True)
def test_a_class_is_not_left_without_anybody_who_may_lead_it_unless_that_is_said(people: People) -> None:
    ours = Class(people)
    result = run(people, "set-role", ours.leader, "learner")
    assert result.exit_code == 1
    assert f"{ours.leader} alone leads “9C”." in result.output
    assert run(people, "set-role", ours.leader, "coordinator").exit_code == 0
    assert run(people, "set-role", ours.leader, "learner", "--anyway").exit_code == 0
    assert people.get(ours.leader).role == "learner"


def test_a_locked_account_without_an_address_is_helped_by_a_link(people: People) -> None:
    people.add("Ben", failed_in_a_row=100)
    browser = people.browser()
    browser.get(link_of(run(people, "reset-password", "Ben")))
    browser.post("/account/reset/new", data={"new_password": OTHER})
    assert sign_in(people.browser(), "Ben", OTHER).status_code == 302


def test_an_operators_link_works_for_a_day(people: People) -> None:
    people.add("Ben")
    run(people, "reset-password", "Ben")
    with people.app.app_context():
        row = db.session.scalars(select(PasswordReset)).one()
    assert row.expires_at - row.created_at == timedelta(hours=24)


def test_an_account_can_be_signed_out(people: People) -> None:
    ben = people.signed_in("Ben")
    assert "signed out" in run(people, "sign-out", "ben").output
    assert not is_member(ben)


def test_everybody_with_an_account_can_be_signed_out_and_guests_stay(people: People) -> None:
    ben, ada, cleo = people.signed_in("Ben"), people.signed_in("Ada", "teacher"), people.browser()
    guest = become_guest(people, cleo)
    assert "2 sessions are ended" in run(people, "sign-out", "--everybody").output
    assert not is_member(ben)
    assert not is_member(ada)
    with people.app.app_context():
        assert db.session.scalars(select(LoginSession.user_id)).all() == [guest]


@pytest.mark.parametrize("words", [(), ("ben", "--everybody")])
def test_who_is_to_be_signed_out_is_said_in_one_way(people: People, words: tuple[str, ...]) -> None:
    ben = people.signed_in("Ben")
    assert "Name an account, or say --everybody." in run(people, "sign-out", *words).output
    assert is_member(ben)


@pytest.mark.parametrize("words", [("set-role", "Cleo", "admin"), ("reset-password", "Cleo"), ("sign-out", "Cleo")])
def test_an_unknown_name_is_said(people: People, words: tuple[str, ...]) -> None:
    result = run(people, *words)
    assert result.exit_code == 1
    assert "There is no account of this name." in result.output


def test_the_tick_deletes_old_mails(people: People, outbox: Path) -> None:
    old = NOW - timedelta(days=31)
    outbox.mkdir(exist_ok=True)
    (outbox / "1-old.eml").write_text("old")
    os.utime(outbox / "1-old.eml", (old.timestamp(),) * 2)
    result = people.app.test_cli_runner().invoke(args=["tick"])
    assert result.exit_code == 0
    assert list(outbox.iterdir()) == []
    assert "Deleted 1 old mails" in result.output


def test_every_command_is_documented() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "accounts.md").read_text()
    for name in accounts.commands:
        assert f"flask accounts {name}" in guide


def test_a_made_up_password_passes_for_staff() -> None:
    rules.validate_password(rules.generate(), staff=True)


@pytest.mark.parametrize(("words", "days", "said"), [((), 7, "for 7 days"), (("--days", "1"), 1, "for a day")])
def test_a_teacher_is_invited_by_a_link_of_which_only_a_hash_is_kept(
    people: People, words: tuple[str, ...], days: int, said: str
) -> None:
    result = run(people, "invite-teacher", *words)
    assert said in result.output
    token = result.output.strip().rpartition("/account/teacher/")[2]
    with people.app.app_context():
        row = db.session.scalars(select(TeacherInvitation)).one()
    assert len(token) == 43
    assert token not in row.token_hash
    assert abs(row.expires_at - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=1)


@pytest.mark.parametrize("days", ["0", "91", "many"])
def test_a_teacher_is_invited_for_some_days(people: People, days: str) -> None:
    assert run(people, "invite-teacher", "--days", days).exit_code == 2
    assert people.count(TeacherInvitation) == 0
