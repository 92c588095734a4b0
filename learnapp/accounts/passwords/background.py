"""Background queue: work done after the response, so that how long it takes tells nobody anything."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

MOST_WAITING = 500
log = logging.getLogger(__name__)


class BackgroundQueue:
    """One worker thread; what does not fit in the queue is dropped, with a line in the log."""

    def __init__(self) -> None:
        self._worker: ThreadPoolExecutor | None = None
        self._waiting: set[Future[None]] = set()
        self._lock = threading.Lock()

    def submit(self, work: Callable[[], None]) -> bool:
        """Queue a piece of work; tell whether there was room. Its failure is logged, nothing else."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                log.error("the background queue is full; a piece of work was dropped")
                return False
            # Made at first use, hence after a server has forked.
            self._worker = self._worker or ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
            piece = self._worker.submit(work)
            self._waiting.add(piece)
        piece.add_done_callback(self._log_failure)
        return True

    def join(self, seconds: float = 10) -> None:
        """Wait until all that was queued is done."""
        with self._lock:
            waiting = list(self._waiting)
        for piece in waiting:
            piece.exception(timeout=seconds)

    def _log_failure(self, piece: Future[None]) -> None:
        with self._lock:
            self._waiting.discard(piece)
        failure = piece.exception()
        if failure is not None:
            # Only the kind: the words of a mail server may quote an address.
            log.error("work in the background failed: %s", type(failure).__name__)
