"""Rows of training: certificates, each with a user, a final that was passed and the place of its status."""

import secrets
import uuid
from datetime import date, datetime
from typing import Any

import factory

from learnapp.database.db import db
from learnapp.learning.models import FINISHED
from learnapp.training.models import Certificate, CredentialStatus
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON, Factory
from tests.factories.learning import AttemptFactory, RevisionFactory

FREE = -1  # the next place that no test has chosen


class CertificateFactory(Factory):
    """Ben's certificate of a program, valid for a year, in the name "Ben Holder".

    It belongs to a user of its own unless `user_id` names one; `place` may be chosen, and with None it has none yet.
    """

    class Meta:
        model = Certificate

    id = factory.LazyFunction(lambda: secrets.token_urlsafe(16))
    program = "outreach"
    program_title = "Volunteer outreach"
    name_shown = "Ben Holder"
    content_version = "v1"
    statements = {"lead": "Tea for all.", "can": ["Pour tea"], "safety": ["Spills"]}
    issued_at = NOON
    valid_until = date(2027, 11, 21)
    zone = "Europe/Berlin"
    subject = factory.LazyFunction(lambda: f"urn:uuid:{uuid.uuid4()}")

    @classmethod
    def _create(cls, model_class: type[Certificate], *args: Any, **fields: Any) -> Certificate:
        place = fields.pop("place", FREE)
        if "user_id" not in fields:
            fields["user_id"] = UserFactory().id
        if "attempt_id" not in fields:
            fields["attempt_id"] = final_of(fields["user_id"], fields["issued_at"]).id
        made: Certificate = super()._create(model_class, *args, **fields)
        if place is not None:
            place = db.session.query(CredentialStatus).count() if place == FREE else place
            db.session.add(CredentialStatus(place=place, certificate_id=made.id))
            db.session.commit()
        return made


def final_of(user_id: int, at: datetime) -> Any:
    """Return a final that somebody has finished."""
    return AttemptFactory(
        user_id=user_id,
        lesson="final/outreach",
        kind="final",
        state=FINISHED,
        finished_at=at,
        revision=RevisionFactory(lesson="final/outreach").hash,
    )
