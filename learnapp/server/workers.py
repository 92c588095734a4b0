"""Worker processes: granian's, replaced however often one ends, and ended with the process that started them."""

import asyncio
import ctypes
import logging
import os
import signal
import time
from collections.abc import Callable, Iterable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import mp

from learnapp.config.settings import Settings
from learnapp.server.adapter import Adapter

log = logging.getLogger(__name__)

STOP_WITHIN_SECONDS = 20
# Connections held by one process, used or not: a browser opens up to six, and keeps them.
CONNECTIONS = 8192
# Also the longest that a connection may be silent: before its first request, and between two.
HEADERS_WITHIN_SECONDS = 30
HEADER_BYTES = 64 * 1024
# For so long a worker that is replaced goes on and closes connections as it answers: one that is closed while it is
# idle may just be used again, and what was sent on it is lost.
DRAIN_SECONDS = 2.0
# For so long a new worker and the one that it replaces both serve.
OVERLAP_SECONDS = 3.5
# How many workers may end within a minute before pauses are made, and how long these get.
USUAL_DEATHS = 3
LONGEST_PAUSE_SECONDS = 10.0
# malloc.h: at most so many heaps, and larger blocks are given back to the system at once.
M_ARENA_MAX, ARENAS = -8, 2
M_MMAP_THRESHOLD, LARGE_BLOCK = -3, 4 * 1024 * 1024


class Server(mp.MPServer):
    """granian with our limits; it serves what an adapter answers."""

    def __init__(self, adapter: Adapter, settings: Settings) -> None:
        super().__init__(
            "learnapp",
            address=settings.host.strip("[]"),
            port=settings.port,
            interface=Interfaces.RSGI,
            workers=settings.processes,
            http=HTTPModes.http1,  # of HTTP/2 one connection could ask for as much as two hundred
            http1_settings=HTTP1Settings(
                header_read_timeout=HEADERS_WITHIN_SECONDS * 1000, max_buffer_size=HEADER_BYTES
            ),
            websockets=False,
            backlog=CONNECTIONS,
            backpressure=CONNECTIONS,
            respawn_failed_workers=True,
            respawn_interval=OVERLAP_SECONDS,
            workers_kill_timeout=STOP_WITHIN_SECONDS,
            log_enabled=False,
        )
        self._adapter = adapter
        self._alive, self._held_open = os.pipe()
        self._deaths: list[float] = []

    def run(self) -> None:
        """Serve until the process is told to stop; requests under way are finished first."""
        load: Callable[..., Any] = self._load
        self.serve(target_loader=load, wrap_loader=False)

    def _load(self) -> Adapter:
        """Return the app of a worker, which has just been forked."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)  # the main process's own are of no use here
        mp._new_cbscheduler = self._adapter.scheduler  # type: ignore[attr-defined,assignment]
        # Only the main process holds the pipe open: when it has been killed, there is something to read, its end.
        os.close(self._held_open)
        loop = asyncio.get_event_loop()
        loop.add_reader(self._alive, self._end_as_orphan, loop)
        # From when the loop runs, granian ends the worker at both signals; later, at one of them.
        loop.call_soon(loop.add_signal_handler, signal.SIGTERM, self._drain, loop)
        return self._adapter

    def _end_as_orphan(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.remove_reader(self._alive)
        signal.raise_signal(signal.SIGINT)

    def _drain(self, loop: asyncio.AbstractEventLoop) -> None:
        self._adapter.closing = True
        loop.call_later(DRAIN_SECONDS, signal.raise_signal, signal.SIGINT)

    def _stop_workers(self) -> None:
        """End all workers as soon as they have answered what they have begun; only those that are replaced drain."""
        for worker in self.wrks:
            try:
                os.kill(worker.inner.pid, signal.SIGINT)
            except ProcessLookupError:
                pass  # it has ended by itself
        super()._stop_workers()  # type: ignore[no-untyped-call]

    def _respawn_workers(
        self, workers: Iterable[int], target: Any, loader: Callable[..., Any], delay: float = 0
    ) -> None:
        """Replace workers; granian ends the server when one ends again within 5.5 s, we make pauses."""
        if not delay:  # it is no reload, they have ended by themselves
            for index in workers:
                self._pause(self.wrks[index].inner.exitcode)
        super()._respawn_workers(workers, target, loader, delay)
        self.respawned_wrks.clear()

    def _pause(self, exit_code: int | None) -> None:
        now = time.monotonic()
        self._deaths = [moment for moment in self._deaths if now - moment < 60] + [now]
        extra = len(self._deaths) - USUAL_DEATHS
        pause = min(2.0 ** (extra - 2), LONGEST_PAUSE_SECONDS) if extra > 0 else 0.0
        log.error("A worker has ended (%s); another one starts in %g s.", _why(exit_code), pause)
        while time.monotonic() < now + pause and not self.interrupt_signal:
            time.sleep(0.05)


def _why(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    return f"{signal.Signals(-exit_code).name}{', often for want of memory' if exit_code == -signal.SIGKILL else ''}"


def raise_limits() -> None:
    """Let this process and its workers hold as many connections as the system allows."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def give_memory_back() -> None:
    """Have the C library keep two heaps, not one for each thread, and no block as large as a password's hash.

    Such a block, 19 MiB, stayed with each heap that ever had one: after forty sign-ups at once a process held
    473 MB.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return  # another library than glibc
    mallopt(M_ARENA_MAX, ARENAS)
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)
