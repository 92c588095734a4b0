"""Group commands: classes without anybody who may lead them are found, and get somebody."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import Result
from sqlalchemy import update

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.groups.models import LEADER
from tests.actors.groups import Class
from tests.actors.people import People, sign_in
from tests.factories.base import NOON
from tests.pages import PageOpener

pytestmark = pytest.mark.both_databases


def run(people: People, *words: str) -> Result:
    return people.app.test_cli_runner().invoke(args=["groups", *words])


def change(people: People, name: str, **values: object) -> None:
    with people.app.app_context():
        db.session.execute(update(User).where(User.name == name).values(**values))
        db.session.commit()


def test_a_class_that_nobody_may_lead_is_listed_warned_of_and_given_to_somebody(
    people: People, visit: PageOpener
) -> None:
    of, cora = Class(people), people.signed_in("Cora", "coordinator")
    people.add("Ben")
    of.take_in("Ben")
    assert "Somebody leads every class." in run(people, "without-leader").output
    change(people, of.leader, role="learner")
    listed = run(people, "without-leader").output
    assert f"{of.id}  “9C”, 1 members\n    {of.leader}, may lead no longer, last here on" in listed
    warned = people.app.test_cli_runner().invoke(args=["tick"]).output
    assert "1 class has nobody who may lead: `flask groups without-leader` lists them." in warned
    assert cora.get(f"/groups/{of.id}").status_code == 404

    result = run(people, "assign-leader", str(of.id), "CORA")
    assert (result.exit_code, "Cora leads “9C” now" in result.output) == (0, True)
    assert visit(cora, f"/groups/{of.id}/members")
    assert "nobody who may lead" not in people.app.test_cli_runner().invoke(args=["tick"]).output


def test_the_operator_is_told_what_is_wrong_and_nothing_is_done(people: People) -> None:
    of = Class(people)
    people.add("Ben")
    people.add("Cora", "coordinator")
    for number, name, words in (
        ("4711", "Cora", "There is no class of this number"),
        (str(of.id), "Nobody", "There is no account of this name."),
        (str(of.id), "Ben", "Ben is learner, and may not lead."),
        (str(of.id), of.leader, "leads “9C” already."),
        (str(of.id), "Cora", f"“9C” is led by {of.leader}, who can invite somebody"),
    ):
        result = run(people, "assign-leader", number, name)
        assert (result.exit_code, words in result.output) == (1, True), result.output
    for number in ("0", "9C", "9" * 400):
        assert run(people, "assign-leader", number, "Cora").exit_code == 2
    with people.app.app_context():
        assert "Cora" not in of.members()


def test_a_class_whose_only_leader_is_not_seen_any_more_is_found_and_led_along(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    of = Class(people)
    change(people, of.leader, seen_at=datetime.now(UTC) - timedelta(days=200))
    assert "Somebody leads every class." in run(people, "without-leader").output
    assert "Somebody leads every class." in run(people, "without-leader", "--unseen", "201").output
    assert f"{of.id}  “9C”" in run(people, "without-leader", "--unseen", "199").output
    cora = people.add("Cora", "coordinator")
    with caplog.at_level(logging.WARNING):
        assert run(people, "assign-leader", str(of.id), "Cora", "--anyway").exit_code == 0
    assert f"account {cora} was made to lead group {of.id} by a command" in caplog.text
    assert "Cora" not in caplog.text


def test_a_member_who_teaches_by_now_may_be_the_one_and_an_archived_class_gets_somebody_too(people: People) -> None:
    of = Class(people, archived_at=NOON)
    change(people, of.leader, role="learner")
    people.add("Vera", "teacher")
    of.take_in("Vera")
    assert "“9C”, 1 members, archived" in run(people, "without-leader").output
    assert "nobody who may lead" not in people.app.test_cli_runner().invoke(args=["tick"]).output
    assert run(people, "assign-leader", str(of.id), "Vera").exit_code == 0
    assert of.members() == set()


def test_who_may_lead_no_longer_takes_the_class_off_their_list_and_is_told_what_becomes_of_it(
    people: People, visit: PageOpener
) -> None:
    of = Class(people)
    people.add("Ben")
    of.take_in("Ben")
    assert of.ada.post(f"/groups/{of.id}/leave").status_code == 404  # who leads it stops otherwise
    change(people, of.leader, role="learner")
    assert "You led it, and may lead it no longer." in visit(of.ada, "/groups").text
    page = visit(of.ada, f"/groups/{of.id}")
    assert "until whoever runs this site names somebody" in page.text
    assert "Ben" not in page.text
    ben = people.browser()
    sign_in(ben, "Ben")
    assert "Nobody leads it at this time." in visit(ben, f"/groups/{of.id}").text

    page = visit(of.ada, f"/groups/{of.id}/leave", data={})
    assert "“9C” is off your list." in page.text
    assert of.ada.get(f"/groups/{of.id}").status_code == 404
    assert f"{of.id}  “9C”, 1 members\nName" in run(people, "without-leader").output
    assert ben.get(f"/groups/{of.id}").status_code == 200


def test_the_others_go_on_without_who_may_lead_no_longer(people: People, visit: PageOpener) -> None:
    of, cora = Class(people), people.signed_in("Cora", "coordinator")
    of.take_in("Cora", role=LEADER)
    change(people, of.leader, role="learner")
    assert "The others go on without you." in visit(of.ada, f"/groups/{of.id}").text
    page = visit(cora, f"/groups/{of.id}/leaders")
    assert "May lead no longer" in page.text
    assert "You alone lead it" in page.text
    visit(of.ada, f"/groups/{of.id}/leave", data={})
    assert "May lead no longer" not in visit(cora, f"/groups/{of.id}/leaders").text
