"""Finals in the database: the forms that somebody was given, and a new one.

A form is an attempt of a kind of its own; the name of its program stands in place of a lesson.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from learnapp.content.programs import FinalBank, FormKind, Program
from learnapp.database.db import AnySession, begin_write
from learnapp.learning.attempts.store import store_revision
from learnapp.learning.models import ASIDE, FINAL, OPEN, RENEWAL, Attempt
from learnapp.learning.progress.service import get_or_create_locked
from learnapp.quiz.selection import draw_form
from learnapp.training.final.rules import FinalAttempt, is_over

FOLDER = "final"
_COLUMNS = (
    Attempt.id,
    Attempt.kind,
    Attempt.state,
    Attempt.item_ids,
    Attempt.started_at,
    Attempt.finished_at,
    Attempt.passed,
)


def final_name(program: str) -> str:
    """Return what stands in place of a lesson in attempts at the final of a program."""
    return f"{FOLDER}/{program}"


def program_of(name: str) -> str:
    """Return the program of such a name."""
    return name.removeprefix(f"{FOLDER}/")


def finals_of(session: AnySession, user_id: int) -> dict[str, tuple[FinalAttempt, ...]]:
    """Return all forms that somebody was given, by program, the newest first."""
    own = select(Attempt.lesson, *_COLUMNS).where(Attempt.user_id == user_id, Attempt.kind.in_((FINAL, RENEWAL)))
    found: dict[str, list[FinalAttempt]] = {}
    for row in session.execute(own.order_by(Attempt.id.desc())):
        found.setdefault(program_of(row.lesson), []).append(_attempt(row))
    return {program: tuple(attempts) for program, attempts in found.items()}


def finals_of_program(finals: Mapping[str, Sequence[FinalAttempt]], program: Program) -> tuple[FinalAttempt, ...]:
    """Return those at a program's final, under the names that it has and had, the newest first."""
    own = (attempt for name in program.names for attempt in finals.get(name, ()))
    return tuple(sorted(own, key=lambda attempt: attempt.id, reverse=True))


def lock_finals(session: AnySession, user_id: int, program: Program, now: datetime) -> tuple[FinalAttempt, ...]:
    """Keep others from beginning a form of this program until the transaction ends; return the forms, newest first.

    One that has been open for too long is set aside.
    """
    begin_write(session)
    get_or_create_locked(session, user_id, final_name(program.slug))
    own = (Attempt.user_id == user_id, Attempt.lesson.in_([final_name(name) for name in program.names]))
    rows = session.execute(select(*_COLUMNS).where(*own).order_by(Attempt.id.desc()).with_for_update())
    attempts = tuple(map(_attempt, rows))
    old = [attempt.id for attempt in attempts if attempt.state == OPEN and is_over(attempt.started_at, now)]
    if old:
        session.execute(update(Attempt).where(Attempt.id.in_(old)).values(state=ASIDE))
    return attempts


def set_aside(session: AnySession, user_id: int, programs: Iterable[str], *kinds: FormKind) -> None:
    """Set the open forms of these kinds aside that somebody has in programs of these names."""
    names = [final_name(program) for program in programs]
    own = (Attempt.user_id == user_id, Attempt.lesson.in_(names), Attempt.kind.in_(kinds), Attempt.state == OPEN)
    session.execute(update(Attempt).where(*own).values(state=ASIDE))


def store_form(
    session: AnySession,
    user_id: int,
    program: Program,
    kind: FormKind,
    bank: FinalBank,
    before: Sequence[FinalAttempt],
    seed: int,
    now: datetime,
) -> int:
    """Draw a form and store it, with as few items of the newest one before as the bank allows; return its id.

    Call `lock_finals` first.
    """
    name, avoid = final_name(program.slug), before[0].item_ids if before else ()
    set_aside(session, user_id, program.names, FINAL, RENEWAL)  # a renewal that was withdrawn under a former name
    items = draw_form(bank.quiz.revision, bank.quiz.strata, bank.traits, bank.rules, seed, avoid)
    store_revision(session, name, bank.quiz, now)
    attempt = Attempt(
        user_id=user_id,
        lesson=name,
        kind=kind,
        state=OPEN,
        revision=bank.quiz.revision,
        item_ids=list(items),
        seed=seed,
        current_item=items[0],
        started_at=now,
        saved_at=now,
        max_points=float(len(items)),
    )
    session.add(attempt)
    session.flush()
    return attempt.id


def _attempt(row: Row[*tuple[Any, ...]]) -> FinalAttempt:
    return FinalAttempt(row.id, row.kind, row.state, tuple(row.item_ids), row.started_at, row.finished_at, row.passed)
