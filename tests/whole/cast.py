"""Somebody of every role, in a browser, each with a quiz under way and one behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, Executable, Table, delete, insert, update
from sqlalchemy.sql.dml import ReturningInsert

from learnapp.accounts import sessions
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords import resets
from learnapp.accounts.passwords.background import BackgroundQueue
from learnapp.content.ages import FULL_ACCESS
from learnapp.content.catalog import Lesson
from learnapp.content.facts import Section
from learnapp.database.db import Base, db
from learnapp.groups.assignments.models import LESSON, PUBLISHED, Assignment
from learnapp.groups.membership.codes import make_code
from learnapp.groups.models import JOIN, LEADER, MEMBER, SIGN_IN, TEAM, Group, GroupCode, Invitation, Membership
from learnapp.groups.roster.lists.store import write_staged
from learnapp.groups.roster.lists.values import StagedList, StagedPerson
from learnapp.groups.roster.models import RosterImport
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import store_revision
from learnapp.learning.lessons.pretest import pretest_items
from learnapp.learning.lessons.pretest_views import shown_versions
from learnapp.learning.models import Attempt, Progress, Response
from learnapp.learning.review.models import Review, ReviewCard
from learnapp.learning.review.pages import shown_version
from learnapp.teams.models import Event
from learnapp.training.certificates import views as certificates_views
from learnapp.web.catalog import current_catalog
from learnapp.web.login import GUEST, LEARNER, TEACHER
from tests.actors import attempts
from tests.actors.people import hashed
from tests.courses.serving import serve_catalog
from tests.courses.tea import ASKING, course_with, evidence, lesson, quiz, strong_lesson
from tests.factories.base import NOON
from tests.quiz.samples import WITH_UNITS, make
from tests.whole import trained
from tests.whole.rows import Rows, all_rows, rows_of

# The rows of somebody who finished the quiz of the cast's lesson and began it again, for each kind of database.
TAKEN: dict[str, Rows] = {}
NAMES = {"guest": "", "learner": "Ben", "teacher": "Ada", "coordinator": "Cora", "author": "Vera"}
MISSING_ID = 2_147_483_646
CODE, WINDOW_CODE = make_code(0), make_code(1)
# A module that may be looked ahead at: one with a strong lesson may not.
AHEAD = lesson("1-cup", "2-pot", quiz=quiz(*(make("single", id=f"cup-{n}") for n in range(5))))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: `account` is whose password a link would change (their own, or for visitors another's).

    Whoever has an account leads a class (`led`), in which are an account that it made (`pupil`) and an `assignment`,
    and is in a class of Ada's (`joined`), in which an assignment is `given`. For their own they have brought a list
    (`staged`), and taken in another (`taken_in`). Each account has passed a `final` and has its `certificate`, leads a
    `team` with an `event` at which a `volunteer` is expected, and is expected at one of Ada's team (`event_joined`).
    """

    role: str
    client: FlaskClient
    id: int
    name: str
    open: int
    finished: int
    account: int
    account_name: str
    card: int = MISSING_ID
    version: str = ""
    ahead: str = ""
    ada: int = MISSING_ID
    led: int = MISSING_ID
    pupil: int = MISSING_ID
    assignment: int = MISSING_ID
    joined: int = MISSING_ID
    given: int = MISSING_ID
    staged: int = MISSING_ID
    taken_in: int = MISSING_ID
    invited: int = MISSING_ID
    final: int = MISSING_ID
    certificate: int | str = MISSING_ID
    team: int = MISSING_ID
    event: int = MISSING_ID
    volunteer: int = MISSING_ID
    team_joined: int = MISSING_ID
    event_joined: int = MISSING_ID


def add(model: type[Base], row: Mapping[str, Any]) -> int:
    """Add a row and return its number, by a statement that is put together once: thousands of rows are made."""
    number: Any = db.session.connection().scalar(insert_into(model), dict(row))
    return number or 0


