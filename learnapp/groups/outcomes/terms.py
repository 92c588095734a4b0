"""Terms of quizzes for one person: whose results wait, by everything that asks the lesson of them.

The strictest feedback and the latest moment count. A care lesson always tells at once: its marks count for nobody, and
nobody is left alone with it for days.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from flask_babel import LazyString

from learnapp.content.catalog import Catalog
from learnapp.groups.assignments.dates import EffectiveDates, most_lenient
from learnapp.groups.assignments.values import is_care_lesson, target_lessons
from learnapp.groups.assignments.wording import results_words
from learnapp.groups.outcomes.asked import AskedAssignment
from learnapp.learning.terms import Terms


def person_terms(catalog: Catalog, asked: Iterable[AskedAssignment], now: datetime) -> dict[str, Terms]:
    """Return the terms of each lesson whose results wait, or waited, by its names; of what is open by now.

    Where nothing of it is open, what opens later holds for what waits already: putting a test off shows no results.
    """
    waiting: dict[str, list[EffectiveDates]] = defaultdict(list)
    for one in asked:
        if one.dates.results_at is not None:
            for lesson in target_lessons(catalog, one.assignment):
                if not is_care_lesson(lesson):
                    for name in (*lesson.was, lesson.key):
                        waiting[name].append(one.dates)
    found = ((name, _terms(dates, now)) for name, dates in waiting.items())
    return {name: terms for name, terms in found if terms is not None}


def _terms(several: list[EffectiveDates], now: datetime) -> Terms | None:
    is_open = [one for one in several if one.is_open(now)]
    dates = most_lenient(is_open or several)
    until, shown_at, release = dates.last_arrival, dates.results_at, dates.release
    if until is None or shown_at is None or release is None:
        return None
    return Terms(until, shown_at, LazyString(results_words, release, dates.zone, now), begun=bool(is_open))
