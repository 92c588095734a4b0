"""Demo actions: make the school in an empty database, and give those who sign in their passwords.

What chance decides is drawn from the seed, and every moment is counted from now: the same two make the same rows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select, update

from learnapp.accounts.models import User
from learnapp.accounts.passwords import hashing, rules
from learnapp.accounts.service import create_account
from learnapp.content.ages import AgeAccess, band_access
from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession, begin_write
from learnapp.demo import names, stories
from learnapp.demo.learning import hand_in_quiz, leave_quiz, read_lesson, take_quiz
from learnapp.demo.school import NOBODY_KNOWS, WEEKS, ZONE, School
from learnapp.demo.stories import Story
from learnapp.demo.team import make_team
from learnapp.groups.assignments.dates import ChosenDates, ExtendedDates
from learnapp.groups.assignments.local_time import end_of_day
from learnapp.groups.assignments.models import AFTER_RELEASE, LESSON, MODULE
from learnapp.groups.assignments.service import ask_for_help, assign, extend, set_standing_days
from learnapp.groups.assignments.store import find_assignment
from learnapp.groups.assignments.values import AssignmentPlan
from learnapp.groups.membership.codes import RANDOM_BITS, make_code
from learnapp.groups.membership.invitations import accept, invite
from learnapp.groups.membership.service import add_member, lock_group
from learnapp.groups.models import CLASS, JOIN, LEADER, MEMBER, GroupCode
from learnapp.groups.roster.pseudonyms import propose_pseudonyms
from learnapp.groups.roster.store import find_taken
from learnapp.groups.roster.user_names import propose_names
from learnapp.groups.service import archive_group, create_group
from learnapp.groups.store import find_group
from learnapp.groups.values import GroupSettings
from learnapp.reports.board.store import set_handled
from learnapp.reports.story.looks import note_look
from learnapp.web.login import COORDINATOR, LEARNER, TEACHER

SEATS = 40
LATEST_DAY = -0.25  # nobody has learned in the last hours
CODE_LASTS = timedelta(days=14)
# Who is there to sign in, with what they are for.
CAST = {
    "Ada": (TEACHER, "leads all three classes"),
    "Cora": (COORDINATOR, "leads 9C with Ada, and a team of volunteers"),
    "Ben": (LEARNER, "is in 9C"),
    "Vera": (LEARNER, "volunteers in the team, and is invited to 9C"),
    "Cleo": (LEARNER, "is in no class"),
}


class PeopleThere(Exception):
    """The database has people in it already: nothing made up comes among them."""


def seed_school(session: AnySession, catalog: Catalog, seed: int, now: datetime) -> None:
    """Make the school; raises PeopleThere where there are any people."""
    begin_write(session)
    if session.scalar(select(exists().where(User.id.is_not(None)))):
        raise PeopleThere
    school = School(session, catalog, Random(seed), now)  # noqa: S311 - to be repeated, not to be secret
    for name, (role, _about) in CAST.items():
        user = create_account(session, name, None, role, now - WEEKS)
        school.cast[name] = user.id
    _main_class(school)
    _pseudonymous_class(school)
    _archived_class(school)
    make_team(school)


def give_passwords(session: AnySession, now: datetime) -> list[tuple[str, str, str]]:
    """Make up a password for each of the cast who has none; return name, role and password."""
    made = []
    nobody_chose = (User.name.in_(CAST), User.password_hash.is_(None))
    for user_id, name, role in session.execute(select(User.id, User.name, User.role).where(*nobody_chose)).all():
        password = rules.generate()
        own = update(User).where(User.id == user_id)
        values = {"password_hash": hashing.hash_password(password), "seen_at": now}
        begin_write(session)
        session.execute(own.values(values))
        made.append((name, role, password))
    return made


def _main_class(school: School) -> None:
    """Make Ada's and Cora's class, with a student for each thing that teachers meet; Vera is invited to it."""
    group_id = _class(school, "9C", band=14)
    drawn = stories.main_stories(school.rng)
    listed = names.full_names(school.rng, len(drawn))
    members = _members(school, group_id, [story.name or name for story, name in zip(drawn, listed, strict=True)])
    asked = [_assign(school, group_id, *module) for module in stories.ASKED]
    for user_id, story in zip(members, drawn, strict=True):
        _learn(school, user_id, story, stories.ASKED, band=14)
        _set_apart(school, group_id, asked[stories.DUE_LAST], user_id, story)
    _assign(school, group_id, "leaving", 0, 30, draft=True)
    _assign(school, group_id, "scarcity", -2, 12, only=members[-3:])
    _ask_with_results_later(school, group_id, members[len(stories.STORIES) :: 2])
    invite(school.session, group_id, school.cast["Cora"], LEADER, school.day(-40))
    accept(school.session, group_id, school.cast["Cora"], school.day(-39))
    invite(school.session, group_id, school.cast["Vera"], MEMBER, school.day(-2))
    led = find_group(school.session, school.cast["Ada"], group_id)
    if led is not None:
        note_look(school.session, led, school.cast["Ben"], school.cast["Ada"], school.day(-1))


def _pseudonymous_class(school: School) -> None:
    """Make a class whose names nobody here knows, with a first module that is due soon."""
    group_id = _class(school, "10A", band=16, pseudonymous=True)
    taken = partial(find_taken, school.session)
    pseudonyms = propose_pseudonyms(stories.STUDENTS, taken, school.rng.choice)
    members = _members(school, group_id, pseudonyms, pseudonymous=True)
    _assign(school, group_id, *stories.SOON[0])
    for user_id, story in zip(members, stories.one_module(school.rng, over=False), strict=True):
        _learn(school, user_id, story, stories.SOON, band=16)


def _archived_class(school: School) -> None:
    """Make a class that was archived last week."""
    group_id = _class(school, "9B, spring", band=None)
    members = _members(school, group_id, names.full_names(school.rng, stories.STUDENTS))
    _assign(school, group_id, *stories.LAST_TERM[0])
    for user_id, story in zip(members, stories.one_module(school.rng, over=True), strict=True):
        _learn(school, user_id, story, stories.LAST_TERM, band=None)
    archive_group(school.session, group_id, school.day(-7))


def _class(school: School, name: str, band: int | None, *, pseudonymous: bool = False) -> int:
    """Make a class of Ada's with a code that is open."""
    begun, session = school.now - WEEKS, school.session
    settings = GroupSettings(name, ZONE, band, SEATS)
    group_id = create_group(session, school.cast["Ada"], CLASS, settings, begun, pseudonymous=pseudonymous)
    # The action that opens a code draws it by chance that nobody can foresee.
    code, open_until = make_code(school.rng.getrandbits(RANDOM_BITS)), school.now + CODE_LASTS
    session.add(GroupCode(group_id=group_id, purpose=JOIN, code=code, created_at=school.now, expires_at=open_until))
    session.flush()
    return group_id


