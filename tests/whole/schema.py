"""Empty databases to migrate, and rows to fill them with at whatever revision they stand."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection

from learnapp.config.settings import ROOT
from learnapp.database.db import db
from tests.apps import close_app, new_app

MIGRATIONS = ROOT / "migrations"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PER_PERSON = 20  # attempts
# What a column may hold where its type alone does not tell; n counts the rows of the table from 0.
VALUES: dict[str, Any] = {
    "users.name": lambda n: f"Ben {n} Ünïcode 평양",
    "users.name_key": lambda n: f"ben {n}",
    "users.role": lambda n: ("learner", "teacher", "admin")[n % 3],
    "users.theme": lambda n: ("auto", "light", "dark")[n % 3],
    "users.contrast": lambda n: ("auto", "more")[n % 2],
    "users.band": lambda n: (None, 12, 14, 16, 18)[n % 5],
    "attempts.kind": lambda n: ("main", "short", "missed")[n % 3],
    "attempts.state": lambda n: "finished" if n % PER_PERSON else "open",
    "attempts.finished_at": lambda n: NOON + timedelta(minutes=n) if n % PER_PERSON else None,
    "attempts.user_id": lambda n: n // PER_PERSON + 1,
    "review_cards.difficulty": lambda n: n % 10 + 1,
    "review_cards.stability": lambda n: n + 0.5,
    "reviews.origin": lambda n: ("quiz", "review")[n % 2],
    "reviews.rating": lambda n: n % 4 + 1,
    "own_words.kind": lambda n: ("guess", "judgment", "short")[n % 3],
    "groups.kind": lambda n: ("class", "team")[n % 2],
    "groups.band": lambda n: (None, 12, 14, 16)[n % 4],
    "memberships.role": lambda n: ("member", "leader")[n % 2],
    "memberships.standing_days": lambda n: n % 15,
    "group_codes.purpose": lambda n: ("join", "sign_in")[n % 2],
    "group_codes.code": lambda n: f"{n:09d}",
    "invitations.role": lambda n: ("member", "leader")[n % 2],
    "assignments.target_kind": lambda n: ("course", "module", "lesson", "review")[n % 4],
    "assignments.state": lambda n: ("draft", "published", "archived")[n % 3],
    "assignments.feedback": lambda n: ("at_once", "after_release")[n % 2],
    "assignments.tries": lambda n: n % 99 + 1,
    "extensions.reason": lambda n: (None, "ill", "access", "late_join", "technical", "other")[n % 6],
    "extensions.extra_tries": lambda n: n % 100,
    "certificates.id": lambda n: f"{n:022d}",
    "certificates.revoked_at": lambda n: NOON + timedelta(minutes=n) if n % 3 else None,
    "certificates.revoke_reason": lambda n: f"by mistake {n} 실수" if n % 3 else None,
    "credential_statuses.certificate_id": lambda n: f"{n:022d}" if n % 2 else None,
    "looks.kind": lambda _n: "look",  # what is of another kind has no place in an older schema
    "events.places": lambda n: n % 500 + 1,
    "progress.route": lambda n: (None, "all", "closed", "short")[n % 4],
}


@contextmanager
def app_on(url: str, folder: Path) -> Iterator[Flask]:
    """Yield the app on this database, whose tables it leaves as they are, inside its context."""
    app = new_app(folder, tables=False, database_url=url)
    with app.app_context():
        yield app
    close_app(app)


def config(folder: Path = MIGRATIONS) -> Config:
    """Return Alembic's configuration for a folder of migrations."""
    made = Config()
    made.set_main_option("script_location", str(folder))
    return made


def revisions(folder: Path = MIGRATIONS) -> list[str]:
    """Return the ids of all migrations, the first one first."""
    return [one.revision for one in reversed(list(ScriptDirectory(str(folder)).walk_revisions()))]


def go(revision: str, folder: Path = MIGRATIONS) -> None:
    """Bring the database of the app to a revision, up or down."""
    with db.engine.connect() as connection:
        known = sa.inspect(connection).has_table("alembic_version")
        now = connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if known else None
    order = ["base", *revisions(folder)]
    up = order.index(revision) > order.index(now or "base")
    with patch.dict(os.environ, {"LEARNAPP_ALLOW_DATA_LOSS": "yes"}):
        (command.upgrade if up else command.downgrade)(config(folder), revision)


def fill(connection: Connection, attempts: int) -> None:
    """Fill every table that there is: so many attempts, an answer or two to each, and people to own them.

    Tables and columns that came later are filled by their types; a CHECK needs a line in VALUES.
    """
    metadata = sa.MetaData()
    metadata.reflect(connection)
    people = attempts // PER_PERSON
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            count = attempts if table.name in {"attempts", "responses"} else people
            rows = [{one.name: value(one, n, people) for one in table.columns} for n in range(count)]
            connection.execute(table.insert(), rows)


def value(column: sa.Column[Any], n: int, people: int) -> Any:
    """Return what stands in this column of row n: what VALUES says, the key it refers to, or by type."""
    named = f"{column.table.name}.{column.name}"
    if named in VALUES:
        return VALUES[named](n)
    for key in column.foreign_keys:
        return value(key.column, n if key.column.table.name == "attempts" else n % people, people)
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return n % 2 == 0
    if isinstance(kind, sa.Integer):
        return n + 1
    if isinstance(kind, sa.Float | sa.Numeric):
        return n / 3
    if isinstance(kind, sa.DateTime):
        return NOON + timedelta(seconds=n, microseconds=n)
    if isinstance(kind, sa.Date):
        return NOON.date() + timedelta(days=n)
    if isinstance(kind, sa.Time):
        return time(n % 24, n % 60)
    if isinstance(kind, sa.JSON):
        return {"blanks": [f"answer {n}", "차 🍵", None], "n": n}
    return f"{column.name[:8]} {n}"[: getattr(kind, "length", None) or 200]
