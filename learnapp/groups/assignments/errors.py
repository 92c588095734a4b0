"""Assignment errors: what can go wrong, one name each."""


class AssignmentChanged(Exception):
    """Somebody else has changed the assignment since it was opened: nothing was stored."""


class MemberGone(Exception):
    """The person is no member of the group any more: nothing was stored."""


class TooManyAssignments(Exception):
    """So much is asked of the group, or was, that there is no room for another assignment."""
