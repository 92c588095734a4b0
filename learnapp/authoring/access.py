"""Lessons as nobody reads them, for authors and teachers: which is asked for, as whom, and their addresses."""

from typing import Any

from flask import request, url_for

from learnapp.accounts.models import BANDS
from learnapp.content.ages import AgeAccess, band_access
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.load.drafts import LessonDraft
from learnapp.web.errors import NotFound

BANDS_BY_NAME = {str(band): band for band in BANDS}


def asked_access(catalog: Catalog) -> AgeAccess | None:
    """Return the access of the age group in `?as=`, None where everything is asked for; raises NotFound."""
    band = request.args.get("as")
    if band is None:
        return None
    if band not in BANDS_BY_NAME:
        raise NotFound
    return band_access(catalog.lessons.values(), BANDS_BY_NAME[band])


def lesson_or_404(catalog: Catalog, module: str, slug: str) -> tuple[Lesson, AgeAccess | None]:
    """Return a lesson and the access of the age group in `?as=`, None for everything; raises NotFound."""
    lesson = catalog.lesson(module, slug)
    if lesson is None:
        raise NotFound
    return lesson, asked_access(catalog)


def asks_short(lesson: Lesson) -> bool:
    """Tell whether `?version=short` asks for the short version; raises NotFound where there is none."""
    short = request.args.get("version") == "short"
    if short and not lesson.short:
        raise NotFound
    return short


def lesson_address(
    room: str,
    lesson: Lesson | LessonDraft,
    page: str = "lesson",
    band: int | str | None = None,
    *,
    short: bool = False,
    anchor: str | None = None,
) -> str:
    """Return the address in a room of a lesson, its `quiz` or its `key`, for one age group or with everything."""
    query: dict[str, Any] = {"version": "short" if short else None, "as": band}
    return url_for(f"{room}.{page}", module=lesson.module, slug=lesson.slug, _anchor=anchor, **query)
