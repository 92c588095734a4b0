"""The table of monitoring: the number of its one row is given, so that a second row cannot come beside it."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from learnapp.database.db import begin_write, db
from learnapp.web.monitoring.models import SecretFingerprint

pytestmark = pytest.mark.both_databases


def test_no_second_row_comes_beside_the_first(app: Flask) -> None:
    with app.app_context():
        begin_write(db.session)
        db.session.add(SecretFingerprint(id=1, present="a"))
        db.session.flush()
        db.session.expunge_all()
        db.session.add(SecretFingerprint(id=1, present="b"))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
