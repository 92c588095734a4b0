"""Teams in tests: Cora's, with Vera and Ben in it, their browsers, and events as pages and services have them."""

from dataclasses import asdict
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.groups.models import LEADER, MEMBER, TEAM
from learnapp.teams.events.service import event_value
from learnapp.teams.events.values import EventPlan, TeamEvent
from learnapp.teams.models import Event, EventVolunteer
from learnapp.web.login import LEARNER
from tests.actors.people import People, open_login
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, training_course
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.factories.teams import EventFactory, EventVolunteerFactory

DAY = date(2027, 3, 14)
PLAN = EventPlan(SERVER, "Open day", DAY, time(10), "Europe/Berlin", "Town hall", None, for_all=True)
TYPED = {
    "title": "Open day",
    "day": "2027-03-14",
    "starts": "10:00",
    "zone": "Europe/Berlin",
    "place": "Town hall",
    "program": SERVER,
    "places": "",
    "who": "all",
}


def team_event(**changes: Any) -> TeamEvent:
    """Make an event as pages have it, stored nowhere."""
    usual: dict[str, Any] = {"id": 1, "group_id": 1, "version": 1, "closed_at": None}
    return TeamEvent(**{**usual, **asdict(PLAN), **changes})


class Team:
    """A team of Cora's with Vera and Ben in it, on a site that serves the tea course with its programs."""

    def __init__(
        self,
        app: Flask,
        people: People,
        monkeypatch: pytest.MonkeyPatch,
        catalog: Catalog | None = None,
        ben: int | None = None,
    ) -> None:
        self.app, self.people = app, people
        self.catalog = serve_catalog(app, monkeypatch, catalog or training_course())
        self.cora_id = people.add("Cora", "coordinator")
        self.vera_id, self.ben_id = people.add("Vera"), ben or people.add("Ben")
        with app.app_context():
            self.id: int = GroupFactory(kind=TEAM, name="Saturday team").id
        self.take_in(self.cora_id, LEADER)
        self.take_in(self.vera_id)
        self.take_in(self.ben_id)

    def take_in(self, user_id: int, role: str = MEMBER) -> None:
        """Put somebody into the team."""
        with self.app.app_context():
            MembershipFactory(group_id=self.id, user_id=user_id, role=role)

    def add(self, name: str, role: str = LEARNER, **about: Any) -> int:
        """Make an account of somebody who volunteers in the team; return its id."""
        user_id = self.people.add(name, role, **about)
        self.take_in(user_id)
        return user_id

    def device(self, user_id: int) -> FlaskClient:
        """Sign somebody in on a device of their own."""
        browser = self.people.browser()
        open_login(browser, user_id)
        return browser

    @cached_property
    def cora(self) -> FlaskClient:
        return self.device(self.cora_id)

    @cached_property
    def vera(self) -> FlaskClient:
        return self.device(self.vera_id)

    @property
    def path(self) -> str:
        return f"/groups/{self.id}"

    def event(self, **about: Any) -> str:
        """Store an event; return its address."""
        with self.app.app_context():
            return f"{self.path}/events/{EventFactory(**{'group_id': self.id, **about}).id}"

    def note(self, event: str, user_id: int, **about: Any) -> None:
        """Store something of a volunteer and an event."""
        number = int(event.rpartition("/")[2])
        with self.app.app_context():
            EventVolunteerFactory(event_id=number, user_id=user_id, group_id=self.id, **about)

    def rows(self, table: type[Any]) -> list[Any]:
        """Return the rows of a table as they are stored."""
        with self.app.app_context():
            found = list(db.session.scalars(select(table)))
            db.session.expunge_all()
            return found

    def the_event(self) -> TeamEvent:
        """Return the only event that there is."""
        (found,) = self.rows(Event)
        return event_value(found)

    def noted(self) -> dict[int, EventVolunteer]:
        """Return what is stored of volunteers, by their numbers."""
        return {row.user_id: row for row in self.rows(EventVolunteer)}


def stored_event(**about: Any) -> TeamEvent:
    """Store a team with an event, and return it; call it in an app context."""
    group = about.pop("group_id", None) or GroupFactory(kind=TEAM, name="Saturday team").id
    return event_value(EventFactory(group_id=group, **about))


def moment(day: int, hour: int = 12) -> datetime:
    """Return a moment of November 2026, in UTC."""
    return NOON.replace(day=day, hour=hour)
