"""Words for lists: every reason has some, and each says where it is."""

import re
from pathlib import Path

import pytest
from flask import Flask

from learnapp.config.settings import ROOT
from learnapp.groups.roster.lists import wording
from learnapp.groups.roster.lists.preview import OUTCOMES
from learnapp.groups.roster.lists.reading.decode import OFFERED
from learnapp.groups.roster.lists.values import ListProblem, PreviewRow, StagedPerson

ROOM = ROOT / "learnapp" / "groups" / "roster" / "lists"


def reasons(file: Path) -> set[str]:
    """Return the reasons for which this file refuses something."""
    text = file.read_text("utf-8")
    return set(re.findall(r'(?:refused|ListProblem)\(\s*"(\w+)"', text)) | set(
        re.findall(r'"(\w+)" if [^"]+ else', text)
    )


def test_every_problem_has_words() -> None:
    found = set().union(*(reasons(file) for file in ROOM.rglob("*.py")))
    programs = {"workbook", "pdf", "text_document"}
    named = {"quote", "no_list", "zip_without_lists", "same_account", "no_role"}
    assert found | programs | named >= set(wording.PROBLEMS)
    assert found - set(wording.PROBLEMS) - set(wording.LEFT_OUT_FOR) <= {"role", "encoding", "all"}


@pytest.mark.parametrize("reason", wording.PROBLEMS)
def test_a_problem_says_where_it_is(app: Flask, reason: str) -> None:
    about: dict[str, str | int] = {
        **dict.fromkeys(("megabytes", "most", "count", "length", "cells", "columns", "files", "first"), 7),
        "name": "users.csv",
        "encoding": "UTF-8",
    }
    with app.test_request_context():
        assert wording.list_problem(ListProblem(reason, 3, "Mail", about)).startswith("Row 3, Mail: ")
        assert wording.list_problem(ListProblem(reason, 3, "", about)).startswith("Row 3: ")
        assert "%" not in wording.list_problem(ListProblem(reason, None, "", about))


def test_what_a_file_calls_a_column_is_no_pattern(app: Flask) -> None:
    with app.test_request_context():
        assert wording.list_problem(ListProblem("no_email", 3, "%(row)s 100 %")).startswith("Row 3, %(row)s 100 %: ")
        person = StagedPerson(2, "Tove", "", "", "", (), "role", "100 % %(said)s")
        row = PreviewRow(person, "left_out", "role")
        assert wording.left_out_for(row) == "no student: “100 % %(said)s”"


def test_all_outcomes_and_encodings_have_titles() -> None:
    assert set(wording.HEADINGS) == set(OUTCOMES)
    assert set(wording.ENCODINGS) == set(OFFERED)
