"""Answers to looks ahead: a person's first answer to a question stays, also when a guest's come along."""

import pytest

from learnapp.database.db import db
from learnapp.learning.lessons.pretest_answers import keep_answers, known_answers, move_answers
from tests.actors.attempts import Db
from tests.factories.base import NOON
from tests.statements import counted

pytestmark = pytest.mark.both_databases


def test_the_first_answer_stays(db_session: Db, ben: int) -> None:
    keep_answers(db_session, ben, {"leaf": True}, NOON)
    db_session.commit()
    keep_answers(db_session, ben, {"leaf": False, "water": False}, NOON)
    db_session.commit()
    assert known_answers(db_session, ben) == ({"leaf": True, "water": False}, set())


def test_each_person_has_answers_of_their_own(db_session: Db, ben: int, guest: int) -> None:
    keep_answers(db_session, ben, {"leaf": True}, NOON)
    keep_answers(db_session, guest, {"leaf": False}, NOON)
    db_session.commit()
    assert [known_answers(db_session, one)[0] for one in (ben, guest)] == [{"leaf": True}, {"leaf": False}]


def test_nothing_is_written_where_nothing_was_answered(db_session: Db, ben: int) -> None:
    with counted(db.engine) as sent:
        keep_answers(db_session, ben, {}, NOON)
    assert sent == []
    assert known_answers(db_session, ben) == ({}, set())


def test_an_account_takes_its_guest_s_answers_and_keeps_its_own(db_session: Db, ben: int, guest: int) -> None:
    keep_answers(db_session, ben, {"leaf": True}, NOON)
    keep_answers(db_session, guest, {"leaf": False, "water": False}, NOON)
    db_session.commit()
    move_answers(db_session, guest, ben)
    db_session.commit()
    assert known_answers(db_session, ben) == ({"leaf": True, "water": False}, set())
