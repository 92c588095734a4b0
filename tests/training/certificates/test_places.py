"""Places in the list of statuses: random, and one a certificate, whoever draws at once."""

import random
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from learnapp.database.db import begin_write
from learnapp.learning.models import Attempt
from learnapp.training.certificates.places import reserve_place
from learnapp.training.errors import NoPlaceLeft
from learnapp.training.models import Certificate, CredentialStatus
from tests.actors.attempts import Db
from tests.actors.people import People
from tests.factories.training import CertificateFactory

MANY = 3000


def draw(monkeypatch: pytest.MonkeyPatch, places: Sequence[int]) -> None:
    """Let these places be drawn, in this order."""
    drawn = iter(places)
    monkeypatch.setattr(secrets, "randbelow", lambda _below: next(drawn))


@pytest.mark.both_databases
def test_a_place_that_is_taken_is_left_and_another_one_drawn(db_session: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    CertificateFactory(place=5)
    number = CertificateFactory(place=None).id
    draw(monkeypatch, [5, 5, 131_071])
    begin_write(db_session)
    assert reserve_place(db_session, number) == 131_071
    db_session.commit()
    assert db_session.scalar(select(CredentialStatus.place).filter_by(certificate_id=number)) == 131_071


@pytest.mark.both_databases(always=True)
def test_twenty_who_draw_few_places_at_once_get_one_each(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, chance = people.engine, random.Random(7)
    monkeypatch.setattr(secrets, "randbelow", lambda _below: chance.randrange(25))
    with people.app.app_context():
        numbers = [CertificateFactory(place=None).id for _ in range(20)]

    def reserve(number: str) -> int:
        with Session(engine) as session:
            begin_write(session)
            place = reserve_place(session, number)
            session.commit()
            return place

    with ThreadPoolExecutor(20) as pool:
        places = list(pool.map(reserve, numbers))
    assert len(set(places)) == 20
    assert people.count(CredentialStatus) == 20


@pytest.mark.both_databases
def test_a_certificate_has_one_place(db_session: Db) -> None:
    number = CertificateFactory().id
    begin_write(db_session)
    with pytest.raises(IntegrityError):
        reserve_place(db_session, number)
    db_session.rollback()


@pytest.mark.both_databases
def test_what_is_rolled_back_keeps_no_place(db_session: Db) -> None:
    number = CertificateFactory(place=None).id
    begin_write(db_session)
    reserve_place(db_session, number)
    db_session.rollback()
    assert db_session.query(CredentialStatus).count() == 0


def test_a_full_list_is_told(db_session: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    CertificateFactory(place=5)
    number = CertificateFactory(place=None).id
    monkeypatch.setattr(secrets, "randbelow", lambda _below: 5)
    begin_write(db_session)
    with pytest.raises(NoPlaceLeft):
        reserve_place(db_session, number)
    db_session.rollback()


def rank_correlation(values: Sequence[int]) -> float:
    """Return Spearman's coefficient of values, all different, with their order."""
    n = len(values)
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    distance = sum((at - ranks[value]) ** 2 for at, value in enumerate(values))
    return 1 - 6 * distance / (n * (n * n - 1))


def test_the_measure_tells_order_from_chance() -> None:
    assert rank_correlation(range(100)) == 1
    assert rank_correlation(range(100, 0, -1)) == -1


@pytest.mark.slow
def test_places_do_not_tell_who_was_first(db_session: Db) -> None:
    """Of so many, chance alone goes beyond 0.1 once in 25 million runs (of 1,000 once in 600)."""
    first = CertificateFactory()
    user_id, attempt_id = first.user_id, first.attempt_id
    began = db_session.execute(select(Attempt.__table__).where(Attempt.id == attempt_id)).mappings().one()
    row = {
        column.name: getattr(first, column.name)
        for column in Certificate.__table__.columns
        if column.name not in {"id", "attempt_id"}
    }
    begin_write(db_session)
    numbers = [f"{n:022d}" for n in range(MANY)]
    attempts = [{**began, "id": attempt_id + 1 + n} for n in range(MANY)]
    db_session.execute(insert(Attempt), attempts)
    issued = [{**row, "id": number, "attempt_id": attempt_id + 1 + n} for n, number in enumerate(numbers)]
    db_session.execute(insert(Certificate), issued)
    places = [reserve_place(db_session, number) for number in numbers]
    db_session.rollback()
    assert user_id
    assert len(set(places)) == MANY
    assert abs(rank_correlation(places)) < 0.1
    assert min(places) < 2000
    assert max(places) > 129_000
