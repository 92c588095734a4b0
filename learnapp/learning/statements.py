"""Statements on tables rather than objects: what a save sends stays small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from learnapp.db import Base
from learnapp.learning.models import AnySession

Insert: TypeAlias = sqlite.Insert | postgresql.Insert


def table(model: type[Base]) -> Table:
    """Return a model's table."""
    return cast(Table, model.__table__)


def insert(session: AnySession, model: type[Base]) -> Insert:
    """Return an INSERT for this session's database, see `inserting`."""
    return inserting(session.get_bind().dialect.name, model)


def inserting(dialect: str, model: type[Base]) -> Insert:
    """Return an INSERT that knows `on_conflict_do_update` and `..._nothing`, which both databases have."""
    return postgresql.insert(table(model)) if dialect == "postgresql" else sqlite.insert(table(model))


def ask(
    session: AnySession, statement: Executable, values: dict[str, Any] | Sequence[dict[str, Any]]
) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement on tables in the session's transaction, without what a session does for objects.

    It takes two thirds of the time; `.rowcount` tells how many rows were changed.
    """
    return session.connection().execute(statement, values)
