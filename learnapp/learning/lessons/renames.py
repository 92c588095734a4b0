"""Renames: rows of renamed lessons and items follow to the new names, and rows without a name are counted.

An attempt keeps the item ids of the quiz that is pinned to it; its lesson, progress and review cards follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sqlalchemy import func, select, tuple_, union

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog
from learnapp.db import AnySession, begin_write, table_of
from learnapp.learning.models import ASIDE, OPEN, Attempt, Progress, QuizRevision
from learnapp.learning.progress.rules import LessonState, merge_states
from learnapp.learning.progress.service import FIELDS, update_progress
from learnapp.learning.review.merge_guest import merge_cards
from learnapp.learning.review.models import ReviewCard

BATCH = 200
_PROGRESS, _ATTEMPTS, _CARDS = table_of(Progress), table_of(Attempt), table_of(ReviewCard)
_REVISIONS = table_of(QuizRevision)
OWN = (_PROGRESS, _ATTEMPTS, _CARDS)  # rows of learners; their `lesson` is a lesson's key
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
    named = (select(table.c.user_id, table.c.lesson).where(table.c.lesson.in_(lessons)) for table in OWN)
    rows = session.execute(union(*named).limit(BATCH)).all()
    if rows:
        _lock(session, {user for user, _lesson in rows})
        for user, lesson in rows:
            _follow_lesson(session, user, lesson, lessons[lesson])
        return len(rows)
    items = _renamed_items(catalog)
    names = iter(items)
    while some := list(islice(names, BATCH)):
        cards = select(_CARDS.c.user_id, _CARDS.c.lesson, _CARDS.c.item_id)
        renamed = cards.where(tuple_(_CARDS.c.lesson, _CARDS.c.item_id).in_(some)).limit(BATCH)
        if found := session.execute(renamed).all():
            _lock(session, {user for user, _lesson, _item in found})
            for user, lesson, item in found:
                _follow_item(session, user, lesson, item, items[lesson, item])
            return len(found)
    return _follow_revisions(session, lessons)


def lost_names(session: AnySession, catalog: Catalog) -> tuple[LostName, ...]:
    """Return what rows of learners name and the course does not have, lessons first."""
    known = {*catalog.lessons, *catalog.renamed_lessons}
    rows = (select(table.c.user_id, table.c.lesson) for table in OWN)
    both = union(*rows).subquery()
    lessons = session.execute(
        select(both.c.lesson, func.count(both.c.user_id)).group_by(both.c.lesson).order_by(both.c.lesson)
    )
    lost = [LostName(lesson, None, count) for lesson, count in lessons if lesson not in known]
    names = {(key, item) for key in known for item in _item_names(catalog, key)}
    cards = session.execute(
        select(_CARDS.c.lesson, _CARDS.c.item_id, func.count())
        .group_by(_CARDS.c.lesson, _CARDS.c.item_id)
        .order_by(_CARDS.c.lesson, _CARDS.c.item_id)
    )
    lost += [
        LostName(lesson, item, count)
        for lesson, item, count in cards
        if lesson in known and (lesson, item) not in names
    ]
    return tuple(lost)


def _lock(session: AnySession, users: set[int]) -> None:
    """Lock these people: while they are, no new row can refer to them."""
    session.execute(select(User.id).where(User.id.in_(users)).order_by(User.id).with_for_update())


def _follow_lesson(session: AnySession, user: int, old: str, new: str) -> None:
    row = (_PROGRESS.c.user_id == user, _PROGRESS.c.lesson == old)
    state = session.execute(select(*FIELDS).where(*row)).one_or_none()
    if state is not None:
        update_progress(session, user, new, partial(merge_states, other=LessonState(*state)))
        session.execute(_PROGRESS.delete().where(*row))
    is_open = select(_ATTEMPTS.c.id).where(_ATTEMPTS.c.user_id == user, _ATTEMPTS.c.lesson.in_((old, new)))
    newest = is_open.where(_ATTEMPTS.c.state == OPEN).order_by(
        _ATTEMPTS.c.saved_at.desc(), _ATTEMPTS.c.id.desc()
    )
    for attempt in session.scalars(newest).all()[1:]:
        session.execute(_ATTEMPTS.update().where(_ATTEMPTS.c.id == attempt).values(state=ASIDE))
    merge_cards(session, {"user_id": user, "lesson": old}, {"user_id": user, "lesson": new})
    for table in (_ATTEMPTS, _CARDS):
        own = (table.c.user_id == user, table.c.lesson == old)
        session.execute(table.update().where(*own).values(lesson=new))


def _follow_item(session: AnySession, user: int, lesson: str, old: str, new: str) -> None:
    card = {"user_id": user, "lesson": lesson}
    merge_cards(session, {**card, "item_id": old}, {**card, "item_id": new})
    own = (_CARDS.c.user_id == user, _CARDS.c.lesson == lesson, _CARDS.c.item_id == old)
    session.execute(_CARDS.update().where(*own).values(item_id=new))


def _follow_revisions(session: AnySession, lessons: Mapping[str, str]) -> int:
    named = select(_REVISIONS.c.lesson).where(_REVISIONS.c.lesson.in_(lessons)).distinct()
    found = session.scalars(named).all()
    for old in found:
        moved = _REVISIONS.update().where(_REVISIONS.c.lesson == old).values(lesson=lessons[old])
        session.execute(moved)
    return len(found)


def _renamed_items(catalog: Catalog) -> dict[ItemName, str]:
    """Return the current id of each item by its lesson's key and its former ids."""
    forms = ((lesson.key, form) for lesson in catalog.lessons.values() for form in lesson.forms)
    return {(key, old): item.id for key, form in forms for item in form.items for old in item.was}


def _item_names(catalog: Catalog, key: str) -> set[str]:
    """Return all ids that the items of a lesson have or had; the key may be a former one."""
    lesson = catalog.lesson_by_key(key)
    forms = lesson.forms if lesson else ()
    return {name for form in forms for item in form.items for name in (item.id, *item.was)}
