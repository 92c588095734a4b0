"""Gradebook files: what stands in each cell, for a spreadsheet and for Canvas."""

import csv
import io
from dataclasses import replace

import pytest

from learnapp.reports.gradebook.canvas import CanvasStudent, read_export
from learnapp.reports.gradebook.tables import (
    GradebookWords,
    canvas_rows,
    canvas_title,
    file_name,
    identity_rows,
    plain_rows,
    renamed_titles,
)
from learnapp.web.spreadsheets import BOM, FORMULA, csv_text
from tests.courses.classes import LEAF
from tests.reports.board.boards import GROUP, board, column, row

WORDS = GradebookWords("Name", "User name", "Lessons done", "Lessons assigned", "Late days", "done", "not asked")


def parsed(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=separator))


def test_a_plain_file_has_marks_words_and_sums() -> None:
    assert list(plain_rows(board(), WORDS)) == [
        ["Name", "User name", "Leaf", "Water", "Scald", "Lessons done", "Lessons assigned", "Late days"],
        ["Ben", "ben", "83", "100", "done", "3", "3", "3"],
        ["Vera", "vera", "", "", "", "0", "3", "0"],
        ["Zoe", "zoe", "", "not asked", "not asked", "0", "1", "0"],
    ]


def test_a_file_for_canvas_has_points_and_a_strong_lesson_all_or_none() -> None:
    assert list(canvas_rows(board())) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Leaf", "Water", "Scald"],
        ["    Points Possible", "", "", "", "", "100", "100", "100"],
        ["Ben", "", "", "ben", "9C", "83", "100", "100"],
        ["Vera", "", "", "vera", "9C", "", "", ""],
        ["Zoe", "", "", "zoe", "9C", "", "", ""],
    ]


def test_members_stand_as_canvas_has_them_and_the_others_are_left_out() -> None:
    found = {2: CanvasStudent("Okafor, Vera", "102", "s-2", "v", "P2"), 99: CanvasStudent("N", "", "", "", "")}
    assert list(canvas_rows(board(), found))[2:] == [["Okafor, Vera", "102", "s-2", "v", "P2", "", "", ""]]


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("The Final Test", "The last Test"),
        ("My current  score", "My current  score"),
        ("Current Score", "score so far"),
        ("Songbun (51)", "Songbun [51]"),
        ("Before 1990 (and after)", "Before 1990 (and after)"),
        ("Leaf", "Leaf"),
    ],
)
def test_no_title_is_one_that_canvas_would_drop(title: str, kept: str) -> None:
    assert canvas_title(title) == kept
    one = board(columns=(column(replace(LEAF, title=title)),))
    assert renamed_titles(one) == (() if title == kept else ((title, kept),))


def test_a_file_begins_with_the_mark_of_utf_8_and_keeps_to_its_separator() -> None:
    rows = [["Ünïcode 평양", 'a "b"', "1,5;2"], ["x", "", "y\nz"]]
    for separator in ",;":
        text = "".join(csv_text(rows, separator))
        assert text.startswith(BOM)
        assert parsed(text, separator) == rows


def test_a_long_file_comes_in_pieces() -> None:
    pieces = list(csv_text([[str(number)] for number in range(450)]))
    assert len(pieces) == 3
    assert parsed("".join(pieces)) == [[str(number)] for number in range(450)]


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "－1", "'=1"])
def test_no_cell_is_a_formula_and_each_is_read_back_as_it_was(name: str) -> None:
    one = board(rows=(row(name, *board().rows[0].cells),), group=replace(GROUP, name=name))
    cells = [cell for line in parsed("".join(csv_text(plain_rows(one, WORDS)))) for cell in line]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    student = CanvasStudent(name, "1", name, name, name)
    assert read_export("".join(csv_text(identity_rows([student]), mark=False)).encode()) == (student,)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("9C", "9C-1-tea-2026-11-27.csv"),
        ("Klasse Ü/9 …", "Klasse-U-9-1-tea-2026-11-27.csv"),
        ("평양", "class-1-tea-2026-11-27.csv"),
        ('x"\r\ny', "x-y-1-tea-2026-11-27.csv"),
    ],
)
def test_the_name_of_a_file_is_ascii_with_the_local_date(name: str, file: str) -> None:
    assert file_name(board(group=replace(GROUP, name=name))) == file
    assert file_name(board(group=replace(GROUP, name=name)), "canvas") == file.replace(".csv", "-canvas.csv")
