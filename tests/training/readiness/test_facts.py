"""Facts of readiness, gathered from the database: as somebody goes through a program, and as a day comes nearer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from learnapp.content.catalog import Catalog
from learnapp.learning.review.queue import ReviewQueue
from learnapp.learning.review.schedule import recall
from learnapp.training.certificates.service import revoke_certificate
from learnapp.training.overview.service import ProgramStatus
from learnapp.training.readiness.facts import readiness_facts
from learnapp.training.readiness.rules import Readiness, readiness
from tests.actors.training import Db, begin, certified, finish, read_all, status_of
from tests.courses.practice import practice_course
from tests.factories.base import NOON
from tests.training.overview.test_review import card

MARCH = date(2027, 3, 14)
NOBODY = ReviewQueue((), NOON.date())


def stands(status: ProgramStatus, day: date = MARCH, queue: ReviewQueue = NOBODY) -> Readiness:
    return readiness(readiness_facts(status, queue, day))


def test_one_becomes_ready_part_by_part(db_session: Db, catalog: Catalog, vera: int) -> None:
    found = stands(status_of(db_session, catalog, vera))
    assert (found.standing, found.missing) == ("not_yet", ("program", "final", "certificate"))
    assert found.facts.lessons_left == 2
    read_all(catalog, vera)
    found = stands(status_of(db_session, catalog, vera))
    assert (found.parts["program"], found.parts["final"], found.parts["certificate"]) == ("yes", "soon", "no")
    finish(db_session, begin(db_session, catalog, vera))
    found = stands(status_of(db_session, catalog, vera))
    assert (found.standing, found.missing) == ("nearly", ("certificate",))


def test_who_is_certified_is_ready_until_the_certificate_ends(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    status = status_of(db_session, catalog, vera)
    assert status.certificate is not None
    last = status.certificate.valid_until
    assert stands(status, last).standing == "ready"
    after = stands(status, last + timedelta(days=1))
    assert (after.standing, after.parts["certificate"]) == ("nearly", "soon")  # it can be renewed before that day


def test_a_certificate_that_was_withdrawn_makes_nobody_ready(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    certificate = status_of(db_session, catalog, vera).certificate
    assert certificate is not None
    revoke_certificate(db_session, certificate.id, "by mistake", NOON)
    db_session.commit()
    found = stands(status_of(db_session, catalog, vera))
    assert (found.standing, found.missing) == ("not_yet", ("certificate",))


def test_conversations_belong_to_the_program(db_session: Db, vera: int) -> None:
    catalog = practice_course()
    read_all(catalog, vera)
    found = stands(status_of(db_session, catalog, vera))
    assert (found.facts.lessons_left, found.facts.conversations_left) == (0, 2)
    assert found.parts["program"] == "soon"


@pytest.mark.parametrize("days", [0, 30, 200, 600])
def test_what_is_known_on_the_day_is_predicted_as_review_does(
    db_session: Db, catalog: Catalog, vera: int, days: int
) -> None:
    certified(db_session, catalog, vera)
    status = status_of(db_session, catalog, vera)
    queue = ReviewQueue((card(20, 3), card(90, 10), card(5, 1)), NOON.date())
    day = NOON.date() + timedelta(days=days)
    found = readiness_facts(status, queue, day)
    assert found.questions == 3
    assert found.known == pytest.approx(sum(recall(one.memory, day) for one in queue.cards) / 3)
    assert (found.review_minutes > 0) == (found.known < 0.8)


def test_who_does_the_review_that_is_named_is_ready(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    status, day = status_of(db_session, catalog, vera), NOON.date() + timedelta(days=200)
    cards = tuple(card(20, 3) for _ in range(12))
    before = readiness_facts(status, ReviewQueue(cards, NOON.date()), day)
    assert readiness(before).missing == ("review",)
    count = before.review_minutes * 60 // 40
    done = [replace(one, memory=replace(one.memory, reviewed_on=day)) for one in cards[:count]]
    after = readiness_facts(status, ReviewQueue((*done, *cards[count:]), NOON.date()), day)
    assert readiness(after).standing == "ready"
