"""What is due on a day, in which order, and what comes later."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Catalog
from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.errors import CardNotFound
from learnapp.learning.review.forecast import forecast, simulate_reviews
from learnapp.learning.review.models import ReviewCard
from learnapp.learning.review.queue import (
    CARDS_A_DAY,
    DueCard,
    ReviewQueue,
    build_queue,
    lessons_without_cards,
    own_card,
    own_review,
    review_queue,
)
from learnapp.learning.review.schedule import recall
from tests.actors.attempts import Db
from tests.actors.reviews import DAY, KEY, LATER, TODAY, answer, finish_lesson, queue_on
from tests.courses.tea import course_with, lesson, quiz, strong_lesson, two_modules
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.quiz.samples import make
from tests.statements import counted

pytestmark = pytest.mark.both_databases


@pytest.fixture
def full(db_session: Db, ben: int, catalog: Catalog) -> Catalog:
    """Have Ben finish both lessons."""
    for one in catalog.lessons.values():
        finish_lesson(db_session, catalog, ben, one)
    return catalog


def test_nothing_is_due_on_the_day_of_the_quiz(db_session: Db, ben: int, full: Catalog) -> None:
    found = queue_on(db_session, full, ben, TODAY)
    assert (len(found.cards), found.cards_today, found.done) == (6, (), 0)
    assert found.next is not None
    day, count = found.next
    assert TODAY < day <= TODAY + 7 * DAY
    assert count == 6


def test_somebody_new_has_an_empty_queue(db_session: Db, ben: int, catalog: Catalog) -> None:
    found = queue_on(db_session, catalog, ben, TODAY)
    assert (found.cards, found.cards_today, found.next) == ((), (), None)


def test_modules_take_turns(db_session: Db, ben: int, full: Catalog) -> None:
    modules = [card.module for card in queue_on(db_session, full, ben, LATER).cards_today]
    assert len(modules) == 6
    assert all(one != two for one, two in pairwise(modules))


def test_modules_take_turns_also_while_the_cards_are_answered(db_session: Db, ben: int, full: Catalog) -> None:
    asked = []
    while line := queue_on(db_session, full, ben, LATER).cards_today:
        asked.append(line[0])
        answer(db_session, line[0], LATER, well=len(asked) % 2 == 0)
    modules = [card.module for card in asked]
    assert len({card.id for card in asked}) == 6
    assert all(one != two for one, two in pairwise(modules))
    assert queue_on(db_session, full, ben, LATER).done == 6


def test_the_rest_of_the_line_stays_as_it_was(db_session: Db, ben: int, full: Catalog) -> None:
    before = queue_on(db_session, full, ben, LATER).cards_today
    answer(db_session, before[0], LATER)
    after = queue_on(db_session, full, ben, LATER).cards_today
    assert [card.id for card in after] == [card.id for card in before[1:]]


def test_a_day_asks_so_many_cards_and_no_more(db_session: Db, ben: int) -> None:
    catalog = course_with(*two_modules(each=CARDS_A_DAY))
    for one in catalog.lessons.values():
        finish_lesson(db_session, catalog, ben, one)
    for number in range(CARDS_A_DAY):
        found = queue_on(db_session, catalog, ben, LATER)
        assert (len(found.cards_today), found.done) == (CARDS_A_DAY - number, number)
        answer(db_session, found.cards_today[0], LATER)
    full = queue_on(db_session, catalog, ben, LATER)
    assert (full.cards_today, len(full.due)) == ((), CARDS_A_DAY)
    assert full.next == (LATER + DAY, CARDS_A_DAY)
    assert len(queue_on(db_session, catalog, ben, LATER + DAY).cards_today) == CARDS_A_DAY


@pytest.mark.both_databases(always=True)
def test_what_is_most_likely_forgotten_comes_first(db_session: Db, ben: int) -> None:
    one, two = two_modules(each=CARDS_A_DAY)
    catalog = course_with(one, two)
    weak = tuple(f"leaf-{n}" for n in range(3))
    finish_lesson(db_session, catalog, ben, one, but=weak)
    finish_lesson(db_session, catalog, ben, two)
    found = queue_on(db_session, catalog, ben, LATER)
    chosen, rest = {card.id for card in found.cards_today}, set(found.due) - set(found.cards_today)
    risk = {card.id: recall(card.memory, LATER) for card in found.cards}
    assert max(risk[one] for one in chosen) <= min(risk[card.id] for card in rest)


def test_a_lesson_for_older_readers_keeps_its_cards_in_the_drawer(db_session: Db, ben: int, full: Catalog) -> None:
    older = {
        key: replace(one, age=Ages(core=None, full=18, teacher_release=True)) if one.module == "2-pot" else one
        for key, one in full.lessons.items()
    }
    catalog = replace(full, lessons=older)
    for band, count in ((12, 3), (16, 3), (None, 3), (18, 6)):
        assert len(queue_on(db_session, catalog, ben, LATER, AgeAccess(band)).cards) == count
    hidden = next(card for card in queue_on(db_session, catalog, ben, LATER).cards if card.module == "2-pot")
    with pytest.raises(CardNotFound):
        own_card(db_session, catalog, ben, AgeAccess(12), hidden.id, KEY)


def test_a_question_that_has_left_the_course_is_not_asked(db_session: Db, ben: int, full: Catalog) -> None:
    smaller = course_with(full.lessons["1-tea/1-leaf"])
    assert len(queue_on(db_session, smaller, ben, LATER).cards) == 3
    assert len(queue_on(db_session, full, ben, LATER).cards) == 6


def test_others_cards_and_reviews_are_not_there(db_session: Db, ben: int, full: Catalog) -> None:
    cleo = int(UserFactory(name="Cleo").id)
    card = queue_on(db_session, full, ben, LATER).cards_today[0]
    review = answer(db_session, card, LATER)
    assert queue_on(db_session, full, cleo, LATER).cards == ()
    for number in (card.id, 0, -1, 2**31, 999_999):
        with pytest.raises(CardNotFound):
            own_card(db_session, full, cleo, FULL_ACCESS, number, KEY)
    for number in (review, 0, -1, 2**31, 999_999):
        with pytest.raises(CardNotFound):
            own_review(db_session, full, cleo, FULL_ACCESS, number, KEY)
    assert own_review(db_session, full, ben, FULL_ACCESS, review, KEY) is not None


def test_the_whole_desk_takes_one_query(db_session: Db, ben: int, full: Catalog) -> None:
    db_session.rollback()
    with counted(db.engine) as sent:
        assert review_queue(db_session, full, ben, FULL_ACCESS, LATER, KEY).cards_today
    assert len(sent) == 1


def test_a_lesson_that_was_done_before_there_were_cards_is_named(db_session: Db, ben: int, full: Catalog) -> None:
    db_session.query(ReviewCard).filter_by(lesson="2-pot/1-cup").delete()
    db_session.commit()
    assert lessons_without_cards(db_session, full, ben) == ("2-pot/1-cup",)


def test_a_lesson_without_a_question_to_review_is_not_missed(db_session: Db, ben: int) -> None:
    catalog = course_with(lesson(quiz=quiz(make("scenario"))))
    assert finish_lesson(db_session, catalog, ben, lesson(quiz=quiz(make("scenario")))) == 0
    assert lessons_without_cards(db_session, catalog, ben) == ()


def test_a_lesson_whose_cards_are_those_of_its_other_quiz_is_not_missed(db_session: Db, ben: int) -> None:
    strong = strong_lesson(quiz=quiz(make("scenario")))
    catalog = course_with(strong)
    assert finish_lesson(db_session, catalog, ben, strong) == 0
    assert lessons_without_cards(db_session, catalog, ben) == ()
    assert finish_lesson(db_session, catalog, ben, strong, kind="short", now=NOON + DAY) == 1
    db_session.query(ReviewCard).delete()
    db_session.commit()
    assert lessons_without_cards(db_session, catalog, ben) == (strong.key,)


def test_naming_them_takes_one_query(db_session: Db, ben: int, full: Catalog) -> None:
    db_session.query(ReviewCard).delete()
    db_session.commit()
    with counted(db.engine) as sent:
        assert len(lessons_without_cards(db_session, full, ben)) == 2
    assert len(sent) == 1


def test_one_module_alone_is_asked_too(db_session: Db, ben: int, full: Catalog) -> None:
    cards = [card for card in queue_on(db_session, full, ben, LATER).cards if card.module == "1-tea"]
    assert len(build_queue(cards, cards[0], LATER, CARDS_A_DAY)) == 3
    assert build_queue(cards, None, LATER, 0) == ()


def test_the_forecast_is_lower_without_review_than_with_it(db_session: Db, ben: int, full: Catalog) -> None:
    queue = queue_on(db_session, full, ben, TODAY)
    cards, outlook = queue.cards, forecast(full, queue, LATER)
    assert outlook is not None
    assert [(share.number, share.title, share.cards) for share in outlook.modules] == [(1, "Tea", 3), (2, "Pot", 3)]
    expected = round(100 * sum(recall(card.memory, LATER) for card in cards) / 6)
    assert outlook.all.without_review == expected
    assert 0 < expected < outlook.all.with_review < 100
    assert forecast(full, ReviewQueue((), TODAY), LATER) is None


def test_on_the_day_of_an_answer_nothing_is_said_of_what_is_known_today(
    db_session: Db, ben: int, full: Catalog
) -> None:
    def now(day: date) -> list[int | None]:
        outlook = forecast(full, queue_on(db_session, full, ben, day), LATER)
        assert outlook is not None
        return [share.today for share in (outlook.all, *outlook.modules)]

    assert now(TODAY) == [None] * 3
    assert all(share is not None and 0 < share < 100 for share in now(TODAY + 5 * DAY))
    answer(db_session, queue_on(db_session, full, ben, TODAY + 5 * DAY).cards_today[0], TODAY + 5 * DAY, well=False)
    assert now(TODAY + 5 * DAY) == [None] * 3


@pytest.mark.slow
def test_the_forecast_with_review_is_what_answering_right_as_they_come_leads_to(db_session: Db, ben: int) -> None:
    catalog = course_with(*two_modules(each=CARDS_A_DAY))
    for one in catalog.lessons.values():
        finish_lesson(db_session, catalog, ben, one, but=("leaf-0", "cup-1"))
    first, aim = TODAY + 4 * DAY, TODAY + 20 * DAY
    answer(db_session, queue_on(db_session, catalog, ben, first).cards_today[0], first)
    outlook = forecast(catalog, queue_on(db_session, catalog, ben, first), aim)
    day = first
    while day < aim:
        line = queue_on(db_session, catalog, ben, day).cards_today
        if not line:
            day += DAY
            continue
        answer(db_session, line[0], day)
    cards = queue_on(db_session, catalog, ben, aim).cards
    assert outlook is not None
    assert outlook.all.with_review == round(100 * sum(recall(card.memory, aim) for card in cards) / len(cards))


def test_what_has_no_room_on_a_day_waits_in_the_forecast_too(db_session: Db, ben: int) -> None:
    catalog = course_with(*two_modules(each=CARDS_A_DAY))
    for one in catalog.lessons.values():
        finish_lesson(db_session, catalog, ben, one)
    queue = queue_on(db_session, catalog, ben, LATER)
    for days, reviewed in ((0, 0), (1, CARDS_A_DAY), (2, 2 * CARDS_A_DAY)):
        memories = simulate_reviews(queue, LATER + days * DAY)
        assert sum(memory.reviewed_on >= LATER for memory in memories.values()) == reviewed


def test_a_review_lifts_the_forecast(db_session: Db, ben: int, full: Catalog) -> None:
    def then() -> int:
        outlook = forecast(full, queue_on(db_session, full, ben, LATER), LATER + 60 * DAY)
        assert outlook is not None
        return outlook.all.without_review

    before = then()
    card: DueCard
    for card in queue_on(db_session, full, ben, LATER).cards_today:
        answer(db_session, card, LATER)
    assert then() > before


def test_the_minutes_and_lessons_of_a_day_are_told(db_session: Db, ben: int, full: Catalog) -> None:
    assert queue_on(db_session, full, ben, LATER).minutes == 4
    assert queue_on(db_session, full, ben, TODAY).minutes == 1
    assert set(queue_on(db_session, full, ben, LATER).titles) == {"Leaf", "Cup"}
