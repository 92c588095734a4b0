"""A real server for tests: granian with worker processes, on a database of its own, over real HTTP."""

import os
import signal
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from learnapp.config.settings import ROOT
from tests.apps import share_made
from tests.courses.island import FILES
from tests.faults.browser import Browser
from tests.programs import Program, run_program

COURSE = FILES  # a small course: what is tried here is the same for any, and each worker reads it anew
SECRET = "a-secret-that-only-fault-tests-know-0123456789"
READY_WITHIN = 60.0
STOPPED_WITHIN = 30.0


def environment(database_url: str, folder: Path, content: Path = COURSE) -> dict[str, str]:
    """Return the environment of a server on this database, whose files go to this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEARNAPP_", "FLASK_"))}
    kept.pop("REDIS_URL", None)
    return {
        **kept,
        "DATABASE_URL": database_url,
        "LEARNAPP_SECRET_KEY": SECRET,
        "LEARNAPP_INSTANCE": str(folder / "instance"),
        "LEARNAPP_CONTENT": str(content),
        "PYTHONPATH": str(ROOT),
    }


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def migrate(env: Mapping[str, str], folder: Path) -> None:
    """Give the database its tables, as an operator does."""
    done = run_program("flask", "--app", "learnapp.cli", "db", "upgrade", env=env, folder=folder)
    assert done.code == 0, done.text


class Server:
    """A running server; use it in a `with` statement."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        *,
        workers: int = 1,
        threads: int = 16,
        target: str = "wsgi:app",
        content: Path = COURSE,
        fresh: bool = False,
    ) -> None:
        self.port = free_port()
        self.target = target
        self.workers = workers
        self.threads = threads
        self.content = content
        self.fresh = fresh
        self.env = environment(database_url, folder, content)
        self.log = folder / "server.log"
        share_made(folder / "instance")
        self._program: Program | None = None
        self._browsers: list[Browser] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        env = {"FAULT_WORKERS": '{"LONGEST_PAUSE_SECONDS": 0}', **self.env}
        env |= {"PORT": str(self.port), "WORKERS": str(self.workers)}
        program = "tests.faults.granian"
        self._program = Program(program, self.target, str(self.threads), env=env, log=self.log, fresh=self.fresh)
        self._wait_until_ready()

    def stop(self) -> None:
        """Ask the server to stop, and insist when it does not."""
        for browser in self._browsers:
            browser.close()
        if self._program is None:
            return
        self.send(signal.SIGTERM)
        try:
            self.wait()
        except TimeoutError:
            for pid in (*self.worker_pids(), self._program.pid):
                _kill(pid)
            self.wait()
        self._program = None

    def worker_pids(self) -> list[int]:
        """Return the processes that answer requests now."""
        assert self._program is not None
        found = []
        for children in Path(f"/proc/{self._program.pid}/task").glob("*/children"):
            found += [int(pid) for pid in children.read_text().split()]
        return [pid for pid in found if _is_python_worker(pid)]

    def kill_worker(self, pid: int) -> None:
        """Kill a worker so that it can do nothing more: no commit, no answer."""
        _kill(pid)

    def kill_main(self) -> None:
        """Kill the main process, so that it can tell its workers nothing."""
        assert self._program is not None
        _kill(self._program.pid)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the main process."""
        assert self._program is not None
        self._program.send(number)

    def wait(self) -> int:
        """Wait until the server has stopped; return its exit code."""
        assert self._program is not None
        return self._program.wait(STOPPED_WITHIN)

    def browser(self) -> Browser:
        """Return a browser that has not been here before; it is closed when the server stops."""
        made = Browser(self.port)
        self._browsers.append(made)
        return made

    def _run(self, module: str, *args: str, env: Mapping[str, str]) -> Program:
        return Program(module, *args, env=env, log=self.log, fresh=self.fresh)

    def _wait_until_ready(self) -> None:
        assert self._program is not None
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            assert self._program.exit_code is None, self.log.read_text()
            try:
                if self.browser().get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"no answer within {READY_WITHIN} s: {self.log.read_text()}")


class MakeRun(Server):
    """The server that `make run` starts; where a test has chosen limits of its workers, with these."""

    def start(self) -> None:
        """Start the server and wait until it answers."""
        env = {**self.env, "PORT": str(self.port), "WORKERS": str(self.workers)}
        self._program = self._run("tests.faults.granian" if "FAULT_WORKERS" in env else "learnapp", env=env)
        self._wait_until_ready()


def _is_python_worker(pid: int) -> bool:
    """Tell a worker from multiprocessing's own resource tracker."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return bool(command) and b"resource_tracker" not in command


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # It went by itself.
