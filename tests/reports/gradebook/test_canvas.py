"""Canvas's exports: shapes that Canvas really writes, and what is refused and where."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.reports.gradebook.canvas import (
    LARGEST_FILE,
    MOST_COLUMNS,
    MOST_ROWS,
    CanvasStudent,
    UnreadableExport,
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


@pytest.mark.parametrize(
    "export",
    [
        # Several institutions: a column more, and in the row above the points a word that is no student.
        "Student,ID,SIS User ID,SIS Login ID,Root Account,Section,Essay (12)\r\n"
        "    Points Possible,,,,,,10.00\r\n"
        '"Lind, Ben",101,s-1,ben,school.example,Period 2,7.50\r\n',
        "Student,ID,SIS User ID,SIS Login ID,Section,Integration ID,Essay (12)\n"
        "Manual Posting,,,,,,\n"
        "Points Possible,,,,,,10\n"
        '"Lind, Ben",101,s-1,ben,Period 2,,7.50\n',
        # A first line that is empty, as a script that copies leaves it.
        "\nStudent,ID,SIS User ID,SIS Login ID,section,Essay (12)\n,,,,,Muted\nPoints Possible,,,,,10\n"
        '"Lind, Ben",101,s-1,ben,Period 2,\n"Test Student",9,,x,Period 2,\n',
    ],
    ids=["root account", "integration id", "posting rows"],
)
def test_shapes_that_schools_have_are_read(export: str) -> None:
    assert read_export(export.encode()) == (BEN,)


def test_who_may_not_see_ids_of_the_school_gets_an_export_without_them() -> None:
    data = b'Student,ID,SIS Login ID,Section,Essay (12)\n    Points Possible,,,,10\n"Lind, Ben",101,ben,Period 2,7\n'
    assert read_export(data) == (CanvasStudent("Lind, Ben", "101", "", "ben", "Period 2"),)


def test_a_name_that_was_kept_from_being_a_formula_is_read_as_it_was() -> None:
    (student,) = read_export(b"Student,ID\n'=1+1,7\n")
    assert student.name == "=1+1"
