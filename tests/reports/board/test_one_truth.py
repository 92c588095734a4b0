"""One truth: for random classes every number of the page, of its print and of the files is that of the rows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.groups.assignments.models import PUBLISHED, Assignment, AssignmentMember, Extension
from learnapp.groups.models import LEADER, Group, Membership
from learnapp.learning.attempts.store import store_revision
from learnapp.learning.models import FINISHED, MAIN, Attempt, Progress
from tests.actors.people import People
from tests.courses.classes import CATALOG, LEAF, SCALD, WATER
from tests.courses.serving import serve_catalog
from tests.factories.base import NOON
from tests.pages import PageOpener
from tests.reports.board.tables import ReadRow, ReadTable, read_assigned, read_file, read_page
from tests.shares import LONG

CLASSES = 50 if LONG else 10
LESSONS = (LEAF, WATER, SCALD)
ZONES = ("Europe/Berlin", "Asia/Seoul", "America/New_York")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.scaled
def test_every_number_of_page_print_and_files_is_that_of_the_rows(
    app: Flask, people: People, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_catalog(app, monkeypatch, CATALOG)
    with time_machine.travel(NOON, tick=False):
        browser = people.signed_in("Ada", "teacher")
        ada = people.get("Ada").id
        for seed in range(CLASSES):
            chance = Random(seed)
            with app.app_context():
                group_id = seed_class(ada, chance)
                expected = recompute(group_id)
            sort, show = chance.choice(("help", "name", "left")), chance.choice(("all", "all", "late", "not_started"))
            address = f"/groups/{group_id}/board"
            query = f"module=1-tea&sort={sort}&show={show}"
            page = visit(browser, f"{address}?{query}")
            plain = read_file(browser, f"{address}/marks.csv?{query}&separator=semicolon", ";")
            canvas = read_file(browser, f"{address}/canvas.csv?{query}")
            if not any(one.get("class") == "board" for one in page.all("table")):
                assert (len(plain), len(canvas)) == (1, 2), f"seed {seed}"
                continue
            table = read_page(page)
            compare(table, expected, f"seed {seed}", whole=show == "all")
            asked = sorted(one for one in table.sums if one[1])
            assert sorted(read_assigned(visit(browser, f"/groups/{group_id}"))) == asked, f"seed {seed}"
            assert plain[0][2:-3] == list(table.titles)
            assert plain[1:] == [as_plain(row) for row in table.rows], f"seed {seed}"
            assert [[row[0], *row[5:]] for row in canvas[2:]] == [as_canvas(row) for row in table.rows], f"seed {seed}"


def as_plain(row: ReadRow) -> list[str]:
    """Return the row that a plain file must have beside this row of the page."""
    words = {"Done": "done", "Not asked": "not asked"}
    cells = [cell if cell.isdigit() else words.get(cell, "") for cell in row.cells]
    return [row.name, row.name, *cells, str(row.done), str(row.asked), str(row.late_days)]


def as_canvas(row: ReadRow) -> list[str]:
    return [row.name, *(cell if cell.isdigit() else "100" if cell == "Done" else "" for cell in row.cells)]


@dataclass(frozen=True)
class Truth:
    """What a member's rows come to at one lesson: is it asked, is it done, its mark, by how many days it was late."""

    asked: bool
    done: bool = False
    mark: int | None = None
    late: int = 0


def compare(table: ReadTable, expected: dict[str, list[Truth]], where: str, *, whole: bool) -> None:
    """Compare each number of a page with what the rows come to."""
    for row in table.rows:
        truths = expected[row.name]
        for cell, late, truth, lesson in zip(row.cells, row.late, truths, LESSONS, strict=True):
            about = f"{where}, {row.name}, {lesson.key}: {cell}"
            assert (cell != "Not asked") == truth.asked, about
            care = lesson is SCALD
            assert (cell == "Done" or cell.isdigit()) == truth.done, about
            assert (int(cell) if cell.isdigit() else None) == (None if care or not truth.done else truth.mark), about
            assert late == (0 if care else truth.late), about
        assert row.done == sum(truth.done for truth in truths), where
        assert row.asked == sum(truth.asked for truth in truths), where
        assert row.late_days == sum(row.late), where
    for number, (done, asked) in enumerate(table.sums):
        assert done == sum(truths[number].done for truths in expected.values()), where
        assert asked == sum(truths[number].asked for truths in expected.values()), where
    if whole:
        assert {row.name for row in table.rows} == set(expected), where


