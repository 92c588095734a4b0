"""Wording of assignments: what is asked, days and times in a group's zone, and the rules."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask import url_for
from flask_babel import LazyString, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from learnapp.content.catalog import Catalog, Lesson, Module
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.local_time import local_time_of
from learnapp.groups.assignments.models import COURSE, LESSON, MODULE, REVIEW
from learnapp.groups.assignments.values import AssignmentSummary
from learnapp.web import clock, display
from learnapp.web.catalog import current_catalog

REASON_WORDS: Mapping[str, LazyString] = {
    "": _l("None given"),
    "ill": _l("Ill"),
    "access": _l("Agreed arrangement"),
    "late_join": _l("Joined late"),
    "technical": _l("Technical trouble"),
    "other": _l("Another reason"),
}


def moment_words(moment: datetime, zone: ZoneInfo, *, name_zone: bool = True) -> str:
    """Return a day, and where it is no whole day its time, on a group's clocks: Friday 4 December, 18:00.

    The zone is named where it is not the reader's.
    """
    local = local_time_of(moment, zone)
    this_year = clock.now().astimezone(zone).year == local.day.year
    words = str(dates.format_skeleton("MMMMEEEEd" if this_year else "yMMMMEEEEd", local.day, locale=_locale()))
    if local.at is None:
        return words
    elsewhere = "" if not name_zone or zone.key == display.zone().key else f" ({zone.key.replace('_', ' ')})"
    return f"{words}, {local.at:%H:%M}{elsewhere}"


def date_lines(dates: EffectiveDates, now: datetime) -> list[Markup]:
    """Return the dates of an assignment as sentences, those that are set; one that is past is told as past.

    The zone is named once, where it is not the reader's.
    """
    said = {
        "opens": (_("Opens %(when)s."), ""),
        "due": (_("Due %(when)s."), _("Was due %(when)s.")),
        "closes": (_("Closes %(when)s."), _("Closed %(when)s.")),
        "results": (_("Results are shown on %(when)s."), _("Results have been shown since %(when)s.")),
    }
    moments = {"opens": dates.opens, "due": dates.due, "closes": dates.closes, "results": dates.release}
    if dates.release and local_time_of(dates.release, dates.zone).at is None:
        said["results"] = (_("Results are shown after %(when)s."), said["results"][1])
    if dates.release and dates.release == dates.closes:  # said once
        said["closes"] = (_("Closes %(when)s, and results are shown then."), said["closes"][1])
        del moments["results"]
    timed = [name for name, moment in moments.items() if moment and local_time_of(moment, dates.zone).at is not None]
    lines = []
    for name, moment in moments.items():
        if moment and not (name == "opens" and moment < now):
            words = moment_words(moment, dates.zone, name_zone=name in timed[-1:])
            when = Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), words)
            lines.append(Markup(said[name][moment < now]) % {"when": when})  # noqa: S704 - our own words
    return lines


def results_words(release: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return when results are shown, as the end of a sentence: on Friday 4 December, 18:00; after Friday 4 December."""
    if release <= now:
        return _("in a minute")
    words = moment_words(release, zone)
    if local_time_of(release, zone).at is None:
        return _("after %(day)s", day=words)
    return _("on %(when)s", when=words)


def target_choices(catalog: Catalog) -> list[SelectChoice]:
    """Return what can be assigned, by heading: courses, modules, each module's lessons, the review."""

    def choices(heading: str, kind: str, found: Iterable[tuple[str, str]]) -> Iterator[SelectChoice]:
        return (SelectChoice(f"{kind}:{target}", title, optgroup=heading) for target, title in found)

    modules = catalog.modules.values()
    return [
        SelectChoice("", _("Choose…")),
        *choices(_("A whole module"), MODULE, ((module.slug, _module(module)) for module in modules)),
        *(
            choice
            for module in modules
            for choice in choices(
                _module(module), LESSON, ((lesson.key, lesson_title(lesson)) for lesson in module.lessons)
            )
        ),
        *choices(_("A whole course"), COURSE, ((one.slug, one.title) for one in catalog.courses.values())),
        *choices(_("Review"), REVIEW, [(REVIEW, review_title())]),
    ]


