"""Cards begin with the quiz, are answered once a day at most, and keep their history."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from learnapp.accounts.own_data.export import build_archive
from learnapp.accounts.own_data.rows import collect, erase
from learnapp.content.ages import FULL_ACCESS
from learnapp.content.catalog import Catalog
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.errors import NoHintLeft, StaleSave, Unanswered
from learnapp.learning.models import Progress
from learnapp.learning.progress.service import course_progress, mark_read
from learnapp.learning.review.models import FROM_QUIZ, FROM_REVIEW, Review, ReviewAim, ReviewCard
from learnapp.learning.review.queue import DueCard, own_review, review_aim
from learnapp.learning.review.schedule import replay, schedule_review
from learnapp.learning.review.service import answer_card, begin_cards, card_item, set_aim, show_hint
from learnapp.quiz.certainty import Certainty
from tests.actors.attempts import Db, answer_of, count, right, wrong
from tests.actors.reviews import DAY, KEY, LATER, TODAY, again, answer, finish_lesson, queue_on
from tests.courses.tea import course_with, lesson, quiz, strong_lesson, two_modules
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.quiz.samples import make

pytestmark = pytest.mark.both_databases

LESSON = lesson(quiz=quiz(make("single", hints=["Look!"]), make("cloze"), make("multiple"), make("numeric")))


@pytest.fixture
def catalog() -> Catalog:
    return course_with(LESSON)


@pytest.fixture
def card(db_session: Db, ben: int, catalog: Catalog) -> DueCard:
    """Have Ben finish the lesson, and give him the card of its first question a month later."""
    finish_lesson(db_session, catalog, ben, LESSON)
    cards = queue_on(db_session, catalog, ben, LATER).cards
    return next(one for one in cards if one.review_item.item.type == "single")


def history(session: Db, card: DueCard) -> list[Review]:
    session.rollback()
    return list(session.scalars(select(Review).where(Review.card_id == card.id).order_by(Review.number)))


def test_a_card_begins_with_the_result_of_the_quiz(db_session: Db, ben: int, catalog: Catalog) -> None:
    assert finish_lesson(db_session, catalog, ben, LESSON, but=("tea-cloze",)) == 4
    both = select(ReviewCard.item_id, Review.rating).join(Review, Review.card_id == ReviewCard.id)
    ratings = {row.item_id: row.rating for row in db_session.execute(both)}
    assert ratings == {"tea-single": 3, "tea-cloze": 1, "tea-multiple": 3, "tea-numeric": 3}
    kept = {one.item_id: one for one in db_session.scalars(select(ReviewCard))}
    assert kept["tea-cloze"].due_on == TODAY + DAY
    assert kept["tea-single"].due_on == schedule_review(None, Rating.Good, TODAY).due_on
    assert {one.reviewed_on for one in kept.values()} == {TODAY}


def test_no_card_begins_before_the_lesson_is_complete(db_session: Db, ben: int, catalog: Catalog) -> None:
    assert finish_lesson(db_session, catalog, ben, LESSON, read=False) == 0
    progress = course_progress(db_session, catalog.course_of(LESSON), ben).of(LESSON)
    mark_read(db_session, ben, progress, NOON + 2 * DAY)
    assert begin_cards(db_session, catalog, ben, LESSON.key, UTC) == 4
    db_session.commit()
    assert {one.reviewed_on for one in db_session.scalars(select(ReviewCard))} == {TODAY}


def test_a_quiz_that_was_failed_begins_no_card(db_session: Db, ben: int, catalog: Catalog) -> None:
    everything = tuple(item.id for item in LESSON.quiz.items)
    assert finish_lesson(db_session, catalog, ben, LESSON, but=everything) == 0


def test_taking_the_quiz_again_changes_no_card(db_session: Db, ben: int, catalog: Catalog, card: DueCard) -> None:
    answer(db_session, card, LATER)
    before = again(db_session, catalog, card)
    assert finish_lesson(db_session, catalog, ben, LESSON, but=("tea-single",), now=NOON + 40 * DAY) == 0
    assert again(db_session, catalog, card) == before
    assert count(db_session, ReviewCard) == 4


def test_the_short_route_gives_the_cards_of_the_short_quiz_alone(db_session: Db, ben: int) -> None:
    strong = strong_lesson(quiz=quiz(make("cloze")))
    catalog = course_with(strong)
    assert finish_lesson(db_session, catalog, ben, strong, kind="short") == 1
    cards = queue_on(db_session, catalog, ben, LATER).cards
    assert [one.review_item.item.id for one in cards] == ["short-single"]
    answer(db_session, cards[0], LATER)
    assert again(db_session, catalog, cards[0]).memory.due_on > LATER
    assert finish_lesson(db_session, catalog, ben, strong, now=NOON + DAY) == 1
    assert len(queue_on(db_session, catalog, ben, LATER).cards) == 2


def test_the_day_is_that_of_the_reader_s_calendar(db_session: Db, ben: int, catalog: Catalog) -> None:
    late = NOON.replace(hour=20)
    finish_lesson(db_session, catalog, ben, LESSON, now=late)
    db_session.query(ReviewCard).delete()
    db_session.commit()
    begin_cards(db_session, catalog, ben, LESSON.key, ZoneInfo("Asia/Seoul"))
    db_session.commit()
    assert {one.reviewed_on for one in db_session.scalars(select(ReviewCard))} == {TODAY + DAY}


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize(("well", "certainty", "rating"), [(False, 3, 1), (True, None, 3), (True, 2, 3), (True, 3, 4)])
def test_an_answer_decides_when_the_card_comes_back(
    db_session: Db, card: DueCard, catalog: Catalog, well: bool, certainty: Certainty | None, rating: int
) -> None:
    answer(db_session, card, LATER, well=well, certainty=certainty)
    now = again(db_session, catalog, card)
    assert (now.memory.reviewed_on, now.times, now.seq) == (LATER, 2, card.seq + 1)
    assert now.memory == schedule_review(card.memory, Rating(rating), LATER)
    kept = history(db_session, card)
    assert [(one.number, one.origin, one.rating) for one in kept] == [(1, FROM_QUIZ, 3), (2, FROM_REVIEW, rating)]
    assert (kept[1].certainty, kept[1].points) == (certainty, 1.0 if well else 0.0)


def test_right_after_a_hint_is_hard(db_session: Db, card: DueCard, catalog: Catalog) -> None:
    show_hint(db_session, card, Submission(None), card.seq, NOON)
    db_session.commit()
    hinted = again(db_session, catalog, card)
    answer(db_session, hinted, LATER, certainty=3)
    kept = history(db_session, card)[1]
    assert (kept.rating, kept.hints) == (2, 1)
    after = again(db_session, catalog, card)
    assert (after.hints, after.draft) == (0, None)


def test_a_hint_keeps_what_was_filled_in_and_the_order_of_the_options(
    db_session: Db, card: DueCard, catalog: Catalog
) -> None:
    show_hint(db_session, card, right(card_item(card)), card.seq, NOON)
    db_session.commit()
    hinted = again(db_session, catalog, card)
    assert answer_of(card_item(hinted)) == {"choice": 1}
    assert card_item(hinted).presentation == card_item(card).presentation
    with pytest.raises(NoHintLeft):
        show_hint(db_session, hinted, Submission(None), hinted.seq, NOON)


@pytest.mark.both_databases(always=True)
def test_the_second_press_changes_nothing(db_session: Db, card: DueCard, catalog: Catalog) -> None:
    answer(db_session, card, LATER)
    first = again(db_session, catalog, card)
    with pytest.raises(StaleSave):
        answer(db_session, card, LATER, well=False)
    db_session.rollback()
    assert again(db_session, catalog, card) == first
    assert len(history(db_session, card)) == 2


def test_a_card_that_is_not_due_takes_no_answer(db_session: Db, card: DueCard, catalog: Catalog) -> None:
    answer(db_session, card, LATER)
    waiting = again(db_session, catalog, card)
    with pytest.raises(StaleSave):
        answer(db_session, waiting, LATER)
    assert len(history(db_session, card)) == 2


def test_nothing_is_stored_while_something_is_missing(db_session: Db, card: DueCard, catalog: Catalog) -> None:
    with pytest.raises(Unanswered):
        answer_card(db_session, card, Submission(None), card.seq, LATER, NOON)
    assert again(db_session, catalog, card) == card


def test_each_review_shows_the_options_in_an_order_of_its_own(card: DueCard) -> None:
    orders = {card_item(replace(card, times=times)).presentation.order for times in range(1, 30)}
    assert len(orders) > 1
    assert card_item(card).presentation == card_item(card).presentation


def test_an_answer_is_shown_as_it_was_asked(db_session: Db, card: DueCard, catalog: Catalog) -> None:
    asked = card_item(card)
    review = answer(db_session, card, LATER, well=False)
    answered = own_review(db_session, catalog, card.user_id, FULL_ACCESS, review, KEY)
    assert answered is not None
    shown = answered.item
    assert shown.presentation == asked.presentation
    assert shown.state.response == wrong(asked).response
    assert shown.state.submitted


def test_the_history_says_all_that_the_card_knows(db_session: Db, card: DueCard, catalog: Catalog) -> None:
    day = LATER
    for well in (True, False, True, True):
        day = max(day, again(db_session, catalog, card).memory.due_on)
        answer(db_session, again(db_session, catalog, card), day, well=well)
    kept = history(db_session, card)
    memory = replay((one.reviewed_on, Rating(one.rating)) for one in kept)
    assert memory == again(db_session, catalog, card).memory


def test_a_date_to_aim_at_is_kept_changed_and_removed(db_session: Db, ben: int) -> None:
    assert review_aim(db_session, ben) is None
    for day in (LATER, LATER + DAY, LATER + DAY, None, None):
        set_aim(db_session, ben, day)
        db_session.commit()
        assert review_aim(db_session, ben) == day


@pytest.mark.parametrize(
    "wrong_one", [{"rating": 0}, {"rating": 5}, {"origin": "elsewhere"}, {"number": 1}, {"card_id": 999_999}]
)
def test_a_review_that_makes_no_sense_is_refused(db_session: Db, card: DueCard, wrong_one: dict[str, object]) -> None:
    sound = {
        "card_id": card.id,
        "number": 2,
        "origin": FROM_REVIEW,
        "reviewed_on": TODAY,
        "reviewed_at": NOON,
        "rating": 3,
        "points": 1.0,
        "revision": "0" * 64,
    }
    db_session.add(Review(**{**sound, **wrong_one}))
    with pytest.raises(IntegrityError):
        db_session.commit()
    db_session.rollback()


def test_what_is_remembered_goes_along_and_is_erased_with_the_person(
    db_session: Db, ben: int, card: DueCard, catalog: Catalog
) -> None:
    answer(db_session, card, LATER)
    set_aim(db_session, ben, LATER + DAY)
    db_session.commit()
    cleo = int(UserFactory(name="Cleo").id)
    finish_lesson(db_session, catalog, cleo, LESSON)

    taken = {table.name: rows for table, rows in collect(db_session, ben)}
    assert {name: len(taken[name]) for name in ("review_cards", "reviews", "review_aims")} == {
        "review_cards": 4,
        "reviews": 5,
        "review_aims": 1,
    }
    assert build_archive(db_session, ben, NOON)

    erase(db_session, [ben])
    db_session.commit()
    assert (count(db_session, ReviewCard), count(db_session, Review)) == (4, 4)
    assert count(db_session, ReviewAim) == 0
    assert {one.user_id for one in db_session.scalars(select(ReviewCard))} == {cleo}


def test_progress_is_nothing_that_review_touches(db_session: Db, ben: int, card: DueCard) -> None:
    def progress() -> list[tuple[object, ...]]:
        db_session.rollback()
        return [tuple(row) for row in db_session.execute(select(Progress.__table__))]

    before = progress()
    answer(db_session, card, LATER, well=False)
    assert progress() == before


def test_lessons_of_two_modules_keep_their_cards_apart(db_session: Db, ben: int) -> None:
    catalog = course_with(*two_modules())
    made = [finish_lesson(db_session, catalog, ben, one) for one in catalog.lessons.values()]
    assert made == [3, 3]
