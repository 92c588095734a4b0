"""Access: what the current user may open of the course, as a value or as an error with its page."""

from datetime import datetime
from functools import lru_cache

from flask_login import current_user
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.content.ages import ADULT, AgeAccess, age_of, band_access
from learnapp.content.catalog import Catalog, Course
from learnapp.database.db import AnySession, db
from learnapp.learning.progress.lesson_progress import LessonProgress, require_open
from learnapp.learning.progress.overview import CourseProgress
from learnapp.learning.progress.service import course_progress
from learnapp.learning.terms import Terms, find_terms
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, SignInFirst
from learnapp.web.login import STAFF
from learnapp.web.policy import MEMBERS


def current_band() -> int | None:
    """Return the age band that counts for the current user."""
    user = current_user._get_current_object()  # the proxy looks itself up for each attribute
    return counting_band(user.band, user.group_band, user.role)


def age_access_of(session: AnySession, user_id: int) -> AgeAccess:
    """Return what the age band of a person may be shown."""
    told = session.execute(select(User.band, User.group_band, User.role).where(User.id == user_id)).one()
    return age_access(counting_band(*told), current_catalog())


def current_age_access() -> AgeAccess:
    """Return what the age band of the current user may be shown."""
    return age_access(current_band(), current_catalog())


def current_age() -> int:
    """Return the age up to which the current user is shown things."""
    return age_of(current_band())


def counting_band(band: int | None, group_band: int | None, role: str) -> int | None:
    """Return the band that counts: what one has told, else for staff that of adults, for others their groups'."""
    if band is not None:
        return band
    return ADULT if role in STAFF else group_band


@lru_cache(maxsize=12)
def age_access(band: int | None, catalog: Catalog) -> AgeAccess:
    """Return what an age band may be shown, worked out once for it and a catalog: in debug, one follows another."""
    return band_access(catalog.lessons.values(), band)


def current_progress(course: Course) -> CourseProgress:
    """Return the current user's progress in a course."""
    user = current_user._get_current_object()  # the proxy looks itself up for each attribute
    return course_progress(db.session, course, user.id, staff=user.is_staff, access=current_age_access())


def lesson_or_404(module: str, lesson: str) -> tuple[CourseProgress, LessonProgress]:
    """Return the course's and the lesson's progress; raises NotFound for an unknown lesson."""
    catalog = current_catalog()
    found = catalog.lesson(module, lesson)
    if found is None:
        raise NotFound
    course = current_progress(catalog.course_of(found))
    return course, course.of(found)


def require_open_lesson(module: str, lesson: str) -> LessonProgress:
    """Return the progress in a lesson that may be read; raises NotFound, LessonNotForAge."""
    _course, progress = lesson_or_404(module, lesson)
    require_open(progress)
    return progress


def current_terms(now: datetime) -> dict[str, Terms]:
    """Return the current user's terms by the names of lessons; of whoever has no account nothing is asked."""
    user = current_user._get_current_object()  # the proxy looks itself up for each attribute
    return find_terms(db.session, [user.id], now)[user.id] if user.role in MEMBERS else {}


def current_user_id() -> int:
    """Return the current user's id; raises SignInFirst for a visitor without any row yet."""
    if current_user.id is None:
        raise SignInFirst
    return int(current_user.id)