def _members(school: School, group_id: int, full_names: Sequence[str], *, pseudonymous: bool = False) -> list[int]:
    """Let students into a class: the cast by their own accounts, the others by accounts that the class made."""
    session, begun = school.session, school.now - WEEKS
    group = lock_group(session, group_id)
    if group is None:
        raise LookupError(group_id)
    members, made = [], [name for name in full_names if name not in CAST]
    proposed = made if pseudonymous else propose_names(made, partial(find_taken, session))
    user_names = dict(zip(made, proposed, strict=True))
    for name in full_names:
        user_id = school.cast.get(name)
        if user_id is None:
            user = create_account(session, user_names[name], None, LEARNER, begun)
            user.managed_by, user.password_hash, user_id = group_id, NOBODY_KNOWS, user.id
        add_member(session, group, user_id, begun, None if pseudonymous or name in CAST else name)
        members.append(user_id)
    session.flush()
    return members


def _assign(
    school: School, group_id: int, module: str, opens: int, due: int, *, draft: bool = False, only: Sequence[int] = ()
) -> int:
    """Ask a module of a class or of some, due at the end of a day; return the assignment's id."""
    chosen = ChosenDates(due=_end_of_day(school, due), due_all_day=True)
    plan = AssignmentPlan(MODULE, module, not only, frozenset(only), chosen)
    return assign(school.session, group_id, plan, school.day(opens), publish=not draft)