def seed_class(leader: int, chance: Random) -> int:
    """Store a class of up to six members who have done whatever chance has them do."""
    group = Group(name=f"Class {chance.random()}", zone=chance.choice(ZONES), seats=60, created_at=NOON)
    names = [f"Ben {number}-{chance.random()}" for number in range(chance.randint(1, 6))]
    users = [User(name=name, name_key=name, role="learner", created_at=NOON, seen_at=NOON) for name in names]
    db.session.add_all([group, *users])
    db.session.flush()
    joined = [Membership(group_id=group.id, user_id=user.id, joined_at=NOON - 30 * DAY) for user in users]
    lead = Membership(group_id=group.id, user_id=leader, role=LEADER, joined_at=NOON)
    db.session.add_all([lead, *joined])
    about: dict[str, Any] = {"group_id": group.id, "created_at": NOON, "state": PUBLISHED}
    for lesson in LESSONS:
        due = chance.choice((None, NOON + chance.randint(-240, 48) * HOUR))
        some = chance.random() < 0.3
        assignment = Assignment(target_kind="lesson", target=lesson.key, due=due, for_all=not some, **about)
        db.session.add(assignment)
        db.session.flush()
        for user in users:
            seed_member(assignment, user.id, chance, some=some)
            seed_work(user.id, lesson, chance)
    db.session.commit()
    return group.id


def seed_member(assignment: Assignment, user_id: int, chance: Random, *, some: bool) -> None:
    if some and chance.random() < 0.7:
        db.session.add(AssignmentMember(assignment_id=assignment.id, user_id=user_id))
    if chance.random() < 0.25:
        later = assignment.due + chance.randint(1, 72) * HOUR if assignment.due else None
        excused = chance.random() < 0.3
        db.session.add(
            Extension(assignment_id=assignment.id, user_id=user_id, due=later, excused=excused, changed_at=NOON)
        )


def seed_work(user_id: int, lesson: Any, chance: Random) -> None:
    if chance.random() < 0.2:
        return
    read_at = NOON - chance.randint(1, 300) * HOUR if chance.random() < 0.8 else None
    passed_at = None
    for _ in range(chance.randint(0, 3)):
        at, points = NOON - chance.randint(1, 300) * HOUR, chance.randint(0, 15) / 3
        passed = points >= 3.5
        revision = store_revision(db.session(), lesson.key, lesson.quiz, NOON)
        ids = [item.id for item in lesson.quiz.items]
        quiz = {"revision": revision, "item_ids": ids, "seed": 1, "seq": 1, "max_points": 5.0, "passed": passed}
        times = {"started_at": at - HOUR, "saved_at": at, "finished_at": at}
        db.session.add(
            Attempt(user_id=user_id, lesson=lesson.key, kind=MAIN, state=FINISHED, points=points, **quiz, **times)
        )
        if passed:
            passed_at = min(at, passed_at or at)
    completed_at = max(read_at, passed_at) if read_at and passed_at else None
    db.session.add(
        Progress(user_id=user_id, lesson=lesson.key, read_at=read_at, passed_at=passed_at, completed_at=completed_at)
    )


def recompute(group_id: int) -> dict[str, list[Truth]]:
    """Return what the rows of a class come to, by members and lessons, from the rows alone."""
    zone = ZoneInfo(db.session.scalars(select(Group.zone).where(Group.id == group_id)).one())
    members = db.session.execute(
        select(User.id, User.name).join(Membership, Membership.user_id == User.id)
        .where(Membership.group_id == group_id, Membership.role == "member")
    ).all()  # fmt: skip
    return {name: [truth_of(group_id, user_id, lesson, zone) for lesson in LESSONS] for user_id, name in members}


def truth_of(group_id: int, user_id: int, lesson: Any, zone: ZoneInfo) -> Truth:
    of_lesson = Assignment.target == lesson.key
    assignment = db.session.scalars(select(Assignment).where(Assignment.group_id == group_id, of_lesson)).one()
    extension = db.session.get(Extension, (assignment.id, user_id))
    is_recipient = db.session.get(AssignmentMember, (assignment.id, user_id)) is not None
    if not (assignment.for_all or is_recipient) or (extension and extension.excused):
        return Truth(asked=False)
    progress = db.session.get(Progress, (user_id, lesson.key))
    if progress is None or progress.completed_at is None:
        return Truth(asked=True)
    own = (Attempt.user_id == user_id, Attempt.lesson == lesson.key)
    attempts = db.session.scalars(select(Attempt).where(*own)).all()
    mark = max(int(100 * (attempt.points or 0) / attempt.max_points + 1e-6) for attempt in attempts)
    due = max(filter(None, (assignment.due, extension.due if extension and assignment.due else None)), default=None)
    return Truth(True, True, mark, days_late(progress.completed_at, due, zone))


def days_late(moment: datetime, due: datetime | None, zone: ZoneInfo) -> int:
    """Return by how many days of a wall clock a moment is late, counted one by one."""
    days = 0
    while due and moment > due:
        days += 1
        local = due.astimezone(zone).replace(tzinfo=None) + timedelta(days=1)
        due = local.replace(tzinfo=zone).astimezone(UTC)
    return days
