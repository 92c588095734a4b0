"""Words for groups: what a class or a team, its leaders and its members are called on pages.

Pages never say "group": they take the nouns from here, by the kind.
"""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from learnapp.groups.models import CLASS, TEAM


@dataclass(frozen=True, slots=True)
class GroupWords:
    """The nouns of one kind of group, in the middle of a sentence; `|capitalize` makes them begin one."""

    group: LazyString
    groups: LazyString
    member: LazyString
    members: LazyString
    leader: LazyString
    leaders: LazyString


WORDS = {
    CLASS: GroupWords(
        group=_l("class"),
        groups=_l("classes"),
        member=_l("student"),
        members=_l("students"),
        leader=_l("teacher"),
        leaders=_l("teachers"),
    ),
    TEAM: GroupWords(
        group=_l("team"),
        groups=_l("teams"),
        member=_l("volunteer"),
        members=_l("volunteers"),
        leader=_l("coordinator"),
        leaders=_l("coordinators"),
    ),
}


def group_words(kind: str) -> GroupWords:
    """Return the nouns for a kind of group."""
    return WORDS[kind]
