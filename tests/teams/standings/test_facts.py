"""Standings as coordinators see them: by the same rule as each volunteer's own page, whatever their training."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from learnapp.content.catalog import Catalog
from learnapp.groups.models import TEAM
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.standings.service import event_standings
from learnapp.teams.standings.store import expected_volunteers
from learnapp.teams.standings.values import Missing, VolunteerStanding
from learnapp.training.certificates.dates import local_day
from learnapp.training.final.rules import last_pass
from learnapp.training.readiness.rules import Readiness
from tests.actors.teams import stored_event
from tests.actors.training import Db
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.shares import LONG
from tests.teams.standings.histories import OLD_PROGRAM, ZONE, Sequencing, add_volunteer, changed_course, own_standing

EVENTS = (
    {"day": date(2026, 11, 22), "starts": time(23, 30), "zone": "Pacific/Kiritimati"},
    {"day": NOON.date(), "starts": time(23, 30), "zone": "Pacific/Pago_Pago"},
    {"day": date(2026, 11, 23), "starts": time(10), "zone": "Asia/Seoul", "program": OLD_PROGRAM},
    {"day": date(2026, 12, 20), "starts": time(0), "zone": "Europe/Berlin"},
    {"day": date(2027, 3, 14), "starts": time(2, 30), "zone": ZONE},
    {"day": date(2027, 11, 1), "starts": time(23, 30), "zone": ZONE},
)


def told(found: Readiness) -> Iterator[Missing]:
    """Yield what is missing to somebody, in the words of a coordinator's page, from their own page."""
    facts, certificate = found.facts, found.facts.certificate
    if found.parts["program"] != "yes":
        if facts.lessons_left:
            yield "lessons", facts.lessons_left
        if facts.conversations_left:
            yield "practice", facts.conversations_left
    if found.parts["final"] != "yes":
        yield "final", None
    if found.parts["certificate"] != "yes":
        if certificate is None:
            yield "certificate", None
        else:
            yield ("withdrawn", None) if certificate.revoked_at else ("expires", certificate.valid_until)
    if found.parts["updates"] != "yes":
        yield "updates", facts.updates_left
    if found.parts["review"] != "yes":
        yield "review", facts.review_minutes


def standings_of(session: Db, catalog: Catalog, event: TeamEvent, now: datetime) -> list[VolunteerStanding]:
    people = expected_volunteers(session, catalog, event)
    found = event_standings(session, catalog, event, people, ZONE, now)
    assert found is not None
    return list(found.volunteers)


@pytest.mark.scaled
@pytest.mark.parametrize("sequencing", ["advice", "quizzes"])
@pytest.mark.parametrize("seed", range(20 if LONG else 2))
def test_coordinators_see_how_volunteers_stand_as_these_see_it_themselves(
    db_session: Db, seed: int, sequencing: Sequencing
) -> None:
    catalog, lots = changed_course(sequencing), Random(f"{seed} {sequencing}")
    group = GroupFactory(kind=TEAM).id
    people = {}
    for number in range(30):
        user = add_volunteer(db_session, catalog, lots, number)
        MembershipFactory(group_id=group, user_id=user.id)
        people[user.id] = user
    seen: Counter[str] = Counter()
    for about in EVENTS:
        event = stored_event(group_id=group, **about)
        for now in {NOON, event.moment - timedelta(hours=1)}:
            for one in standings_of(db_session, catalog, event, now):
                status, own = own_standing(db_session, catalog, people[one.user_id], event, now)
                assert (one.standing, one.missing) == (own.standing, tuple(told(own))), (one.name, about, now)
                passed, newest = last_pass(status.attempts), status.certificate
                days = local_day(passed.finished_at, ZONE) if passed and passed.finished_at else None
                assert one.passed_on == days
                assert one.valid_until == (newest.valid_until if newest and not newest.revoked_at else None)
                left = status.progress.practice_left
                done = [run.run.done_at for run in status.progress.practice if run.run and run.run.done_at]
                assert one.practiced_on == (local_day(max(done), ZONE) if done and not left else None)
                seen.update([one.standing, *(part for part, _about in one.missing)])
    assert set(seen) >= {"ready", "nearly", "not_yet", "lessons", "practice", "final", "certificate", "updates"}
