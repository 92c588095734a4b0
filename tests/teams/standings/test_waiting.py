"""Results that wait: a lesson whose result is due counts for a coordinator as it does for the volunteer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.database.db import db
from learnapp.learning.models import FINISHED, HANDED_IN, Attempt
from learnapp.teams.models import EventVolunteer
from tests.actors.deferred import LEAF, SHOWN, Waiting, at, waiting_class
from tests.actors.people import People
from tests.actors.teams import Team
from tests.courses.tea import course_with
from tests.courses.training import program, with_programs
from tests.factories.base import NOON

CATALOG = with_programs(course_with(LEAF), program(modules=["1-tea"]))
pytestmark = pytest.mark.both_databases
LEFT = "1 lesson to finish"


@pytest.fixture
def waiting(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """Give Ben, who hands in the only quiz of the program, whose results wait until SHOWN."""
    with at(NOON):
        found = waiting_class(app, people, monkeypatch)
        found.ask()
        found.hand_in()
    return found


@pytest.fixture
def team(waiting: Waiting, app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Team:
    """Give Cora's team, in which Ben is, too."""
    with at(NOON):
        return Team(app, people, monkeypatch, CATALOG, ben=waiting.user_id)


def shown(team: Team, event: str) -> str:
    """Return the list of an event, as a coordinator gets it who signs in now."""
    return team.device(team.cora_id).get(f"{event}/ready.csv").text


def states(team: Team) -> list[str]:
    with team.app.app_context():
        return list(db.session.scalars(select(Attempt.state)))


def test_a_result_that_is_not_due_stays_as_it_is(team: Team) -> None:
    event = team.event()
    with at(SHOWN - timedelta(minutes=5)):
        assert f"Ben,Not yet,{LEFT}" in shown(team, event)
    assert states(team) == [HANDED_IN]


def test_a_result_that_is_due_counts_before_the_volunteer_has_looked(team: Team) -> None:
    event = team.event()
    with at(SHOWN + timedelta(minutes=5)):
        assert "Ben,Not yet,The final to pass" in shown(team, event)
    assert states(team) == [FINISHED]


def test_a_result_that_is_due_counts_as_an_event_is_closed(team: Team, waiting: Waiting) -> None:
    event = team.event(day=NOON.date())
    with at(SHOWN + timedelta(minutes=5)):
        team.device(team.cora_id).post(f"{event}/close")
    assert states(team) == [FINISHED]
    assert {row.name for row in team.rows(EventVolunteer)} == {"Ben", "Vera"}
