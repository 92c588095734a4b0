"""A class and what its members did: rows as learning leaves them, without taking every quiz."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.groups.assignments.models import LESSON as ONE_LESSON
from learnapp.groups.assignments.models import MODULE
from learnapp.groups.models import LEADER, Group
from learnapp.groups.store import find_group
from learnapp.groups.values import GroupSummary
from learnapp.learning.attempts.store import store_revision
from learnapp.learning.models import FINISHED, MAIN, OPEN, Progress, Response
from learnapp.quiz.quiz import QuizVersion
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, GroupFactory, MembershipFactory
from tests.factories.learning import AttemptFactory, ProgressFactory
from tests.quiz.samples import KEYS

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_numbers = count(1)


@dataclass(frozen=True)
class SeededClass:
    """A class with its leader and members, by name, and what was assigned."""

    id: int
    leader: int
    members: dict[str, int]
    assigned: list[int] = field(default_factory=list)

    @property
    def group(self) -> GroupSummary:
        """Return the class as its leader sees it."""
        found = find_group(db.session, self.leader, self.id)
        assert found is not None
        return found


def class_of(
    *names: str, leader: int | None = None, joined_at: datetime = NOON - 30 * DAY, **about: Any
) -> SeededClass:
    """Make a class of Ada's with members of these names."""
    group: Group = GroupFactory(**about)
    ada = leader or UserFactory(name="Ada", role="teacher").id
    MembershipFactory(group_id=group.id, user_id=ada, role=LEADER)
    members = {name: join(group.id, name, joined_at=joined_at) for name in names}
    return SeededClass(group.id, ada, members)


def join(group_id: int, name: str, *, joined_at: datetime = NOON - 30 * DAY, **about: Any) -> int:
    """Make an account that is a member of a group."""
    user = {key: about.pop(key) for key in ("band", "group_band", "role") if key in about}
    user_id: int = UserFactory(name=name, **user).id
    MembershipFactory(group_id=group_id, user_id=user_id, joined_at=joined_at, **about)
    return user_id


def assign(group_id: int, target: Lesson | str, due: datetime | None = None, **about: Any) -> int:
    """Assign a lesson, or a module by its name."""
    kind, name = (MODULE, target) if isinstance(target, str) else (ONE_LESSON, target.key)
    assignment_id: int = AssignmentFactory(group_id=group_id, target_kind=kind, target=name, due=due, **about).id
    return assignment_id


def read(user_id: int, lesson: Lesson, at: datetime, route: str = "all") -> None:
    """Have somebody read a lesson by one of its routes."""
    progress = db.session.get(Progress, (user_id, lesson.key)) or ProgressFactory(user_id=user_id, lesson=lesson.key)
    progress.place_at, progress.read_at, progress.route = at, progress.read_at or at, route
    if progress.passed_at and not progress.completed_at:
        progress.completed_at = max(at, progress.passed_at)
    db.session.commit()


def try_quiz(
    user_id: int, lesson: Lesson, points: float, at: datetime, kind: str = MAIN, quiz: QuizVersion | None = None
) -> int:
    """Have somebody finish a quiz with so many points, whole ones for the first items; return the attempt's id."""
    asked = quiz or (lesson.quiz if kind == MAIN else lesson.short_quiz) or lesson.quiz
    total = float(len(asked.items))
    passed = 100 * points / total >= asked.pass_mark
    attempt = AttemptFactory(
        user_id=user_id,
        lesson=lesson.key,
        kind=kind,
        state=FINISHED,
        revision=store_revision(db.session(), lesson.key, asked, NOON),
        item_ids=[item.id for item in asked.items],
        seed=next(_numbers),
        seq=len(asked.items),
        started_at=at - HOUR,
        saved_at=at,
        finished_at=at,
        points=points,
        max_points=total,
        passed=passed,
    )
    for number, item in enumerate(asked.items):
        earned = min(1.0, max(0.0, points - number))
        db.session.add(
            Response(
                attempt_id=attempt.id,
                item_id=item.id,
                response=KEYS.get(item.type) if earned >= 1 else None,
                submitted_at=at,
                points=earned,
                tries=1,
                checked=True,
                saved_at=at,
            )
        )
    progress = db.session.get(Progress, (user_id, lesson.key)) or ProgressFactory(user_id=user_id, lesson=lesson.key)
    if passed and not progress.passed_at:
        progress.passed_at = at
        if progress.read_at:
            progress.completed_at = max(at, progress.read_at)
    db.session.commit()
    return int(attempt.id)


def begin_quiz(user_id: int, lesson: Lesson, at: datetime, *, seq: int = 0) -> int:
    """Have somebody begin a quiz and leave it open, with so many saves."""
    if db.session.get(Progress, (user_id, lesson.key)) is None:
        ProgressFactory(user_id=user_id, lesson=lesson.key)
    revision = store_revision(db.session(), lesson.key, lesson.quiz, NOON)
    ids = [item.id for item in lesson.quiz.items]
    attempt_id: int = AttemptFactory(
        user_id=user_id, lesson=lesson.key, revision=revision, state=OPEN, item_ids=ids, seq=seq, started_at=at,
        saved_at=at, max_points=float(len(ids)),
    ).id  # fmt: skip
    return attempt_id


def complete(user_id: int, lesson: Lesson, at: datetime, share: float = 1.0) -> None:
    """Have somebody read a lesson and pass its quiz with a share of the points."""
    read(user_id, lesson, at)
    try_quiz(user_id, lesson, share * len(lesson.quiz.items), at)
