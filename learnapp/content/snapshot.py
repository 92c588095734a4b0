"""Snapshot: the Catalog that a server has loaded, in a file of its own, to be taken up by the next start.

It is taken up only while nothing has changed that it was made of: the files, our code, the libraries that read them.
It is signed, since whoever writes a pickle decides what is run where it is read.
"""

import copyreg
import hashlib
import hmac
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from learnapp.content.catalog import Catalog
from learnapp.content.load.files import digest_of
from learnapp.content.loader import LoadResult

CODE = Path(__file__).resolve().parents[1]
ROOMS = ("content", "quiz")  # whose code makes a catalog, and which use no other
LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "nh3", "pydantic", "pydantic-core", "ruamel.yaml", "ruamel.yaml.clib")
SIGNATURE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file with a catalog, and the key with which it is signed."""

    file: Path
    key: bytes

    def read(self, root: Path) -> Catalog | None:
        """Return the catalog, if it is what loading this content root would give."""
        try:
            data = self.file.read_bytes()
            if not hmac.compare_digest(data[:SIGNATURE_BYTES], self._sign(data[SIGNATURE_BYTES:])):
                return None
            files, catalog = pickle.loads(data[SIGNATURE_BYTES:])  # noqa: S301 - signed
            unchanged = all(_digest(root / path) == digest for path, digest in files.items())
        except OSError:
            return None
        return catalog if unchanged else None

    def keep(self, loaded: LoadResult) -> None:
        """Write a catalog that was loaded without an error; where that cannot be done, the next start loads it, too."""
        if loaded.catalog is None:
            return
        data = pickle.dumps((dict(loaded.draft.listed), loaded.catalog))
        draft = self.file.with_name(f".{self.file.name}.{os.getpid()}")
        try:
            draft.write_bytes(self._sign(data) + data)
            draft.replace(self.file)
        except OSError:
            with suppress(OSError):
                draft.unlink()

    def _sign(self, data: bytes) -> bytes:
        return hmac.digest(self.key, makers() + data, "sha256")


@cache
def makers() -> bytes:
    """Return a digest of the programs that make a catalog of files."""
    code = {str(file): file.read_bytes() for room in ROOMS for file in sorted((CODE / room).rglob("*.py"))}
    return hashlib.sha256(repr((sys.version, [version(name) for name in LIBRARIES], code)).encode()).digest()


def _digest(file: Path) -> str:
    """Return the digest of a file, "" where there is none, as a course may do without some."""
    return digest_of(file.read_bytes()) if file.exists() else ""


def _frozen(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))
