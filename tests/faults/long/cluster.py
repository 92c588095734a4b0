"""Cluster: a PostgreSQL of one's own, to be restarted, frozen and filled up without harm to anybody else's."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.faults.serving import free_port

MEGABYTES = 400  # of the disk on which it is, where one may be mounted


class Cluster:
    """A running cluster in a folder; only its own processes are ever touched."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.data = folder / "data"
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{self._user}@127.0.0.1:{self.port}/postgres"

    @property
    def filler(self) -> Path:
        """Return the file that takes the room of the disk."""
        return self.folder / "filler"

    def start(self) -> None:
        """Start it, unless it runs."""
        if not self.is_running():
            log, options = self.folder / "log", f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
            self._control("start", "-l", str(log), "-o", options)

    def restart(self, how: str) -> None:
        """Stop it at once (immediate: without a checkpoint) and start it again."""
        self._control("stop", "-m", how)
        self.start()

    def stop(self) -> None:
        if self.is_running():
            self._control("stop", "-m", "immediate")

    def is_running(self) -> bool:
        return self._program("pg_ctl", "status", "-D", str(self.data)).returncode == 0

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the cluster's first process and to those that it has started."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            os.kill(pid, number)

    def make(self) -> None:
        """Make its files."""
        done = self._program("initdb", "-D", str(self.data), "-U", self._user, "-A", "trust", "-E", "UTF8")
        assert done.returncode == 0, done.stderr

    def _control(self, *words: str) -> None:
        done = self._program("pg_ctl", *words, "-D", str(self.data), "-w", "-t", "60")
        assert done.returncode == 0, f"pg_ctl {words}: {(self.folder / 'log').read_text()[-2000:]}"

    def _program(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        found = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
        program = shutil.which(name) or str(max(found, default=Path(name)))
        user = self._user if os.geteuid() == 0 else None
        # What pg_ctl starts would keep a pipe open.
        kept = subprocess.DEVNULL if name == "pg_ctl" else subprocess.PIPE
        return subprocess.run(
            [program, *words], user=user, cwd=self.folder, stdout=kept, stderr=kept, text=True, check=False
        )


@contextmanager
def own_cluster(folder: Path) -> Iterator[Cluster]:
    """Yield a running cluster; on a small disk of its own where this user may mount one."""
    folder.mkdir(mode=0o755, parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "learnapp-faults", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = Cluster(folder)
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.stop()
        if mounted:
            subprocess.run(["umount", str(folder)], check=False)


def new_database(cluster: Cluster, name: str) -> str:
    """Make an empty database and return its address."""
    engine = sa.create_engine(cluster.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    return engine.url.set(database=name).render_as_string(hide_password=False)