@cache
def insert_into(model: type[Base]) -> ReturningInsert[tuple[int]]:
    """Return the statement that adds a row to a table."""
    table = cast("Table", model.__table__)
    return insert(table).returning(*table.primary_key)


class Cast:
    """Makes people of any role on a course about tea; it is the first lesson that they have to do with."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        typed = make("numeric", **WITH_UNITS)
        self.lesson: Lesson = strong_lesson(quiz=quiz(make("single"), make("cloze"), typed, make("multiple")), **ASKING)
        sections = {"tea": Section(slug="tea", title="Tea", path=("Page", "Tea"), depth=2)}
        course = course_with(self.lesson, AHEAD, facts=(evidence("ev.tea.cup"),))
        monkeypatch.setattr(certificates_views, "can_make_pdf", lambda: True)
        monkeypatch.setattr(certificates_views, "make_pdf", str.encode)  # what stands in one, a hundred times as fast
        serve_catalog(app, monkeypatch, trained.with_training(replace(course, sections=sections)))
        self._numbers = count(1)
        self._ada = MISSING_ID
        self._class_of_ada: tuple[int, int] | None = None
        self._open_class = MISSING_ID
        self._team_of_ada = (MISSING_ID, MISSING_ID)

    @property
    def engine(self) -> Engine:
        with self.app.app_context():
            return db.engine

    def person(self, role: str, **about: Any) -> Person:
        """Make somebody of this role who has finished the quiz once and has begun it again."""
        client = self.app.test_client()
        if role == "anonymous":
            owner = self.person("learner")
            return Person(role, client, 0, "", MISSING_ID, MISSING_ID, owner.id, owner.name, ahead=owner.ahead)
        name = about.pop("name", f"{NAMES.get(role, 'Ines')} {next(self._numbers)}")
        now = datetime.now(UTC)
        with self.app.app_context():
            user = User(name="" if role == GUEST else name, role=role, created_at=now, seen_at=now)
            if role != GUEST:
                user.name_key, user.password_hash = names.key(name), hashed()
            for field, value in about.items():
                setattr(user, field, value)
            db.session.add(user)
            db.session.flush()
            token = sessions.open_session(db.session, user.id, now)
            taken = TAKEN.get(db.engine.dialect.name)
            finished, begun = self._copy(taken, user.id) if taken else self._take(user.id)
            card, version = self._card(user.id), shown_version(self.lesson.quiz)
            catalog = current_catalog()
            ahead = shown_versions(pretest_items(catalog, catalog.modules[AHEAD.module], FULL_ACCESS, b""))
            own = (user.id, user.name)
            more = {} if role == GUEST else {**self._groups(user.id), **self._training(user.id)}
            made = Person(role, client, *own, begun, finished, *own, card, version, ahead, **more)
            db.session.commit()
        client.set_cookie("guest", token) if role == GUEST else client.set_cookie("login", f"{token}.stay")
        if role == GUEST:
            owner = self.person("learner")
            made = replace(made, account=owner.id, account_name=owner.name)
        return made

    def _take(self, user_id: int) -> tuple[int, int]:
        """Finish a quiz without an answer and begin it again, as learners do; return both attempts' ids."""
        db.session.commit()
        finished = attempts.begin(db.session(), user_id, self.lesson).summary.id
        finish_attempt(db.session, user_id, finished, NOON)
        db.session.commit()
        begun = attempts.begin(db.session(), user_id, self.lesson).summary.id
        TAKEN[db.engine.dialect.name] = rows_of(all_rows(db.engine), user_id)
        return finished, begun

    def _copy(self, taken: Rows, user_id: int) -> tuple[int, int]:
        """Put the same rows there for somebody else, which takes a fifth of the time."""
        store_revision(db.session(), self.lesson.key, self.lesson.quiz, NOON)
        made = []
        for attempt in taken["attempts"]:
            row = {name: value for name, value in attempt.items() if name != "id"} | {"user_id": user_id}
            made.append(add(Attempt, row))
            for answer in (one for one in taken["responses"] if one["attempt_id"] == attempt["id"]):
                add(Response, answer | {"attempt_id": made[-1]})
        for progress in taken["progress"]:
            add(Progress, progress | {"user_id": user_id})
        return made[0], made[1]

    def _card(self, user_id: int) -> int:
        """Give somebody a question to review today."""
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        values = {
            "user_id": user_id,
            "lesson": self.lesson.key,
            "item_id": "tea-cloze",
            "stability": 2.0,
            "difficulty": 5.0,
            "reviewed_on": yesterday,
            "due_on": yesterday,
            "saved_at": NOON,
        }
        made = add(ReviewCard, values)
        begun = {
            "card_id": made,
            "number": 1,
            "origin": "quiz",
            "reviewed_on": yesterday,
            "reviewed_at": NOON,
            "rating": 3,
            "points": 1.0,
            "revision": self.lesson.quiz.revision,
        }
        add(Review, begun)
        return made

    def _training(self, user_id: int, number: str = "") -> dict[str, Any]:
        """Have somebody have passed a final, and issue the certificate."""
        final = trained.pass_final(db.session(), add, current_catalog(), user_id, trained.PASSED)
        return {"final": final, "certificate": trained.certify(add, user_id, final, next(self._numbers), number)}

    def _groups(self, user_id: int) -> dict[str, int]:
        """Give somebody a class of their own and a place in Ada's."""
        if self._class_of_ada is None:
            self._ada = self._account("Ada", TEACHER)
            self._training(self._ada, trained.VERIFIED)
            self._class_of_ada, (self._open_class, _) = self._class(self._ada), self._class(self._ada)
            self._team_of_ada = self._team(self._ada)
            codes = (self._open_class, JOIN, CODE), (self._class_of_ada[0], SIGN_IN, WINDOW_CODE)
            about = {"created_at": NOON, "expires_at": datetime.now(UTC) + timedelta(days=14)}
            for group, purpose, code in codes:
                add(GroupCode, {"group_id": group, "purpose": purpose, "code": code, **about})
        (led, assignment), (joined, given) = self._class(user_id), self._class_of_ada
        pupil = self._account("Mina", LEARNER, managed_by=led)
        (team, event), (team_joined, event_joined) = self._team(user_id), self._team_of_ada
        volunteer = self._account("Vera", LEARNER)
        for group, member in ((led, pupil), (joined, user_id), (team, volunteer), (team_joined, user_id)):
            add(Membership, {"group_id": group, "user_id": member, "role": MEMBER, "joined_at": NOON})
        invited = {"group_id": self._open_class, "user_id": user_id, "role": MEMBER}
        add(Invitation, {**invited, "invited_at": datetime.now(UTC)})
        numbers = {"led": led, "pupil": pupil, "assignment": assignment, "joined": joined, "given": given}
        numbers |= {"team": team, "event": event, "volunteer": volunteer}
        numbers |= {"team_joined": team_joined, "event_joined": event_joined}
        return {**numbers, **self._lists(led, user_id), "invited": self._open_class, "ada": self._ada}

    def _lists(self, led: int, user_id: int) -> dict[str, int]:
        """Have somebody bring a list for their class and take in another, both just now."""
        dora = StagedPerson(2, "Dora D.", f"dora.{user_id}", "", "", ("key",), "", "")
        listed = write_staged(StagedList("Moodle", "", False, (), (dora,), ()))
        now = datetime.now(UTC)
        about = {"group_id": led, "user_id": user_id, "read_at": now}
        rows = {
            "staged": {**about, "listed": listed, "added": {}, "applied_at": None},
            "taken_in": {**about, "listed": {}, "added": {"accounts": [], "invited": []}, "applied_at": now},
        }
        return {name: add(RosterImport, row) for name, row in rows.items()}

    def _class(self, leader: int) -> tuple[int, int]:
        """Make a class that asks for the cast's lesson; return the numbers of both."""
        about = {"name": "9C", "zone": "Europe/Berlin", "seats": 500, "created_at": NOON}
        group = add(Group, about)
        add(Membership, {"group_id": group, "user_id": leader, "role": LEADER, "joined_at": NOON})
        asked = {"group_id": group, "target_kind": LESSON, "target": self.lesson.key, "state": PUBLISHED}
        return group, add(Assignment, {**asked, "created_at": NOON, "published_at": NOON})

    def _team(self, leader: int) -> tuple[int, int]:
        """Make a team with an event at which everybody in it is expected; return the numbers of both."""
        about = {"kind": TEAM, "name": "Saturday team", "zone": "Europe/Berlin", "seats": 60, "created_at": NOON}
        group = add(Group, about)
        add(Membership, {"group_id": group, "user_id": leader, "role": LEADER, "joined_at": NOON})
        day = datetime.now(UTC).date() + timedelta(days=30)
        event = {"group_id": group, "program": trained.PASSED, "title": "Open day", "day": day, "starts": time(10)}
        return group, add(Event, {**event, "zone": "Europe/Berlin", "place": "Town hall", "created_at": NOON})

    def _account(self, name: str, role: str, **about: Any) -> int:
        """Make an account that nobody is signed in to, in one statement."""
        name = f"{name} {next(self._numbers)}"
        made = {"name": name, "name_key": names.key(name), "role": role, "password_hash": hashed()}
        return add(User, {**made, **about, "created_at": NOON, "seen_at": NOON})

    def enter(self, who: Person, group_id: int) -> None:
        """Make somebody a member of a group."""
        self._execute(insert(Membership).values(group_id=group_id, user_id=who.id, role=MEMBER, joined_at=NOON))

    def leave(self, who: Person) -> None:
        """Take somebody out of all their groups, and out of those to which they are invited."""
        for table in (Membership, Invitation):
            self._execute(delete(table).where(table.user_id == who.id))

    def lead_together(self, who: Person) -> None:
        """Have Ada lead somebody's class, too."""
        if who.led != MISSING_ID:
            self._execute(insert(Membership).values(group_id=who.led, user_id=who.ada, role=LEADER, joined_at=NOON))

    def manage(self, who: Person) -> None:
        """Have somebody's account be one that the class made in which they are."""
        if who.joined != MISSING_ID:
            self._execute(update(User).where(User.id == who.id).values(managed_by=who.joined))

    def take_back_lead(self, who: Person) -> None:
        """Leave somebody a mere member of the group that they led."""
        is_theirs = (Membership.user_id == who.id, Membership.role == LEADER)
        self._execute(update(Membership).where(*is_theirs).values(role=MEMBER))

    def close_event(self, who: Person) -> None:
        """Have the event of somebody's own team be closed."""
        self._execute(update(Event).where(Event.id == who.event).values(closed_at=NOON))

    def read_everything(self, user_id: int) -> None:
        """Have somebody have completed every lesson."""
        with self.app.app_context():
            trained.read_everything(db.session(), current_catalog(), user_id)
            db.session.commit()

    def pass_next(self, user_id: int) -> None:
        """Have somebody have passed the final of the other program, and asked for nothing yet."""
        with self.app.app_context():
            trained.pass_final(db.session(), add, current_catalog(), user_id, trained.NEXT)
            db.session.commit()

    def _execute(self, statement: Executable) -> None:
        with self.app.app_context():
            db.session.execute(statement)
            db.session.commit()

    def come_by_code(self, who: Person) -> None:
        """Have somebody come by the code of a class that they are not in."""
        with who.client.session_transaction() as cookie:
            cookie["join_code"] = CODE

    def follow_link(self, who: Person) -> None:
        """Have somebody come by a link to choose a new password."""
        with self.app.app_context():
            now = datetime.now(UTC)
            token = resets.create_link(db.session, who.account, now, timedelta(hours=1))
            db.session.commit()
        with who.client.session_transaction() as cookie:
            cookie["reset_token"] = token

    def settle(self) -> None:
        """Wait until nothing is left to be done after an answer."""
        later: BackgroundQueue = self.app.extensions["passwords.queue"]
        later.join()
