"""Rows of teams: events, and the volunteers of one."""

from datetime import date, time

from learnapp.teams.models import Event, EventVolunteer
from tests.courses.training import SERVER
from tests.factories.base import NOON, Factory


class EventFactory(Factory):
    """The open day of a team, on 14 March 2027 at ten in Berlin, at which everybody in it is expected."""

    class Meta:
        model = Event

    program = SERVER
    title = "Open day"
    day = date(2027, 3, 14)
    starts = time(10)
    zone = "Europe/Berlin"
    place = "Town hall"
    created_at = NOON


class EventVolunteerFactory(Factory):
    """What is stored of a volunteer and an event; nothing, unless told."""

    class Meta:
        model = EventVolunteer

    expected = False
