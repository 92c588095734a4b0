"""Previews: what becomes of each row, by who is in the class and who has an account."""

from dataclasses import replace

import pytest

from learnapp.groups.roster.lists.preview import ERROR, HERE, INVITED, LEFT_OUT, NEW, WAITING, preview_of
from learnapp.groups.roster.lists.values import ClassState, ListProblem, StagedList, StagedPerson

MINA = StagedPerson(2, "Mina Kaya", "mina.k", "mina", "mina@school.example", ("key-1", "older-1"), "", "")
OLA = StagedPerson(3, "Ola Berg", "ola.b", "", "", ("key-2",), "", "")
NOBODY = ClassState(frozenset(), frozenset(), frozenset(), {}, {}, {}, frozenset(), 60)


def staged(*people: StagedPerson, problems: tuple[ListProblem, ...] = ()) -> StagedList:
    return StagedList("Moodle", "", False, (), people, problems)


def becomes(person: StagedPerson, **state: object) -> tuple[str, str, int | None]:
    (row,) = preview_of(staged(person), replace(NOBODY, **state)).rows  # type: ignore[arg-type]
    return row.outcome, row.reason, row.account


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ({}, (NEW, "", None)),
        ({"by_email": {"mina@school.example": {7}}}, (INVITED, "", 7)),
        ({"by_name": {"mina": 7}}, (INVITED, "", 7)),
        ({"by_email": {"mina@school.example": {7}}, "by_name": {"mina": 8}}, (INVITED, "", 7)),
        ({"by_email": {"mina@school.example": {7, 8}}}, (LEFT_OUT, "several_accounts", None)),
        ({"by_email": {"mina@school.example": {7, 8}}, "by_name": {"mina": 8}}, (INVITED, "", 8)),
        ({"by_email": {"mina@school.example": {7}}, "invited": {7}}, (WAITING, "", 7)),
        ({"by_email": {"mina@school.example": {7}}, "members": {7}}, (HERE, "", 7)),
        ({"by_name": {"mina": 7}, "leaders": {7}}, (LEFT_OUT, "leads", 7)),
        ({"by_key": {"key-1": 9}, "members": {9}}, (HERE, "", 9)),
        ({"by_key": {"older-1": 9}, "members": {9}}, (HERE, "", 9)),
        ({"by_key": {"key-1": 9}, "invited": {9}}, (WAITING, "", 9)),
        ({"by_key": {"key-1": 9}, "members": {9}, "by_name": {"mina": 7}}, (HERE, "", 9)),
        ({"by_key": {"key-1": 9}, "members": {9}, "by_email": {"mina@school.example": {7, 8}}}, (HERE, "", 9)),
    ],
)
def test_a_row_becomes_what_the_class_says(state: dict[str, object], outcome: tuple[str, str, int | None]) -> None:
    assert becomes(MINA, **state) == outcome


def test_who_is_left_out_stays_so_whatever_accounts_there_are() -> None:
    teacher = replace(MINA, left_out="role", said="teacher")
    assert becomes(teacher, by_name={"mina": 7}) == (LEFT_OUT, "role", None)


def test_a_row_with_a_problem_keeps_the_whole_list_from_being_taken_in() -> None:
    preview = preview_of(staged(MINA, OLA, problems=(ListProblem("no_email", 2),)), NOBODY)
    assert [row.outcome for row in preview.rows] == [ERROR, NEW]
    assert preview.has_problems


def test_two_rows_with_one_account_are_a_problem() -> None:
    both = preview_of(staged(MINA, replace(OLA, user_name="m")), replace(NOBODY, by_name={"mina": 7, "m": 7}))
    assert [(row.outcome, row.reason) for row in both.rows] == [(INVITED, ""), (ERROR, "same_account")]
    assert both.has_problems


@pytest.mark.parametrize(("free", "too_many"), [(2, False), (1, True), (0, True)])
def test_seats_must_be_enough_for_all_new_accounts(free: int, too_many: bool) -> None:
    assert preview_of(staged(MINA, OLA), replace(NOBODY, free_seats=free)).has_problems == too_many


def test_whoever_is_in_the_class_but_not_in_the_file_is_absent() -> None:
    state = replace(NOBODY, members=frozenset({7, 9}), leaders=frozenset({1}), by_key={"key-1": 7})
    assert preview_of(staged(MINA), state).absent == {9}


def test_the_digest_changes_with_all_that_is_shown_and_with_nothing_else() -> None:
    def digest(*people: StagedPerson, **state: object) -> str:
        return preview_of(staged(*people), replace(NOBODY, **state)).digest  # type: ignore[arg-type]

    first = digest(MINA)
    assert digest(MINA) == first
    changed = [
        digest(replace(MINA, account_name="mina.k2")),
        digest(MINA, OLA),
        digest(MINA, members=frozenset({9})),
        digest(MINA, by_name={"mina": 7}),
        digest(MINA, free_seats=59),
    ]
    assert len({first, *changed}) == 6
