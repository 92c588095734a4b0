"""The made-up team: volunteers at every step of a program, by the actions that their requests call; one event ahead."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import update

from learnapp.accounts.models import User
from learnapp.accounts.service import create_account
from learnapp.content.ages import ADULT, FULL_ACCESS
from learnapp.content.conversations import ways
from learnapp.content.programs import Program
from learnapp.demo import names
from learnapp.demo.answers import made_up_response
from learnapp.demo.learning import ANSWERS, answer_attempt, read_lesson, take_quiz
from learnapp.demo.school import NOBODY_KNOWS, WEEKS, ZONE, School
from learnapp.groups.membership.service import add_member, lock_group
from learnapp.groups.models import TEAM
from learnapp.groups.service import create_group
from learnapp.groups.values import GroupSettings
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.progress.service import course_progress
from learnapp.learning.review.queue import ReviewQueue, review_queue
from learnapp.learning.review.service import answer_card
from learnapp.teams.events.service import create_event
from learnapp.teams.events.store import events_of
from learnapp.teams.events.values import EventPlan
from learnapp.teams.standings.service import note_partner
from learnapp.training.certificates.dates import valid_until
from learnapp.training.certificates.values import Statements
from learnapp.training.final.store import finals_of, finals_of_program
from learnapp.training.models import Certificate, CredentialStatus
from learnapp.training.overview.service import begin_final, program_statuses
from learnapp.training.practice.service import give_reply
from learnapp.web.login import LEARNER

SEATS, WANTED, EVENT_IN_DAYS = 40, 5, 5
ALL = 99
REVIEWED = (-15, -8, -5)  # the days on which those who passed have reviewed, from now


@dataclass(frozen=True, slots=True)
class Volunteer:
    """What one volunteer has done: so many lessons and conversations, the final, and how their certificate stands.

    `ends_before`: by how many days their certificate ends before the event.
    """

    lessons: int = ALL
    talks: int = ALL
    passed: bool = False
    ends_before: int | None = None
    partner: bool = False
    name: str | None = None


VOLUNTEERS = (
    Volunteer(passed=True),
    Volunteer(passed=True),
    Volunteer(passed=True, ends_before=2),
    Volunteer(talks=2, name="Vera"),
    Volunteer(partner=True),
    Volunteer(lessons=3, talks=1),
    Volunteer(lessons=0, talks=0),
)


def make_team(school: School) -> None:
    """Make Cora's team, whose event is in five days; nothing of it where the course has no program."""
    programs = list(school.catalog.programs.values())
    if not programs:
        return
    program, session, begun = programs[-1], school.session, school.now - WEEKS
    settings = GroupSettings("Saturday team", ZONE, None, SEATS, takes_help_requests=False)
    team = create_group(session, school.cast["Cora"], TEAM, settings, begun)
    people = _take_in(school, team)
    day = (school.now.astimezone(ZoneInfo(ZONE)) + timedelta(days=EVENT_IN_DAYS)).date()
    plan = EventPlan(program.slug, "Open day", day, time(10), ZONE, "Town hall, small room", WANTED, for_all=True)
    create_event(session, team, plan, (), school.day(-5))
    session.flush()
    event = events_of(session, team)[0]
    for number, (user_id, volunteer) in enumerate(zip(people, VOLUNTEERS, strict=True)):
        _train(school, program, user_id, volunteer)
        if volunteer.passed:
            before = volunteer.ends_before
            _certify(school, program, user_id, number, day - timedelta(days=before) if before else None)
        if volunteer.partner:
            note_partner(session, event, user_id, school.cast["Cora"], school.day(-1))


