"""Fixtures for tests of assignments: a class of Ada's."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.database.db import db
from learnapp.groups.assignments.models import Assignment
from learnapp.groups.models import LEADER, MEMBER
from tests.actors.people import People, sign_in
from tests.factories.groups import AssignmentFactory, GroupFactory, MembershipFactory


@dataclass(frozen=True)
class School:
    """A class of Ada's, with Ben and Vera in it."""

    people: People
    ada: FlaskClient
    group: int
    ben: int
    vera: int

    @property
    def address(self) -> str:
        return f"/groups/{self.group}/assignments"

    def rows(self, table: type[Any]) -> list[Any]:
        with self.people.app.app_context():
            found = list(db.session.scalars(select(table)))
            db.session.expunge_all()
            return found

    def assignment(self) -> Any:
        """Return the only assignment that there is."""
        (found,) = self.rows(Assignment)
        return found

    def add(self, **about: Any) -> str:
        """Store an assignment; return its address."""
        with self.people.app.app_context():
            return f"{self.address}/{AssignmentFactory(**{'group_id': self.group, 'target': LEAF, **about}).id}"


LEAF = "cut-off/people-before-politics"


@pytest.fixture
def school(people: People) -> School:
    ada = people.signed_in("Ada", "teacher")
    ben, vera = people.add("Ben"), people.add("Vera")
    with people.app.app_context():
        group = GroupFactory().id
        MembershipFactory(group_id=group, user_id=people.get("Ada").id, role=LEADER)
        for user_id in (ben, vera):
            MembershipFactory(group_id=group, user_id=user_id, role=MEMBER)
    return School(people, ada, group, ben, vera)


def sign_in_again(school: School, name: str) -> FlaskClient:
    browser = school.people.browser()
    assert sign_in(browser, name).status_code == 302
    return browser
