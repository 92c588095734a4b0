"""Standings in the database: who is expected at an event, and the dated facts about them, in six statements for all.

Read is only what the rule of readiness takes: no scores, no answers, no replies' words and no notes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from fsrs import Rating
from sqlalchemy import BindParameter, Boolean, and_, bindparam, literal, null, or_, select, type_coerce, union_all

from learnapp.accounts.models import User
from learnapp.content.catalog import Catalog
from learnapp.content.programs import Program
from learnapp.database.db import AnySession, UtcDateTime, execute, table_of
from learnapp.groups.models import MEMBER, Membership
from learnapp.learning.access import age_access, counting_band
from learnapp.learning.models import FINAL, FINISHED, RENEWAL, Attempt, Progress
from learnapp.learning.progress.service import StoredProgress, undone_progress
from learnapp.learning.review.models import Review, ReviewCard
from learnapp.learning.review.schedule import replay
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.models import EventVolunteer
from learnapp.teams.standings.values import ExpectedVolunteer
from learnapp.training.certificates.store import ISSUED_COLUMNS
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.final.rules import FinalAttempt
from learnapp.training.final.store import final_name
from learnapp.training.models import Acknowledgement, Certificate, CredentialStatus, PracticeRun
from learnapp.training.practice.values import StoredRun

ROWS_AT_ONCE = 250
_PARTNER = table_of(User).alias("partners")
_USERS, _MEMBERSHIPS, _VOLUNTEERS = table_of(User), table_of(Membership), table_of(EventVolunteer)
_PROGRESS, _ATTEMPTS, _CARDS = table_of(Progress), table_of(Attempt), table_of(ReviewCard)
_REVIEWS = table_of(Review)
_RUNS, _READ = table_of(PracticeRun), table_of(Acknowledgement)
_CERTIFICATES, _STATUSES = table_of(Certificate), table_of(CredentialStatus)
_OF_EVENT = and_(_VOLUNTEERS.c.event_id == bindparam("event"), _VOLUNTEERS.c.user_id == _MEMBERSHIPS.c.user_id)
_PEOPLE = (
    select(
        *_USERS.c["id", "name", "band", "group_band", "role"],
        _MEMBERSHIPS.c.full_name,
        _VOLUNTEERS.c.partnered_at,
        _PARTNER.c.name.label("partner"),
        _VOLUNTEERS.c.name.label("kept_name"),
        _VOLUNTEERS.c.ready,
    )
    .select_from(
        _MEMBERSHIPS.join(_USERS, _USERS.c.id == _MEMBERSHIPS.c.user_id)
        .outerjoin(_VOLUNTEERS, _OF_EVENT)
        .outerjoin(_PARTNER, _PARTNER.c.id == _VOLUNTEERS.c.partnered_by)
    )
    .where(
        _MEMBERSHIPS.c.group_id == bindparam("group"),
        _MEMBERSHIPS.c.role == MEMBER,
        or_(bindparam("all", type_=Boolean()), _VOLUNTEERS.c.expected),
    )
)


def _among(table: Any) -> Any:
    return table.c.user_id.in_(bindparam("users", expanding=True))


_LESSONS: BindParameter[str] = bindparam("lessons", expanding=True)
_NOTHING = type_coerce(null(), UtcDateTime())
# Lessons that are complete, those whose questions are not to be told since results wait, and updates that were read.
_DONE = union_all(
    select(literal("lesson"), _PROGRESS.c.user_id, _PROGRESS.c.lesson, _PROGRESS.c.completed_at).where(
        _among(_PROGRESS), _PROGRESS.c.lesson.in_(_LESSONS), _PROGRESS.c.completed_at <= bindparam("until")
    ),
    select(literal("sealed"), _ATTEMPTS.c.user_id, _ATTEMPTS.c.lesson, _NOTHING).where(
        _among(_ATTEMPTS), _ATTEMPTS.c.lesson.in_(_LESSONS), _ATTEMPTS.c.deferred, _ATTEMPTS.c.state != FINISHED
    ),
    select(literal("update"), _READ.c.user_id, _READ.c.update, _READ.c.acknowledged_at).where(
        _among(_READ),
        _READ.c.program.in_(bindparam("programs", expanding=True)),
        _READ.c.acknowledged_at <= bindparam("until"),
    ),
)
_PRACTICE = select(*_RUNS.c["user_id", "conversation", "path", "done_at"]).where(
    _among(_RUNS), _RUNS.c.conversation.in_(bindparam("conversations", expanding=True))
)
_FORM_COLUMNS = _ATTEMPTS.c["id", "kind", "state", "item_ids", "started_at", "finished_at", "passed"]
# What stands on a certificate, such as the name, is not read: nothing of readiness goes by it.
_UNREAD = ("program_title", "name_shown", "content_version", "statements", "subject", "revoke_reason")
_ISSUED = tuple(null().label(column.name) if column.name in _UNREAD else column for column in ISSUED_COLUMNS)
_FINALS = (
    select(_ATTEMPTS.c.user_id, *_FORM_COLUMNS, *_ISSUED)
    .select_from(
        _ATTEMPTS.outerjoin(
            _CERTIFICATES,
            and_(_CERTIFICATES.c.attempt_id == _ATTEMPTS.c.id, _CERTIFICATES.c.issued_at <= bindparam("until")),
        ).outerjoin(_STATUSES, _STATUSES.c.certificate_id == _CERTIFICATES.c.id)
    )
    .where(
        _among(_ATTEMPTS),
        _ATTEMPTS.c.lesson.in_(bindparam("finals", expanding=True)),
        _ATTEMPTS.c.kind.in_((FINAL, RENEWAL)),
        _ATTEMPTS.c.started_at <= bindparam("until"),
        or_(_ATTEMPTS.c.finished_at.is_(None), _ATTEMPTS.c.finished_at <= bindparam("until")),
    )
    .order_by(_ATTEMPTS.c.id.desc())
)
_MEMORIES = select(*_CARDS.c["user_id", "lesson", "item_id", "stability", "reviewed_on"]).where(
    _among(_CARDS), _CARDS.c.lesson.in_(_LESSONS), _CARDS.c.reviewed_on < bindparam("since")
)
# The reviews, up to a moment, of cards that may have been reviewed since.
_HISTORIES = (
    select(*_CARDS.c["user_id", "lesson", "item_id"], *_REVIEWS.c["reviewed_on", "rating"])
    .select_from(_CARDS.join(_REVIEWS, _REVIEWS.c.card_id == _CARDS.c.id))
    .where(
        _among(_CARDS),
        _CARDS.c.lesson.in_(_LESSONS),
        _CARDS.c.reviewed_on >= bindparam("since"),
        _REVIEWS.c.reviewed_at <= bindparam("until"),
    )
    .order_by(_CARDS.c.id, _REVIEWS.c.number)
)
Memory = tuple[str, str, float, date]  # lesson, item, stability in days, day of the last review


class Memories:
    """How firmly a volunteer remembers questions, column by column.

    A tuple kept for each of tens of thousands would have the garbage collector look at them all again and again, which
    is a sixth of the time of a page.
    """

    __slots__ = ("_days", "_items", "_lessons", "_stabilities")

    def __init__(self) -> None:
        self._lessons, self._items = list[str](), list[str]()
        self._stabilities, self._days = list[float](), list[date]()

    def add(self, lesson: str, item: str, stability: float, reviewed_on: date) -> None:
        """Note what is stored of one question."""
        self._lessons.append(lesson)
        self._items.append(item)
        self._stabilities.append(stability)
        self._days.append(reviewed_on)

    def __iter__(self) -> Iterator[Memory]:
        return zip(self._lessons, self._items, self._stabilities, self._days, strict=True)


@dataclass(frozen=True, slots=True)
class VolunteerFacts:
    """What is stored of one volunteer about a program, as far as readiness goes by it; forms have the newest first.

    `memories` are those of the questions that come back.
    """

    progress: StoredProgress = field(default_factory=StoredProgress)
    completed: dict[str, datetime] = field(default_factory=dict)
    sealed: set[str] = field(default_factory=set)
    updates: set[str] = field(default_factory=set)
    runs: dict[str, StoredRun] = field(default_factory=dict)
    forms: list[FinalAttempt] = field(default_factory=list)
    certificates: list[IssuedCertificate] = field(default_factory=list)
    memories: Memories = field(default_factory=Memories)


def expected_volunteers(session: AnySession, catalog: Catalog, event: TeamEvent) -> list[ExpectedVolunteer]:
    """Return who is expected at an event, by name, in one statement."""
    values = {"event": event.id, "group": event.group_id, "all": event.for_all}
    people = [
        ExpectedVolunteer(
            user_id=row.id,
            name=row.full_name or row.name,
            access=age_access(counting_band(row.band, row.group_band, row.role), catalog),
            partnered_at=row.partnered_at,
            partnered_by=row.partner,
            kept_name=row.kept_name,
            kept_ready=row.ready,
        )
        for row in execute(session, _PEOPLE, values)
    ]
    return sorted(people, key=lambda one: (one.name.casefold(), one.user_id))


def volunteer_facts(
    session: AnySession,
    program: Program,
    lessons: Iterable[str],
    user_ids: Collection[int],
    until: datetime,
    *,
    past: bool = False,
) -> dict[int, VolunteerFacts]:
    """Return the facts about volunteers and a program up to a moment, in five statements; six for one that is `past`.

    `lessons` are the names of its lessons, former ones too.
    """
    if not user_ids:
        return {}
    found: dict[int, VolunteerFacts] = defaultdict(VolunteerFacts)
    asked = {"users": list(user_ids), "lessons": list(lessons), "until": until}
    for user_id, stored in undone_progress(session, user_ids, until).items():
        found[user_id] = VolunteerFacts(progress=stored)
    for kind, user_id, name, moment in execute(session, _DONE, {**asked, "programs": list(program.names)}):
        own = found[user_id]
        if kind == "lesson":
            own.completed[name] = moment
        else:
            (own.sealed if kind == "sealed" else own.updates).add(name)
    for user_id, name, path, done_at in execute(session, _PRACTICE, {**asked, "conversations": list(program.practice)}):
        in_time = done_at is None or done_at <= until
        found[user_id].runs[name] = StoredRun(tuple(path), done_at=done_at) if in_time else StoredRun()
    finals = {**asked, "finals": [final_name(name) for name in program.names]}
    size = 1 + len(_FORM_COLUMNS)
    for user_id, *row in execute(session, _FINALS, finals):
        form, issued = row[: size - 1], row[size - 1 :]
        form[3] = tuple(form[3])
        found[user_id].forms.append(FinalAttempt(*form))
        if issued[0] is not None:
            found[user_id].certificates.append(IssuedCertificate(*issued))
    # A day earlier, as days of review are those of each person's own calendar.
    asked["since"] = (until - timedelta(days=1)).date() if past else date.max
    # Of tens of thousands of rows only so many at a time, as few as leave the garbage collector alone.
    for some in execute(session, _MEMORIES, asked).partitions(ROWS_AT_ONCE):
        for user_id, lesson, item, stability, reviewed_on in some:
            found[user_id].memories.add(lesson, item, stability, reviewed_on)
    for user_id, memory in _earlier_memories(session, asked) if past else ():
        found[user_id].memories.add(*memory)
    return found


def _earlier_memories(session: AnySession, asked: dict[str, Any]) -> Iterator[tuple[int, Memory]]:
    """Yield the memories, at a moment, of cards that may have been reviewed since."""
    rows = execute(session, _HISTORIES, asked)
    for (user_id, lesson, item), history in groupby(rows, key=lambda row: row[:3]):
        memory = replay((reviewed_on, Rating(rating)) for *_card, reviewed_on, rating in history)
        if memory is not None:
            yield user_id, (lesson, item, memory.stability, memory.reviewed_on)