def _take_in(school: School, team: int) -> list[int]:
    """Let volunteers in, each with an account of their own; return their numbers."""
    session, joined = school.session, school.day(-30)
    group = lock_group(session, team)
    if group is None:
        raise LookupError(team)
    drawn = names.full_names(Random(school.rng.random()), len(VOLUNTEERS))  # noqa: S311 - made up
    people = []
    for volunteer, full_name in zip(VOLUNTEERS, drawn, strict=True):
        user_id = school.cast.get(volunteer.name or "")
        if user_id is None:
            user = create_account(session, f"{full_name.split()[0]}.volunteers", None, LEARNER, joined)
            user.password_hash, user_id = NOBODY_KNOWS, user.id
        add_member(session, group, user_id, joined)
        people.append(user_id)
    session.flush()
    return people


def _train(school: School, program: Program, user_id: int, volunteer: Volunteer) -> None:
    """Have somebody read lessons, take their quizzes and practice conversations, and pass the final if they did."""
    session, catalog = school.session, school.catalog
    moment = school.day(-28)
    lessons = [lesson for slug in program.modules for lesson in catalog.modules[slug].lessons]
    for lesson in lessons[: volunteer.lessons]:
        progress = read_lesson(session, catalog, user_id, lesson, FULL_ACCESS, moment, short=False)
        moment = take_quiz(session, user_id, progress, 0.95, moment, school.rng) + timedelta(days=1)
    for slug in program.practice[: volunteer.talks]:
        talk = catalog.conversations[slug]
        for at, step in enumerate(next(ways(talk))):
            give_reply(session, user_id, talk, at, step.turn.id, step.reply.id, moment)
        moment += timedelta(hours=5)
    if volunteer.passed:
        for days in REVIEWED:
            _review_due(school, user_id, school.day(days))
        moment = _pass_final(school, program, user_id)
    session.execute(update(User).where(User.id == user_id).values(seen_at=min(moment, school.day(-0.25))))


def _review_due(school: School, user_id: int, moment: datetime) -> None:
    """Have somebody answer all that is due, and be sure of it."""
    session, day = school.session, moment.date()
    for card in review_queue(session, school.catalog, user_id, FULL_ACCESS, day, b"").due:
        right = Submission(made_up_response(card.review_item.item, "right"), certainty=3)
        answer_card(session, card, right, card.seq, day, moment)


def _pass_final(school: School, program: Program, user_id: int) -> datetime:
    """Have somebody take the final four days ago and pass it; return when that was."""
    session, catalog, moment = school.session, school.catalog, school.day(-4)
    courses = [course_progress(session, course, user_id, access=FULL_ACCESS) for course in catalog.courses.values()]
    queue = ReviewQueue((), moment.date())
    statuses = program_statuses(session, catalog, courses, user_id, queue, ZONE, moment, ADULT)
    status = next(one for one in statuses if one.program is program)
    attempt_id = begin_final(session, catalog, user_id, status, school.rng.getrandbits(62), moment)
    done = answer_attempt(session, user_id, attempt_id, 1, moment, school.rng, whole=True)
    finish_attempt(session, user_id, attempt_id, done + ANSWERS)
    return done + ANSWERS


def _certify(school: School, program: Program, user_id: int, number: int, last_day: date | None) -> None:
    """Write somebody's certificate; the action that issues one draws its number by chance that nobody can foresee."""
    session, issued = school.session, school.day(-3)
    finals = finals_of_program(finals_of(session, user_id), program)
    certificate = Certificate(
        id=urlsafe_b64encode(school.rng.randbytes(16)).decode().rstrip("="),
        user_id=user_id,
        attempt_id=finals[0].id,
        program=program.slug,
        program_title=program.title,
        name_shown=f"Volunteer {number + 1}",
        content_version=school.catalog.digest[:12],
        statements=dict(Statements(lead=program.lead, can=list(program.can), safety=[])),
        issued_at=issued,
        valid_until=last_day or valid_until(issued.date(), program.valid_months),
        zone=ZONE,
        subject=UUID(bytes=school.rng.randbytes(16), version=4).urn,
    )
    session.add(certificate)
    session.flush()
    session.add(CredentialStatus(place=number, certificate_id=certificate.id))
    session.flush()
