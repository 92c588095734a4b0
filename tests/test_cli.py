"""Commands about the app itself: settings without secrets."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from learnapp import cli
from learnapp.cli import markdown_table
from learnapp.database.db import db


def test_settings_are_listed_with_their_values_but_secrets_are_not_shown(app: Flask) -> None:
    shown = app.test_cli_runner().invoke(args=["settings"]).output
    assert "LEARNAPP_SECRET_KEY=(set)" in shown
    assert app.config["SETTINGS"].secret_key not in shown
    assert "LEARNAPP_GUEST_DAYS=30\n" in shown


def test_the_table_for_the_docs_shows_defaults_not_values(app: Flask) -> None:
    shown = app.test_cli_runner().invoke(args=["settings", "--markdown"]).output
    assert shown == markdown_table() + "\n"
    assert "| `LEARNAPP_SECRET_KEY` | empty |" in shown


@pytest.mark.both_databases
def test_a_command_on_a_database_without_a_schema_says_what_to_do(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    with app.app_context(), pytest.raises(SQLAlchemyError) as raised:
        db.session.execute(sa.text("SELECT 1 FROM not_there"))
    cli._end_with_a_sentence(raised.type, raised.value, raised.tb)
    assert "Is its schema migrated?" in capsys.readouterr().err
