"""Practice runs in the database: one for each person and conversation, read in one statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from learnapp.accounts.own_data.rows import lock_writer
from learnapp.database.db import AnySession, begin_write, insert
from learnapp.training.models import WORDS_MAX, PracticeRun
from learnapp.training.practice.values import StoredRun

_COLUMNS = (PracticeRun.path, PracticeRun.anticipated, PracticeRun.note, PracticeRun.done_at)


def practice_run(session: AnySession, user_id: int | None, conversation: str) -> StoredRun:
    """Return a person's run of a conversation."""
    own = select(*_COLUMNS).where(PracticeRun.user_id == user_id, PracticeRun.conversation == conversation)
    row = session.execute(own).first() if user_id is not None else None
    return _stored(*row) if row else StoredRun()


def practice_runs(session: AnySession, user_id: int | None) -> dict[str, StoredRun]:
    """Return a person's runs by the names of their conversations."""
    own = select(PracticeRun.conversation, *_COLUMNS).where(PracticeRun.user_id == user_id)
    rows = session.execute(own).all() if user_id is not None else ()
    return {name: _stored(path, anticipated, note, done_at) for name, path, anticipated, note, done_at in rows}


def lock_run(session: AnySession, user_id: int, conversation: str) -> StoredRun:
    """Return a person's run, which nothing else can change until the transaction ends."""
    begin_write(session)
    lock_writer(session, user_id)
    return practice_run(session, user_id, conversation)


def store_run(session: AnySession, user_id: int, conversation: str, run: StoredRun, now: datetime) -> None:
    """Store a run that was locked before, in place of what is stored of it."""
    values = {
        "path": list(run.path),
        "anticipated": run.anticipated,
        "note": run.note,
        "changed_at": now,
        "done_at": run.done_at,
    }
    row = insert(session, PracticeRun).values(user_id=user_id, conversation=conversation, **values)
    session.execute(row.on_conflict_do_update(index_elements=("user_id", "conversation"), set_=values))


def merge_practice(session: AnySession, *, guest_id: int, user_id: int) -> None:
    """Give an account the runs of the guest that it takes over: of two the path of the one changed last, if it has one.

    What has been done stays done, and nothing written is lost. Lock guest and account before.
    """
    both = PracticeRun.user_id.in_((guest_id, user_id))
    found: dict[str, list[PracticeRun]] = {}
    for row in session.scalars(select(PracticeRun).where(both).order_by(PracticeRun.changed_at.desc())):
        found.setdefault(row.conversation, []).append(row)
    for name, runs in found.items():
        if any(run.user_id == guest_id for run in runs):
            united = StoredRun(
                path=next((tuple(run.path) for run in runs if run.path), ()),
                anticipated=_joined(run.anticipated for run in runs),
                note=_joined(run.note for run in runs),
                done_at=min((run.done_at for run in runs if run.done_at), default=None),
            )
            store_run(session, user_id, name, united, runs[0].changed_at)
    session.execute(delete(PracticeRun).where(PracticeRun.user_id == guest_id))


def _joined(texts: Iterable[str]) -> str:
    """Return different texts one below the other, as many as there is room for, the first in any case."""
    joined = ""
    for text in dict.fromkeys(filter(None, texts)):
        longer = f"{joined}\n{text}".strip()
        joined = longer if len(longer) <= WORDS_MAX else joined
    return joined


def _stored(path: Sequence[str], anticipated: str, note: str, done_at: datetime | None) -> StoredRun:
    return StoredRun(tuple(path), anticipated, note, done_at, begun=True)
