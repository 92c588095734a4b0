"""Assignment tables: what their constraints refuse."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories.accounts import UserFactory
from tests.factories.groups import AssignmentFactory, ExtensionFactory, GroupFactory

pytestmark = pytest.mark.both_databases


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize(
    "wrong", [{"state": "open"}, {"feedback": "never"}, {"target_kind": "figure"}, {"tries": 0}, {"tries": 100}]
)
def test_an_assignment_knows_its_states_feedback_targets_and_tries(
    db_session: Session, wrong: dict[str, object]
) -> None:
    group = GroupFactory().id
    with pytest.raises(IntegrityError):
        AssignmentFactory(group_id=group, **wrong)
    db_session.rollback()


@pytest.mark.parametrize("wrong", [{"reason": "in hospital"}, {"extra_tries": -1}, {"extra_tries": 100}])
def test_an_extension_has_a_reason_of_the_list_or_none(db_session: Session, wrong: dict[str, object]) -> None:
    assignment, ben = AssignmentFactory(group_id=GroupFactory().id).id, UserFactory().id
    with pytest.raises(IntegrityError):
        ExtensionFactory(assignment_id=assignment, user_id=ben, **wrong)
    db_session.rollback()
