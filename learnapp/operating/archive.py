"""Archive of a backup: one compressed tar file with the database, the secrets, and a manifest that both are held to.

It is written beside its final name, read back and checked, and only then gets that name.
"""

import gzip
import hashlib
import json
import os
import tarfile
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from learnapp.config.settings import ROOT

FORMAT = 1
MANIFEST = "manifest.json"
SMALL = 1024 * 1024  # a manifest and a file of secrets are far smaller


class DamagedArchive(Exception):
    """The file is no backup of ours, or not as it was written; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: kind of database, its schema, (bytes, SHA-256) of each file, rows of each table."""

    made_at: str
    version: str
    database: str
    schema: str
    files: Mapping[str, tuple[int, str]]
    rows: Mapping[str, int]
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())


def project_version() -> str:
    """Return the version of this code."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def describe(file: Path) -> tuple[int, str]:
    """Return a file's size in bytes and its SHA-256."""
    with file.open("rb") as content:
        return file.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest()


def pack(archive: Path, folder: Path, manifest: Manifest) -> None:
    """Write the files of a folder that the manifest names to an archive that only its owner can read."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
    with (
        os.fdopen(os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
        tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as tar,
    ):
        for name in (MANIFEST, *manifest.files):
            tar.add(folder / name, arcname=name, recursive=False)
    with archive.open("rb+") as written:
        os.fsync(written.fileno())


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write what an archive holds to a folder and return its manifest; raises DamagedArchive if anything differs."""
    try:
        with gzip.open(archive) as packed, tarfile.open(fileobj=packed) as tar:
            manifest = _read_manifest(tar)
            for name, (size, _digest) in manifest.files.items():
                _extract(tar, name, size, folder / name)
            while packed.read(SMALL):  # behind the last file stands the checksum of all, the manifest's, too
                pass
    except (tarfile.TarError, zlib.error, EOFError, OSError, KeyError, ValueError, TypeError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise DamagedArchive(f"{archive} is no backup of Learnapp, or only a part of one.") from error
    for name, (size, digest) in manifest.files.items():
        if describe(folder / name) != (size, digest):
            raise DamagedArchive(f"{archive} is damaged: {name} is not as it was written.")
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.extractfile(MANIFEST)
    if member is None:
        raise KeyError(MANIFEST)
    values = json.loads(member.read(SMALL))
    if values["format"] != FORMAT:
        raise DamagedArchive(f"The backup has format {values['format']}; this version of Learnapp reads {FORMAT} only.")
    files = {str(Path(name).name): (int(size), str(digest)) for name, (size, digest) in values["files"].items()}
    rows = {str(table): int(count) for table, count in values["rows"].items()}
    return Manifest(**{**values, "files": files, "rows": rows})


def _extract(tar: tarfile.TarFile, name: str, size: int, target: Path) -> None:
    """Write one file of the size that the manifest says, whatever else the archive holds."""
    member = tar.extractfile(name)
    if member is None:
        raise KeyError(name)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while size > 0 and (part := member.read(min(size, SMALL))):
            out.write(part)
            size -= len(part)
        out.flush()
        os.fsync(out.fileno())
