"""Renames: rows of renamed lessons and items follow to the new names, and rows without a name are counted.

An attempt keeps the item ids of its revision of the quiz; its lesson, progress, cards and own words follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Row, case, func, select, tuple_, union, update

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession, begin_write, execute
from learnapp.learning.lessons.merge_guest import move_attempts, move_cards
from learnapp.learning.lessons.own_words.service import move_words
from learnapp.learning.models import Attempt, OwnWords, Progress, QuizRevision
from learnapp.learning.other_quizzes import find_other_quiz
from learnapp.learning.review.models import ReviewCard

BATCH = 200
OWN = (Progress, Attempt, ReviewCard, OwnWords)  # rows of learners; their `lesson` is a lesson's key


@dataclass(frozen=True, slots=True)
class LostName:
    """A lesson, or an item of one, that rows of `learners` name and the course neither has nor had."""

    lesson: str
    item: str | None
    learners: int


def follow_renames(session: AnySession, catalog: Catalog) -> int:
    """Move a batch of rows to the current names; return how many it has, 0 when all have followed.

    Call it until it returns 0, with a commit each time. Where a learner has rows under both names, they are
    united as those of a guest and an account are.
    """
    begin_write(session)
    lessons = catalog.renamed_lessons
    named = (select(model.user_id, model.lesson).where(model.lesson.in_(lessons)) for model in OWN)
    rows = session.execute(union(*named).limit(BATCH)).all()
    _lock_users(session, rows)
    for user, lesson in rows:
        old, new = {"user_id": user, "lesson": lesson}, {"user_id": user, "lesson": lessons[lesson]}
        move_attempts(session, old, new)
        move_cards(session, old, new)
        move_words(session, old, new)
    moved = len(rows) or _follow_items(session, catalog)
    if moved or not lessons:
        return moved
    names = case(dict(lessons), value=QuizRevision.lesson)
    revisions = update(QuizRevision).where(QuizRevision.lesson.in_(lessons)).values(lesson=names)
    return execute(session, revisions, {}).rowcount


def lost_names(session: AnySession, catalog: Catalog) -> tuple[LostName, ...]:
    """Return what rows of learners name and the course does not have, lessons first."""
    former = {old: catalog.lessons[key] for old, key in catalog.renamed_lessons.items()}
    item_names = {key: set(_items_by_name(lesson)) for key, lesson in {**former, **catalog.lessons}.items()}
    own = union(*(select(model.user_id, model.lesson) for model in OWN)).subquery()
    lessons = select(own.c.lesson, func.count()).group_by(own.c.lesson).order_by(own.c.lesson)
    lost = [
        LostName(name, None, count)
        for name, count in session.execute(lessons)
        if name not in item_names and find_other_quiz(name) is None
    ]
    card = (ReviewCard.lesson, ReviewCard.item_id)
    cards = session.execute(select(*card, func.count()).group_by(*card).order_by(*card))
    lost += [
        LostName(lesson, item, count) for lesson, item, count in cards if item not in item_names.get(lesson, {item})
    ]
    return tuple(lost)


def _follow_items(session: AnySession, catalog: Catalog) -> int:
    """Move a batch of cards whose items were renamed; return how many it has."""
    items = {(key, old): new for key, lesson in catalog.lessons.items() for old, new in _items_by_name(lesson).items()}
    names = iter([(key, old) for (key, old), new in items.items() if old != new])
    while some := list(islice(names, BATCH)):
        cards = select(ReviewCard.user_id, ReviewCard.lesson, ReviewCard.item_id)
        renamed = cards.where(tuple_(ReviewCard.lesson, ReviewCard.item_id).in_(some)).limit(BATCH)
        rows = session.execute(renamed).all()
        _lock_users(session, rows)
        for user, lesson, item in rows:
            card = {"user_id": user, "lesson": lesson}
            move_cards(session, {**card, "item_id": item}, {**card, "item_id": items[lesson, item]})
        if rows:
            return len(rows)
    return 0


def _lock_users(session: AnySession, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    """Lock the people of these rows: while they are, no new row can refer to them."""
    if users := {row.user_id for row in rows}:
        session.execute(select(User.id).where(User.id.in_(users)).order_by(User.id).with_for_update())


def _items_by_name(lesson: Lesson) -> dict[str, str]:
    """Return the current id of each item of a lesson by the ids that it has or had."""
    items = (item for quiz in lesson.quizzes for item in quiz.items)
    return {name: item.id for item in items for name in (*item.was, item.id)}
