"""Words of the authors' pages (coverage, staleness, skipped files), and the addresses of previews."""

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.authoring.coverage_grid import CoverageCell
from learnapp.authoring.working_copy import WorkingCopy
from learnapp.content.catalog import Lesson
from learnapp.content.load.drafts import LessonDraft
from learnapp.content.problems import FileKind
from learnapp.content.reports.coverage import SectionCoverage
from learnapp.content.reports.staleness import LedgerChange, StalePart


def preview_url(
    lesson: Lesson | LessonDraft,
    page: str = "lesson",
    band: int | str | None = None,
    *,
    short: bool = False,
    anchor: str | None = None,
) -> str:
    """Return the address of the preview of a lesson or its `quiz`, for one age group or with everything."""
    shown_as = {"version": "short" if short else None, "as": band}
    where = {"module": lesson.module, "slug": lesson.slug, "_anchor": anchor}
    return url_for(f"authoring.{page}", **where, **shown_as)  # type: ignore[arg-type]


def skipped_files(kind: FileKind, number: int) -> str:
    """Return what cannot be read: "2 quizzes cannot be read"."""
    words: dict[FileKind, str] = {
        "lesson": ngettext("%(num)s lesson cannot be read", "%(num)s lessons cannot be read", number),
        "quiz": ngettext("%(num)s quiz cannot be read", "%(num)s quizzes cannot be read", number),
        "module": ngettext("%(num)s module cannot be read", "%(num)s modules cannot be read", number),
        "course": _("the list of courses cannot be read"),
        "source": _("the outline of the source cannot be read"),
        "facts": _("the ledger cannot be read"),
        "glossary": _("the glossary cannot be read"),
    }
    return words[kind]


def lesson_measures(lesson: Lesson) -> str:
    """Return how long a lesson is, how many items it has and for which ages it is."""
    parts = [
        ngettext("%(num)s word", "%(num)s words", lesson.words),
        ngettext("%(num)s minute", "%(num)s minutes", lesson.minutes),
        ngettext("%(num)s item", "%(num)s items", len(lesson.quiz.items)),
    ]
    if lesson.short_quiz:
        parts.append(ngettext("%(num)s short item", "%(num)s short items", len(lesson.short_quiz.items)))
    parts.append(_("ages %(age)s and up", age=lesson.age.opens))
    if lesson.gated:
        parts.append(_("gated cards: ages %(age)s and up", age=lesson.age.full))
    return " · ".join(parts)


def coverage_state(working: WorkingCopy) -> str:
    """Return how many gaps the coverage has."""
    gaps = len(working.coverage.gaps)
    if not working.coverage.certain:
        return str(_("Cannot be told yet"))
    return str(ngettext("%(num)s gap", "%(num)s gaps", gaps) if gaps else _("Complete"))


def stale_state(working: WorkingCopy) -> str:
    """Return how many entries are stale."""
    if working.stale:
        return str(ngettext("%(num)s entry is stale", "%(num)s entries are stale", len(working.stale)))
    return str(_("Nothing is stale in what can be read") if working.skipped else _("Nothing is stale"))


def cell_text(cell: CoverageCell) -> str:
    """Return a cell of the grid in short: 5·4."""
    return {"none": "·", "missing": "0"}.get(cell.state, f"{cell.taught}·{cell.asked}")


def cell_words(cell: CoverageCell) -> str:
    """Return a cell of the grid in words."""
    if cell.state == "none":
        return str(_("nothing of it here"))
    if cell.state == "missing":
        return str(_("named, but nothing is taught"))
    return str(_("%(taught)s taught, %(asked)s asked", taught=cell.taught, asked=cell.asked))


def section_sums(section: SectionCoverage) -> str:
    """Return how many facts of a section are taught and asked in the whole course."""
    taught = _("%(taught)s of %(total)s taught", taught=section.taught, total=len(section.facts))
    return f"{taught}, {_('%(asked)s of %(total)s asked', asked=section.tested, total=section.quizzable)}"


def change_words(change: LedgerChange) -> str:
    """Return what became of a fact or section since the last review."""
    words = {"changed": _("has changed"), "new": _("was not part of it then"), "gone": _("is gone")}
    return str(words[change.state])


def stale_part_name(part: StalePart) -> str:
    """Return what to look at: Paragraph 6, Item lamp-q3."""
    name = part.name
    words = {
        "item": _("Item %(name)s", name=name),
        "paragraph": _("Paragraph %(number)s", number=name),
        "short paragraph": _("Paragraph %(number)s of the short version", number=name),
        "part": _("Part %(name)s", name=name),
        "figure": _("Figure “%(name)s”", name=name),
        "term": _("Term %(name)s", name=name),
        "lesson": _("The lesson’s list"),
    }
    return str(words[part.kind])


def init_app(app: Flask) -> None:
    """Give templates these words."""
    functions = (
        cell_text, cell_words, change_words, coverage_state,
        lesson_measures, section_sums, stale_part_name, stale_state,
    )  # fmt: skip
    app.jinja_env.filters.update({function.__name__: function for function in functions})
    app.jinja_env.globals.update(preview_url=preview_url, skipped_files=skipped_files)
