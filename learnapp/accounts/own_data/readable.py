"""Readable rows: how the rows of a table are written for the person whose rows they are.

A column that is withheld (`column_rule`) is left empty unless a reader of its table fills it in: so what is
forgotten here tells too little, never a key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Table

from learnapp.accounts.own_data.rows import Rows
from learnapp.database.db import AnySession

Reader = Callable[[AnySession, int, Rows], Rows]


@dataclass(frozen=True, slots=True)
class TableReader:
    """What a room knows of a table: the columns that it adds in words, and the function that writes the rows."""

    added: tuple[str, ...]
    write: Reader


_readers: dict[str, TableReader] = {}


def register_reader(table: str, write: Reader, *added: str) -> None:
    """Have the rows of a table written by `write(session, user_id, rows)`, which may add columns of these names."""
    _readers[table] = TableReader(added, write)


def columns_of(table: Table) -> list[str]:
    """Return the names of what is handed over of a table: its columns without secrets, then what is added."""
    added = _readers[table.name].added if table.name in _readers else ()
    return [*(column.name for column in table.columns if "secret" not in column.info), *added]


def readable_rows(session: AnySession, user_id: int, table: Table, rows: Rows) -> Rows:
    """Return the rows as they are handed over, without what is withheld."""
    withheld = dict.fromkeys(column.name for column in table.columns if "withheld" in column.info)
    reader = _readers.get(table.name)
    if reader is None:
        return [{**row, **withheld} for row in rows]
    return reader.write(session, user_id, rows)
