"""Invitations over HTTP: where one finds them, what they tell, and the answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from learnapp.database.db import db
from learnapp.groups.models import LEADER, MEMBER, Group, Invitation, Membership
from tests.actors.groups import Class
from tests.actors.people import People
from tests.factories.groups import InvitationFactory
from tests.pages import PageOpener


def invite(people: People, class_9c: Class, name: str = "Ben", **about: Any) -> None:
    with people.app.app_context():
        row = {"group_id": class_9c.id, "user_id": people.get(name).id, "invited_at": datetime.now(UTC)}
        InvitationFactory(**{**row, **about})


def role_of(people: People, class_9c: Class, name: str) -> str | None:
    with people.app.app_context():
        membership = db.session.get(Membership, (class_9c.id, people.get(name).id))
        return membership.role if membership else None


def test_somebody_invited_finds_it_on_three_pages_and_accepts(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben = people.signed_in("Ben")
    invite(people, class_9c)
    for path in ("/", "/me", "/groups"):
        page = visit(ben, path)
        assert f"/groups/{class_9c.id}/invitation" in [one.get("href") for one in page.all("a")], path

    page = visit(ben, f"/groups/{class_9c.id}/invitation")
    assert "What its teachers see" in page.text
    assert role_of(people, class_9c, "Ben") is None
    assert "You are in." in visit(ben, f"/groups/{class_9c.id}/invitation/accept", data={}).text
    assert role_of(people, class_9c, "Ben") == MEMBER
    assert "You are invited" not in visit(ben, "/me").text


def test_who_declines_is_asked_no_more(people: People, class_9c: Class, visit: PageOpener) -> None:
    ben = people.signed_in("Ben")
    invite(people, class_9c)
    assert "You have declined." in visit(ben, f"/groups/{class_9c.id}/invitation/decline", data={}).text
    assert "You are invited" not in visit(ben, "/me").text
    for path in ("accept", "decline"):
        assert ben.post(f"/groups/{class_9c.id}/invitation/{path}").status_code == 404
    assert role_of(people, class_9c, "Ben") is None


def test_nobody_else_sees_an_invitation(people: People, class_9c: Class, visit: PageOpener) -> None:
    people.add("Ben")
    invite(people, class_9c)
    cleo = people.signed_in("Cleo")
    assert "You are invited" not in visit(cleo, "/groups").text
    assert cleo.get(f"/groups/{class_9c.id}/invitation").status_code == 404
    assert cleo.post(f"/groups/{class_9c.id}/invitation/accept").status_code == 404
    assert "You are invited" not in visit(people.browser(), "/").text


def test_an_old_invitation_is_as_none(people: People, class_9c: Class, visit: PageOpener) -> None:
    ben = people.signed_in("Ben")
    invite(people, class_9c, invited_at=datetime.now(UTC) - timedelta(days=30))
    assert "You are invited" not in visit(ben, "/me").text
    assert ben.post(f"/groups/{class_9c.id}/invitation/accept").status_code == 404


def test_a_teacher_is_invited_to_lead_and_leads(people: People, class_9c: Class, visit: PageOpener) -> None:
    cora = people.signed_in("Cora", "coordinator")
    invite(people, class_9c, "Cora", role=LEADER)
    page = visit(cora, f"/groups/{class_9c.id}/invitation")
    assert "You would lead it" in page.text
    assert "What its teachers see" not in page.text
    visit(cora, f"/groups/{class_9c.id}/invitation/accept", data={})
    assert role_of(people, class_9c, "Cora") == LEADER


def test_who_may_not_lead_is_told_why(people: People, class_9c: Class, visit: PageOpener) -> None:
    ben = people.signed_in("Ben")
    invite(people, class_9c, role=LEADER)
    assert "not one that can lead" in visit(ben, f"/groups/{class_9c.id}/invitation").text
    assert ben.post(f"/groups/{class_9c.id}/invitation/accept").status_code == 404


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"seats": 0}, "All its seats are taken."),
        ({"archived_at": datetime(2026, 11, 21, tzinfo=UTC)}, "it is archived, and nobody comes in."),
    ],
)
def test_why_nobody_comes_in_is_said_and_the_invitation_stays(
    people: People, class_9c: Class, visit: PageOpener, about: dict[str, Any], words: str
) -> None:
    ben = people.signed_in("Ben")
    invite(people, class_9c)
    with people.app.app_context():
        db.session.execute(update(Group).values(**about))
        db.session.commit()
    assert words in visit(ben, f"/groups/{class_9c.id}/invitation/accept", data={}).text
    with people.app.app_context():
        assert db.session.scalars(select(Invitation)).all()
