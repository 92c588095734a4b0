"""Metric files: the figures of one process, in a file whose room is taken beforehand, or in memory where there is none.

The library makes such a file longer without filling it, and writes to it as to memory: on a full disk that ends the
process (SIGBUS), and every process that takes its place.
"""

import mmap
from pathlib import Path

from prometheus_client import values
from prometheus_client.mmap_dict import MmapedDict

SIZE = 1 << 16
BESIDE_THE_KEY = 64  # bytes of an entry, more than it has


class FilledFile(MmapedDict):
    """The library's file, with its room taken; what is counted in memory for want of room, this process knows alone."""

    def __init__(self, filename: str) -> None:
        try:
            _fill(Path(filename), SIZE)
        except OSError:
            Path(filename).unlink(missing_ok=True)
            self._f = None  # type: ignore[assignment]
            self._positions: dict[str, int] = {}
            self._m, self._capacity = mmap.mmap(-1, SIZE), SIZE
            self._used = 8  # of a file without entries, as the library lays it out
        else:
            super().__init__(filename)  # type: ignore[no-untyped-call]

    def _init_value(self, key: str) -> None:
        while self._used + len(key.encode()) + BESIDE_THE_KEY > self._capacity:
            self._grow(self._capacity * 2)
        super()._init_value(key)  # type: ignore[no-untyped-call]

    def _grow(self, size: int) -> None:
        before = self._m[: self._used]
        try:
            if self._f is None:
                raise OSError("there was no room")
            _fill(Path(self._fname), size)
            self._m = mmap.mmap(self._f.fileno(), size)
        except OSError:
            self.close()  # type: ignore[no-untyped-call]
            self._m = mmap.mmap(-1, size)
            self._m[: len(before)] = before
        self._capacity = size


def _fill(file: Path, size: int) -> None:
    """Make a file so long with zeros that are written; raises OSError where there is no room for them."""
    with file.open("ab") as out:
        out.write(bytes(size - out.tell()))


def use() -> None:
    """Have the library keep figures in filled files from now on."""
    values.MmapedDict = FilledFile  # type: ignore[attr-defined,assignment]
