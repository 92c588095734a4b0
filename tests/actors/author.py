"""An author at work: files edited, reviews recorded, what is on a page."""

import os

from learnapp.content.reports.reviews import CourseReviews, write_reviews
from learnapp.content.reports.staleness import reviewed_now
from tests.courses.island import Island
from tests.pages import Page

PREVIEW = "/author/preview/1-sea/1-the-wreck"


def change(island: Island, path: str, old: str, new: str) -> None:
    """Edit a file so that its new time shows, however coarse the clock of the file system is."""
    island.edit(path, old, new)
    file = island.root / path
    os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns + 1_000_000_000))


def review_all(island: Island) -> None:
    loaded = island.load()
    names = [*(lesson.key for lesson in loaded.draft.lessons), "glossary"]
    write_reviews(island.root, reviewed_now(loaded.draft, CourseReviews(), names))


def ids(page: Page) -> set[str | None]:
    return {one.get("id") for one in page.tree.iter()}
