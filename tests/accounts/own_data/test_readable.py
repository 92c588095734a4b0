"""Rows as their person gets them: without secrets, in the words that their room adds, and without what is withheld."""

from sqlalchemy import Column, Integer, MetaData, Table

from learnapp.accounts.own_data.readable import columns_of, readable_rows, register_reader
from learnapp.accounts.own_data.rows import Rows
from learnapp.database.db import AnySession, column_rule, db
from tests.accounts.own_data.test_rows import OWN

LATER = column_rule(keep="a day", erase="delete", withheld="until it is told")
SECRET = {**OWN, "secret": "yes"}


def table_called(name: str) -> Table:
    """Return a table with a key that is withheld and a hash that is secret."""
    key, token = Column("key", Integer, info=LATER), Column("hash", Integer, info=SECRET)
    return Table(name, MetaData(), Column("id", Integer, info=OWN), key, token)


def test_a_column_that_is_withheld_stays_empty_where_nobody_writes_it() -> None:
    later = table_called("later")
    assert readable_rows(db.session, 1, later, [{"id": 1, "key": 7}]) == [{"id": 1, "key": None}]
    assert columns_of(later) == ["id", "key"]


def test_a_room_that_knows_a_table_writes_its_rows_and_adds_words() -> None:
    def tell(_session: AnySession, user_id: int, rows: Rows) -> Rows:
        return [{**row, "key": row["key"] * 10, "words": f"for {user_id}"} for row in rows]

    register_reader("told", tell, "words")
    told = table_called("told")
    assert readable_rows(db.session, 5, told, [{"id": 1, "key": 7}]) == [{"id": 1, "key": 70, "words": "for 5"}]
    assert columns_of(told) == ["id", "key", "words"]
