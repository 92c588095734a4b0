"""Tables: rows of cells, however they are parted; all that is wrong is told with its row."""

import pytest

from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_PROBLEMS,
    MOST_ROWS,
    first_rows,
    read_table,
)


def problems_of(text: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(ListRefused) as caught:
        read_table(text)
    return [(one.reason, one.row, one.column) for one in caught.value.problems]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("part", [",", ";", "\t"])
def test_columns_are_parted_and_lines_end_as_programs_like(part: str, end: str) -> None:
    table = read_table(end.join([f"Name{part}Login", f"Mina{part}mina", "", f'"Berg, Ola; B"{part}ola', ""]))
    assert table.header == ("Name", "Login")
    assert table.rows == (("Mina", "mina"), ("Berg, Ola; B", "ola"))
    assert table.numbers == (2, 4)


def test_signs_inside_of_quotes_part_nothing() -> None:
    assert read_table('"a,b,c,d";Login\nMina;mina\n').header == ("a,b,c,d", "Login")


def test_a_cell_may_hold_quotes_and_ends_of_lines() -> None:
    assert read_table('Name,Note\n"Mina ""M"" Kaya","two\nlines"\nOla,x\n').rows == (
        ('Mina "M" Kaya', "two\nlines"),
        ("Ola", "x"),
    )


def test_numbers_keep_their_noughts_and_cells_lose_spaces_around() -> None:
    assert read_table("ID,Name\n 00731 ,  Mina\n").rows == (("00731", "Mina"),)


def test_one_column_is_a_table() -> None:
    assert read_table("Name\nMina\nOla\n").rows == (("Mina",), ("Ola",))


def test_rows_of_another_length_are_told_all_at_once() -> None:
    assert problems_of("Name,Login\nMina\nOla,ola\nRay,ray,x\n") == [("ragged", 2, ""), ("ragged", 4, "")]
    with pytest.raises(ListRefused) as caught:
        read_table("Name,Login\nRay,ray,x\n")
    assert caught.value.problems[0].about == {"cells": 3, "columns": 2}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Name,Login\nMina,mina\n"Ola,ola\nRay,ray\n', 3),
        ('Name,Login\n"Mi"na,mina\n', 2),
        ('"Name,Login\nMina,mina\n', 1),
    ],
)
def test_a_quote_that_is_left_alone_is_told_with_its_row(text: str, row: int) -> None:
    assert problems_of(text) == [("quote", row, "")]


def test_a_cell_without_an_end_is_told() -> None:
    assert problems_of(f'Name\n"{"x" * 200_000}\n') == [("huge_cell", 2, "")]


@pytest.mark.parametrize("text", ["", "\n\n", " \n,,\n"])
def test_an_empty_file_is_told(text: str) -> None:
    assert problems_of(text) == [("empty", None, "")]


def test_caps_are_told() -> None:
    wide, long = ",".join(["x"] * (MOST_COLUMNS + 1)), "x" * (LONGEST_CELL + 1)
    assert problems_of(f"{wide}\n") == [("columns", 1, "")]
    assert problems_of(f"Name,Login\nMina,{long}\n") == [("long_cell", 2, "Login")]
    assert problems_of("Name\n" + "x\n" * (MOST_ROWS + 1)) == [("rows", None, "")]


def test_what_just_fits_is_read() -> None:
    assert len(read_table("Name\n" + "x\n" * MOST_ROWS).rows) == MOST_ROWS
    assert len(read_table(",".join(["x"] * MOST_COLUMNS)).header) == MOST_COLUMNS
    assert read_table(f"Name\n{'x' * LONGEST_CELL}\n").rows


def test_of_very_many_faults_the_first_are_told() -> None:
    assert len(problems_of("Name,Login\n" + "x\n" * 1000)) == MOST_PROBLEMS + 1


def test_the_first_rows_of_what_cannot_be_read_are_shown_as_far_as_they_go() -> None:
    assert first_rows('Name\nMina\n"Ola\n', 5) == (("Name",), ("Mina",))
    assert first_rows("Name\nMina\nOla\n", 2) == (("Name",), ("Mina",))
