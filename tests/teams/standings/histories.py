"""Volunteers whose training went by chance: what is stored of them before a moment, and their own way to be ready."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from learnapp.accounts.models import User
from learnapp.content.ages import age_of
from learnapp.content.catalog import Catalog
from learnapp.content.vocabulary import Ages
from learnapp.learning.access import age_access, counting_band
from learnapp.learning.models import ASIDE, FINISHED, HANDED_IN, MAIN, OPEN, SHORT
from learnapp.learning.progress.service import course_progress
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.queue import review_queue
from learnapp.teams.events.values import TeamEvent
from learnapp.training.models import Acknowledgement
from learnapp.training.overview.review import program_recalls
from learnapp.training.overview.service import ProgramStatus, program_statuses
from learnapp.training.practice.store import store_run
from learnapp.training.practice.values import StoredRun
from learnapp.training.readiness.facts import facts_of
from learnapp.training.readiness.rules import Readiness, readiness
from learnapp.web.login import STAFF
from tests.actors.training import Db
from tests.courses.practice import MILK, SUGAR, conversation, with_practice
from tests.courses.tea import course_with, lesson, quiz, short_quiz, strong_lesson
from tests.courses.training import SERVER, program, update, with_programs
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.factories.review import ReviewCardFactory
from tests.factories.training import CertificateFactory
from tests.quiz.samples import make

Sequencing = Literal["advice", "quizzes"]
ZONE = "America/New_York"
ALL = 2.0  # how diligent somebody is who does everything; of others it is how likely they do something
OLD_LESSON, OLD_PROGRAM = "0-old/1-leaf", "old-server"
PATHS = ((), ("offer",), ("refuse",), ("offer", "one"), ("refuse", "sorry"), ("shrug", "none", "well"), ("gone",))


def changed_course(sequencing: Sequencing = "advice") -> Catalog:
    """Make a course in which lessons and a program were renamed, ages close some of it, and things were changed."""
    leaf = lesson("1-leaf", was=(OLD_LESSON,), quiz=quiz(*(make("single", id=f"leaf-{n}") for n in range(5))))
    water = strong_lesson(
        slug="2-water", number=2, age=Ages(core=16, full=18), short_quiz=short_quiz(),
        quiz=quiz(*(make("single", id=f"water-{n}") for n in range(5))),
    )  # fmt: skip
    cup = lesson("1-cup", "2-pot", quiz=quiz(*(make("single", id=f"cup-{n}") for n in range(5))))
    other = lesson("1-milk", "3-milk", quiz=quiz(*(make("single", id=f"milk-{n}") for n in range(5))))
    asked = (update(), update("old-kettle", "2026-11-01"), update("next-kettle", "2027-06-01"))
    given = program(was=[OLD_PROGRAM], practice=[SUGAR, MILK]).model_copy(update={"updates": asked})
    catalog = with_programs(course_with(leaf, water, cup, other), given)
    catalog = replace(
        catalog, courses={name: replace(one, sequencing=sequencing) for name, one in catalog.courses.items()}
    )
    return with_practice(catalog, conversation(), conversation(MILK, opens=14))


def past(lots: Random, days: int = 300) -> datetime:
    """Return some moment before noon."""
    return NOON - timedelta(minutes=lots.randrange(1, days * 24 * 60))


def add_volunteer(session: Db, catalog: Catalog, lots: Random, number: int) -> User:
    """Store an account with a training that went by chance, all of it before noon."""
    role = lots.choice(("learner", "learner", "learner", "teacher", "author", "coordinator", "admin"))
    diligence = lots.choice((0.3, 0.9, 1.0, ALL))
    user: User = UserFactory(
        name=f"Volunteer {number}",
        role=role,
        band=18 if diligence == ALL else lots.choice((None, 12, 14, 16, 18, 18)),
        group_band=lots.choice((None, None, 12, 14, 16)),
    )
    for key in catalog.lessons:
        names = (key, OLD_LESSON) if key == "1-tea/1-leaf" else (key,)
        for name in lots.choice((names, names[:1], names[-1:])):
            add_progress(user.id, name, lots, diligence)
    add_cards(user.id, catalog, lots)
    add_finals(user.id, lots, diligence)
    for slug in (SUGAR, MILK):
        if lots.random() < diligence:
            done = past(lots, 60) if lots.random() < diligence else None
            run = StoredRun(lots.choice(PATHS), "hm", "a note", done)
            store_run(session, user.id, slug, run, NOON)
    for name in ("new-kettle", "old-kettle", "next-kettle"):
        if lots.random() < max(diligence - 1, 0.4):
            of = lots.choice((SERVER, OLD_PROGRAM))
            session.add(Acknowledgement(user_id=user.id, program=of, update=name, acknowledged_at=past(lots)))
    session.commit()
    return user


def add_progress(user_id: int, name: str, lots: Random, diligence: float) -> None:
    """Store how far somebody is in a lesson, perhaps with a quiz that is open or waits."""
    if lots.random() > max(diligence, 0.5):
        return
    about: dict[str, object] = {"route": lots.choice((None, "all", "closed", "short"))}
    if lots.random() < diligence:
        at = past(lots)
        about |= {"read_at": at, "passed_at": at, "completed_at": at, "best_points": 4.0, "best_max": 5.0}
    else:
        for column in ("place_at", "read_at", "passed_at"):
            about[column] = past(lots) if lots.random() < 0.5 else None
        if about["read_at"] and about["passed_at"]:
            about["passed_at"] = None
    ProgressFactory(user_id=user_id, lesson=name, **about)
    if lots.random() < 0.3:
        state = lots.choice((OPEN, HANDED_IN, ASIDE, FINISHED))
        ended = {"finished_at": past(lots), "passed": lots.choice((True, False))} if state == FINISHED else {}
        revision = RevisionFactory(lesson=name).hash
        deferred = state == HANDED_IN or lots.random() < 0.5
        about = {"kind": lots.choice((MAIN, SHORT)), "state": state, "deferred": deferred, **ended}
        AttemptFactory(user_id=user_id, lesson=name, revision=revision, started_at=past(lots), **about)


def add_cards(user_id: int, catalog: Catalog, lots: Random) -> None:
    """Store cards: fresh, stale or none, also under former names and of questions that are gone."""
    names = [*reviewable(catalog), ("1-tea/1-leaf", "gone"), ("9-no/1-lesson", "leaf-1")]
    stability = lots.choice((0.5, 20.0, 400.0))
    for lesson_name, item in lots.sample(names, lots.choice((0, 5, len(names)))):
        on = past(lots, 90).date()
        about = {"stability": stability * lots.uniform(0.2, 3), "difficulty": lots.uniform(1, 10), "reviewed_on": on}
        ReviewCardFactory(user_id=user_id, lesson=lesson_name, item_id=item, due_on=on + timedelta(days=3), **about)


def add_finals(user_id: int, lots: Random, diligence: float) -> None:
    """Store forms of a final, some passed and certified, renewed or withdrawn; an open one at most at the end."""
    at = NOON - timedelta(days=40 if diligence == ALL else lots.choice((500, 380, 300, 40, 2)))
    while at < NOON and lots.random() < diligence:
        name = lots.choice((SERVER, OLD_PROGRAM))
        passed = lots.random() < max(diligence - 1, 0.7)
        finished = min(at + timedelta(hours=lots.randrange(1, 40)), NOON - timedelta(minutes=5))
        form = {"user_id": user_id, "lesson": f"final/{name}", "revision": RevisionFactory(lesson=f"final/{name}").hash}
        kind = lots.choice(("final", "renewal"))
        attempt = AttemptFactory(
            **form, kind=kind, state=FINISHED, started_at=at, saved_at=finished, finished_at=finished, passed=passed
        )
        if passed and lots.random() < max(diligence - 1, 0.8):
            issued = finished + timedelta(minutes=4)
            changes = {} if diligence == ALL else lots.choice(({}, {}, {"renewed_at": issued + timedelta(minutes=1)}, {
                "revoked_at": issued + timedelta(minutes=1), "revoke_reason": "by mistake"}))  # fmt: skip
            CertificateFactory(
                user_id=user_id, attempt_id=attempt.id, program=name, issued_at=issued, zone=ZONE,
                valid_until=(issued + timedelta(days=lots.choice((30, 365)))).date(), **changes,
            )  # fmt: skip
        at = finished + timedelta(days=lots.choice((1, 30, 200)))
    if lots.random() < 0.3:
        name = f"final/{lots.choice((SERVER, OLD_PROGRAM))}"
        started = NOON - timedelta(days=lots.choice((1, 29, 31)))
        about = {"kind": lots.choice(("final", "renewal")), "state": lots.choice((OPEN, ASIDE)), "started_at": started}
        AttemptFactory(user_id=user_id, lesson=name, revision=RevisionFactory(lesson=name).hash, **about)


def own_standing(
    session: Db, catalog: Catalog, user: User, event: TeamEvent, now: datetime, zone: str = ZONE
) -> tuple[ProgramStatus, Readiness]:
    """Return how somebody stands as their own page works it out."""
    access = age_access(counting_band(user.band, user.group_band, user.role), catalog)
    courses = [
        course_progress(session, course, user.id, staff=user.role in STAFF, access=access)
        for course in catalog.courses.values()
    ]
    queue = review_queue(session, catalog, user.id, access, now.date(), b"order")
    statuses = program_statuses(session, catalog, courses, user.id, queue, zone, now, age_of(access.band))
    status = next(one for one in statuses if one.program.slug == SERVER)
    recalls = program_recalls(status.program, queue, event.day)
    return status, readiness(facts_of(status, recalls, event.day, event.moment))
