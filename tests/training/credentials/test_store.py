"""The places whose bit is set: of certificates that were revoked or are gone."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.training.credentials.store import revoked_places
from tests.actors.attempts import Db
from tests.factories.base import NOON
from tests.factories.training import CertificateFactory
from tests.statements import counted


@pytest.mark.both_databases
def test_revoked_certificates_and_no_others_are_found(db_session: Db) -> None:
    CertificateFactory(place=1)
    CertificateFactory(place=2, renewed_at=NOON)
    CertificateFactory(place=3, revoked_at=NOON, revoke_reason="by mistake")
    CertificateFactory(place=4, revoked_at=NOON + timedelta(seconds=1), revoke_reason="in a second")
    assert revoked_places(db_session, NOON) == [3]


@pytest.mark.both_databases
def test_the_place_of_whoever_is_gone_is_found(db_session: Db) -> None:
    gone = CertificateFactory(place=6).user_id
    CertificateFactory(place=7)
    db_session.execute(delete(User).where(User.id == gone))
    db_session.commit()
    assert revoked_places(db_session, NOON) == [6]


def test_they_are_found_in_one_statement(db_session: Db) -> None:
    CertificateFactory(revoked_at=NOON, revoke_reason="by mistake")
    with counted(db.engine) as statements:
        revoked_places(db_session, NOON)
    assert len(statements) == 1
