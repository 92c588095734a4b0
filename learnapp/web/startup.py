"""Start checks: what a server looks at before it serves."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from learnapp import db
from learnapp.config import ConfigurationError
from learnapp.web import health, logs
from learnapp.web.catalog import current_catalog


def prepare_to_serve(app: Flask) -> None:
    """Write logs as JSON, read the content, and raise ConfigurationError while the schema is not migrated."""
    logs.write_to_stderr(app.config["SETTINGS"].log_level)
    with app.app_context():
        try:
            problem = health.schema_problem(db.db.engine)
        except SQLAlchemyError as error:
            raise ConfigurationError(
                f"The database cannot be reached ({db.unavailable(error) or 'failing'})."
            ) from None
        if problem:
            raise ConfigurationError(
                f"Cannot serve: {problem}. Run `flask --app learnapp.cli db upgrade`, or `make run`."
            )
        current_catalog()
        db.db.engine.dispose()  # no connection may be used on both sides of a fork
