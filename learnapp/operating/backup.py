"""Backup: database and secrets of an installation in one file, consistent while people learn, checked when written."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from learnapp.config.instance_lock import is_running
from learnapp.config.secret_file import sync_folder
from learnapp.operating.archive import DamagedArchive, Manifest, describe, pack, project_version, unpack
from learnapp.operating.errors import BackupFailed
from learnapp.operating.postgres_store import PostgresStore
from learnapp.operating.sqlite_store import SqliteStore
from learnapp.operating.stores import Store

WORK_FOLDER = ".learnapp-backup-"
KEYS = "*_key"  # the secret, and whatever else of this kind an instance folder may hold


def store_of(url: URL) -> Store:
    """Return the store of a database."""
    return SqliteStore(url) if url.drivername == "sqlite" else PostgresStore(url)


def make_backup(store: Store, instance: Path, target: Path, now: datetime) -> Manifest:
    """Write a backup that holds every save acknowledged before this call; raises BackupFailed.

    The file has its name only when it is whole, read back and on the disk; an existing one is never touched.
    """
    target = target.absolute()
    with _work_folder(target) as folder:
        copy = folder / store.file_name
        schema, rows = store.copy(copy)
        names = [store.file_name]
        for key in sorted(instance.glob(KEYS)):
            shutil.copyfile(key, folder / key.name)
            names.append(key.name)
        files = {name: describe(folder / name) for name in names}
        made = Manifest(now.isoformat(timespec="seconds"), project_version(), store.kind, schema, files, rows)
        pack(folder / "archive", folder, made)
        _read_back(store, folder, made)
        try:
            os.link(folder / "archive", target)  # unlike a rename, never onto another file
        except FileExistsError:
            raise BackupFailed(f"{target} has come into being meanwhile; it was not touched.") from None
        sync_folder(target.parent)
    return made


def _require_place(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BackupFailed(f"{target} exists, and backups never overwrite: name another file.")
    if not target.parent.is_dir():
        raise BackupFailed(f"There is no folder {target.parent}.")


@contextmanager
def _work_folder(target: Path) -> Iterator[Path]:
    """Yield a folder of the owner's alone beside the target, on the same disk; it is gone afterwards."""
    folder = target.with_name(f"{WORK_FOLDER}{os.getpid()}")
    try:
        _require_place(target)
        for left in target.parent.glob(f"{WORK_FOLDER}*"):  # by a backup that was killed
            if not is_running(int(left.name.removeprefix(WORK_FOLDER))):
                shutil.rmtree(left, ignore_errors=True)
        folder.mkdir(mode=0o700)
        yield folder
    except OSError as error:
        raise BackupFailed(f"The backup cannot be written to {target.parent}: {error.strerror}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read_back(store: Store, folder: Path, made: Manifest) -> None:
    """Raise BackupFailed unless what was written can be restored."""
    (folder / store.file_name).unlink()  # so that no more than two copies need room at one time
    again = folder / "again"
    again.mkdir(mode=0o700)
    try:
        if unpack(folder / "archive", again) != made:
            raise DamagedArchive("The manifest is not as it was written.")
        store.check(again / store.file_name, made.rows)
    except DamagedArchive as error:
        raise BackupFailed(f"The backup could not be read back, so it was thrown away: {error}") from error
