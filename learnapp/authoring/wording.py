"""Words of the authors' pages (staleness, skipped files), and the addresses of previews."""

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.catalog import Lesson
from learnapp.content.load.drafts import LessonDraft
from learnapp.content.problems import FileKind
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
    app.jinja_env.filters.update(change_words=change_words, stale_part_name=stale_part_name)
    app.jinja_env.globals.update(preview_url=preview_url, skipped_files=skipped_files)
