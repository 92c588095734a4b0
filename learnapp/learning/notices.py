"""Notices on pages of learning: what rooms above it have to say there, without learning knowing them.

A room registers a provider, which gets the page and returns what stands on it, as HTML.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from flask import Flask, current_app
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.learning.progress.overview import CourseProgress

NoticePage = Literal["home", "me", "lesson", "quiz", "attempt", "waiting", "result"]


@dataclass(frozen=True, slots=True)
class NoticePlace:
    """Where notices stand: the page, the current user's progress as far as the page has read it, and its lesson."""

    page: NoticePage
    courses: tuple[CourseProgress, ...] = ()
    lesson: Lesson | None = None


NoticeProvider: TypeAlias = Callable[[NoticePlace], Markup]


def register_notices(app: Flask, provider: NoticeProvider) -> None:
    """Have a provider asked for every page that has room for notices."""
    app.extensions.setdefault("learning.notices", []).append(provider)


def notices(page: NoticePage, courses: Sequence[CourseProgress] = (), lesson: Lesson | None = None) -> Markup:
    """Return all that is to be said to the current user on a page."""
    providers: list[NoticeProvider] = current_app.extensions.get("learning.notices", [])
    place = NoticePlace(page, tuple(courses), lesson)
    return Markup().join(provider(place) for provider in providers)
