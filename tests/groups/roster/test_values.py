"""Accounts of a group as values."""

from learnapp.groups.roster.values import ManagedAccount


def test_a_leader_knows_a_person_by_the_list_or_else_by_the_user_name() -> None:
    assert ManagedAccount(1, "ben.l", "Ben Lee", True, None).name == "Ben Lee"
    assert ManagedAccount(1, "quiet-lamp", None, True, None).name == "quiet-lamp"
