"""Packs: the addresses that a device keeps together, with a version that changes when any of them may have."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from learnapp.database.db import AnySession, table_of
from learnapp.learning.access import current_age, current_band
from learnapp.learning.attempts.start import keep_attempt
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptDetail
from learnapp.learning.errors import TooManyAttempts
from learnapp.learning.models import ASIDE, MAIN, OPEN, SHORT, Attempt
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import ModuleProgress
from learnapp.learning.review.ahead import cards_ahead
from learnapp.learning.review.queue import ReviewQueue
from learnapp.learning.terms import Terms
from learnapp.offline.copies import can_keep
from learnapp.web.catalog import current_catalog
from learnapp.web.page import page_layout

_ATTEMPTS = table_of(Attempt).c
NO_ATTEMPTS: Mapping[str, AttemptDetail] = {}


@dataclass(frozen=True, slots=True)
class Pack:
    """Pages to keep together.

    `instead` maps an address that is not kept to kept pages that stand in for it, tried in order.
    """

    title: str
    pages: tuple[str, ...]
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Return what changes with the pages, the course, its files, the reader's age group and the look of pages."""
        layout, assets = page_layout(), current_app.extensions["assets"]
        about = (current_catalog().digest, assets["js/site.js"], current_band(), layout.lang, layout.display)
        return _digest(asdict(self), about)


def basic_pack() -> Pack:
    """Return what everybody keeps who keeps anything: the way in, support, words, cards, what to show for all else."""
    courses = (url_for("lessons.course", course=slug) for slug in current_catalog().courses)
    names = ("lessons.home", "web.support", "library.glossary", "library.people", "offline.device")
    card = [url_for("field_card.card")] if current_catalog().card is not None else []
    ahead = url_for("review.ahead")
    pages = (url_for("offline.unreachable"), *map(url_for, names), *courses, *card, ahead)
    return Pack("", pages, {url_for("review.review"): (ahead,)})


def device_version_of_basics(queue: ReviewQueue) -> str:
    """Return the version by which a device knows whether the basic pack has changed, or the cards to answer."""
    cards = [(card.id, card.times, card.seq) for card in (*queue.cards_today, *cards_ahead(queue))]
    return _digest(basic_pack().version, queue.today, cards)


def practice_pack() -> Pack:
    """Return the conversations that are open to the reader, each at its beginning."""
    age = current_age()
    slugs = [one.slug for one in current_catalog().conversations.values() if one.opens <= age]
    talks = {slug: url_for("offline_practice.talk", conversation=slug) for slug in slugs}
    ordinary = {url_for("practice.conversation", conversation=slug): (talk,) for slug, talk in talks.items()}
    return Pack(_("Conversations to practice"), (url_for("practice.practice"), *talks.values()), ordinary)


def module_pack(module: ModuleProgress, attempts: Mapping[str, AttemptDetail]) -> Pack:
    """Return what a device keeps of a module: its page, each lesson that is open to the reader, and their quizzes."""
    slug, open_lessons = module.module.slug, [one.lesson for one in module.lessons if one.open]
    pages = [url_for("lessons.module", module=slug)]
    pages += [url_for("lessons.lesson", module=slug, lesson=lesson.slug) for lesson in open_lessons]
    instead: dict[str, tuple[str, ...]] = {}
    for lesson in open_lessons:
        attempt = attempts.get(lesson.key)
        if attempt is None:
            continue
        address = url_for("attempts.attempt", attempt_id=attempt.summary.id)
        todo = [item.number for item in attempt.items if not item.state.submitted]
        pages += [f"{address}?q={number}" for number in (*todo, "end")]
        order = tuple(f"{address}?q={number}" for number in (*range(1, len(attempt.items) + 1), "end"))
        instead |= dict.fromkeys((url_for("lessons.quiz", module=slug, lesson=lesson.slug), address), order)
    return Pack(module.module.title, tuple(pages), instead)


def device_version_of_module(
    module: ModuleProgress, attempts: Mapping[str, AttemptDetail], terms: Mapping[str, Terms]
) -> str:
    """Return the version by which a device knows whether a module has changed, or which of its quizzes may be kept.

    It stays the same whichever questions are answered.
    """
    pack = module_pack(module, {key: one.without_answers() for key, one in attempts.items()})
    quizzes = [one.lesson.key for one in module.lessons if _may_keep_quiz(one, terms)]
    return _digest(pack.version, quizzes)


def attempts_to_keep(
    session: AnySession, user_id: int, module: ModuleProgress, terms: Mapping[str, Terms]
) -> dict[str, AttemptDetail]:
    """Return by lesson the attempt at its quiz that a device may keep: the open one, else the newest that waits."""
    wanted = {one.lesson.key: one for one in module.lessons if _may_keep_quiz(one, terms)}
    columns = (_ATTEMPTS.lesson, _ATTEMPTS.id, _ATTEMPTS.kind, _ATTEMPTS.state, _ATTEMPTS.seq, _ATTEMPTS.revision)
    own = (_ATTEMPTS.user_id == user_id, _ATTEMPTS.lesson.in_(wanted), _ATTEMPTS.state.in_((OPEN, ASIDE)))
    rows = session.execute(select(*columns).where(*own).order_by(_ATTEMPTS.saved_at, _ATTEMPTS.id)).all()
    found: dict[str, int] = {}
    for state in (ASIDE, OPEN):  # the last one stays: the open one, else the newest
        for row in rows:
            quiz = wanted[row.lesson].lesson.quiz_for(wanted[row.lesson].state.route)
            is_new = row.seq > 0 or row.state == OPEN or row.revision == quiz.revision
            if row.state == state and row.kind == _kind(wanted[row.lesson]) and is_new:
                found[row.lesson] = row.id
    details = {lesson: attempt_detail(session, user_id, number) for lesson, number in found.items()}
    return {lesson: detail for lesson, detail in details.items() if can_keep(detail)}


def keep_quizzes(
    session: AnySession, user_id: int, module: ModuleProgress, terms: Mapping[str, Terms], now: datetime
) -> dict[str, AttemptDetail]:
    """Return the attempts to keep, with one that waits for each quiz of the module that has none yet."""
    found = attempts_to_keep(session, user_id, module, terms)
    for progress in module.lessons:
        if progress.lesson.key in found or not _may_keep_quiz(progress, terms):
            continue
        try:
            made = keep_attempt(session, user_id, progress, _kind(progress), secrets.randbits(62), now)
        except TooManyAttempts:
            break  # as many as anybody may begin in a day: the lessons are kept, these quizzes tomorrow
        found[progress.lesson.key] = attempt_detail(session, user_id, made)
    return found


def _may_keep_quiz(progress: LessonProgress, terms: Mapping[str, Terms]) -> bool:
    """Tell whether a quiz tells at once what is right, and may be taken now."""
    return progress.quiz_open and not progress.sealed and progress.lesson.key not in terms


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _kind(progress: LessonProgress) -> str:
    lesson = progress.lesson
    return SHORT if lesson.quiz_for(progress.state.route) is lesson.short_quiz else MAIN
