"""What volunteers do in programs changes no byte of what others get: no final, point, certainty or certificate."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update

from learnapp.database.db import begin_write, db
from learnapp.learning.models import ASIDE, FINAL, FINISHED, OPEN, RENEWAL, Attempt, Progress, Response
from learnapp.training.certificates.service import issue_certificate, revoke_certificate
from learnapp.training.models import Acknowledgement, Certificate, CredentialStatus, PracticeRun
from learnapp.web.catalog import current_catalog
from learnapp.web.policy import ROLES
from tests.courses.practice import SUGAR
from tests.factories.base import NOON
from tests.shares import share
from tests.whole import trained
from tests.whole.calls import CALLS, POSTS
from tests.whole.cast import MISSING_ID, Cast, Person, add
from tests.whole.test_own_words import sent

CANARY = "xkanarix"
POINTS = {"points": 31337.25, "max_points": 41337.0}
CHOSEN, TYPED = "final-leaf-0", "final-leaf-6"
ASKED_NOW = "final-leaf-8", "final-pot-6"  # nothing of a key is told of what an open form asks
FORMS = (
    (trained.PASSED, FINAL, FINISHED, False),
    (trained.PASSED, RENEWAL, FINISHED, True),
    (trained.PASSED, FINAL, ASIDE, None),
    (trained.NEXT, FINAL, OPEN, None),
)
PUBLIC = "GET credentials.status"  # a bit of nobody changes there when a certificate is withdrawn
FILES_BY_POST = ("POST gradebook.canvas", "POST gradebook.canvas_file", "POST cards.cards")


def forget_training(user_id: int) -> None:
    """Take all that somebody did in programs away."""
    begin_write(db.session)
    own = select(Attempt.id).where(Attempt.user_id == user_id, Attempt.kind.in_((FINAL, RENEWAL)))
    certificates = select(Certificate.id).where(Certificate.user_id == user_id)
    db.session.execute(delete(CredentialStatus).where(CredentialStatus.certificate_id.in_(certificates)))
    for table, condition in (
        (Certificate, Certificate.user_id == user_id),
        (Acknowledgement, Acknowledgement.user_id == user_id),
        (PracticeRun, PracticeRun.user_id == user_id),
        (Response, Response.attempt_id.in_(own)),
        (Attempt, Attempt.id.in_(own)),
        (Progress, (Progress.user_id == user_id) & Progress.lesson.startswith("final/")),
    ):
        db.session.execute(delete(table).where(condition).execution_options(synchronize_session=False))
    db.session.commit()


def train(user_id: int) -> set[str]:
    """Have somebody do all there is in programs, an hour ago; return the words and numbers that tell of it."""
    begin_write(db.session)
    session, catalog, now = db.session(), current_catalog(), NOON + timedelta(hours=1)
    for slug, kind, state, passed in FORMS:
        number = trained.pass_final(session, add, catalog, user_id, slug)
        about: dict[str, object] = {"kind": kind, "state": state, "passed": passed, **POINTS}
        chosen, typed = ASKED_NOW if state == OPEN else (CHOSEN, TYPED)
        about |= {"started_at": now, "saved_at": now, "item_ids": [chosen, typed]}
        about |= {"finished_at": now if state == FINISHED else None}
        session.execute(update(Attempt).where(Attempt.id == number).values(about))
        for item, response in ((chosen, {"choice": 1}), (typed, {"blanks": [CANARY, CANARY]})):
            answer = {"attempt_id": number, "item_id": item, "response": response, "points": 0.4711}
            add(Response, {**answer, "flagged": True, "certainty": 3, "saved_at": now, "submitted_at": now})
    read = {"user_id": user_id, "program": trained.PASSED, "update": trained.UPDATE, "acknowledged_at": now}
    add(Acknowledgement, read)
    said = {"path": ["offer", f"{CANARY}-reply"], "anticipated": f"{CANARY} guess", "note": f"{CANARY} note"}
    add(PracticeRun, {"user_id": user_id, "conversation": SUGAR, "changed_at": now, "done_at": now, **said})
    session.commit()
    program, name = catalog.programs[trained.PASSED], f"{CANARY} name"
    certificate = issue_certificate(session, user_id, program, catalog.safety, "UTC", now, name=name)
    revoke_certificate(session, certificate, f"{CANARY} reason", now)
    subject = session.get_one(Certificate, certificate).subject
    session.commit()
    return {CANARY, certificate, subject, "31337", "41337", "0.4711"}


def read_as(cast: Cast, who: Person, vera: Person) -> dict[str, str]:
    """Return every page and file that somebody gets, by address; those of a member also for Vera."""
    found = {}
    for key, call in CALLS.items():
        if who.role not in call.roles or call.before or key == PUBLIC or (key in POSTS and key not in FILES_BY_POST):
            continue
        for instead in ({}, {"user_id": vera.id}) if "user_id" in call.own else ({},):
            address = call.address(cast.app, key, who, **instead)
            form = {**(call.form(who) if call.form else {}), f"user-{vera.id}": "on"}
            text = who.client.post(address, data=form).text if key in POSTS else sent(who.client, address)
            found[f"{key} {address}"] = neutral(text)
    return found


def neutral(text: str) -> str:
    """Return a page without what is made afresh each time: keys of forms, words of login cards."""
    text = re.sub(r'name="(csrf_token|form_key)" value="[^"]*"', "", text)
    return re.sub(r"\b[a-z]+-[a-z]+-[a-z]+\b", "", text).rstrip()


@pytest.mark.long
@pytest.mark.parametrize("role", share(ROLES, "teacher".__eq__))
def test_nothing_that_anybody_gets_differs_by_what_a_volunteer_did_in_programs(cast: Cast, role: str) -> None:
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        who, vera = cast.person(role), cast.person("learner")
        if who.led != MISSING_ID:
            cast.enter(vera, who.led)
        with cast.app.app_context():
            forget_training(vera.id)
        read_as(cast, who, vera)  # a look is noted where it is the first of a day
        before = read_as(cast, who, vera)
        with cast.app.app_context():
            telling = train(vera.id)

        after = read_as(cast, who, vera)

        assert len(after) > 15
        assert [address for address, text in after.items() if text != before[address]] == []
        assert [(address, word) for address, text in after.items() for word in telling if word in text] == []
        own = "".join(read_as(cast, vera, vera).values())
        assert [word for word in telling if word not in own] == []