def current_target(catalog: Catalog, assignment: AssignmentSummary) -> str:
    """Return the value of what an assignment asks among the choices, by its present name."""
    target = assignment.target
    if assignment.target_kind == LESSON:
        target = catalog.renamed_lessons.get(target, target)
    elif assignment.target_kind == MODULE:
        target = catalog.renamed_modules.get(target, target)
    return f"{assignment.target_kind}:{target}"


def lesson_title(lesson: Lesson) -> str:
    """Return a lesson by its place and title, told to be strong where a note stands before it."""
    words = f"{current_catalog().modules[lesson.module].number}.{lesson.number} {lesson.title}"
    return _("%(title)s (strong)", title=words) if lesson.advisory else words


def review_title() -> str:
    return _("Review what is due")


def target_title(assignment: AssignmentSummary) -> str:
    """Return what an assignment asks."""
    catalog = current_catalog()
    kind, _colon, target = current_target(catalog, assignment).partition(":")
    if kind == REVIEW:
        return review_title()
    found: dict[str, str] = {}
    if kind == LESSON and (lesson := catalog.lesson_by_key(target)):
        return lesson_title(lesson)
    if kind == MODULE and target in catalog.modules:
        return _module(catalog.modules[target])
    if kind == COURSE and target in catalog.courses:
        found[target] = catalog.courses[target].title
    return found.get(target) or _("A lesson that has left the course")


def target_url(assignment: AssignmentSummary) -> str | None:
    """Return the address of what an assignment asks, None where it has left the course."""
    catalog = current_catalog()
    kind, _colon, target = current_target(catalog, assignment).partition(":")
    if kind == REVIEW:
        return url_for("review.review")
    if kind == LESSON:
        lesson = catalog.lesson_by_key(target)
        return url_for("lessons.lesson", module=lesson.module, lesson=lesson.slug) if lesson else None
    if kind == MODULE:
        return url_for("lessons.module", module=target) if target in catalog.modules else None
    return url_for("lessons.course", course=target) if target in catalog.courses else None


def extension_reason(reason: str) -> LazyString:
    """Return why something differs for a member."""
    return REASON_WORDS[reason]


def rules(dates: EffectiveDates) -> Iterator[str]:
    """Yield what these dates mean for whoever is in the middle of something, and what never stops."""
    if dates.due:
        yield _("Work after the due date counts as well, and is marked late, in days.")
    if dates.closes:
        yield _("A quiz that is open when it closes counts with the answers sent by then; the others earn nothing.")
    if dates.closes and dates.release:
        yield _("When results are shown everybody can go on, for practice: it is kept, and does not count.")
    elif dates.closes:
        yield _("After that everybody can go on, for practice: it is kept, and does not count.")
    if dates.tries:
        yield ngettext(
            "The first quiz that is finished counts. Further tries are practice.",
            "The first %(num)s quizzes that are finished count, and of them the best. Further tries are practice.",
            dates.tries,
        )
    else:
        yield _("The best quiz counts, however many tries there are.")
    if dates.release:
        yield _(
            "Answers can be changed until they are handed in or it closes. Before the results nobody is shown marks or"
            " keys, you neither."
        )
        yield _("A quiz that was begun before goes on as it was begun. Strong lessons always tell at once.")
    yield _("What was done before it was assigned counts, too. Practice of missed questions never counts.")


def _module(module: Module) -> str:
    return _("Module %(number)s: %(title)s", number=module.number, title=module.title)


def _locale() -> Locale:
    language = get_locale()
    return Locale("en", "GB") if language is None or str(language) == "en" else language
