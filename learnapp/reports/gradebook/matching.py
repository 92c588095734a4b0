"""Matching of Canvas's students with the members of a group, never by a guess. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from learnapp.accounts.names.rules import clean
from learnapp.groups.roster.lists.values import ListedPerson
from learnapp.groups.values import Member
from learnapp.reports.gradebook.canvas import CanvasStudent

# Returns the member whom a school's list has brought with what this person has of it, None for nobody.
FindListed = Callable[[ListedPerson], int | None]


@dataclass(frozen=True)
class CanvasMatch:
    """Members with their row in Canvas, and whoever stays over, on both sides."""

    found: dict[int, CanvasStudent]
    ambiguous: tuple[CanvasStudent, ...]
    only_there: tuple[CanvasStudent, ...]
    only_here: tuple[Member, ...]

    def among(self, shown: Collection[int]) -> "CanvasMatch":
        """Return the match without the members who are not shown."""
        found = {user_id: student for user_id, student in self.found.items() if user_id in shown}
        only_here = tuple(member for member in self.only_here if member.user_id in shown)
        return CanvasMatch(found, self.ambiguous, self.only_there, only_here)


def match_students(
    members: Sequence[Member], students: Sequence[CanvasStudent], find_listed: FindListed
) -> CanvasMatch:
    """Match all members of a group with Canvas's students; what leads to several, or to different ones, is left open.

    Sure are the school's id and the login, as the class's list or a user name has them; the exact name counts where
    they lead to nobody. Canvas's own id, a number and a user name that is the school's id may be others' by chance:
    they count where the name agrees.
    """
    user_names = _by_key((_plain(member.user_name), member.user_id) for member in members)
    names = _by_key((name_key(member.name), member.user_id) for member in members)
    found: list[tuple[CanvasStudent, int]] = []
    ambiguous, only_there = [], []

    def listed(**about: str) -> set[int]:
        member = find_listed(ListedPerson(0, "", **about)) if any(about.values()) else None
        return {member} if member is not None else set()

    for student in students:
        sis_id, login = clean(student.sis_id), clean(student.login)
        by_name = names.get(name_key(student.name), set())
        sure = [listed(source_id=sis_id), user_names.get(_plain(login), set())]
        sure.append(listed(email=login) if "@" in login else listed(user_name=login))
        likely = [listed(source_id=clean(student.id)), listed(number=sis_id), user_names.get(_plain(sis_id), set())]
        candidates = [some for some in (*sure, *likely, by_name) if some]
        agreed = set.intersection(*candidates) if candidates else set()
        if not candidates:
            only_there.append(student)
        elif len(agreed) == 1 and (by_name or any(sure)):
            found.append((student, agreed.pop()))
        else:
            ambiguous.append(student)
    claims = Counter(member for _student, member in found)
    ambiguous += [student for student, member in found if claims[member] > 1]
    pairs = {member: student for student, member in found if claims[member] == 1}
    only_here = tuple(member for member in members if member.user_id not in pairs)
    return CanvasMatch(pairs, tuple(ambiguous), tuple(only_there), only_here)


def name_key(name: str) -> str:
    """Return a name by which it is the same: without looks, case and spaces, “Han, Mina” as “Mina Han”."""
    last, comma, first = name.partition(",")
    return _plain(f"{first} {last}" if comma and "," not in first else name)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _by_key(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for key, member in pairs:
        if key:
            found.setdefault(key, set()).add(member)
    return found
