"""Pinned quizzes: an attempt is shown and graded by the quiz as it stood when the attempt began."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from sqlalchemy import bindparam, select

from learnapp.db import AnySession, execute, insert, table_of
from learnapp.learning.models import QuizRevision
from learnapp.quiz.quiz import QuizForm, dump_revision, load_revision

# A parsed quiz is some tens of kilobytes; a course of thirty lessons with short versions fits twice over.
PARSED_AT_MOST = 128

_REVISIONS = table_of(QuizRevision)
_BODY = select(_REVISIONS.c.body).where(_REVISIONS.c.hash == bindparam("hash"))


class Parsed:
    """Keep the quizzes used last, parsed; a hash names its content, so nothing in here can grow old."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._forms: OrderedDict[str, QuizForm] = OrderedDict()
        self._lock = Lock()

    def get(self, revision: str) -> QuizForm | None:
        with self._lock:
            form = self._forms.get(revision)
            if form is not None:
                self._forms.move_to_end(revision)
            return form

    def put(self, form: QuizForm) -> QuizForm:
        with self._lock:
            self._forms[form.revision] = form
            self._forms.move_to_end(form.revision)
            while len(self._forms) > self._at_most:
                self._forms.popitem(last=False)
        return form


_parsed = Parsed(PARSED_AT_MOST)


def pin(session: AnySession, lesson: str, form: QuizForm, now: datetime) -> str:
    """Store this quiz once and return its hash; whoever pins it at the same moment stores nothing more."""
    row = {"hash": form.revision, "lesson": lesson, "body": dump_revision(form), "created_at": now}
    session.execute(insert(session, QuizRevision).values(row).on_conflict_do_nothing())
    return form.revision


def pinned_quiz(session: AnySession, revision: str) -> QuizForm:
    """Return the pinned quiz; asks the database only when it was not used lately.

    Raises LookupError for a hash that was never pinned, which a foreign key rules out for attempts.
    """
    known = _parsed.get(revision)
    if known is not None:
        return known
    body = execute(session, _BODY, {"hash": revision}).scalar_one_or_none()
    if body is None:
        raise LookupError(f"no quiz is pinned as {revision}")
    return _parsed.put(load_revision(body))
