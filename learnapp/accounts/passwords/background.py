"""Background queue: work done after the response, so that how long it takes tells nobody anything."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

MOST_WAITING = 500
log = logging.getLogger(__name__)


class BackgroundQueue:
    """One worker thread; what does not fit in the queue is dropped, with a line in the log."""

    def __init__(self) -> None:
        # Its thread begins with the first piece of work, hence after a server has forked.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._room = threading.BoundedSemaphore(MOST_WAITING)

    def submit(self, work: Callable[[], object]) -> bool:
        """Queue a piece of work; tell whether there was room. Its failure is logged, nothing else."""
        if not self._room.acquire(blocking=False):
            log.error("the background queue is full; a piece of work was dropped")
            return False
        self._worker.submit(work).add_done_callback(self._finish)
        return True

    def join(self, seconds: float = 10) -> None:
        """Wait until all that was queued is done."""
        self._worker.submit(str).result(timeout=seconds)

    def _finish(self, future: Future[object]) -> None:
        self._room.release()
        if failure := future.exception():
            # Only the kind: the words of a mail server may quote an address.
            log.error("work in the background failed: %s", type(failure).__name__)
