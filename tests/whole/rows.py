"""What a database holds, put so that two moments can be compared: rows, and one checksum a table."""

import hashlib
from collections.abc import Collection, Mapping
from contextlib import closing
from functools import cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from learnapp.database.db import Base

Rows = dict[str, list[dict[str, Any]]]


def all_rows(engine: Engine) -> Rows:
    """Return every row of every table of ours, in the order of keys."""
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(statement).mappings()]
            for name, statement in statements().items()
        }


@cache
def statements() -> dict[str, sa.Select[Any]]:
    """Return for each table the statement that reads it: what is looked at most often is put together once."""
    return {table.name: sa.select(table).order_by(*table.primary_key) for table in Base.metadata.sorted_tables}


def stored_rows(engine: Engine) -> Rows:
    """Return every row of every table of ours as the driver reads it, which takes a third of the time.

    Two moments can be compared by it, and people told apart by their numbers; times and documents may be text.
    """
    found: Rows = {}
    with engine.connect() as connection, closing(connection.connection.cursor()) as cursor:
        for table in Base.metadata.sorted_tables:
            order = ", ".join(f'"{column.name}"' for column in table.primary_key)
            cursor.execute(f"SELECT * FROM {table.name} ORDER BY {order}")
            names = [column[0] for column in cursor.description]
            found[table.name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


class Owner(Protocol):
    """Somebody with a class and a team that they led at first, and a member of each."""

    @property
    def id(self) -> int: ...
    @property
    def led(self) -> int: ...
    @property
    def pupil(self) -> int: ...
    @property
    def team(self) -> int: ...
    @property
    def volunteer(self) -> int: ...


def rows_of_owner(rows: Rows, user_id: int, owner: Owner) -> Rows:
    """Return the rows of an account, with those of the groups that its owner led at first."""
    return rows_of(rows, user_id, {owner.led, owner.team}, {owner.pupil, owner.volunteer})


def rows_of(
    rows: Rows, user_id: int, led: Collection[int] = frozenset(), members_at_first: Collection[int] = frozenset()
) -> Rows:
    """Return the rows of one person: the own one, those that name it, and what hangs on those.

    A leader's are also the groups that they lead, or led, and who is in them.
    """
    leading = {row["group_id"] for row in rows["memberships"] if row["user_id"] == user_id and row["role"] == "leader"}
    groups = leading.union(led)
    members = {row["user_id"] for row in rows["memberships"] if row["group_id"] in groups and row["role"] == "member"}
    people = {user_id, *members_at_first, *members}
    owned = {
        f"{table[:-1]}_id": {row["id"] for row in kept if row.get("user_id") in people and "id" in row}
        for table, kept in rows.items()
        if table != "users"
    }
    owned["card_id"] = {row["id"] for row in rows["review_cards"] if row["user_id"] in people}
    owned["group_id"] = groups
    owned["assignment_id"] = {row["id"] for row in rows["assignments"] if row["group_id"] in groups}

    def belongs(table: str, row: Mapping[str, Any]) -> bool:
        if table in {"users", "groups"}:
            return row["id"] in (people if table == "users" else groups)
        return row.get("user_id") in people or any(row.get(name) in ids for name, ids in owned.items())

    return {table: [row for row in kept if belongs(table, row)] for table, kept in rows.items()}


def without(rows: Rows, *people: Owner) -> Rows:
    """Return the rows of everybody else.

    What is nobody's stays out: revisions of quizzes, links made for nobody, places of certificates that are gone.
    """
    own = [rows_of_owner(rows, one.id, one) for one in people]
    return {
        table: [
            row
            for row in kept
            if None not in (row.get("user_id", 0), row.get("certificate_id", 0))
            and not any(row in mine[table] for mine in own)
        ]
        for table, kept in rows.items()
        if table != "quiz_revisions"
    }


def columns_of(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the names of the columns of every table that the database has now."""
    found = sa.inspect(connection)
    return {
        name: tuple(column["name"] for column in found.get_columns(name))
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def checksums(connection: Connection, columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return for each table the number of rows and a digest of these columns, in any order."""
    return {table: _checksum(connection, table, names) for table, names in columns.items()}


def _checksum(connection: Connection, table: str, names: tuple[str, ...]) -> str:
    rows = connection.execute(sa.select(sa.table(table, *map(sa.column, names))))
    digests = sorted(hashlib.sha256(repr(tuple(row)).encode()).digest() for row in rows)
    return f"{len(digests)} rows, {hashlib.sha256(b''.join(digests)).hexdigest()}"
