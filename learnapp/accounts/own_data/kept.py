"""Kept data: every table with what its columns hold in words, how long by their rules, and until when by purges."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from sqlalchemy import Column, MetaData, Table

from learnapp.config.settings import Settings
from learnapp.database.db import Base


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table in words: what it is for, and what its columns hold, by their names with spaces between.

    Numbers that lead from one row to another (keys) need no words of their own.
    """

    part: str
    title: LazyString
    holds: dict[str, LazyString] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptThing:
    """One thing that is kept: what, how long, and whether only a fingerprint of it is stored."""

    what: LazyString
    kept: str


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table as the privacy page shows it; `kept` is how long where that is the same for all of its things."""

    name: str
    title: LazyString
    things: tuple[KeptThing, ...]
    kept: str


def kept_tables(
    words: dict[str, TableWords], part: str, settings: Settings, metadata: MetaData = Base.metadata
) -> Iterator[KeptTable]:
    """Yield the tables of one part of the page, in the order of their words.

    Raises LookupError for a table or a column that has no words, so that nothing is stored unsaid.
    """
    if unsaid := list(columns_without_words(words, metadata)):
        raise LookupError(f"no words for: {', '.join(unsaid)}")
    for name, about in words.items():
        if about.part == part:
            table = metadata.tables[name]
            things = tuple(_things(table, about, settings))
            rules = {thing.kept for thing in things} or {kept_words(next(iter(table.columns)), settings)}
            yield KeptTable(name, about.title, things, rules.pop() if len(rules) == 1 else "")


def columns_without_words(words: dict[str, TableWords], metadata: MetaData = Base.metadata) -> Iterator[str]:
    """Yield `table.column` for each column of which nothing is said."""
    for table in metadata.sorted_tables:
        said = set(" ".join(words[table.name].holds).split()) if table.name in words else set()
        for column in table.columns:
            if column.name not in said and not (table.name in words and _is_key(column)):
                yield f"{table.name}.{column.name}"


def kept_words(column: Column[Any], settings: Settings) -> str:
    """Return how long a column is kept; `{guest_days}` and the like in its rule are settings."""
    return str(column.info["keep"]).format_map({name: getattr(settings, name) for name in _SETTINGS})


_SETTINGS = (
    *("guest_days", "session_days", "session_longest_days", "staff_idle_minutes", "staff_session_hours"),
    "archived_group_days",
)


def _things(table: Table, about: TableWords, settings: Settings) -> Iterator[KeptThing]:
    for names, what in about.holds.items():
        rules = dict.fromkeys(kept_words(table.c[name], settings) for name in names.split())
        yield KeptThing(what, "; ".join(rules))


def _is_key(column: Column[Any]) -> bool:
    """Tell whether a column holds nothing but a number by which rows belong together."""
    return bool(column.foreign_keys) or (column.primary_key and column.name == "id")
