"""Working copy: the content files as they are now, read again when one has changed, checked and measured."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask, current_app

from learnapp.content.catalog import Catalog
from learnapp.content.loader import LoadResult, check
from learnapp.content.problems import Problem, Report, SkippedFile
from learnapp.content.reports.coverage import Coverage, coverage
from learnapp.content.reports.reviews import read_reviews
from learnapp.content.reports.staleness import StaleLesson, stale
from learnapp.content.reports.stats import BankStats, bank_stats
from learnapp.web import clock
from learnapp.web.catalog import FileWatch, current_catalog


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """The files as read at a time. `catalog` is the last one without errors; `fresh`: that of these files.

    Coverage, statistics and staleness are those of the files that could be read.
    """

    content: LoadResult
    catalog: Catalog
    fresh: bool
    coverage: Coverage
    stats: BankStats
    stale: tuple[StaleLesson, ...]
    read_at: datetime

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, and so are counted nowhere."""
        return self.content.draft.skipped

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.content.problems

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def problems_in(self, *paths: str) -> tuple[Problem, ...]:
        """Return the problems in these files."""
        return tuple(problem for problem in self.problems if problem.path in paths)


class WorkingCopyReader:
    """Reads the files and remembers the newest copy; it looks for changes once a second at most."""

    def __init__(self, root: Path) -> None:
        self._files = FileWatch(root)
        self._copy: WorkingCopy | None = None
        self._lock = Lock()

    def read(self, served: Catalog, now: datetime) -> WorkingCopy:
        """Return a copy of the files as they are now; while another request reads them, the one before.

        `served` is its catalog while there has been none without errors.
        """
        before = self._copy
        if not self._lock.acquire(blocking=before is None):
            return cast(WorkingCopy, before)
        try:
            # The files are looked at first: what changes while we read is read again next time.
            if self._files.has_changed() or self._copy is None:
                self._copy = self._checked(served, now)
            return self._copy
        except BaseException:
            self._files.forget()  # what could not be checked now is checked by the next request
            raise
        finally:
            self._lock.release()

    def _checked(self, served: Catalog, now: datetime) -> WorkingCopy:
        content, before = check(self._files.root), self._copy
        return WorkingCopy(
            content=content,
            catalog=content.catalog or (before.catalog if before else served),
            fresh=content.catalog is not None,
            coverage=coverage(content.draft),
            stats=bank_stats(content.draft),
            stale=stale(content.draft, read_reviews(self._files.root, Report())),
            read_at=now,
        )


def init_app(app: Flask) -> None:
    """Give the app its reader; nothing is read before an author looks."""
    app.extensions["working_copy"] = WorkingCopyReader(app.config["SETTINGS"].content_path)


def current_working_copy() -> WorkingCopy:
    """Return the content files of this app as they are now."""
    reader: WorkingCopyReader = current_app.extensions["working_copy"]
    return reader.read(current_catalog(), clock.now())
