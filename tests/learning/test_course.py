"""The whole course, gone through by every age band on every route; what is gated never leaves its band."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from learnapp.content.reports.coverage import coverage
from learnapp.database.db import db
from tests.actors.walker import Walker, words
from tests.apps import UNHINDERED, close_app, new_app
from tests.courses.canaries import CONTENT, check_canaries, copy_with_canaries
from tests.courses.real import load_once
from tests.databases import empty_tables
from tests.shares import share
from tests.statements import counted

pytestmark = pytest.mark.slow

BANDS = (None, 12, 14, 16, 18)
ROUTES = ("all", "closed", "short")
HEAVIEST = 12_000  # bytes of a lesson's page, compressed


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a course in which all that is gated can be found."""
    folder = tmp_path_factory.mktemp("marked")
    copy_with_canaries(folder)
    return folder


@pytest.fixture(scope="module")
def marked_app(
    built_app: Flask, database_url: str, marked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Serve that course, on the tables of the database that all tests use."""
    folder = tmp_path_factory.mktemp("school")
    app = new_app(folder, tables=False, content=str(marked), database_url=database_url, **UNHINDERED)
    check_canaries(app.extensions["catalog"].get())
    yield app
    close_app(app)


@pytest.fixture
def school(marked_app: Flask) -> Iterator[Flask]:
    """Give that app with empty tables."""
    yield marked_app
    with marked_app.app_context():
        empty_tables(db.engine)


def test_every_fact_is_taught_and_every_section_asked() -> None:
    loaded = load_once(CONTENT)
    assert coverage(loaded.draft).gaps == ()


# Care is not a matter of the database: there, the course is walked once, by who gets all of it.
WALKS = [("sqlite", band, route) for band in BANDS for route in ROUTES]
WALKS += [("postgresql", 18, "all")]
THOROUGH = ("sqlite", 18, "all")  # to whom every lesson is open: takes all the quizzes, weighs all pages
# Two bands to whom something is closed, on the routes on which it stays so.
CHOSEN = {("sqlite", 12, "short"), ("sqlite", 14, "closed")}


@pytest.mark.parametrize(
    ("database_url", "band", "route"), share(WALKS, CHOSEN.__contains__), indirect=["database_url"], scope="session"
)
def test_everybody_finishes_the_course_and_nothing_gated_leaves_its_band(
    school: Flask, database_url: str, band: int | None, route: str
) -> None:
    thorough = (database_url.partition(":")[0], band, route) == THOROUGH
    walker = Walker(school, band, route, thorough)

    walker.walk()
    walker.look_around()
    if thorough:
        weigh_and_count(school, walker)

    assert walker.seen == walker.expected()
    mine = sum(walker.opens(lesson) for lesson in walker.course.lessons)
    page = words(walker.get(f"/courses/{walker.course.slug}").text)
    assert f"{mine} of {mine} lessons done." in page
    assert "You have done every lesson" in words(walker.get("/").text)
    for module in walker.course.modules:
        own = sum(walker.opens(lesson) for lesson in module.lessons)
        assert f"{own} of {own} lessons done" in words(walker.get(f"/modules/{module.slug}").text)


def weigh_and_count(school: Flask, reader: Walker) -> None:
    """Open every lesson once more: three statements at most from cookie to answer, and a light page."""
    for lesson in filter(reader.opens, reader.course.lessons):
        with school.app_context(), counted(db.engine, frame=True) as sent:
            page = reader.get(f"/modules/{lesson.key}")
        assert page.status_code == 200
        assert len(sent) <= 3, (lesson.key, sent)
        assert len(gzip.compress(page.data)) <= HEAVIEST, lesson.key
