"""The real course: read once for all tests of a worker, as it is frozen and takes half a second."""

from functools import cache
from pathlib import Path

from learnapp.config.settings import ROOT
from learnapp.content.catalog import Catalog
from learnapp.content.loader import LoadResult, check, load


@cache
def read_real_course() -> LoadResult:
    """Return the course of this repository, with its draft and problems."""
    return load(ROOT)


def real_catalog() -> Catalog:
    """Return the course that an installation serves."""
    catalog = read_real_course().catalog
    assert catalog is not None
    return catalog


def load_once(root: Path) -> LoadResult:
    """Load a course, the real one at the first call alone."""
    return read_real_course() if root == ROOT else load(root)


def check_once(root: Path) -> LoadResult:
    """Check a course; the real one is read alone: what its checks say, in two seconds, is a matter of `make check`."""
    return read_real_course() if root == ROOT else check(root)
