"""Reading what the app logs, as a server writes it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from learnapp.web.logs import JsonLines, log


@contextmanager
def logged(level: int) -> Iterator[StringIO]:
    """Yield our own lines, and all others from this level on."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level, log.level
    root.addHandler(handler)
    root.setLevel(level)
    log.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(before[0])
    log.setLevel(before[1])
