"""Certificates in the database: one's own is found whole, anybody's by its number, nothing of others."""

from dataclasses import fields
from datetime import date

import pytest

from learnapp.database.db import db
from learnapp.training.certificates.store import certificate_by_id, find_certificate
from learnapp.training.errors import CertificateNotFound
from tests.actors.attempts import Db
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.training import CertificateFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases


def test_one_s_own_certificate_has_every_field_of_its_row_and_its_place(db_session: Db) -> None:
    row = CertificateFactory(place=77, revoked_at=NOON, revoke_reason="by mistake")
    found = find_certificate(db_session, row.user_id, row.id)
    assert found.place == 77
    for name in {field.name for field in fields(found)} - {"place"}:
        assert getattr(found, name) == getattr(row, name), name
    assert found.valid_until == date(2027, 11, 21)


def test_another_s_certificate_and_none_are_the_same_error(db_session: Db) -> None:
    row, cleo = CertificateFactory(), UserFactory(name="Cleo")
    for user_id, number in ((cleo.id, row.id), (row.user_id, "x" * 22), (row.user_id, "")):
        with pytest.raises(CertificateNotFound):
            find_certificate(db_session, user_id, number)


def test_anybody_s_certificate_is_found_by_its_whole_number_only(db_session: Db) -> None:
    row = CertificateFactory(id="aBcdefghijklmnopqrstu0")
    found = certificate_by_id(db_session, row.id)
    assert found is not None
    assert (found.id, found.user_id) == (row.id, row.user_id)
    for number in ("abcdefghijklmnopqrstu0", row.id[:-1], row.id + "0", "%", "\0" * 22, "\ud800", ""):
        assert certificate_by_id(db_session, number) is None


def test_each_takes_one_statement(db_session: Db) -> None:
    row = CertificateFactory()
    user_id, number = row.user_id, row.id
    with counted(db.engine) as statements:
        find_certificate(db_session, user_id, number)
        certificate_by_id(db_session, number)
    assert len(statements) == 2
