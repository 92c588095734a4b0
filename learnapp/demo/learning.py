"""Learning of made-up students, by the actions that learners' requests call; answers alone are stored at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import update

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession, begin_write
from learnapp.demo.answers import Outcome, made_up_response
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.release import hand_in
from learnapp.learning.attempts.start import start_attempt
from learnapp.learning.attempts.store import attempt_detail, store_responses
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.models import MAIN, SHORT, Attempt
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.service import choose_route, course_progress, mark_read
from learnapp.quiz.behaviours import submit_response
from learnapp.quiz.item import Item

READS, ANSWERS = timedelta(minutes=8), timedelta(minutes=1)
OUTCOMES: tuple[Outcome, ...] = ("right", "part", "wrong")
SLACK = 1e-6  # points: sums of shares are no exact numbers


def read_lesson(
    session: AnySession, catalog: Catalog, user_id: int, lesson: Lesson, access: AgeAccess, now: datetime, short: bool
) -> LessonProgress:
    """Have a lesson read, in its short version where that is wanted and there is one; return how far that is."""
    course = catalog.course_of(lesson)
    progress = course_progress(session, course, user_id, access=access).of(lesson)
    if progress.read:
        return progress
    if short and lesson.short_quiz:
        choose_route(session, user_id, progress, "short")
    return replace(progress, state=mark_read(session, user_id, progress, now))


def take_quiz(
    session: AnySession, user_id: int, progress: LessonProgress, share: float, now: datetime, rng: Random
) -> datetime:
    """Have a quiz taken and finished, with this share of its marks; return when that was."""
    attempt_id, moment = _answer(session, user_id, progress, share, now, rng, whole=True)
    finish_attempt(session, user_id, attempt_id, moment + ANSWERS)
    return moment + ANSWERS


def hand_in_quiz(
    session: AnySession, user_id: int, progress: LessonProgress, share: float, now: datetime, rng: Random
) -> datetime:
    """Have a quiz taken and handed in whose results wait; return when that was."""
    attempt_id, moment = _answer(session, user_id, progress, share, now, rng, whole=True, deferred=True)
    hand_in(session, user_id, attempt_id, moment + ANSWERS)
    return moment + ANSWERS


def leave_quiz(session: AnySession, user_id: int, progress: LessonProgress, now: datetime, rng: Random) -> datetime:
    """Have half of a quiz answered and left open; return when that was."""
    return _answer(session, user_id, progress, 0.5, now, rng, whole=False)[1]


def _answer(
    session: AnySession,
    user_id: int,
    progress: LessonProgress,
    share: float,
    now: datetime,
    rng: Random,
    *,
    whole: bool,
    deferred: bool = False,
) -> tuple[int, datetime]:
    kind = SHORT if progress.state.route == "short" and progress.lesson.short_quiz else MAIN
    attempt_id = start_attempt(session, user_id, progress, kind, rng.getrandbits(62), now, deferred=deferred)
    return attempt_id, answer_attempt(session, user_id, attempt_id, share, now, rng, whole=whole)


def answer_attempt(
    session: AnySession, user_id: int, attempt_id: int, share: float, now: datetime, rng: Random, *, whole: bool
) -> datetime:
    """Have an attempt answered, or the first half of it, with this share of its marks; return when that was."""
    attempt = attempt_detail(session, user_id, attempt_id)
    items = attempt.items
    outcomes = _outcomes([one.item for one in items], share, rng, passed=100 * share >= attempt.quiz.pass_mark)
    answered = [
        _answered(item, outcomes[number], at=now + (number + 1) * ANSWERS)
        for number, item in enumerate(items if whole else items[: len(items) // 2])
    ]
    moment = now + len(answered) * ANSWERS
    begin_write(session)
    store_responses(session, answered)
    last = items[min(len(answered), len(items) - 1)].item.id
    saved = {"seq": len(answered), "saved_at": moment, "current_item": last}
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(saved))
    return moment


def _outcomes(items: Sequence[Item], share: float, rng: Random, *, passed: bool) -> list[Outcome]:
    """Return how each item turns out, so that together they earn this share of the marks, as near as they can.

    Who is to pass has no less than the share, who is not to has no more, whatever a quiz consists of.
    """
    worth = [{one: item.grade(made_up_response(item, one)) for one in OUTCOMES} for item in items]
    outcomes: list[Outcome] = ["wrong"] * len(items)
    earned, wanted = sum(one["wrong"] for one in worth), share * len(items)
    by_chance = rng.sample(range(len(items)), len(items))
    for outcome in OUTCOMES:
        for number in by_chance:
            more = worth[number][outcome] - worth[number][outcomes[number]]
            if more > 0 and (earned + more <= wanted + SLACK or (passed and earned + SLACK < wanted)):
                outcomes[number], earned = outcome, earned + more
    return outcomes


def _answered(attempt_item: AttemptItem, outcome: Outcome, at: datetime) -> AttemptItem:
    """Return an item as it is stored when its answer is checked then."""
    item, before = attempt_item.item, attempt_item.state
    state = submit_response(attempt_item.behaviour, item, before, made_up_response(item, outcome))
    return replace(attempt_item, state=state, submitted_at=at if state.submitted else None, saved_at=at)
