"""What the privacy page says is stored: all of it, by the rules of the columns and the purges themselves."""

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.own_data.kept import TableWords, columns_without_words, kept_tables, kept_words
from learnapp.accounts.own_data.kept_words import WORDS
from learnapp.accounts.purges import ColumnPurge
from learnapp.database.db import Base, column_rule, table_of
from tests.pages import PageOpener

SPANS = {"an hour": timedelta(hours=1), "a day": timedelta(days=1)}


def tea_table() -> MetaData:
    """Make a table of which the key and who it belongs to need no words."""
    metadata, rule = MetaData(), column_rule(keep="{guest_days} days", erase="delete")
    Table("people", metadata, Column("id", Integer, primary_key=True, info=rule))
    Table(
        "teas",
        metadata,
        Column("id", Integer, primary_key=True, info=rule),
        Column("person_id", ForeignKey("people.id"), info=rule),
        Column("leaf", Integer, info=rule),
        Column("sugar", Integer, info=rule),
    )
    return metadata


def test_a_column_of_which_nothing_is_said_is_named(built_app: Flask) -> None:
    words = {"teas": TableWords("you", "Teas", {"leaf": "the leaf"})}  # type: ignore[dict-item, arg-type]
    assert list(columns_without_words(words, tea_table())) == ["people.id", "teas.sugar"]
    with pytest.raises(LookupError, match=r"people\.id, teas\.sugar"):
        list(kept_tables(words, "you", built_app.config["SETTINGS"], tea_table()))


def test_periods_are_those_of_the_settings(make_app: Callable[..., Flask]) -> None:
    settings = make_app(guest_days=9, session_days=4).config["SETTINGS"]
    assert kept_words(table_of(User).c.name, settings).endswith("a guest’s 9 days after the last use")
    assert "4 days without use" in kept_words(table_of(LoginSession).c.browser, settings)


def test_periods_are_those_of_the_purges(built_app: Flask) -> None:
    settings = built_app.config["SETTINGS"]
    modules = [module for name, module in sys.modules.items() if name.startswith("learnapp.")]
    purges = {one for module in modules for one in vars(module).values() if isinstance(one, ColumnPurge)}
    assert len(purges) > 5
    for purge in purges:
        name, span = purge.column.class_.__tablename__, purge.kept
        said = {kept_words(column, settings) for column in Base.metadata.tables[name].columns}
        days = {SPANS.get(one, timedelta(days=int("".join(filter(str.isdigit, one)) or 0)))
                for text in said for one in re.findall(r"an hour|a day|\d+ days", text)}  # fmt: skip
        assert span in days or not span, f"{name}: {said} against {span}"


def test_the_page_says_it_all_and_leads_to_export_and_erasure(make_app: Callable[..., Flask]) -> None:
    app = make_app(guest_days=9)
    shown = PageOpener(app)(app.test_client(), "/privacy")
    assert "until 9 days after your last visit" in shown.text
    titles = {one.get("id") for one in shown.all("h3")}
    assert titles == set(WORDS)


def test_every_cookie_that_is_set_is_counted_on_the_page(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    code = "".join(file.read_text() for file in Path(app.root_path).rglob("*.py"))
    kinds = {"SESSION", *re.findall(r"\b(?:set_cookie\(response, |change_cookie\()([A-Z_]+)\b", code)}
    assert kinds == {"SESSION", "LOGIN", "GUEST", "KNOWN", "COOKIE", "SEPARATOR_COOKIE"}
    assert "Six cookies may be used" in PageOpener(app)(app.test_client(), "/privacy").text
