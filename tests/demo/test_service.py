"""Demo actions: the school has all that teachers meet, is the same each time, and comes among no people."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from learnapp.accounts.models import User
from learnapp.database.db import AnySession, db
from learnapp.demo import stories
from learnapp.demo.school import NOBODY_KNOWS
from learnapp.demo.service import CAST, PeopleThere, give_passwords, seed_school
from learnapp.demo.stories import STORIES
from learnapp.groups.assignments.models import DRAFT, PUBLISHED, Assignment, AssignmentMember, Extension
from learnapp.groups.models import MEMBER, Group, Invitation, Membership
from learnapp.groups.store import groups_of, leaders_of, members_of
from learnapp.groups.values import GroupSummary
from learnapp.learning.models import Attempt, Progress, Response
from learnapp.reports.board.service import build_board
from learnapp.reports.board.values import CELL_STATES, Board, BoardView
from learnapp.web.catalog import current_catalog
from tests.actors.people import People, sign_in
from tests.apps import UNHINDERED, close_app, new_app
from tests.factories.base import NOON
from tests.whole.rows import Rows, all_rows

# Each worker that tries one of these makes the school, which takes ten seconds; `test_cli` makes a small one.
pytestmark = [pytest.mark.slow, pytest.mark.long]


def user_id(session: AnySession, name: str) -> int:
    found = session.scalar(select(User.id).where(User.name == name))
    assert found is not None
    return found


def classes(session: AnySession) -> dict[str, GroupSummary]:
    return {group.name: group for group in groups_of(session, user_id(session, "Ada"))}


def seeded(folder: Path, seed: int) -> Rows:
    """Return the rows of a school of its own."""
    app = new_app(folder, **UNHINDERED)
    with app.app_context():
        seed_school(db.session, current_catalog(), seed, NOON)
        db.session.commit()
        rows = all_rows(db.engine)
    close_app(app)
    return rows


def test_the_same_seed_makes_the_same_rows_and_another_one_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "STUDENTS", len(STORIES))  # each story once: that takes a third of the time
    first, again, other = (seeded(tmp_path / name, seed) for name, seed in (("a", 7), ("b", 7), ("c", 8)))

    assert [table for table in first if first[table] != again[table]] == []
    assert first["responses"] != other["responses"]


def test_there_are_three_classes_ninety_students_and_six_weeks(school: Flask) -> None:
    with school.app_context():
        groups, session = classes(db.session), db.session
        assert {name: len(members_of(session, group.id)) for name, group in groups.items()} == {
            "9C": 30,
            "10A": 30,
            "9B, spring": 30,
        }
        assert [name for name, group in groups.items() if group.archived] == ["9B, spring"]
        assert [name for name, group in groups.items() if group.pseudonymous] == ["10A"]
        assert all(group.created_at == NOON - timedelta(weeks=6) for group in groups.values())
        assert [one.name for one in leaders_of(session, groups["9C"].id)] == ["Ada", "Cora"]
        waiting = session.execute(select(Invitation.user_id, Invitation.group_id, Invitation.role)).all()
        assert waiting == [(user_id(session, "Vera"), groups["9C"].id, MEMBER)]
        assert groups_of(session, user_id(session, "Cleo")) == []
        named = select(Membership.full_name).where(Membership.group_id == groups["10A"].id)
        assert set(session.scalars(named)) == {None}


def test_nobody_has_done_anything_later_than_now_or_before_they_joined(school: Flask) -> None:
    with school.app_context():
        for column in (Attempt.saved_at, Attempt.finished_at, Response.saved_at, Progress.read_at, User.seen_at):
            moments = [moment for moment in db.session.scalars(select(column)) if moment]
            assert moments
            assert NOON - timedelta(weeks=6) <= min(moments), column
            assert max(moments) < NOON, column


def boards(session: AnySession) -> list[Board]:
    """Return the boards of the main class, one for each of its modules."""
    group, catalog = classes(session)["9C"], current_catalog()
    return [build_board(session, catalog, group, BoardView(module), NOON) for module in catalog.modules]


def test_every_state_of_the_board_is_there(school: Flask) -> None:
    with school.app_context():
        shown = {cell.state for board in boards(db.session) for row in board.rows for cell in row.cells}
    assert shown == set(CELL_STATES)


def test_each_clause_of_needs_help_has_its_student_and_nobody_else_is_listed(school: Flask) -> None:
    with school.app_context():
        board = boards(db.session)[0]
    listed = Counter(tuple(reason.kind for reason in entry.reasons) for entry in board.help)
    assert listed == {
        ("low",): 1,
        ("many_tries",): 1,
        ("overdue",) * 3: 1,
        ("not_done", *("overdue",) * 3): 1,  # what comes after the care lesson is closed until then
        ("asked",): 1,
        ("low", "asked"): 1,  # handled, and then there was new evidence
    }
    assert [{reason.kind for reason in entry.reasons} for entry in board.handled] == [{"overdue"}]


def test_who_has_more_time_or_other_days_is_neither_late_nor_in_need(school: Flask) -> None:
    with school.app_context():
        board = next(one for one in boards(db.session) if one.module and one.module.slug == "daily-limits")
    late = [row for row in board.rows if any(cell.late_days for cell in row.cells)]
    assert [row.late_days for row in late] == [2]
    assert sum(all(cell.state == "not_asked" for cell in row.cells) for row in board.rows) == 1


def test_dates_differ_for_some(school: Flask) -> None:
    with school.app_context():
        session = db.session
        extensions = session.scalars(select(Extension)).all()
        assert sorted(bool(one.excused) for one in extensions) == [False, True]
        assert session.scalars(select(Membership.standing_days).where(Membership.standing_days > 0)).all() == [3]
        states = session.execute(select(Assignment.state, Assignment.for_all)).all()
        assert {(DRAFT, True), (PUBLISHED, True), (PUBLISHED, False)} == set(map(tuple, states))
        assert session.scalar(select(func.count()).select_from(AssignmentMember)) == 3


def test_a_database_with_people_stays_as_it_is(app: Flask, people: People) -> None:
    people.add("Ben")
    with app.app_context():
        with pytest.raises(PeopleThere):
            seed_school(db.session, current_catalog(), 7, NOON)
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(Group)) == 0


def test_students_have_user_names_as_a_class_makes_them_and_no_password_opens_their_accounts(school: Flask) -> None:
    with school.app_context():
        rows = db.session.execute(select(User.name, User.password_hash).where(User.managed_by.is_not(None))).all()
    assert len(rows) == 89
    assert {stored for _name, stored in rows} == {NOBODY_KNOWS}
    assert sum(bool(re.fullmatch(r"[a-z]+\.[a-z][0-9]*", name)) for name, _stored in rows) == 59
    for password in ("", NOBODY_KNOWS):
        assert sign_in(school.test_client(), rows[0].name, password).status_code == 422


def test_passwords_are_given_once_and_open_the_accounts(school: Flask) -> None:
    with school.app_context():
        made = give_passwords(db.session, NOON)
        db.session.commit()
        assert give_passwords(db.session, NOON) == []
    assert {name: role for name, role, _password in made} == {name: role for name, (role, _about) in CAST.items()}
    for name, _role, password in made:
        assert sign_in(school.test_client(), name, password).status_code == 302