def _ask_with_results_later(school: School, group_id: int, done_by: Sequence[int]) -> None:
    """Ask a lesson of a class whose results come when it closes; these students have handed it in."""
    key, opens, closes = stories.LATER
    chosen = ChosenDates(closes=_end_of_day(school, closes), feedback=AFTER_RELEASE)
    plan = AssignmentPlan(LESSON, key, True, frozenset(), chosen)
    assign(school.session, group_id, plan, school.day(opens), publish=True)
    lesson = next(one for one in school.catalog.lessons.values() if one.key == key)
    access = band_access(school.catalog.lessons.values(), 14)
    for user_id in done_by:
        moment, share = school.day(-1), school.rng.choice((0.6, 0.8, 1.0))
        progress = read_lesson(school.session, school.catalog, user_id, lesson, access, moment, short=False)
        hand_in_quiz(school.session, user_id, progress, share, moment, school.rng)


def _set_apart(school: School, group_id: int, assignment_id: int, user_id: int, story: Story) -> None:
    """Store what a story says of a student's dates, and of help that they asked for."""
    session = school.session
    set_standing_days(session, group_id, user_id, story.standing_days)
    if story.asked is not None:
        ask_for_help(session, group_id, user_id, school.day(-story.asked))
    if story.handled is not None:
        set_handled(session, group_id, user_id, school.day(-story.handled))
    own_due = None if story.own_due is None else _end_of_day(school, story.own_due)
    extended = ExtendedDates(due=own_due, excused=story.excused)
    assignment = find_assignment(session, group_id, assignment_id)
    if assignment is not None and extended != ExtendedDates():
        extend(session, assignment, user_id, extended, "ill", school.day(-6))


def _end_of_day(school: School, days: int) -> datetime:
    return end_of_day(school.day(days), ZoneInfo(ZONE))


def _learn(school: School, user_id: int, story: Story, asked: Sequence[tuple[str, int, int]], band: int | None) -> None:
    """Have a student do what their story says, each lesson in its time before it was due."""
    access = band_access(school.catalog.lessons.values(), band)
    at = [
        (lesson, opens + (due - opens) * number / (len(lessons) + 1))
        for module, opens, due in asked
        for lessons in [[one for one in school.catalog.modules[module].lessons if access.can_open(one)]]
        for number, lesson in enumerate(lessons, 1)
    ]
    seen = school.now - WEEKS
    for number, (lesson, day) in enumerate(at[: story.reach], 1):
        is_late = story.late and number == story.reach
        moment = school.day(min(asked[stories.DUE_LAST][2] + story.late if is_late else day, LATEST_DAY))
        moment -= timedelta(minutes=school.rng.randrange(120))
        for share in stories.first_share(school.rng):
            seen = _try(school, user_id, lesson, access, share, moment, short=story.short)
            moment = seen + timedelta(minutes=5)
    if story.reach < len(at) and (story.tries or story.opened):
        lesson, moment = at[story.reach][0], school.day(-story.active)
        for share in story.tries:
            moment = seen = _try(school, user_id, lesson, access, share, moment, short=False)
        if story.opened:
            progress = read_lesson(school.session, school.catalog, user_id, lesson, access, moment, story.short)
            seen = leave_quiz(school.session, user_id, progress, moment, school.rng)
    school.session.execute(update(User).where(User.id == user_id).values(seen_at=seen))


def _try(
    school: School, user_id: int, lesson: Lesson, access: AgeAccess, share: float, moment: datetime, *, short: bool
) -> datetime:
    """Have a lesson read and its quiz finished once; return when that was."""
    progress = read_lesson(school.session, school.catalog, user_id, lesson, access, moment, short)
    return take_quiz(school.session, user_id, progress, share, moment, school.rng)
