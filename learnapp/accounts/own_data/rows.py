"""Rows of a person, found by the foreign keys that lead to them: to take away or to erase.

A new table needs nothing here: a foreign key whose column says `erase: delete` makes its rows the person's.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, Table, delete, false, or_, select

from learnapp.accounts.models import User
from learnapp.database.db import AnySession, Base

PERSON = User.__tablename__
Rows = list[dict[str, Any]]


def owned_tables(metadata: MetaData = Base.metadata) -> tuple[Table, ...]:
    """Return the tables with rows of persons, parents before children."""
    return tuple(table for table in metadata.sorted_tables if table.name == PERSON or any(_owners(table)))


def collect(session: AnySession, user_id: int) -> Iterator[tuple[Table, Rows]]:
    """Yield each table with the person's rows in it, oldest first, without what is secret."""
    for table in owned_tables():
        columns = [column for column in table.columns if "secret" not in column.info]
        query = select(*columns).where(_belongs(table, [user_id])).order_by(*table.primary_key.columns)
        yield table, [dict(row) for row in session.execute(query).mappings()]


def lock_person(session: AnySession, user_id: int) -> None:
    """Keep a person from being deleted until the transaction ends: first, before rows of theirs are locked."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(User.id).where(User.id == user_id).with_for_update(read=True, key_share=True))


def lock_writer(session: AnySession, user_id: int) -> None:
    """Keep another window of a person from changing what locks so, and the person, until the transaction ends."""
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


def erase(session: AnySession, user_ids: Sequence[int]) -> None:
    """Delete persons with all their rows, children first; `sqlite.scrub` after the commit."""
    if session.get_bind().dialect.name == "postgresql":
        _lock_to_erase(session, user_ids)
    for table in reversed(owned_tables()):
        session.execute(delete(table).where(_belongs(table, user_ids)))


def _lock_to_erase(session: AnySession, user_ids: Sequence[int]) -> None:
    """Lock in the order in which saves do: persons, then what other rows belong to, before those rows are deleted."""
    tables = owned_tables()
    parents = {target.table.name for table in tables for _own, target in _owners(table)}
    for table in tables:
        if table.name in parents:
            key = table.primary_key.columns
            session.execute(select(*key).where(_belongs(table, user_ids)).order_by(*key).with_for_update())


def _owners(table: Table) -> Iterator[tuple[Column[Any], Column[Any]]]:
    """Yield the columns that lead to a person, or to a person's row in another table, each with what it points to."""
    for foreign_key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
        own, target = foreign_key.parent, foreign_key.column
        if own.info.get("erase") != "delete" or target.table is table:
            continue
        if target.table.name == PERSON or any(_owners(target.table)):
            yield own, target


def _belongs(table: Table, user_ids: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a row is one of these persons'."""
    if table.name == PERSON:
        return table.c.id.in_(user_ids)
    of_parent = (own.in_(select(target).where(_belongs(target.table, user_ids))) for own, target in _owners(table))
    return or_(false(), *of_parent)
