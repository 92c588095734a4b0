"""Commands about the app itself: settings without secrets."""

from flask import Flask

from learnapp.cli import markdown_table


def test_settings_are_listed_with_their_values_but_secrets_are_not_shown(app: Flask) -> None:
    shown = app.test_cli_runner().invoke(args=["settings"]).output
    assert "LEARNAPP_SECRET_KEY=(set)" in shown
    assert app.config["SETTINGS"].secret_key not in shown
    assert "LEARNAPP_GUEST_DAYS=30\n" in shown


def test_the_table_for_the_docs_shows_defaults_not_values(app: Flask) -> None:
    shown = app.test_cli_runner().invoke(args=["settings", "--markdown"]).output
    assert shown == markdown_table() + "\n"
    assert "| `LEARNAPP_SECRET_KEY` | empty |" in shown
