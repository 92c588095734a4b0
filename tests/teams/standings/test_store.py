"""What is read of volunteers: who is expected, by name, and the facts up to a moment, of these people alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from learnapp.groups.models import LEADER, MEMBER
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.standings.store import VolunteerFacts, expected_volunteers, volunteer_facts
from learnapp.training.models import Acknowledgement
from tests.actors.teams import stored_event
from tests.actors.training import Db, certified, read_all
from tests.courses.training import SERVER, training_course
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import MembershipFactory
from tests.factories.review import ReviewCardFactory
from tests.factories.teams import EventVolunteerFactory
from tests.statements import counted

CATALOG = training_course()
PROGRAM = CATALOG.programs[SERVER]
LESSONS = list(CATALOG.lessons)
HOUR = timedelta(hours=1)


@pytest.fixture
def event(db_session: Db) -> TeamEvent:
    return stored_event()


def member(event: TeamEvent, name: str, full_name: str | None = None, leads: bool = False, **about: Any) -> int:
    user_id: int = UserFactory(name=name, **about).id
    MembershipFactory(group_id=event.group_id, user_id=user_id, full_name=full_name, role=LEADER if leads else MEMBER)
    return user_id


def test_those_who_are_expected_come_by_the_name_that_they_have_in_the_team(db_session: Db, event: TeamEvent) -> None:
    member(event, "zoe", "anna Z.")
    ben = member(event, "Ben")
    member(event, "Cora", leads=True)
    UserFactory(name="Cleo")
    with counted(db_session.get_bind()) as sent:  # type: ignore[arg-type]
        found = expected_volunteers(db_session, CATALOG, event)
    assert [one.name for one in found] == ["anna Z.", "Ben"]
    assert len(sent) == 1
    some = replace(event, for_all=False)
    assert expected_volunteers(db_session, CATALOG, some) == []
    EventVolunteerFactory(event_id=event.id, group_id=event.group_id, user_id=ben, expected=True)
    assert [one.user_id for one in expected_volunteers(db_session, CATALOG, some)] == [ben]


@pytest.mark.parametrize(
    ("about", "band"),
    [
        ({}, None),
        ({"band": 14, "group_band": 16}, 14),
        ({"group_band": 16}, 16),
        ({"role": "teacher"}, 18),
        ({"role": "coordinator", "band": 16}, 16),
    ],
)
def test_the_age_group_that_counts_is_the_person_s_own(
    db_session: Db, event: TeamEvent, about: dict[str, Any], band: int | None
) -> None:
    member(event, "Vera", **about)
    (found,) = expected_volunteers(db_session, CATALOG, event)
    assert found.access.band == band


def test_facts_are_those_up_to_a_moment(db_session: Db, event: TeamEvent) -> None:
    vera = member(event, "Vera")
    certified(db_session, CATALOG, vera, NOON)
    db_session.add(Acknowledgement(user_id=vera, program=SERVER, update="x", acknowledged_at=NOON))
    db_session.commit()
    before = volunteer_facts(db_session, PROGRAM, LESSONS, [vera], NOON - HOUR)[vera]
    assert (before.completed, before.updates, before.forms, before.certificates) == ({}, set(), [], [])
    facts = volunteer_facts(db_session, PROGRAM, LESSONS, [vera], NOON)[vera]
    assert facts.completed == dict.fromkeys(LESSONS, NOON)
    assert (facts.updates, len(facts.forms), len(facts.certificates)) == ({"x"}, 1, 1)


def test_what_stands_on_a_certificate_is_not_read(db_session: Db, event: TeamEvent) -> None:
    vera = member(event, "Vera")
    issued = certified(db_session, CATALOG, vera, NOON)
    (found,) = volunteer_facts(db_session, PROGRAM, LESSONS, [vera], NOON)[vera].certificates
    dates = (found.issued_at, found.valid_until, found.zone, found.attempt_id)
    assert dates == (issued.issued_at, issued.valid_until, issued.zone, issued.attempt_id)
    assert not any((found.name_shown, found.statements, found.subject, found.program_title))


def test_facts_are_those_of_the_people_asked_about(db_session: Db, event: TeamEvent) -> None:
    vera, ben = member(event, "Vera"), member(event, "Ben")
    for user_id in (vera, ben):
        read_all(CATALOG, user_id)
        ReviewCardFactory(user_id=user_id)
    ReviewCardFactory(user_id=vera, lesson="9-other/1-lesson")
    found = volunteer_facts(db_session, PROGRAM, LESSONS, [vera], NOON)
    assert set(found) == {vera}
    assert [memory[:2] for memory in found[vera].memories] == [("1-tea/1-leaf", "tea-single")]


def test_of_nobody_nothing_is_asked(db_session: Db, event: TeamEvent) -> None:
    with counted(db_session.get_bind()) as sent:  # type: ignore[arg-type]
        assert volunteer_facts(db_session, PROGRAM, LESSONS, [], NOON) == {}
    assert sent == []
    assert VolunteerFacts().completed == {}
