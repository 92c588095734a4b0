"""Restore: a backup in place of what an installation holds; checked first, then all or nothing, the former kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learnapp.config.instance_lock import InstanceInUse, hold_alone
from learnapp.config.secret_file import NAME, read_secrets, replace_secrets
from learnapp.operating.archive import DamagedArchive, Manifest, unpack
from learnapp.operating.errors import RestoreRefused
from learnapp.operating.stores import Store
from learnapp.web.monitoring.health import known_revisions, newest_revision


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, where the former database is kept ("" if it was empty), and whether to migrate now."""

    manifest: Manifest
    kept: str
    is_older: bool


def check_archive(store: Store, archive: Path, folder: Path) -> Manifest:
    """Unpack a backup to a folder and return its manifest; raises RestoreRefused unless it fits here and is whole."""
    try:
        manifest = unpack(archive, folder)
        if manifest.database != store.kind:
            raise RestoreRefused(
                f"The backup is of a {manifest.database} database, but DATABASE_URL names a {store.kind} one."
            )
        if manifest.schema not in known_revisions():
            raise RestoreRefused(
                f"The backup was made by a newer Learnapp ({manifest.version}, schema {manifest.schema}); this one "
                f"knows schemas up to {newest_revision()}. Update Learnapp first."
            )
        store.check(folder / store.file_name, manifest.rows)
    except DamagedArchive as error:
        raise RestoreRefused(str(error)) from error
    except OSError as error:
        raise RestoreRefused(f"{archive} cannot be read: {error.strerror}.") from error
    return manifest


def restore(store: Store, instance: Path, archive: Path, now: datetime, *, replace: bool) -> Restored:
    """Put a backup in place of the database and the secrets; raises RestoreRefused.

    Whenever this ends, by a crash too, the database is either the former or that of the backup, and whoever was
    signed in to it still is: the secrets of both are believed until the database has changed.
    """
    try:
        with hold_alone(instance), work_folder(instance) as folder:
            manifest = check_archive(store, archive, folder)
            is_empty = store.is_empty()
            if not is_empty and not replace:
                raise RestoreRefused(
                    "The database is not empty. To replace it, and keep it under another name: --replace."
                )
            aside = None if is_empty else f"before-{now:%Y%m%dT%H%M%S}"
            former = read_secrets(instance)
            secrets = read_secrets(folder) or former
            replace_secrets(instance, list(dict.fromkeys([*former, *secrets])))
            try:
                kept = store.replace(folder / store.file_name, manifest.rows, aside)
            except BaseException:
                replace_secrets(instance, former)
                raise
            if aside and former != secrets:
                replace_secrets(instance, former, f"{NAME}.{aside}")
            replace_secrets(instance, secrets)
            for key in folder.glob("*_key"):
                if key.name != NAME:
                    _put_key(key, instance / key.name, aside)
    except InstanceInUse:
        raise RestoreRefused("A server runs on this instance folder. Stop it first.") from None
    except OSError as error:
        raise RestoreRefused(f"The backup could not be written to this disk: {error.strerror}.") from error
    return Restored(manifest, kept, manifest.schema != newest_revision())


def _put_key(key: Path, former: Path, aside: str | None) -> None:
    """Put a key of the backup in place of the one that is here, which is kept if it is another."""
    if aside and former.is_file() and former.read_bytes() != key.read_bytes():
        os.link(former, f"{former}.{aside}")
    key.replace(former)


@contextmanager
def work_folder(instance: Path) -> Iterator[Path]:
    """Yield a folder of the owner's alone in the instance folder; what a killed restore left goes first."""
    for left in instance.glob(".restore-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = instance / f".restore-{os.getpid()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
