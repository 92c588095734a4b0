"""Programs of ours in processes of their own, forked from one that has imported what they import.

To import the app takes a second of a processor, and the tests start dozens of servers and commands.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from learnapp.config.settings import ROOT

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["learnapp.cli", "learnapp.__main__", "flask.cli", "psycopg", "alembic"])


class Program:
    """A module that runs as `python -m` would run it; what it prints is appended to `log`.

    A fresh one imports all itself, in an interpreter that begins with this environment.
    """

    def __init__(self, module: str, *args: str, env: Mapping[str, str], log: Path, fresh: bool = False) -> None:
        self.log = log
        self._process = _start_fresh(module, args, env, log) if fresh else _fork(module, args, env, log)

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def exit_code(self) -> int | None:
        """Return the exit code, None while it runs."""
        return self._process.exitcode if isinstance(self._process, BaseProcess) else self._process.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless it has ended already."""
        if self.exit_code is None:
            os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """Wait until it has ended and return its exit code; raises TimeoutError when it goes on so long."""
        end = time.monotonic() + seconds
        while (code := self.exit_code) is None:
            if time.monotonic() >= end:
                raise TimeoutError(f"it goes on after {seconds:g} s: {self.log.read_text()}")
            time.sleep(0.01)
        return code


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a program: its exit code and all that it printed."""

    code: int
    text: str


def run_program(
    module: str, *args: str, env: Mapping[str, str], folder: Path, within: float = 60, fresh: bool = False
) -> Outcome:
    """Run a module to its end, which it reaches in so many seconds; its log is kept in the folder."""
    log = folder / f"{module}.log"
    log.unlink(missing_ok=True)
    return Outcome(Program(module, *args, env=env, log=log, fresh=fresh).wait(within), log.read_text())


def _start_fresh(module: str, args: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen([sys.executable, "-m", module, *args], cwd=ROOT, env=dict(env), stdout=out, stderr=out)


def _fork(module: str, args: Sequence[str], env: Mapping[str, str], log: Path) -> BaseProcess:
    process = FORKED.Process(target=_run, args=(module, args, dict(env), str(log)))
    process.start()
    return process


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
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except Exception as error:  # as the interpreter ends a program
        sys.excepthook(type(error), error, error.__traceback__)
        sys.exit(1)
