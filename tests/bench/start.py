"""How long a server takes to its first answer, and how much memory it holds."""

import os
import signal
import statistics
import time
from pathlib import Path

from learnapp.config.settings import ROOT
from tests.faults.browser import Browser
from tests.faults.serving import Server, environment, free_port
from tests.programs import Program

TIMES = 5
GIVES_UP_AFTER = 30.0

SERVER = "tests.faults.granian wsgi:app 32"
MAKE_RUN = "learnapp"


def memory(server: Server) -> float:
    """Return what the largest worker holds in memory, in megabytes (a million bytes)."""
    return max(_kilobytes(Path(f"/proc/{worker}/status"), "VmRSS") for worker in server.worker_pids()) * 1024 / 1e6


def own_memory(server: Server) -> float:
    """Return the same without what it shares with others, of which it bears its part, in megabytes."""
    workers = server.worker_pids()
    return max(_kilobytes(Path(f"/proc/{worker}/smaps_rollup"), "Pss") for worker in workers) * 1024 / 1e6


def cpu_seconds(server: Server) -> float:
    """Return the processor time that the workers have used."""
    ticks = 0
    for worker in server.worker_pids():
        fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _kilobytes(file: Path, name: str) -> int:
    line = next(line for line in file.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


def first_answer(database_url: str, folder: Path, command: str) -> float:
    """Return the seconds from starting a module to the first page it serves, the median of several."""
    return statistics.median(_start_once(database_url, folder, command) for _ in range(TIMES))


def _start_once(database_url: str, folder: Path, command: str) -> float:
    port = free_port()
    env = {**environment(database_url, folder, ROOT), "PORT": str(port)}
    words = command.split()
    began = time.monotonic()
    program = Program(*words, env=env, log=folder / "first_answer.log", fresh=True)
    browser = Browser(port)
    try:
        while time.monotonic() - began < GIVES_UP_AFTER:
            try:
                if browser.get("/").status == 200:
                    return time.monotonic() - began
            except ConnectionError:
                time.sleep(0.005)
        raise AssertionError("the server did not answer")
    finally:
        browser.close()
        program.send(signal.SIGTERM)
        program.wait(GIVES_UP_AFTER)
