"""Rows for tests: what every factory has in common; a row is committed as soon as it is made."""

from datetime import UTC, datetime

from factory.alchemy import SQLAlchemyModelFactory

from learnapp.database.db import db

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Factory(SQLAlchemyModelFactory):  # type: ignore[misc]
    """Every factory's parent; needs an app context, such as the one of `db_session`."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = db.session
        sqlalchemy_session_persistence = "commit"
