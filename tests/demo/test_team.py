"""The made-up team: a volunteer at every step, an event ahead, and what a coordinator meets there."""

import pytest
from flask import Flask

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.demo.team import VOLUNTEERS
from learnapp.groups.models import TEAM
from learnapp.groups.store import groups_of
from learnapp.teams.events.store import events_of
from learnapp.teams.standings.service import event_standings
from learnapp.teams.standings.store import expected_volunteers
from learnapp.web.catalog import current_catalog
from tests.factories.base import NOON

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_the_event_has_volunteers_who_stand_in_every_way(school: Flask) -> None:
    with school.app_context():
        cora = db.session.query(User).filter_by(name="Cora").one()
        (team,) = (group for group in groups_of(db.session, cora.id) if group.kind == TEAM)
        (event,) = events_of(db.session, team.id)
        people = expected_volunteers(db.session, current_catalog(), event)
        found = event_standings(db.session, current_catalog(), event, people, "UTC", NOON)
    assert event.moment > NOON
    assert found is not None
    assert len(found.volunteers) == len(VOLUNTEERS)
    assert min(found.counts.values()) > 0
    assert [one.partnered for one in found.volunteers].count(True) == 1
    assert {part for one in found.volunteers for part, _about in one.missing} >= {
        "lessons",
        "practice",
        "final",
        "expires",
    }
