"""Spreadsheet cells: never a formula, and the same text when read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.web.spreadsheets import FORMULA, safe_cell, typed_cell

TEXTS = st.text(st.sampled_from("'=+-@＝＋－＠﹦a1\t\r\n\"; ,") | st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize("sign", FORMULA)
def test_what_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "Ben", "3-2", "O'Neil", "'quoted'", "a=b", "83"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == typed_cell(text) == text


@given(TEXTS)
def test_no_cell_begins_like_a_formula_and_each_is_read_back_as_it_was(text: str) -> None:
    assert not safe_cell(text).startswith(FORMULA)
    assert typed_cell(safe_cell(text)) == text


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_a_row_survives_a_file(row: list[str], separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerow(map(safe_cell, row))
    (read,) = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator)
    assert [typed_cell(cell) for cell in read] == row
