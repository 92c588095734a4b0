"""Catalog: the course content as one frozen value, loaded once and shared by all requests."""

from pathlib import Path
from threading import Lock
from time import monotonic

from flask import Flask, current_app

from learnapp.config.settings import ConfigurationError
from learnapp.content.catalog import Catalog
from learnapp.content.facts import Source
from learnapp.content.loader import LoadResult, load
from learnapp.content.problems import FOLDERS, Problem
from learnapp.content.snapshot import Snapshot

LOOK_AGAIN_SECONDS = 1.0


class FileWatch:
    """Content files of a root, of which it knows name, time and size, to see whether one has changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stamp: list[tuple[str, int, int]] = []
        self._looked_at = 0.0

    def has_changed(self) -> bool:
        """Tell whether a file has changed since the last look; it looks once a second at most."""
        if monotonic() - self._looked_at <= LOOK_AGAIN_SECONDS:
            return False
        self._looked_at = monotonic()
        stamp: list[tuple[str, int, int]] = []
        for file in (file for name in FOLDERS for file in (self.root / name).rglob("*") if not file.is_dir()):
            try:
                status = file.lstat()
            except OSError:
                continue  # an editor has just put another in its place
            stamp.append((str(file), status.st_mtime_ns, status.st_size))
        before, self._stamp = self._stamp, sorted(stamp)
        return before != self._stamp

    def forget(self) -> None:
        """Take the files for changed at the next look."""
        self._stamp, self._looked_at = [], 0.0


class CatalogHolder:
    """Hold the last good catalog and the `problems` of newer files; in debug, look for changed files."""

    def __init__(self, root: Path, reload: bool) -> None:
        self.root = root
        self.reload = reload
        self.problems: tuple[Problem, ...] = ()
        self._catalog: Catalog | None = None
        self._files = FileWatch(root)
        self._lock = Lock()

    @property
    def source(self) -> Source | None:
        """Return what the course is built from, where that is known already."""
        return self._catalog.source if self._catalog else None

    def get(self) -> Catalog:
        """Return the catalog, loaded at the first call; raises ConfigurationError while there has been no good one."""
        if (self.reload and self._files.has_changed()) or self._catalog is None:
            self.read_again()
        if self._catalog is None:
            raise ConfigurationError("The content has errors:\n" + "\n".join(map(str, self.problems)))
        return self._catalog

    def start(self, snapshot: Snapshot) -> None:
        """Take up the catalog of an earlier start, or else load it and keep it for the next one."""
        self._catalog = snapshot.read(self.root)
        if self._catalog is None:
            snapshot.keep(self.read_again())

    def read_again(self) -> LoadResult:
        """Load the catalog anew, whether or not a file has changed."""
        with self._lock:
            loaded = load(self.root)
            self._catalog = loaded.catalog or self._catalog
            self.problems = tuple(problem for problem in loaded.problems if problem.severity == "error")
            return loaded


def init_app(app: Flask) -> None:
    """Give the app its catalog; it is read at the first use."""
    settings = app.config["SETTINGS"]
    app.extensions["catalog"] = CatalogHolder(settings.content_path, settings.debug)
    app.jinja_env.globals["source_name"] = lambda: current_catalog().source.name


def current_catalog() -> Catalog:
    """Return the catalog that this app serves."""
    holder: CatalogHolder = current_app.extensions["catalog"]
    return holder.get()
