"""Programs of ours in processes of their own, forked from one that has imported what they import.

To import the app takes a second of a processor, and the tests start dozens of servers and commands.
"""

import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from learnapp.config import ROOT

FORKED, FRESH = multiprocessing.get_context("forkserver"), multiprocessing.get_context("spawn")
FORKED.set_forkserver_preload(["learnapp.cli", "learnapp.__main__", "flask.cli", "granian.cli", "psycopg", "alembic"])


class Program:
    """A module that runs as `python -m` would run it; what it prints is appended to `log`.

    A fresh one imports all itself, in an interpreter that begins with the environment of the tests.
    """

    def __init__(self, module: str, *args: str, env: Mapping[str, str], log: Path, fresh: bool = False) -> None:
        self.log = log
        start = FRESH.Process if fresh else FORKED.Process
        self._process: BaseProcess = start(target=_run, args=(module, args, dict(env), str(log)))
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def running(self) -> bool:
        return self._process.is_alive()

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless it has ended already."""
        if self.running:
            os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """Wait until it has ended and return its exit code; raises TimeoutError when it goes on so long."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError(f"it goes on after {seconds:g} s: {self.log.read_text()}")
        return self._process.exitcode


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a program: its exit code and all that it printed."""

    code: int
    text: str


def run_program(module: str, *args: str, env: Mapping[str, str], folder: Path, within: float = 60) -> Outcome:
    """Run a module to its end, which it reaches in so many seconds; its log is kept in the folder."""
    log = folder / f"{module}.log"
    log.unlink(missing_ok=True)
    return Outcome(Program(module, *args, env=env, log=log).wait(within), log.read_text())


def _run(module: str, args: Sequence[str], env: Mapping[str, str], log: str) -> None:
    """Become the program: its environment, arguments and streams, and the way servers make workers."""
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    multiprocessing.set_start_method("fork", force=True)
    sys.argv[1:] = args
    runpy.run_module(module, run_name="__main__", alter_sys=True)
