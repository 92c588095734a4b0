"""Ledger: what was acknowledged, held against what the database has stored, save by save.

A trigger writes each stored answer into a history, in the transaction of the save: so what a later save overwrites
is still seen.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

SQLITE = [
    "CREATE TABLE history (attempt_id INTEGER, seq INTEGER, response TEXT)",
    *(
        f"""CREATE TRIGGER history_{event} AFTER {event} ON responses BEGIN
            INSERT INTO history SELECT id, seq, NEW.response FROM attempts WHERE id = NEW.attempt_id; END"""
        for event in ("INSERT", "UPDATE")
    ),
]
POSTGRESQL = [
    "CREATE TABLE history (attempt_id INTEGER, seq INTEGER, response TEXT)",
    """CREATE FUNCTION keep_history() RETURNS trigger AS $$ BEGIN
       INSERT INTO history SELECT id, seq, NEW.response::text FROM attempts WHERE id = NEW.attempt_id;
       RETURN NEW; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER keep_history AFTER INSERT OR UPDATE ON responses
       FOR EACH ROW EXECUTE FUNCTION keep_history()""",
]


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that was acknowledged: the number of its attempt after it, and what was chosen."""

    attempt_id: int
    seq: int
    choice: int


@dataclass(frozen=True, slots=True)
class Audit:
    """What became of the acknowledged saves; all are nought where nothing went wrong."""

    lost: int
    doubled: int
    wrong: int
    gaps: int


def keep_history(engine: sa.Engine) -> None:
    """Have the database write its history from here on."""
    with engine.begin() as connection:
        for statement in SQLITE if engine.dialect.name == "sqlite" else POSTGRESQL:
            connection.exec_driver_sql(statement)


def audit(engine: sa.Engine, acknowledged: list[Saved]) -> Audit:
    """Hold what was acknowledged against the history."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT attempt_id, seq, response FROM history")).all()
    stored = {(row.attempt_id, row.seq): row.response for row in rows}
    times = Counter((row.attempt_id, row.seq) for row in rows)
    last = {attempt_id: max(seq for at, seq in stored if at == attempt_id) for attempt_id in {at for at, _ in stored}}
    found = [(one, stored.get((one.attempt_id, one.seq))) for one in acknowledged]
    # Each attempt shows its options in an order of its own, so one choice is stored as one thing in one attempt.
    kinds: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for one, response in found:
        if response is not None:
            kinds[one.attempt_id, one.choice][response] += 1
    meant = {(attempt_id, kept.most_common(1)[0][0]) for (attempt_id, _), kept in kinds.items()}
    return Audit(
        lost=sum(response is None for _, response in found),
        doubled=sum(count > 1 for count in times.values()),
        wrong=sum(kept.total() - kept.most_common(1)[0][1] for kept in kinds.values()) + len(kinds) - len(meant),
        gaps=sum(seq - sum(at == attempt_id for at, _ in stored) for attempt_id, seq in last.items()),
    )
