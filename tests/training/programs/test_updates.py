"""Updates: asked of those who were trained before them, from their day on, until they are acknowledged, once."""

from datetime import date, timedelta

import pytest

from learnapp.database.db import db
from learnapp.training.errors import UpdateNotFound
from learnapp.training.models import Acknowledgement
from learnapp.training.programs.updates import acknowledge, acknowledged_updates, updates_to_read
from tests.actors.attempts import count
from tests.actors.training import Db
from tests.courses.training import HELPER, SERVER, program, update
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.statements import counted

DAY = timedelta(days=1)
ASKED = date(2026, 12, 1)
OLD, NEW = update("old-pot", "2026-06-01"), update("new-kettle", "2026-12-01")
PROGRAM = program(updates=[NEW.model_dump(), OLD.model_dump()])


def asked(trained_on: date | None, today: date, *acknowledged: str) -> list[str]:
    return [one.id for one in updates_to_read(PROGRAM, set(acknowledged), trained_on, today)]


@pytest.mark.parametrize(
    ("trained_on", "today", "expected"),
    [
        (None, ASKED, []),
        (ASKED - DAY, ASKED - DAY, []),
        (ASKED - DAY, ASKED, ["new-kettle"]),
        (ASKED, ASKED, ["new-kettle"]),
        (ASKED + DAY, ASKED + DAY, []),
        (date(2026, 1, 1), ASKED, ["old-pot", "new-kettle"]),
        (date(2026, 5, 31), date(2026, 6, 1), ["old-pot"]),
        (date(2026, 6, 1), date(2026, 6, 1), ["old-pot"]),
    ],
)
def test_what_changed_after_the_pass_is_asked_from_its_day_on_the_oldest_first(
    trained_on: date | None, today: date, expected: list[str]
) -> None:
    assert asked(trained_on, today) == expected


def test_what_was_acknowledged_is_asked_no_more() -> None:
    assert asked(date(2026, 1, 1), ASKED, "old-pot") == ["new-kettle"]
    assert asked(date(2026, 1, 1), ASKED, "old-pot", "new-kettle") == []


@pytest.mark.both_databases
def test_an_acknowledgement_is_kept_once_with_its_first_moment(db_session: Db, vera: int) -> None:
    for days in (0, 3):
        acknowledge(db_session, vera, PROGRAM, PROGRAM.updates, "new-kettle", NOON + days * DAY)
        db_session.commit()
    row = db_session.query(Acknowledgement).one()
    assert (row.user_id, row.program, row.update, row.acknowledged_at) == (vera, SERVER, "new-kettle", NOON)


@pytest.mark.both_databases
def test_acknowledgements_are_told_apart_by_person_and_by_program(db_session: Db, vera: int) -> None:
    helper, cleo = program(HELPER, updates=[NEW.model_dump()]), int(UserFactory(name="Cleo").id)
    acknowledge(db_session, vera, PROGRAM, PROGRAM.updates, "old-pot", NOON)
    db_session.commit()
    acknowledge(db_session, vera, helper, helper.updates, "new-kettle", NOON)
    db_session.commit()
    with counted(db.engine) as sent:
        found = acknowledged_updates(db_session, vera)
    assert found == {SERVER: {"old-pot"}, HELPER: {"new-kettle"}}
    assert len(sent) == 1
    assert acknowledged_updates(db_session, cleo) == {}


@pytest.mark.parametrize("name", ["", "none", "new-kettle\0", "NEW-KETTLE"])
def test_an_update_that_the_program_does_not_have_is_refused(db_session: Db, vera: int, name: str) -> None:
    with pytest.raises(UpdateNotFound):
        acknowledge(db_session, vera, PROGRAM, PROGRAM.updates, name, NOON)
    assert count(db_session, Acknowledgement) == 0
