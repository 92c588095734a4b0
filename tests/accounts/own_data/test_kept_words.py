"""What the privacy page says of each column."""

from flask import Flask

from learnapp.accounts.own_data.kept import columns_without_words
from learnapp.accounts.own_data.kept_words import WORDS
from learnapp.database.db import Base


def test_of_every_column_it_is_said_what_it_holds(built_app: Flask) -> None:
    assert list(columns_without_words(WORDS)) == [], "say in kept_words.py what it holds"


def test_no_words_are_left_of_columns_that_are_gone(built_app: Flask) -> None:
    named = {f"{table}.{name}" for table, about in WORDS.items() for name in " ".join(about.holds).split()}
    assert named <= {str(column) for table in Base.metadata.sorted_tables for column in table.columns}
