"""The working files as they are now: read again when one of them has changed, checked, measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import monotonic

from flask import Flask, current_app

from learnapp.content.catalog import Catalog
from learnapp.content.loader import LoadResult, check
from learnapp.content.problems import Problem, Report, SkippedFile
from learnapp.content.reports.coverage import Coverage, coverage
from learnapp.content.reports.reviews import read_reviews
from learnapp.content.reports.staleness import StaleLesson, stale
from learnapp.content.reports.stats import BankStats, bank_stats
from learnapp.web import clock
from learnapp.web.catalog import current_catalog

LOOK_AGAIN_SECONDS = 1.0
FOLDERS = ("modules", "quizzes")
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read. `catalog` is the last one without errors; `fresh`: it is that of these very files.

    Figures, coverage and staleness tell of what could be read.
    """

    loaded: LoadResult
    catalog: Catalog
    fresh: bool
    coverage: Coverage
    stats: BankStats
    stale: tuple[StaleLesson, ...]
    read_at: datetime

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """Return the files that could not be read, and so are counted nowhere."""
        return self.loaded.draft.skipped

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.loaded.problems if one.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.loaded.problems if one.severity == "warning")

    def problems_in(self, *paths: str) -> tuple[Problem, ...]:
        """Return the problems in these files."""
        return tuple(one for one in self.loaded.problems if one.path in paths)


class Workshop:
    """Keeps the newest draft. It looks for changes once a second at most, and one request at a time reads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._draft: Draft | None = None
        self._stamp: Stamp | None = None
        self._looked = 0.0
        self._lock = Lock()

    def draft(self, served: Catalog, now: datetime) -> Draft:
        """Return the draft of the files as they are now; while another request reads them, the one before.

        `served` is shown while there has been none without errors.
        """
        known = self._draft
        if known is not None and monotonic() - self._looked < LOOK_AGAIN_SECONDS:
            return known
        taken = self._lock.acquire(blocking=known is None)
        if known is not None and not taken:
            return known
        try:
            return self._read(served, now)
        finally:
            self._lock.release()

    def _read(self, served: Catalog, now: datetime) -> Draft:
        # The stamp is taken first: what changes while we read is read again next time.
        stamp, known = self._look(), self._draft
        self._looked = monotonic()
        if known is not None and stamp == self._stamp:
            return known
        loaded = check(self.root)
        reviews = read_reviews(self.root, Report())
        draft = Draft(
            loaded=loaded,
            catalog=loaded.catalog or (known.catalog if known else served),
            fresh=loaded.catalog is not None,
            coverage=coverage(loaded.draft),
            stats=bank_stats(loaded.draft),
            stale=stale(loaded.draft, reviews),
            read_at=now,
        )
        self._stamp, self._draft = stamp, draft
        return draft

    def _look(self) -> Stamp:
        """Return name, time and size of every file below the content folders."""
        seen: list[tuple[str, int, int]] = []
        for file in (one for name in FOLDERS for one in (self.root / name).rglob("*") if not one.is_dir()):
            try:
                about = file.lstat()
            except OSError:
                continue  # an editor has just put another in its place
            seen.append((str(file), about.st_mtime_ns, about.st_size))
        return tuple(sorted(seen))


def init_app(app: Flask) -> None:
    """Give the app its workshop; nothing is read before an author looks."""
    app.extensions["workshop"] = Workshop(app.config["SETTINGS"].content_path)


def current_draft() -> Draft:
    """Return the working files of this app as they are now."""
    workshop: Workshop = current_app.extensions["workshop"]
    return workshop.draft(current_catalog(), clock.now())
