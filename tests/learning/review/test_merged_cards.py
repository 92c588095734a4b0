"""A guest's cards go along with the sign-in, and two histories of one question become one."""

import pytest
from fsrs import Rating
from sqlalchemy import select

from learnapp.accounts.guests.service import guest_is_taken
from learnapp.content.catalog import Catalog
from learnapp.learning.review.models import Review, ReviewCard
from learnapp.learning.review.queue import review_aim
from learnapp.learning.review.schedule import replay
from learnapp.learning.review.service import set_aim
from tests.actors.attempts import Db, count
from tests.actors.reviews import DAY, LATER, TODAY, answer, finish_lesson, queue_on
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases


def sign_in(session: Db, guest: int, ben: int) -> None:
    session.rollback()
    guest_is_taken.send(session, guest_id=guest, user_id=ben)
    session.commit()


def learn(session: Db, catalog: Catalog, who: int, module: str, days: int = 0) -> None:
    one = next(one for one in catalog.lessons.values() if one.module == module)
    finish_lesson(session, catalog, who, one, now=NOON + days * DAY)


def test_an_account_without_cards_gets_those_of_the_guest(
    db_session: Db, guest: int, ben: int, catalog: Catalog
) -> None:
    learn(db_session, catalog, guest, "1-tea")
    card = queue_on(db_session, catalog, guest, LATER).cards_today[0]
    answer(db_session, card, LATER)
    before = {one.id: one.memory for one in queue_on(db_session, catalog, guest, LATER).cards}

    sign_in(db_session, guest, ben)

    assert {one.id: one.memory for one in queue_on(db_session, catalog, ben, LATER).cards} == before
    assert count(db_session, ReviewCard, user_id=guest) == 0
    assert count(db_session, Review) == 4


@pytest.mark.both_databases(always=True)
def test_two_histories_of_one_question_become_one_in_the_order_of_time(
    db_session: Db, guest: int, ben: int, catalog: Catalog
) -> None:
    learn(db_session, catalog, ben, "1-tea")
    learn(db_session, catalog, guest, "1-tea", days=5)
    learn(db_session, catalog, guest, "2-pot", days=5)
    for who, day, well in ((guest, LATER, False), (ben, LATER + DAY, True)):
        answer(db_session, queue_on(db_session, catalog, who, day).cards_today[0], day, well=well)

    sign_in(db_session, guest, ben)

    cards = queue_on(db_session, catalog, ben, LATER).cards
    assert len(cards) == 6
    assert count(db_session, ReviewCard) == 6
    assert count(db_session, Review) == 11
    for card in cards:
        kept = db_session.scalars(select(Review).where(Review.card_id == card.id).order_by(Review.reviewed_at)).all()
        assert card.memory == replay((one.reviewed_on, Rating(one.rating)) for one in kept)
        assert card.times == len(kept) == max(one.number for one in kept)


def test_a_card_that_was_united_can_be_answered(db_session: Db, guest: int, ben: int, catalog: Catalog) -> None:
    for who in (ben, guest):
        learn(db_session, catalog, who, "1-tea")
        answer(db_session, queue_on(db_session, catalog, who, LATER).cards_today[0], LATER)
    sign_in(db_session, guest, ben)
    day = LATER + 300 * DAY
    while line := queue_on(db_session, catalog, ben, day).cards_today:
        answer(db_session, line[0], day)
    assert queue_on(db_session, catalog, ben, day).done == 3


@pytest.mark.parametrize(("mine", "theirs", "kept"), [(0, 1, 1), (1, 0, 1), (1, 2, 1), (0, 0, 0)])
def test_the_account_s_own_date_stays(db_session: Db, guest: int, ben: int, mine: int, theirs: int, kept: int) -> None:
    for who, days in ((ben, mine), (guest, theirs)):
        set_aim(db_session, who, TODAY + days * DAY if days else None)
    db_session.commit()

    sign_in(db_session, guest, ben)

    assert review_aim(db_session, ben) == (TODAY + kept * DAY if kept else None)


def test_others_keep_their_cards(db_session: Db, guest: int, ben: int, catalog: Catalog) -> None:
    cleo = int(UserFactory(name="Cleo").id)
    learn(db_session, catalog, cleo, "1-tea")
    learn(db_session, catalog, guest, "1-tea")
    before = queue_on(db_session, catalog, cleo, LATER)
    sign_in(db_session, guest, ben)
    assert queue_on(db_session, catalog, cleo, LATER).cards == before.cards


def test_a_card_that_lost_its_history_keeps_nobody_from_signing_in(
    db_session: Db, guest: int, ben: int, catalog: Catalog
) -> None:
    for who in (ben, guest):
        learn(db_session, catalog, who, "1-tea")
    db_session.query(Review).delete()
    db_session.commit()
    before = {one.id: one.memory for one in queue_on(db_session, catalog, ben, LATER).cards}
    sign_in(db_session, guest, ben)
    assert {one.id: one.memory for one in queue_on(db_session, catalog, ben, LATER).cards} == before
    assert count(db_session, ReviewCard) == 3
