"""Who comes to an event: coordinators of its team, and its volunteers; to all others it is a missing one."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.groups.models import LEADER, MEMBER, Membership
from tests.actors.teams import TYPED, Team
from tests.factories.groups import GroupFactory, MembershipFactory

# What belongs to groups of both kinds; all else below a group is of classes alone, or of teams alone.
SHARED = {
    *(f"groups.{name}" for name in ("group", "members", "settings", "duplicate", "archive", "bring_back", "end")),
    *(f"membership.{name}" for name in ("code", "close", "poster", "invite", "remove")),
    *(f"leaders.{name}" for name in ("leaders", "hand_over", "take_back", "leave")),
}


def answers(browser: FlaskClient, event: str) -> list[int]:
    """Return what becomes of each thing that coordinators do with an event, of its page first, of its end last."""
    team = event.rpartition("/events/")[0]
    asked = [browser.get(f"{event}{rest}") for rest in ("", "/list", "/ready.csv", "/edit", "/delete")]
    asked.append(browser.get(f"{team}/events/new"))
    sent: tuple[tuple[str, dict[str, str]], ...] = (
        ("/partner", {"volunteer": "0"}),
        ("/reopen", {}),
        ("/edit", TYPED | {"version": "9"}),
        ("/close", {}),
    )
    asked += [browser.post(f"{event}{rest}", data=data) for rest, data in sent]
    asked += [browser.post(f"{team}/events/new", data=TYPED), browser.post(f"{event}/delete", data={})]
    return [answer.status_code for answer in asked]


MAY = [200, 200, 200, 200, 200, 200, 404, 303, 409, 303, 303, 303]


def test_a_coordinator_of_the_team_may_do_everything(team: Team) -> None:
    assert answers(team.cora, team.event()) == MAY


@pytest.mark.parametrize("role", ["teacher", "coordinator", "admin"])
def test_another_leader_of_the_same_team_may_too_and_one_of_another_team_nothing(team: Team, role: str) -> None:
    ada = team.people.add("Ada", role)
    assert answers(team.device(ada), team.event()) == [404] * 12
    with team.app.app_context():
        MembershipFactory(group_id=GroupFactory(kind="team").id, user_id=ada, role=LEADER)
    assert answers(team.device(ada), team.event()) == [404] * 12
    team.take_in(ada, LEADER)
    assert answers(team.device(ada), team.event()) == MAY


def test_a_volunteer_sees_the_page_alone_and_an_outsider_nothing(team: Team) -> None:
    event, cleo = team.event(), team.people.add("Cleo")
    assert answers(team.vera, event) == [200, *[403] * 11]
    assert answers(team.device(cleo), event) == [404, *[403] * 11]
    assert team.people.browser().get(event).status_code == 302


def test_a_volunteer_whose_role_may_lead_coordinates_nothing_by_that(team: Team) -> None:
    event, ada = team.event(), team.add("Ada", "teacher")
    assert answers(team.device(ada), event) == [200, *[404] * 11]


def test_an_event_is_not_found_under_another_team_that_one_coordinates(team: Team) -> None:
    event = team.event()
    with team.app.app_context():
        other = GroupFactory(kind="team").id
    with team.app.app_context():
        MembershipFactory(group_id=other, user_id=team.cora_id, role=LEADER)
    elsewhere = event.replace(f"/groups/{team.id}/", f"/groups/{other}/")
    assert answers(team.cora, elsewhere) == [404, 404, 404, 404, 404, 200, 404, 404, 404, 404, 303, 404]
    assert answers(team.cora, f"{team.path}/events/{2**31 - 1}")[0] == 404


@pytest.mark.parametrize("change", ["role", "removed", "member"])
def test_who_coordinates_no_longer_is_refused_at_the_next_request(team: Team, change: str) -> None:
    event, own = team.event(), Membership.user_id == team.cora_id
    assert team.cora.get(event).status_code == 200
    with team.app.app_context():
        if change == "role":
            db.session.execute(update(User).where(User.id == team.cora_id).values(role="learner"))
        elif change == "removed":
            db.session.execute(delete(Membership).where(own))
        else:
            db.session.execute(update(Membership).where(own).values(role=MEMBER))
        db.session.commit()
    found = answers(team.cora, event)
    assert found[0] == (200 if change == "member" else 404)
    assert set(found[1:]) == ({403} if change == "role" else {404})
    assert "Vera" not in team.cora.get(event).text


def test_who_was_removed_from_the_team_finds_its_events_no_more(team: Team) -> None:
    event = team.event()
    assert team.vera.get(event).status_code == 200
    assert team.cora.post(f"{team.path}/members/{team.vera_id}/remove").status_code == 303
    assert team.vera.get(event).status_code == 404


def below_a_group(app: Flask) -> Iterator[tuple[str, str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/groups/<int"):
            for method in {"GET", "POST"} & (rule.methods or set()):
                yield rule.endpoint, method, rule.rule


def test_what_belongs_to_classes_is_missing_at_a_team(team: Team) -> None:
    numbers, found = {"group_id": team.id, "user_id": team.ben_id}, set()
    for endpoint, method, rule in below_a_group(team.app):
        path = re.sub(r"<(?:[^>]*:)?(\w+)>", lambda name: str(numbers.get(name[1], 1)), rule)
        for browser in (team.vera, team.cora):
            if browser.open(path, method=method).status_code not in (403, 404):
                found.add(endpoint)
    assert found == SHARED | {"events.new", "membership.leave"}


def test_events_are_missing_at_a_class(team: Team) -> None:
    with team.app.app_context():
        number = GroupFactory().id
        MembershipFactory(group_id=number, user_id=team.cora_id, role=LEADER)
    assert team.cora.get(f"/groups/{number}/events/new").status_code == 404
    assert team.cora.post(f"/groups/{number}/events/new", data=TYPED).status_code == 404
    assert "Events" not in team.cora.get(f"/groups/{number}").text
