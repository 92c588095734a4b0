"""Starting an attempt: at most one is open for each learner and lesson, whatever is pressed or raced.

Another kind of attempt than the open one (the short quiz instead of the main one, practice instead of a
retake) sets the open one aside. Nothing of it is lost: starting its kind again takes it up where it was left.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.closed_cards import quiz_access
from learnapp.database.db import AnySession, begin_write
from learnapp.learning import errors
from learnapp.learning.attempts.store import attempt_detail, quiz_of_revision, store_revision
from learnapp.learning.attempts.values import AttemptSummary
from learnapp.learning.models import ASIDE, MAIN, MISSED, OPEN, Attempt
from learnapp.learning.other_quizzes import find_other_quiz
from learnapp.learning.progress.lesson_progress import LessonProgress, require_open_quiz
from learnapp.learning.progress.service import get_or_create_locked
from learnapp.quiz.quiz import QuizVersion

# Many more than somebody who learns would begin, and few enough that no disk is filled by them.
A_LESSON_A_DAY, A_DAY = 30, 200
DAY = timedelta(days=1)


def start_attempt(
    session: AnySession,
    user_id: int,
    progress: LessonProgress,
    kind: str,
    seed: int,
    now: datetime,
    *,
    deferred: bool = False,
    opened: Collection[str] = (),
) -> int:
    """Begin the lesson's main or short quiz, or go on with the unfinished attempt of that kind; return its id.

    Items beyond the reach of the learner's age band are not asked, nor what only closed cards tell, but those `opened`
    (anchors), where not everything is read; the pass mark holds for those that are. A new one
    is `deferred` where its results wait; one that was begun before goes on as it was begun.
    Raises QuizClosed, LessonNotForAge, NoShortVersion, TooManyAttempts.
    """
    require_open_quiz(progress)
    lesson, access = progress.lesson, progress.access
    quiz = lesson.quiz if kind == MAIN else lesson.short_quiz
    if quiz is None:
        raise errors.NoShortVersion(lesson.key)
    same_kind = progress.attempt is not None and progress.attempt.kind == kind
    if progress.attempt is not None and same_kind and not access.withheld_facts and not progress.sealed:
        return progress.attempt.id
    asked = quiz_access(access, lesson, progress.state.route, opened) if kind == MAIN else access
    allowed = asked.items(quiz) or access.items(quiz)
    if not allowed:
        raise errors.LessonNotForAge(lesson.key)
    ids = [item.id for item in quiz.select(allowed, seed)]
    wanted = Attempt(
        user_id=user_id, lesson=lesson.key, kind=kind, deferred=deferred, item_ids=ids, seed=seed, started_at=now
    )
    return _open(session, wanted, quiz, access, sealed=progress.sealed)


def keep_attempt(
    session: AnySession, user_id: int, progress: LessonProgress, kind: str, seed: int, now: datetime
) -> int:
    """Store an attempt that waits aside until its first answer arrives, from a device that keeps its questions.

    Whoever begins that quiz before goes on with it. Raises QuizClosed, LessonNotForAge, TooManyAttempts.
    """
    require_open_quiz(progress)
    lesson = progress.lesson
    quiz = lesson.quiz if kind == MAIN else lesson.short_quiz or lesson.quiz
    allowed = progress.quiz_access.items(quiz) or progress.access.items(quiz)
    if not allowed:
        raise errors.LessonNotForAge(lesson.key)
    ids = [item.id for item in quiz.select(allowed, seed)]
    wanted = Attempt(user_id=user_id, lesson=lesson.key, kind=kind, item_ids=ids, seed=seed, started_at=now)
    _fill(wanted, quiz)
    wanted.state = ASIDE
    begin_write(session)
    _require_room(session, wanted)
    store_revision(session, lesson.key, quiz, now)
    session.add(wanted)
    session.flush()
    return wanted.id


def take_up(session: AnySession, summary: AttemptSummary, now: datetime, *, deferred: bool = False) -> None:
    """Open an attempt that was set aside, in place of the one of its lesson that is open: its answers arrive now.

    One that was only kept begins now, `deferred` where its results wait; one that was begun before goes on as it was.
    """
    begin_write(session)
    get_or_create_locked(session, summary.user_id, summary.lesson)
    own = (Attempt.user_id == summary.user_id, Attempt.lesson == summary.lesson)
    aside = (*own, Attempt.id == summary.id, Attempt.state == ASIDE)
    session.execute(update(Attempt).where(*own, Attempt.state == OPEN).values(state=ASIDE))
    session.execute(update(Attempt).where(*aside, Attempt.seq == 0).values(deferred=deferred, started_at=now))
    session.execute(update(Attempt).where(*aside).values(state=OPEN))


def is_only_kept(attempt: Attempt | AttemptSummary) -> bool:
    """Tell whether an attempt waits aside unanswered, such as for a device, so that it begins when it is taken up."""
    return attempt.state == ASIDE and attempt.seq == 0


def start_missed(
    session: AnySession, user_id: int, attempt_id: int, seed: int, now: datetime, access: AgeAccess = FULL_ACCESS
) -> int:
    """Begin practice with the items of a finished attempt that lack full marks; return the new attempt's id.

    It keeps the finished attempt's revision of the quiz, and leaves out items beyond the reach of the age band.
    Raises AttemptNotFound, QuizSealed, NotFinished, AttemptNotForAge, NothingMissed, TooManyAttempts.
    """
    attempt = attempt_detail(session, user_id, attempt_id)
    lesson = attempt.summary.lesson
    if find_other_quiz(lesson) is not None:
        raise errors.AttemptNotFound  # only what a lesson asks is practiced
    if attempt.summary.sealed:
        raise errors.QuizSealed(lesson)
    if not attempt.summary.finished:
        raise errors.NotFinished
    if lesson in access.withheld_lessons:
        raise errors.AttemptNotForAge(lesson)
    allowed = access.shown_items(lesson, attempt.quiz)
    missed = [item_id for item_id in attempt.missed if item_id in allowed]
    if not missed:
        raise errors.NothingMissed
    wanted = Attempt(user_id=user_id, lesson=lesson, kind=MISSED, item_ids=missed, seed=seed, started_at=now)
    return _open(session, wanted, attempt.quiz, access)


def _open(session: AnySession, wanted: Attempt, quiz: QuizVersion, access: AgeAccess, *, sealed: bool = False) -> int:
    """Take up the wanted attempt or store it, with the open one of the lesson out of its way.

    One that was only kept begins now, as the wanted one would. Where the quiz is sealed, one that would tell at once
    what is right is not taken up.
    """
    _fill(wanted, quiz)
    begin_write(session)
    # Of those who start at once each waits here for the one before, so that nobody opens a second attempt.
    get_or_create_locked(session, wanted.user_id, wanted.lesson)
    own = (Attempt.user_id == wanted.user_id, Attempt.lesson == wanted.lesson, Attempt.state.in_((OPEN, ASIDE)))
    newest_first = select(Attempt).where(*own).order_by(Attempt.saved_at.desc(), Attempt.id.desc())
    unfinished = session.scalars(newest_first.with_for_update()).all()
    allowed = (one for one in unfinished if not sealed or one.deferred or (wanted.deferred and is_only_kept(one)))
    resumable = next((attempt for attempt in allowed if _can_resume(session, attempt, wanted, access)), None)
    if resumable is None:
        _require_room(session, wanted)
    elif is_only_kept(resumable):
        resumable.deferred, resumable.started_at = wanted.deferred, wanted.started_at
    for attempt in unfinished:
        if attempt.state == OPEN and attempt is not resumable:
            attempt.state = ASIDE
    session.flush()  # one at most is open at any moment
    attempt = resumable or wanted
    if resumable is None:
        store_revision(session, wanted.lesson, quiz, wanted.started_at)
        session.add(wanted)
    attempt.state = OPEN
    session.flush()
    return attempt.id


def _fill(wanted: Attempt, quiz: QuizVersion) -> None:
    """Fill in what follows from the items that an attempt asks."""
    wanted.revision, wanted.current_item, wanted.saved_at = quiz.revision, wanted.item_ids[0], wanted.started_at
    wanted.max_points = float(len(wanted.item_ids))


def _require_room(session: AnySession, wanted: Attempt) -> None:
    """Raise TooManyAttempts where the last day is full.

    The lesson's count is exact, as those who start at once wait for each other; those of other lessons may slip
    past the count of all by one each.
    """
    now = wanted.started_at
    own = select(Attempt.started_at).where(Attempt.user_id == wanted.user_id, Attempt.started_at > now - DAY)
    for most, counted in ((A_LESSON_A_DAY, own.where(Attempt.lesson == wanted.lesson)), (A_DAY, own)):
        newest_first = counted.order_by(Attempt.started_at.desc())
        if (oldest := session.scalar(newest_first.offset(most - 1).limit(1))) is not None:
            again_at = oldest + DAY
            seconds = max(1, round((again_at - now).total_seconds()))
            raise errors.TooManyAttempts(most, again_at, seconds, lesson=most == A_LESSON_A_DAY)


def _can_resume(session: AnySession, attempt: Attempt, wanted: Attempt, access: AgeAccess) -> bool:
    """Tell whether an attempt is the wanted one: of its kind, practice of its items, none beyond the age band."""
    if attempt.kind != wanted.kind:
        return False
    if is_only_kept(attempt) and attempt.revision != wanted.revision:
        return False  # kept for a device, unanswered, and the quiz has changed since
    if attempt.kind == MISSED and (attempt.revision, attempt.item_ids) != (wanted.revision, wanted.item_ids):
        return False
    return not access.withheld_facts or access.can_show_items(
        wanted.lesson, quiz_of_revision(session, attempt.revision), attempt.item_ids
    )
