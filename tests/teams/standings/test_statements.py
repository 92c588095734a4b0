"""The page of an event: eight statements for two volunteers as for two hundred."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.groups.models import MEMBER, Membership
from learnapp.learning.models import FINISHED, Attempt, Progress
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.models import ReviewCard
from learnapp.training.models import Acknowledgement, Certificate, CredentialStatus, PracticeRun
from tests.actors.teams import Team
from tests.courses.practice import MILK, SUGAR
from tests.courses.training import SERVER
from tests.factories.base import NOON
from tests.factories.learning import RevisionFactory
from tests.statements import counted

MOST = 8
AT = NOON - timedelta(days=2)


def crowd(team: Team, catalog: Catalog, count: int) -> None:
    """Put so many volunteers into the team who have done and stored a bit of everything."""
    with team.app.app_context():
        first = (db.session.query(db.func.max(User.id)).scalar() or 0) + 1
        ids = range(first, first + count)
        about = {"role": "learner", "created_at": AT, "seen_at": AT, "band": 18}
        db.session.execute(insert(User), [
            {"id": n, "name": f"Volunteer {n}", "name_key": f"volunteer{n}", **about} for n in ids])  # fmt: skip
        db.session.execute(insert(Membership), [
            {"group_id": team.id, "user_id": n, "role": MEMBER, "joined_at": AT} for n in ids])  # fmt: skip
        done = {"read_at": AT, "passed_at": AT, "completed_at": AT}
        db.session.execute(insert(Progress), [
            {"user_id": n, "lesson": key, **(done if (n + at) % 5 else dict.fromkeys(done))}
            for n in ids for at, key in enumerate(catalog.lessons)])  # fmt: skip
        revision = RevisionFactory(lesson=f"final/{SERVER}").hash
        form = {"lesson": f"final/{SERVER}", "kind": "final", "revision": revision, "item_ids": ["a"], "seed": 1,
                "started_at": AT, "saved_at": AT, "max_points": 1.0}  # fmt: skip
        db.session.execute(insert(Attempt), [
            {"user_id": n, **form, "state": FINISHED, "finished_at": AT, "passed": n % 3 > 0}
            for n in ids])  # fmt: skip
        db.session.execute(insert(PracticeRun), [
            {"user_id": n, "conversation": slug, "path": ["offer"], "anticipated": "", "note": "", "changed_at": AT,
             "done_at": AT} for n in ids for slug in (SUGAR, MILK)])  # fmt: skip
        db.session.execute(insert(Acknowledgement), [
            {"user_id": n, "program": SERVER, "update": "new-kettle", "acknowledged_at": AT} for n in ids])  # fmt: skip
        db.session.execute(insert(ReviewCard), [
            {"user_id": n, "lesson": lesson, "item_id": item, "stability": 5.0 + n % 9, "difficulty": 5.0,
             "reviewed_on": AT.date(), "due_on": AT.date(), "times": 1, "seq": 0, "hints": 0, "saved_at": AT}
            for n in ids for lesson, item in reviewable(catalog)])  # fmt: skip
        db.session.commit()
        passed = (
            db.session.query(Attempt.id, Attempt.user_id)
            .filter(Attempt.passed.is_(True), Attempt.user_id >= first)
            .all()
        )
        issued = {
            "program": SERVER,
            "program_title": "Tea server",
            "name_shown": "x",
            "content_version": "v1",
            "statements": {},
            "issued_at": AT,
            "valid_until": NOON.date() + timedelta(days=300),
            "zone": "UTC",
        }
        db.session.execute(insert(Certificate), [
            {"id": f"{n:022d}", "user_id": n, "attempt_id": at, "subject": f"urn:{n}", **issued}
            for at, n in passed])  # fmt: skip
        db.session.execute(insert(CredentialStatus), [
            {"place": n, "certificate_id": f"{n:022d}"} for _at, n in passed])  # fmt: skip
        db.session.commit()


@pytest.mark.parametrize("rest", ["", "/list", "/ready.csv"])
def test_an_event_takes_eight_statements_however_many_are_expected(team: Team, rest: str) -> None:
    found = []
    for more in (2, 198):
        crowd(team, team.catalog, more)
        event = team.event()
        team.cora.get(event)
        with counted(team.people.engine) as sent:
            assert team.cora.get(f"{event}{rest}").status_code == 200
        found.append(len(sent))
    assert found[0] == found[1] <= MOST, sent
