"""Access to groups: one's own, as a leader or a member; all others are missing ones."""

import pytest

from learnapp.database.db import db
from learnapp.groups.access import led_group_or_404, own_group_or_404
from learnapp.groups.models import LEADER, MEMBER
from learnapp.web.errors import NotFound
from tests.actors.people import People, token_of
from tests.factories.groups import GroupFactory, MembershipFactory


def request_of(people: People, name: str, role: str, as_: str | None) -> tuple[int, bool, bool]:
    """Return a group's number, whether this person may see it, and whether as its leader."""
    browser = people.signed_in(name, role)
    token = token_of(browser)
    with people.app.app_context():
        group = GroupFactory().id
        if as_ is not None:
            MembershipFactory(group_id=group, user_id=people.get(name).id, role=as_)
    with people.app.test_request_context(headers={"Cookie": f"login={token}"}):
        allowed = []
        for gate in (own_group_or_404, led_group_or_404):
            try:
                allowed.append(gate(group).id == group)
            except NotFound:
                allowed.append(False)
        db.session.rollback()
    return group, allowed[0], allowed[1]


@pytest.mark.parametrize(
    ("role", "as_", "sees", "leads"),
    [
        ("teacher", LEADER, True, True),
        ("coordinator", LEADER, True, True),
        ("admin", LEADER, True, True),
        ("learner", LEADER, True, False),  # whose role was taken back
        ("author", LEADER, True, False),
        ("learner", MEMBER, True, False),
        ("teacher", MEMBER, True, False),
        ("teacher", None, False, False),
        ("admin", None, False, False),
    ],
)
def test_who_is_in_a_group_sees_it_and_who_may_lead_leads_it(
    people: People, role: str, as_: str | None, sees: bool, leads: bool
) -> None:
    assert request_of(people, "Ada", role, as_)[1:] == (sees, leads)
