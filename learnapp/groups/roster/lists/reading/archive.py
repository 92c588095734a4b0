"""Archives of lists: the CSV files in a zip, which is read in memory, with caps, and never unpacked anywhere."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from learnapp.groups.roster.lists.errors import refused

MOST_FILES = 100
MOST_BYTES = 8 * 1024 * 1024  # of all that it says it holds, and of each file as it is read
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def is_zip(content: bytes) -> bool:
    """Tell whether a file is a zip, by its first bytes."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_archive(content: bytes) -> dict[str, bytes]:
    """Return the CSV files of a zip by their names in small letters, without folders; raises ListRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
            _check(files)
            found: dict[str, bytes] = {}
            for name, info in _lists(files):
                if name in found:
                    raise refused("zip_twice", name=name)
                found[name] = _read(archive, info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise refused("zip_broken") from error
    if not found:
        workbook = any(info.filename.startswith(("xl/", "content.xml")) for info in files)
        raise refused("workbook" if workbook else "zip_without_lists")
    return found


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return several files as one zip, so that they travel as one."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _check(files: list[zipfile.ZipInfo]) -> None:
    """Raise ListRefused for a zip that is too much, or holds what no school's program writes."""
    if len(files) > MOST_FILES or sum(info.file_size for info in files) > MOST_BYTES:
        raise refused("zip_large", files=MOST_FILES, megabytes=MOST_BYTES // 1024**2)
    for info in files:
        parts = info.filename.replace("\\", "/").split("/")
        is_odd = ".." in parts or parts[0] == "" or ":" in parts[0]
        if is_odd or stat.S_ISLNK(info.external_attr >> 16):
            raise refused("zip_odd")
        if info.flag_bits & _ENCRYPTED:
            raise refused("zip_locked")
        if info.compress_type not in _METHODS:
            raise refused("zip_broken")


def _lists(files: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the CSV files with their bare names, without what macOS adds to a zip."""
    for info in files:
        *folders, name = info.filename.replace("\\", "/").split("/")
        if name.lower().endswith(".csv") and not name.startswith(".") and "__MACOSX" not in folders:
            yield name.lower(), info


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return one file's bytes, no more of them than it may have whatever it says."""
    with archive.open(info) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise refused("zip_large", files=MOST_FILES, megabytes=MOST_BYTES // 1024**2)
    return content
