"""People: what is taken of a row, what must be mended in it, and who is left out."""

import pytest

from learnapp.groups.models import FULL_NAME_ROOM
from learnapp.groups.roster.lists.reading.people import people_of_columns
from learnapp.groups.roster.lists.reading.table import read_table
from learnapp.groups.roster.lists.values import ListProblem, PeopleList
from tests.groups.roster.lists.samples import lines

COLUMNS = {"full_name": 0, "user_name": 1, "email": 2, "number": 3}


def listed(*rows: str) -> PeopleList:
    return people_of_columns(read_table(lines("Name,Login,Mail,No", *rows).decode()), COLUMNS)


def problems(*rows: str) -> list[tuple[str, int | None, str]]:
    return [(one.reason, one.row, one.column) for one in listed(*rows).problems]


def test_what_must_be_mended_is_told_with_row_and_column() -> None:
    assert problems(f"{'x' * (FULL_NAME_ROOM + 1)},a,,", "Ola,b,ola at home,", "Ray,c,,") == [
        ("long_name", 2, "Name"),
        ("no_email", 3, "Mail"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ("Mina,mina,,", "Ola,MINA,,", "Login"),
        ("Mina,a,m@x.example,", "Ola,b,M@X.example,", "Mail"),
        ("Mina,a,,007", "Ola,b,,007", "No"),
        ("Mina Kaya,,,", "mina  kaya,,,", "Name"),
    ],
)
def test_what_two_people_cannot_share_is_told(first: str, second: str, column: str) -> None:
    assert listed(first, second).problems == (ListProblem("twice", 3, column, {"first": 2}),)


def test_two_people_of_one_name_may_be_told_apart() -> None:
    assert problems("Mina Kaya,,,1", "Mina Kaya,,,2") == []


def test_a_user_name_that_is_an_address_is_one() -> None:
    (mina,) = listed("Mina,mina@school.example,,").people
    assert (mina.user_name, mina.email, mina.identity) == ("", "mina@school.example", "mail:mina@school.example")


def test_a_row_without_a_name_has_that_of_the_account_or_is_left_out() -> None:
    people = listed(",mina,,", ",,ola@x.example,", ",,,7").people
    assert [(one.full_name, one.left_out) for one in people] == [("mina", ""), ("ola", ""), ("", "no_name")]


def test_what_cannot_be_seen_is_taken_out_of_names() -> None:
    (mina,) = listed("Mi\u200bna\u202e  Kaya,mina,,").people
    assert mina.full_name == "Mina Kaya"


@pytest.mark.parametrize("kept", ["O'Neil", "'Azizah", "Anne-Marie", "d'Aboville", "小明", "Łuk"])
def test_names_stay_as_they_are(kept: str) -> None:
    (one,) = listed(f"{kept},x,,").people
    assert one.full_name == kept
