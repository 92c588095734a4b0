"""Facts about volunteers put together: how each stands for an event, by the rule that their own page goes by. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from learnapp.content.ages import AgeAccess, age_of
from learnapp.content.catalog import Catalog, Course, Lesson
from learnapp.content.programs import Program
from learnapp.learning.progress.lesson_progress import OpenAttempt
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.schedule import recalls
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.standings.store import VolunteerFacts
from learnapp.teams.standings.values import ExpectedVolunteer, Missing, VolunteerStanding
from learnapp.training.certificates.dates import local_day
from learnapp.training.final.rules import last_pass
from learnapp.training.overview.service import ProgramStatus, program_status
from learnapp.training.overview.steps import ProgramReview
from learnapp.training.programs.progress import ProgramProgress, practice_progress, program_progress
from learnapp.training.readiness.facts import facts_of
from learnapp.training.readiness.rules import Readiness, readiness

Questions = Mapping[str, Collection[str]]  # the names of items by the names of lessons


class EventRule:
    """The rule for one event: what it asks, worked out once, and how each of many volunteers stands for it.

    `zone` is the organization's, in which days of certificates are counted.
    """

    def __init__(self, catalog: Catalog, program: Program, event: TeamEvent, zone: str, now: datetime) -> None:
        self.program, self.event, self.zone, self.now = program, event, zone, now
        self.conversations = {slug: catalog.conversations[slug] for slug in program.practice}
        lessons = [lesson for slug in program.modules for lesson in catalog.modules[slug].lessons]
        self.lessons: dict[str, Lesson] = {name: lesson for lesson in lessons for name in (*lesson.was, lesson.key)}
        self.courses = _courses(catalog, lessons)
        self._progress: dict[tuple[int | None, frozenset[str]], list[CourseProgress]] = {}
        self._of_band: dict[int | None, Questions] = {}
        self.questions: dict[str, set[str]] = {}
        for lesson, item in reviewable(catalog):
            if lesson in self.lessons:
                self.questions.setdefault(lesson, set()).add(item)

    def standing(self, volunteer: ExpectedVolunteer, facts: VolunteerFacts) -> VolunteerStanding:
        """Return how a volunteer stands for the event."""
        status = self._status(volunteer, facts)
        found = readiness(facts_of(status, self._recalls(volunteer, facts), self.event.day, self.event.moment))
        passed, newest = last_pass(status.attempts), status.certificate
        return VolunteerStanding(
            user_id=volunteer.user_id,
            name=volunteer.name,
            standing=found.standing,
            missing=tuple(_missing(found)),
            practiced_on=self._practiced_on(status.progress),
            passed_on=local_day(passed.finished_at, self.zone) if passed and passed.finished_at else None,
            valid_until=newest.valid_until if newest and newest.revoked_at is None else None,
            partnered_at=volunteer.partnered_at,
            partnered_by=volunteer.partnered_by,
        )

    def _status(self, volunteer: ExpectedVolunteer, facts: VolunteerFacts) -> ProgramStatus:
        access, stored = volunteer.access, facts.progress
        states: Mapping[str, tuple[LessonState, OpenAttempt | None]]
        states = stored.states | {
            name: (LessonState(completed_at=moment), None) for name, moment in facts.completed.items()
        }
        # Most have completed the same lessons and begun no other: how far they are is worked out once for all of them.
        same = None if stored.states else (access.band, frozenset(states))
        courses = self._progress.get(same) if same else None
        if courses is None:
            courses = [
                derive_progress(course, states, access=access, sealed=stored.sealed, passed_main=stored.passed_main)
                for course in self.courses
            ]
            if same:
                self._progress[same] = courses
        age = age_of(access.band)
        progress = program_progress(self.program, courses, practice_progress(self.conversations, facts.runs, age))
        newest_first = sorted(facts.certificates, key=lambda one: (one.issued_at, one.attempt_id), reverse=True)
        # Whether review is fresh today decides nothing of readiness, so it is not asked.
        return program_status(
            progress, tuple(facts.forms), tuple(newest_first), ProgramReview(), frozenset(facts.updates), self.zone,
            self.now,
        )  # fmt: skip

    def _recalls(self, volunteer: ExpectedVolunteer, facts: VolunteerFacts) -> list[float]:
        """Return the predicted recalls of what a volunteer's own review asks: not what is closed, sealed or gone."""
        asked = self._asked(volunteer.access)
        if facts.sealed:
            asked = {lesson: items for lesson, items in asked.items() if lesson not in facts.sealed}
        known = (
            (stability, reviewed_on)
            for lesson, item, stability, reviewed_on in facts.memories
            if item in asked.get(lesson, ())
        )
        return recalls(known, self.event.day)

    def _asked(self, access: AgeAccess) -> Questions:
        """Return the questions that an age group is asked, worked out once for each."""
        found = self._of_band.get(access.band)
        if found is None:
            found = {name: items for name, items in self.questions.items() if access.can_open(self.lessons[name])}
            self._of_band[access.band] = found
        return found

    def _practiced_on(self, progress: ProgramProgress) -> date | None:
        """Return the day on which the last conversation was done, None where one is left or none is asked."""
        if progress.practice_left:
            return None
        done = [one.run.done_at for one in progress.practice if one.run and one.run.done_at]
        return local_day(max(done), self.zone) if done else None


def _missing(found: Readiness) -> Iterable[Missing]:
    """Yield what is missing, as a coordinator is told: never how many tries, how well, or which."""
    facts = found.facts
    for part in found.missing:
        if part == "program":
            if facts.lessons_left:
                yield "lessons", facts.lessons_left
            if facts.conversations_left:
                yield "practice", facts.conversations_left
        elif part == "final":
            yield "final", None
        elif part == "certificate":
            certificate = facts.certificate
            if certificate is None:
                yield "certificate", None
            elif certificate.revoked_at is not None:
                yield "withdrawn", None
            else:
                yield "expires", certificate.valid_until
        elif part == "updates":
            yield "updates", facts.updates_left
        else:
            yield "review", facts.review_minutes


def _courses(catalog: Catalog, lessons: Iterable[Lesson]) -> list[Course]:
    """Return the courses that teach these lessons, each once."""
    found = {course.slug: course for course in map(catalog.course_of, lessons)}
    return list(found.values())
