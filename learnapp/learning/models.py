"""Learning tables: revisions of quizzes, attempts with their answers, progress, and words of one's own.

The rules that must survive any race stand here as constraints: at most one open
attempt for each learner and lesson, one answer for each item, one progress row for each learner and lesson.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

OPEN, ASIDE, HANDED_IN, FINISHED = "open", "aside", "handed_in", "finished"
MAIN, SHORT, MISSED = "main", "short", "missed"
FINAL: Final = "final"
RENEWAL: Final = "renewal"
GUESS, JUDGMENT, SHORT_JUDGMENT = "guess", "judgment", "short"
OWN_WORDS_MAX = 400

_KEY = String(161)  # "module-slug/lesson-slug", two slugs of at most 80
_SHARED = column_rule(keep="as long as an attempt was made with it", erase="none")
_OWN = column_rule(keep="as long as the account", erase="delete")
_ANSWER = column_rule(keep="as long as the account", erase="delete", withheld="until it is submitted")
_ORDER = column_rule(keep="as long as the account", erase="delete", withheld="until the attempt is finished")


class QuizRevision(Base):
    """A quiz exactly as it stood when someone first attempted it, stored once."""

    __tablename__ = "quiz_revisions"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True, info=_SHARED)
    lesson: Mapped[str] = mapped_column(_KEY, info=_SHARED)
    body: Mapped[str] = mapped_column(Text, info=_SHARED)
    created_at: Mapped[datetime] = mapped_column(info=_SHARED)


class Attempt(Base):
    """One go at a lesson's quiz, or at the final of a program, which stands in place of a lesson.

    `state`: open takes answers; aside waits because another attempt of the lesson was taken up (nothing is
    thrown away); handed in takes no more answers and waits ungraded until results are shown; finished has its
    result. `deferred`: begun while results of this quiz waited, so nothing is graded before they are shown. `seq`
    counts what was stored, see docs/decisions/ on saving.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint(f"state IN ('{OPEN}', '{ASIDE}', '{HANDED_IN}', '{FINISHED}')", name="state"),
        CheckConstraint(f"kind IN ('{MAIN}', '{SHORT}', '{MISSED}', '{FINAL}', '{RENEWAL}')", name="kind"),
        CheckConstraint(f"(state = '{FINISHED}') = (finished_at IS NOT NULL)", name="finished"),
        # On PostgreSQL, too, see `state_conditions` in database/postgresql.py.
        Index("uq_attempts_one_open", "user_id", "lesson", unique=True, sqlite_where=text(f"state = '{OPEN}'")),
        Index("ix_attempts_user_id_lesson", "user_id", "lesson"),
        Index("ix_attempts_user_id_started_at", "user_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), info=_OWN)
    lesson: Mapped[str] = mapped_column(_KEY, info=_OWN)
    kind: Mapped[str] = mapped_column(String(10), info=_OWN)
    state: Mapped[str] = mapped_column(String(10), default=OPEN, info=_OWN)
    deferred: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=_OWN)
    revision: Mapped[str] = mapped_column(ForeignKey("quiz_revisions.hash"), index=True, info=_ORDER)
    item_ids: Mapped[list[str]] = mapped_column(info=_OWN)
    seed: Mapped[int] = mapped_column(BigInteger, info=_ORDER)
    seq: Mapped[int] = mapped_column(default=0, info=_OWN)
    last_save: Mapped[str | None] = mapped_column(String(64), info=_ORDER)
    current_item: Mapped[str | None] = mapped_column(String(80), info=_OWN)
    started_at: Mapped[datetime] = mapped_column(info=_OWN)
    saved_at: Mapped[datetime] = mapped_column(info=_OWN)
    finished_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    points: Mapped[float | None] = mapped_column(info=_OWN)
    max_points: Mapped[float] = mapped_column(info=_OWN)
    passed: Mapped[bool | None] = mapped_column(info=_OWN)


class Response(Base):
    """The answer to one item of one attempt, as its type stores it: positions in the file, not on the page.

    `checked`: the response as it stands was graded, as after a wrong try in an interactive quiz.
    """

    __tablename__ = "responses"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    item_id: Mapped[str] = mapped_column(String(80), primary_key=True, info=_OWN)
    response: Mapped[dict[str, Any] | None] = mapped_column(info=_ANSWER)
    flagged: Mapped[bool] = mapped_column(default=False, info=_OWN)
    certainty: Mapped[int | None] = mapped_column(info=_OWN)
    tries: Mapped[int] = mapped_column(default=0, info=_OWN)
    hints: Mapped[int] = mapped_column(default=0, info=_OWN)
    submitted_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    points: Mapped[float | None] = mapped_column(info=_ANSWER)
    checked: Mapped[bool] = mapped_column(default=False, info=_OWN)
    saved_at: Mapped[datetime] = mapped_column(info=_OWN)


class PretestAnswer(Base):
    """A question that somebody answered in a look ahead: `question` stands for it as it was, `known` for the answer.

    The first answer stays, so that asking again and again tells no key.
    """

    __tablename__ = "pretest_answers"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    question: Mapped[str] = mapped_column(String(32), primary_key=True, info=_OWN)
    known: Mapped[bool] = mapped_column(info=_OWN)
    answered_at: Mapped[datetime] = mapped_column(info=_OWN)


class Progress(Base):
    """How far one learner is in one lesson; what was reached is never taken back."""

    __tablename__ = "progress"
    __table_args__ = (CheckConstraint("route IN ('all', 'closed', 'short')", name="route"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    lesson: Mapped[str] = mapped_column(_KEY, primary_key=True, info=_OWN)
    place: Mapped[str | None] = mapped_column(String(80), info=_OWN)
    place_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    read_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    route: Mapped[str | None] = mapped_column(String(10), info=_OWN)
    passed_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    completed_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    best_points: Mapped[float | None] = mapped_column(info=_OWN)
    best_max: Mapped[float | None] = mapped_column(info=_OWN)


class OwnWords(Base):
    """What somebody wrote down in a lesson for themselves: no page, list or file of anybody else has it.

    A guess has the `name` that it has in the lesson: under another name, another question was asked.
    """

    __tablename__ = "own_words"
    __table_args__ = (CheckConstraint(f"kind IN ('{GUESS}', '{JUDGMENT}', '{SHORT_JUDGMENT}')", name="kind"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    lesson: Mapped[str] = mapped_column(_KEY, primary_key=True, info=_OWN)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True, info=_OWN)
    name: Mapped[str | None] = mapped_column(String(80), info=_OWN)
    words: Mapped[str] = mapped_column(String(OWN_WORDS_MAX), info=_OWN)
    saved_at: Mapped[datetime] = mapped_column(info=_OWN)
