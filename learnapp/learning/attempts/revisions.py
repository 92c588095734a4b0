"""Pinned quizzes: an attempt is shown and graded by the quiz as it stood when the attempt began."""

from datetime import datetime

from sqlalchemy import select

from learnapp.db import AnySession, insert
from learnapp.learning.models import QuizRevision
from learnapp.quiz.quiz import QuizVersion, dump_revision, load_revision

# A parsed quiz is some tens of kilobytes; a course of thirty lessons with short versions fits twice over.
PARSED_AT_MOST = 128

# Parsed quizzes by their hash, which names their content, so that nothing in here can grow old.
PARSED: dict[str, QuizVersion] = {}


def pin(session: AnySession, lesson: str, quiz: QuizVersion, now: datetime) -> str:
    """Store this quiz once and return its hash; whoever pins it at the same moment stores nothing more."""
    row = {"hash": quiz.revision, "lesson": lesson, "body": dump_revision(quiz), "created_at": now}
    session.execute(insert(session, QuizRevision).values(row).on_conflict_do_nothing())
    return quiz.revision


def pinned_quiz(session: AnySession, revision: str) -> QuizVersion:
    """Return the pinned quiz, from the database when it is not among the last ones parsed.

    Raises LookupError for a hash that was never pinned, which a foreign key rules out for attempts.
    """
    known = PARSED.get(revision)
    if known is not None:
        return known
    body = session.execute(select(QuizRevision.body).where(QuizRevision.hash == revision)).scalar_one_or_none()
    if body is None:
        raise LookupError(f"no quiz is pinned as {revision}")
    for oldest in list(PARSED)[: max(0, len(PARSED) - PARSED_AT_MOST + 1)]:
        PARSED.pop(oldest, None)
    return PARSED.setdefault(revision, load_revision(body))
