"""The disk below SQLite: what is acknowledged was synced to it, and when it is full nobody is lied to."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.learner import Learner, first_lesson
from tests.faults.serving import Server

SAVES = 60
WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute(f"PRAGMA synchronous = {sys.argv[2]}")
connection.execute("CREATE TABLE kept (n)")
before = len(open(sys.argv[3], "rb").read())
for n in range(20):
    connection.execute("INSERT INTO kept VALUES (?)", (n,))
print(len(open(sys.argv[3], "rb").read()) - before)
"""


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk that counts what is synced to SQLite's log, and is full while we say so."""

    library: Path
    syncs: Path
    full: Path
    read_only: Path

    @property
    def env(self) -> dict[str, str]:
        names = {
            "LD_PRELOAD": self.library,
            "FAULT_SYNCS": self.syncs,
            "FAULT_FULL": self.full,
            "FAULT_READ_ONLY": self.read_only,
        }
        return {name: str(path) for name, path in names.items()}

    @property
    def count(self) -> int:
        return self.syncs.stat().st_size


def build_disk(folder: Path) -> Disk | None:
    """Build the library; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        return None
    made = Disk(*(folder / name for name in ("disk.so", "syncs", "full", "read-only")))
    source = Path(__file__).with_name("disk.c")
    command = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(made.library), str(source), "-ldl"]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    made.syncs.touch()
    return made


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Build the library that stands between the disk and each program started from here on."""
    made = build_disk(tmp_path)
    if made is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no C compiler, and in CI nothing may be skipped")
        pytest.skip("syncs are counted by a small library, which needs Linux and a C compiler (cc or gcc)")
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.mark.parametrize(("synchronous", "syncs"), [("FULL", 20), ("NORMAL", 0)])
def test_the_count_tells_full_from_normal(disk: Disk, tmp_path: Path, synchronous: str, syncs: int) -> None:
    command = [sys.executable, "-c", WRITE, str(tmp_path / "plain.sqlite3"), synchronous, str(disk.syncs)]
    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == syncs


@pytest.mark.long
def test_every_acknowledged_save_was_synced(disk: Disk, sqlite_url: str, tmp_path: Path) -> None:
    with Server(sqlite_url, tmp_path, fresh=True) as server:
        ben = Learner(server)
        for n in range(SAVES):
            before = disk.count
            ben.save(n % 3)
            assert disk.count > before


def test_a_full_disk_gives_503_and_is_survived(disk: Disk, sqlite_url: str, tmp_path: Path) -> None:
    lesson = first_lesson()
    with Server(sqlite_url, tmp_path, fresh=True) as server:
        ben = Learner(server)
        ben.save(0)
        disk.full.touch()

        refused = ben.send(1)
        read = ben.browser.twin().get(f"/modules/{lesson.module}/{lesson.slug}")

        assert refused.status == 503
        assert int(refused.headers["retry-after"]) > 0
        assert read.status == 200
        disk.full.unlink()
        ben.save(2)
        assert (ben.seq, ben.retries) == (2, 0)


@pytest.mark.long
def test_a_read_only_disk_gives_503_and_is_survived(disk: Disk, sqlite_url: str, tmp_path: Path) -> None:
    lesson = first_lesson()
    with Server(sqlite_url, tmp_path, fresh=True) as server:
        learners = [Learner(server) for _ in range(8)]
        disk.read_only.touch()

        for ben in learners:
            refused = ben.send(1)
            assert (refused.status, refused.headers["retry-after"]) == (503, "5")
            assert ben.browser.twin().get(f"/modules/{lesson.module}/{lesson.slug}").status == 200
        disk.read_only.unlink()
        for ben in learners:
            ben.save(2)
        assert [ben.seq for ben in learners] == [1] * 8
        # The first one finds out, for all.
        assert sum(ben.retries for ben in learners) <= 1
