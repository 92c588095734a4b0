"""Canvas's exports: shapes that Canvas really writes, what is refused and where, and matching without a guess."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.reports.gradebook.canvas import (
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    CanvasStudent,
    KnownMember,
    UnreadableExport,
    match_students,
    name_key,
    read_export,
)

EXPORT = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay (12),Final Score\r\n"
    ",,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,10.00,(read only)\r\n"
    '"Lind, Ben",101,s-1,ben,Period 2,7.50,75.00\r\n'
    '"Okafor, Vera",102,s-2,vera@example.org,Period 2,,\r\n'
    '"Student, Test",999,,,Period 2,,\r\n'
)
BEN = CanvasStudent("Lind, Ben", "101", "s-1", "ben", "Period 2")
VERA = CanvasStudent("Okafor, Vera", "102", "s-2", "vera@example.org", "Period 2")


def refused(data: bytes) -> UnreadableExport:
    with pytest.raises(UnreadableExport) as caught:
        read_export(data)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        EXPORT.encode(),
        EXPORT.encode("utf-8-sig"),
        EXPORT.encode("utf-16"),
        EXPORT.replace("\r\n", "\r").encode(),
        EXPORT.replace("\r\n", "\n").encode(),
        EXPORT.replace(",\r\n", "\t\r\n").replace(",", ";").replace("Lind;", "Lind,").replace("Okafor;", "Okafor,")
        .replace("Student; Test", "Student, Test").replace("\t\r\n", ";\r\n").encode(),
        ("\r\n" + EXPORT).encode(),
        EXPORT.replace("Student,ID", "STUDENT, id ").encode(),
    ],
    ids=["plain", "mark", "utf-16", "old mac", "unix", "semicolons", "blank row first", "other case"],
)  # fmt: skip
def test_students_are_read_whatever_the_file_s_dress(data: bytes) -> None:
    assert read_export(data) == (BEN, VERA)


def test_last_and_first_names_in_columns_of_their_own_are_one_name() -> None:
    data = b"LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\nLind,Ben,101,s-1,ben,Period 2\n"
    assert read_export(data) == (BEN,)


def test_a_row_with_a_cell_too_few_is_refused_with_its_number_and_counts() -> None:
    # As in a real file: the section then stands under the login.
    short = EXPORT.replace("101,s-1,ben,", "101,ben,").replace("102,s-2,", "102,")
    error = refused(short.encode())
    assert (error.reason, error.rows, error.columns) == ("ragged", ((4, 6), (5, 6)), 7)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "missing"),
        (b"PK\x03\x04\xff\xfe", "encoding"),
        ("Student,ID\nBjörk,1\n".encode("latin-1"), "encoding"),
        (b"Student,ID\nBen\0,1\n", "encoding"),
        (b"What? This is no table.\n", "no_header"),
        (b"Name,Grade\nBen,7\n", "no_header"),
        (b"1\n2\n3\nStudent,ID\n", "no_header"),
        (b"Student,Section\nBen,2\n", "no_header"),
        (b'Student,ID\n"' + b"x" * 140_000 + b'",1\n', "not_csv"),
        (b"x" * (LARGEST_FILE + 1), "too_large"),
        (b"Student,ID\n" + b"a,1\n" * MOST_ROWS, "too_large"),
        (b"Student,ID" + b"," * MOST_COLUMNS + b"\n", "too_large"),
    ],
)
def test_what_is_no_gradebook_is_refused_in_words(data: bytes, reason: str) -> None:
    assert refused(data).reason == reason


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"Student,ID\n{text}".encode()))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableExport):
        assert isinstance(read_export(data), tuple)


def test_a_name_that_was_kept_from_being_a_formula_is_read_as_it_was() -> None:
    (student,) = read_export(b"Student,ID\n'=1+1,7\n")
    assert student.name == "=1+1"


HERE = (KnownMember(1, "Ben Lind", "ben"), KnownMember(2, "Vera Okafor", "s-2"), KnownMember(3, "Mina Han", "mina"))


def canvas(name: str, sis_id: str = "", login: str = "") -> CanvasStudent:
    return CanvasStudent(name, "", sis_id, login, "")


def test_ids_come_before_logins_and_logins_before_names() -> None:
    match = match_students(HERE, (canvas("B. L.", login="BEN"), canvas("V.", sis_id="s-2"), canvas("Han, Mina")))
    assert {user_id: student.name for user_id, student in match.found.items()} == {1: "B. L.", 2: "V.", 3: "Han, Mina"}
    assert (match.ambiguous, match.only_there, match.only_here) == ((), (), ())


def test_whoever_is_on_one_side_only_is_listed() -> None:
    match = match_students(HERE, (canvas("Ben Lind"), canvas("Zoe Diaz")))
    assert [student.name for student in match.only_there] == ["Zoe Diaz"]
    assert [member.name for member in match.only_here] == ["Vera Okafor", "Mina Han"]


@pytest.mark.parametrize(
    ("members", "students"),
    [
        # Two here have this name.
        ((KnownMember(1, "Ben Lind", "a"), KnownMember(2, "ben  lind", "b")), (canvas("Lind, Ben"),)),
        # Two there have it.
        ((KnownMember(1, "Ben Lind", "a"),), (canvas("Lind, Ben"), canvas("Ben Lind"))),
        # The login is one's and the name another's.
        ((KnownMember(1, "Ben Lind", "ben"), KnownMember(2, "Vera", "vera")), (canvas("Vera", login="ben"),)),
    ],
)
def test_what_fits_twice_is_listed_and_never_guessed(
    members: tuple[KnownMember, ...], students: tuple[CanvasStudent, ...]
) -> None:
    match = match_students(members, students)
    assert match.found == {}
    assert match.ambiguous == students
    assert match.only_here == members


def test_two_of_one_name_are_told_apart_by_their_logins() -> None:
    members = (KnownMember(1, "Ben Lind", "ben1"), KnownMember(2, "Ben Lind", "ben2"))
    match = match_students(members, (canvas("Lind, Ben", login="ben2"), canvas("Lind, Ben", login="ben1")))
    assert {user_id: student.login for user_id, student in match.found.items()} == {1: "ben1", 2: "ben2"}


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
    assert match_students(HERE, (canvas("Ben"), canvas("Ben Lindt"), canvas("", login="be"))).found == {}
