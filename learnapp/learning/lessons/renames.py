"""Renames: rows of renamed lessons and items follow to the new names, and rows without a name are counted.

An attempt keeps the item ids of the quiz that is pinned to it; its lesson, progress and review cards follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select, tuple_, union, update

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog
from learnapp.db import AnySession, begin_write
from learnapp.learning.merge_guest import move_attempts, move_cards
from learnapp.learning.models import Attempt, Progress, QuizRevision
from learnapp.learning.review.models import ReviewCard

BATCH = 200
OWN = (Progress, Attempt, ReviewCard)  # rows of learners; their `lesson` is a lesson's key
ItemName = tuple[str, str]


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
    if rows:
        _lock(session, {user for user, _lesson in rows})
        for user, lesson in rows:
            old, new = {"user_id": user, "lesson": lesson}, {"user_id": user, "lesson": lessons[lesson]}
            move_attempts(session, old, new)
            move_cards(session, old, new)
        return len(rows)
    items = _renamed_items(catalog)
    names = iter(items)
    while some := list(islice(names, BATCH)):
        cards = select(ReviewCard.user_id, ReviewCard.lesson, ReviewCard.item_id)
        renamed = cards.where(tuple_(ReviewCard.lesson, ReviewCard.item_id).in_(some)).limit(BATCH)
        if owned := session.execute(renamed).all():
            _lock(session, {user for user, _lesson, _item in owned})
            for user, lesson, item in owned:
                card = {"user_id": user, "lesson": lesson}
                move_cards(session, {**card, "item_id": item}, {**card, "item_id": items[lesson, item]})
            return len(owned)
    return _follow_revisions(session, lessons)


def lost_names(session: AnySession, catalog: Catalog) -> tuple[LostName, ...]:
    """Return what rows of learners name and the course does not have, lessons first."""
    known = {*catalog.lessons, *catalog.renamed_lessons}
    own = union(*(select(model.user_id, model.lesson) for model in OWN)).subquery()
    lessons = select(own.c.lesson, func.count()).group_by(own.c.lesson).order_by(own.c.lesson)
    lost = [LostName(name, None, count) for name, count in session.execute(lessons) if name not in known]
    names = {(key, item) for key in known for item in _item_names(catalog, key)}
    card = (ReviewCard.lesson, ReviewCard.item_id)
    for lesson, item, count in session.execute(select(*card, func.count()).group_by(*card).order_by(*card)):
        if lesson in known and (lesson, item) not in names:
            lost.append(LostName(lesson, item, count))
    return tuple(lost)


def _lock(session: AnySession, users: set[int]) -> None:
    """Lock these people: while they are, no new row can refer to them."""
    session.execute(select(User.id).where(User.id.in_(users)).order_by(User.id).with_for_update())


def _follow_revisions(session: AnySession, lessons: Mapping[str, str]) -> int:
    named = select(QuizRevision.lesson).where(QuizRevision.lesson.in_(lessons)).distinct()
    former = session.scalars(named).all()
    for old in former:
        revisions = update(QuizRevision).where(QuizRevision.lesson == old)
        session.execute(revisions.values(lesson=lessons[old]))
    return len(former)


def _renamed_items(catalog: Catalog) -> dict[ItemName, str]:
    """Return the current id of each item by its lesson's key and its former ids."""
    quizzes = ((lesson.key, quiz) for lesson in catalog.lessons.values() for quiz in lesson.quizzes)
    return {(key, old): item.id for key, quiz in quizzes for item in quiz.items for old in item.was}


def _item_names(catalog: Catalog, key: str) -> set[str]:
    """Return all ids that the items of a lesson have or had; the key may be a former one."""
    lesson = catalog.lesson_by_key(key)
    quizzes = lesson.quizzes if lesson else ()
    return {name for quiz in quizzes for item in quiz.items for name in (item.id, *item.was)}
