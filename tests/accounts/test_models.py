"""The tables: every column says how long it is kept and what happens when its person leaves."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from learnapp.accounts.models import BANDS, User
from learnapp.accounts.own_data.rows import owned_tables
from learnapp.database.db import Base, db
from tests.actors.people import People

pytestmark = pytest.mark.both_databases


def test_every_column_of_every_feature_states_its_retention_and_its_erasure(built_app: Flask) -> None:
    silent = [
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not column.info.get("keep") or column.info.get("erase") not in {"delete", "none"}
    ]
    assert silent == [], "needs column_rule(keep=..., erase=...)"
    assert {"users", "attempts"} <= set(Base.metadata.tables)


def test_every_table_with_personal_columns_is_reached_by_erasure(built_app: Flask) -> None:
    personal = [
        table
        for table in Base.metadata.sorted_tables
        if any(column.info["erase"] == "delete" for column in table.columns)
    ]
    assert personal == list(owned_tables())


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize(
    "values",
    [{"role": "root"}, {"theme": "pink"}, {"contrast": "less"}, {"band": 13}, {"role": "guest"}, {"name_key": None}],
)
def test_the_database_refuses_what_no_page_offers(people: People, values: dict[str, object]) -> None:
    people.add("Ben")
    with people.app.app_context():
        user = db.session.query(User).one()
        for name, value in values.items():
            setattr(user, name, value)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_bands_begin_where_lessons_change() -> None:
    assert BANDS == (12, 14, 16, 18)
