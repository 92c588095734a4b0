"""Forms of rosters: what is typed is read line by line, and what is wrong is said where it stands."""

from typing import Any

import pytest
from flask import Flask

from learnapp.groups.models import FULL_NAME_ROOM
from learnapp.groups.roster.forms import NamesForm, PseudonymsForm, UserNameForm, new_accounts, read_rows
from learnapp.groups.roster.values import NewAccount


def form_of(app: Flask, kind: type[Any], room: int = 60, **data: str) -> Any:
    with app.test_request_context(method="POST", data=data):
        form = kind()
        form.room = room
        form.validate_on_submit()
        return form


def test_names_stand_one_a_line_and_empty_lines_are_left_out(app: Flask) -> None:
    form = form_of(app, NamesForm, names="  Ben  Lee \r\n\r\nCleo\u200b\r\n\u00a0\n")
    assert (form.errors, form.listed) == ({}, ["Ben Lee", "Cleo"])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "Type at least one name."),
        (" \n\u200b\n", "Type at least one name."),
        ("Ben\nben@example.org", "Line 2: Type a name, not an e-mail address."),
        ("x" * (FULL_NAME_ROOM + 1), f"Line 1: A name has at most {FULL_NAME_ROOM} characters."),
        ("Ben\nCleo\nAda\nVera", "You asked for 4 accounts. There are 3 seats left."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(app: Flask, names: str, words: str) -> None:
    assert form_of(app, NamesForm, room=3, names=names).errors == {"names": [words]}


def test_at_most_sixty_accounts_are_made_at_once(app: Flask) -> None:
    form = form_of(app, NamesForm, room=500, names="\n".join(["Ben"] * 61))
    assert form.errors == {"names": ["Make at most 60 accounts at once."]}


@pytest.mark.parametrize(("count", "fits"), [("1", True), ("3", True), ("4", False), ("0", False), ("-1", False)])
def test_pseudonyms_are_counted(app: Flask, count: str, fits: bool) -> None:
    assert (form_of(app, PseudonymsForm, room=3, count=count).errors == {}) is fits


@pytest.mark.parametrize(("name", "fits"), [("benno", True), ("B", False), ("the admin", False), ("a@b", False)])
def test_a_user_name_keeps_the_rules_of_names(app: Flask, name: str, fits: bool) -> None:
    assert (form_of(app, UserNameForm, name=name).errors == {}) is fits


def rows_of(app: Flask, *taken: str, pseudonymous: bool = False, **data: Any) -> list[tuple[str, str, bool]]:
    with app.test_request_context(method="POST", data=data):
        rows = read_rows(lambda wanted: {name for name in wanted if name in taken}, pseudonymous=pseudonymous)
        return [(row.full_name, row.user_name, bool(row.problem)) for row in rows]


def test_lines_come_as_they_were_typed_each_with_what_is_wrong_with_it(app: Flask) -> None:
    data: dict[str, Any] = {
        "full-0": "Ben <b>Lee",
        "user-0": " ben.l ",
        "user-1": "BEN.I",
        "user-2": "x",
        "user-3": "cleo",
    }
    assert rows_of(app, "cleo", **data) == [
        ("Ben <b>Lee", "ben.l", False),
        ("", "BEN.I", True),  # looks like the one before
        ("", "x", True),
        ("", "cleo", True),
    ]


def test_lines_end_where_one_is_missing_and_at_sixty(app: Flask) -> None:
    assert len(rows_of(app, **dict[str, Any]({f"user-{number}": f"name{number}x" for number in range(70)}))) == 60
    assert rows_of(app, **dict[str, Any]({"user-1": "ben"})) == []


def test_an_empty_name_of_a_list_is_none(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"user-0": "ben"}):
        assert new_accounts(read_rows(lambda _wanted: set(), pseudonymous=False)) == [NewAccount("ben", None)]


def test_a_pseudonymous_class_takes_no_name_of_anybody(app: Flask) -> None:
    data: dict[str, Any] = {"full-0": "Ben Lee", "user-0": "quiet-lamp", "user-1": "ben.lee"}
    assert rows_of(app, pseudonymous=True, **data) == [("", "quiet-lamp", False), ("", "ben.lee", True)]
