"""Own words of one person in a lesson: read, kept, taken back, and moved with the person or the lesson.

Nothing else reads them but the export of that person's data. Whoever changes or removes words says, by a digest, which
they saw: newer ones stay.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from learnapp.accounts.own_data.rows import lock_writer
from learnapp.content.catalog import Lesson
from learnapp.database.db import AnySession, begin_write, insert, table_of
from learnapp.learning.lessons.own_words.forms import TypedWords
from learnapp.learning.models import GUESS, JUDGMENT, SHORT_JUDGMENT, OwnWords

KEY = ("user_id", "lesson", "kind")


class KeptWords(NamedTuple):
    """What is kept under each kind, "" for nothing; a guess only while the lesson asks that same one."""

    guess: str = ""
    judgment: str = ""
    short: str = ""


class StoredWords(NamedTuple):
    """What one person wrote in one box of one lesson, as it is stored."""

    lesson: str
    kind: str
    words: str


class StaleWords(Exception):
    """Other words were kept since the page was sent that this comes from; nothing was changed."""

    def __init__(self, newer: str) -> None:
        super().__init__("newer words are kept")
        self.newer = newer


def words_digest(words: str) -> str:
    """Return by what a form tells which words it was sent with, "" for none."""
    return hashlib.sha256(words.encode()).hexdigest()[:20] if words else ""


def judgment_kind(route: str | None) -> str:
    """Return the kind of judgment that a route asks for: the short version has its own, and shows no other."""
    return SHORT_JUDGMENT if route == "short" else JUDGMENT


def kept_words(session: AnySession, user_id: int, lesson: Lesson) -> KeptWords:
    """Return what this person has written down in a lesson."""
    stored = select(OwnWords.kind, OwnWords.name, OwnWords.words)
    rows = session.execute(stored.where(OwnWords.user_id == user_id, OwnWords.lesson == lesson.key)).all()
    asked = lesson.guess.name if lesson.guess else None
    return KeptWords(**{kind: words for kind, name, words in rows if kind != GUESS or name == asked})


def all_words(session: AnySession, user_id: int) -> list[StoredWords]:
    """Return what this person has written down in all lessons, also in those that are closed or gone."""
    stored = select(OwnWords.lesson, OwnWords.kind, OwnWords.words).where(OwnWords.user_id == user_id)
    return [StoredWords(*row) for row in session.execute(stored.order_by(OwnWords.lesson, OwnWords.kind))]


def keep_words(session: AnySession, user_id: int, lesson: Lesson, typed: TypedWords, seen: str, now: datetime) -> None:
    """Keep a guess or a judgment in place of what this person saw there; raises StaleWords for other words."""
    begin_write(session)
    lock_writer(session, user_id)
    kind, words = typed.kind, typed.words
    newer = getattr(kept_words(session, user_id, lesson), kind)
    if newer and newer != words and words_digest(newer) != seen:
        raise StaleWords(newer)
    name = lesson.guess.name if kind == GUESS and lesson.guess else None
    values = {"name": name, "words": words, "saved_at": now}
    row = insert(session, OwnWords).values(user_id=user_id, lesson=lesson.key, kind=kind, **values)
    session.execute(row.on_conflict_do_update(index_elements=KEY, set_=values))


def remove_words(session: AnySession, user_id: int, lesson: str, kind: str, seen: str) -> None:
    """Take back what this person saw, by the lesson's key; what is not there needs no taking back.

    Raises StaleWords for other words.
    """
    begin_write(session)
    lock_writer(session, user_id)
    own = (OwnWords.user_id == user_id, OwnWords.lesson == lesson, OwnWords.kind == kind)
    newer = session.scalar(select(OwnWords.words).where(*own))
    if newer and words_digest(newer) != seen:
        raise StaleWords(newer)
    session.execute(delete(OwnWords).where(*own))


def move_words(session: AnySession, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Give words with these columns (`user_id`, `lesson`) the new ones; of two the one that was written last stays."""
    columns = table_of(OwnWords).c
    for row in session.execute(select(*columns).filter_by(**old)).mappings().all():
        statement = insert(session, OwnWords).values({**row, **new})
        written = statement.excluded
        later = {name: written[name] for name in ("name", "words", "saved_at")}
        newer = columns.saved_at < written.saved_at
        session.execute(statement.on_conflict_do_update(index_elements=KEY, set_=later, where=newer))
    session.execute(delete(OwnWords).filter_by(**old))
