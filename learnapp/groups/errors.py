"""Group errors: why somebody does not come into a class or team, or why it is not changed, one name each."""


class CodeUnknown(Exception):
    """No group has this code now: it never was one, has ended, or was closed; nobody is told which."""


class GroupFull(Exception):
    """All seats of the group are taken."""


class GroupArchived(Exception):
    """The group has ended: nobody comes in."""


class AlreadyMember(Exception):
    """The person is in this group already."""


class LeadsGroup(Exception):
    """The person leads this group, and is none of its members."""


class LastLeader(Exception):
    """Nobody else may lead the group: whoever leads it cannot stop."""


class InvitationEnded(Exception):
    """There is no such invitation: it was answered, taken back or too old, or the person may not lead."""


class GroupEnded(Exception):
    """The group has ended since the page was made: it is as if it had never been."""


class StaleGroup(Exception):
    """Another leader has changed the group since the page was made."""


class TooFewSeats(Exception):
    """More people are in the group than it would have seats."""


class TooManyGroups(Exception):
    """One person leads so many groups that there is no room for another."""
