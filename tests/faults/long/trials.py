"""Trials: what is done to server and database while a crowd saves, each a context that ends with its cause."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import sqlalchemy as sa

from tests.faults.long.cluster import Cluster
from tests.faults.serving import MakeRun
from tests.faults.test_disk import Disk
from tests.faults.test_locked import locked
from tests.faults.test_lost_connections import END


@dataclass(frozen=True, slots=True)
class Stage:
    """What a trial may break."""

    server: MakeRun
    engine: sa.Engine
    seconds: float
    disk: Disk | None = None
    cluster: Cluster | None = None


Trial: TypeAlias = Callable[[Stage], Iterator[None]]


def kill_server(stage: Stage) -> Iterator[None]:
    """Kill the main process and its workers, and start it again."""
    workers = stage.server.worker_pids()
    stage.server.kill_main()
    for pid in workers:
        stage.server.kill_worker(pid)
    stage.server.start()
    yield


def hold_lock(stage: Stage) -> Iterator[None]:
    """Hold what each save needs."""
    with locked(stage.engine):
        time.sleep(stage.seconds)
        yield


def fill_disk(stage: Stage) -> Iterator[None]:
    """Let SQLite's log take no more bytes."""
    assert stage.disk
    stage.disk.full.touch()
    time.sleep(stage.seconds)
    yield
    stage.disk.full.unlink()


def remount_read_only(stage: Stage) -> Iterator[None]:
    """Let no file of SQLite's be opened for writing or written."""
    assert stage.disk
    stage.disk.read_only.touch()
    time.sleep(stage.seconds)
    yield
    stage.disk.read_only.unlink()


def end_connections(stage: Stage) -> Iterator[None]:
    """End all connections again and again."""
    until = time.monotonic() + stage.seconds
    while time.monotonic() < until:
        with stage.engine.connect() as connection:
            connection.execute(END)
        time.sleep(0.1)
    yield


def set_read_only(stage: Stage) -> Iterator[None]:
    """Have PostgreSQL refuse writes on connections that are opened now."""
    name, engine = stage.engine.url.database, stage.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        connection.execute(END)
    time.sleep(stage.seconds)
    yield
    with engine.connect() as connection:
        connection.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")
        connection.exec_driver_sql(f"ALTER DATABASE {name} RESET default_transaction_read_only")


def restart_postgresql(stage: Stage) -> Iterator[None]:
    """Restart PostgreSQL as after a crash."""
    assert stage.cluster
    stage.cluster.restart("immediate")
    yield


def freeze_postgresql(stage: Stage) -> Iterator[None]:
    """Stop all processes of PostgreSQL, with connections open."""
    assert stage.cluster
    stage.cluster.send(signal.SIGSTOP)
    time.sleep(stage.seconds + 7)
    yield
    stage.cluster.send(signal.SIGCONT)


def fill_postgresql(stage: Stage) -> Iterator[None]:
    """Fill the small disk on which PostgreSQL is; it may stop for that and is then started again."""
    assert stage.cluster
    fill = ["dd", "if=/dev/zero", f"of={stage.cluster.filler}", "bs=8k", "oflag=append", "conv=notrunc"]
    for _ in range(max(1, int(stage.seconds))):
        subprocess.run(fill, stderr=subprocess.DEVNULL, check=False)
        time.sleep(1)
    yield
    stage.cluster.filler.unlink()
    stage.cluster.start()


COMMON: tuple[Trial, ...] = (kill_server, hold_lock)
TRIALS: dict[str, tuple[Trial, ...]] = {
    "sqlite": (*COMMON, fill_disk, remount_read_only),
    "postgresql": (*COMMON, end_connections, set_read_only, restart_postgresql, freeze_postgresql, fill_postgresql),
}


@contextmanager
def broken(trial: Trial, stage: Stage) -> Iterator[None]:
    """Break it, and mend it at the end."""
    yield from trial(stage)
