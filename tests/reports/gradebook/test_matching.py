"""Matching of Canvas's students with members: by the school's list, by user names, by names, never by a guess."""

import pytest

from learnapp.groups.models import MEMBER
from learnapp.groups.values import Member
from learnapp.reports.gradebook.canvas import CanvasStudent
from learnapp.reports.gradebook.matching import CanvasMatch, FindListed, match_students, name_key
from tests.factories.base import NOON


def member(user_id: int, name: str, user_name: str) -> Member:
    return Member(user_id, user_name, name, MEMBER, NOON, 0, None, None, managed=False)


def listed(**members: int) -> FindListed:
    """Return a list that has brought members by what they have there, such as `id_s1=2`."""
    keys = {key.replace("_", ":", 1): member for key, member in members.items()}
    return lambda person: keys.get(person.identity)


def match(
    members: tuple[Member, ...], students: tuple[CanvasStudent, ...], find: FindListed | None = None
) -> CanvasMatch:
    return match_students(members, students, find or listed())


HERE = (member(1, "Ben Lind", "ben"), member(2, "Vera Okafor", "vera.o"), member(3, "Mina Han", "mina"))


def canvas(name: str, sis_id: str = "", login: str = "", id: str = "") -> CanvasStudent:
    return CanvasStudent(name, id, sis_id, login, "")


def test_the_list_comes_before_user_names_and_these_before_names() -> None:
    students = (canvas("B. L.", login="BEN"), canvas("V.", sis_id="s2"), canvas("Han, Mina"))
    matched = match(HERE, students, listed(id_s2=2))
    assert {user_id: student.name for user_id, student in matched.found.items()} == {
        1: "B. L.",
        2: "V.",
        3: "Han, Mina",
    }
    assert (matched.ambiguous, matched.only_there, matched.only_here) == ((), (), ())


@pytest.mark.parametrize(
    ("student", "find"),
    [
        (canvas("V. O.", sis_id="s2"), listed(id_s2=2)),
        (canvas("V. O.", login="Vera@school.example"), listed(**{"mail_vera@school.example": 2})),
        (canvas("V. O.", login="VO12"), listed(user_vo12=2)),
        (canvas("Okafor, Vera", sis_id="4711"), listed(number_4711=2)),
        (canvas("Okafor, Vera", id="102"), listed(id_102=2)),
        (canvas("Okafor, Vera", sis_id="vera.o"), listed()),
    ],
)
def test_each_key_that_a_list_may_have_leads_to_its_member(student: CanvasStudent, find: FindListed) -> None:
    assert match(HERE, (student,), find).found == {2: student}


@pytest.mark.parametrize(
    ("student", "find"),
    [
        # A number of another kind may be the same by chance.
        (canvas("Zoe Diaz", id="102"), listed(id_102=2)),
        (canvas("Zoe Diaz", sis_id="7"), listed(number_7=2)),
        (canvas("Zoe Diaz", sis_id="vera.o"), listed()),
        (canvas("Ben Lind", id="102"), listed(id_102=2)),
        # The list says one, the login another.
        (canvas("Vera Okafor", sis_id="s2", login="ben"), listed(id_s2=2)),
        (canvas("Ben Lind", sis_id="s2"), listed(id_s2=2)),
        (canvas("Vera Okafor", sis_id="s2", id="9"), listed(id_s2=2, id_9=3)),
    ],
)
def test_keys_that_do_not_agree_leave_a_row_open(student: CanvasStudent, find: FindListed) -> None:
    matched = match(HERE, (student,), find)
    assert (matched.found, matched.ambiguous) == ({}, (student,))


def test_whom_the_board_does_not_show_is_matched_all_the_same() -> None:
    members = (member(1, "Ben Lind", "a"), member(2, "Ben Lind", "b"))
    matched = match(members, (canvas("Ben Lind"),)).among({1})
    assert (matched.found, matched.only_here) == ({}, members[:1])


def test_whoever_is_on_one_side_only_is_listed() -> None:
    matched = match(HERE, (canvas("Ben Lind"), canvas("Zoe Diaz")))
    assert [student.name for student in matched.only_there] == ["Zoe Diaz"]
    assert [member.name for member in matched.only_here] == ["Vera Okafor", "Mina Han"]


@pytest.mark.parametrize(
    ("members", "students"),
    [
        # Two here have this name.
        ((member(1, "Ben Lind", "a"), member(2, "ben  lind", "b")), (canvas("Lind, Ben"),)),
        # Two there have it.
        ((member(1, "Ben Lind", "a"),), (canvas("Lind, Ben"), canvas("Ben Lind"))),
        # The login is one's and the name another's.
        ((member(1, "Ben Lind", "ben"), member(2, "Vera", "vera")), (canvas("Vera", login="ben"),)),
    ],
)
def test_what_fits_twice_is_listed_and_never_guessed(
    members: tuple[Member, ...], students: tuple[CanvasStudent, ...]
) -> None:
    matched = match(members, students)
    assert matched.found == {}
    assert matched.ambiguous == students
    assert matched.only_here == members


def test_two_of_one_name_are_told_apart_by_their_logins() -> None:
    members = (member(1, "Ben Lind", "ben1"), member(2, "Ben Lind", "ben2"))
    matched = match(members, (canvas("Lind, Ben", login="ben2"), canvas("Lind, Ben", login="ben1")))
    assert {user_id: student.login for user_id, student in matched.found.items()} == {1: "ben1", 2: "ben2"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Han, Mina", "mina han"),
        ("Ｍｉｎａ Han", "Mina  Han"),
        ("Cafe\u0301, Ana", "Ana Café"),
        ("Lind, Ben, Jr", "lind, ben, jr"),
    ],
)
def test_one_name_has_one_key_however_it_is_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_no_part_of_a_name_is_enough() -> None:
    assert match(HERE, (canvas("Ben"), canvas("Ben Lindt"), canvas("", login="be"))).found == {}
