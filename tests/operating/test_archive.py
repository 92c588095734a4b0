"""Archive of a backup: what differs by one byte, or is none at all, is refused."""

import io
import json
import stat
import tarfile
from pathlib import Path
from typing import Any

import pytest

from learnapp.operating.archive import MANIFEST, DamagedArchive, Manifest, describe, pack, project_version, unpack

ROWS = {"users": 2, "answers": 3}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive of a folder with a database and a secret."""
    source = tmp_path / "source"
    source.mkdir()
    for name, text in (("learnapp.sqlite3", "rows " * 5000), ("secret_key", "s" * 64)):
        (source / name).write_text(text)
    files = {name: describe(source / name) for name in ("learnapp.sqlite3", "secret_key")}
    made = Manifest("2026-11-26T12:00:00+00:00", project_version(), "sqlite", "0003", files, ROWS)
    pack(tmp_path / "archive", source, made)
    return tmp_path / "archive"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def rewritten(archive: Path, manifest: dict[str, Any] | None = None, **files: bytes) -> Path:
    """Write an archive with other files in it."""
    with tarfile.open(archive) as tar:
        kept = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}  # type: ignore[union-attr]
    kept |= files
    if manifest is not None:
        kept[MANIFEST] = json.dumps({**json.loads(kept[MANIFEST]), **manifest}).encode()
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in kept.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return archive


def test_what_was_packed_is_unpacked_and_only_its_owner_s(archive: Path, out: Path) -> None:
    found = unpack(archive, out)
    assert (found.rows, found.row_count, found.schema) == (ROWS, 5, "0003")
    assert (out / "secret_key").read_text() == "s" * 64
    assert {stat.S_IMODE(file.stat().st_mode) for file in (archive, *out.iterdir())} == {0o600}


@pytest.mark.parametrize("keep", [0, 1, 10, 100, -100])
def test_a_part_of_an_archive_is_refused(archive: Path, out: Path, keep: int) -> None:
    archive.write_bytes(archive.read_bytes()[:keep])
    with pytest.raises(DamagedArchive):
        unpack(archive, out)


@pytest.mark.long
@pytest.mark.slow
def test_one_other_byte_is_noticed_wherever_it_is(archive: Path, out: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    made = unpack(archive, out)
    for place in range(len(whole)):
        spoiled = bytearray(whole)
        spoiled[place] ^= 1 << place % 8
        archive.write_bytes(spoiled)
        folder = tmp_path / f"out-{place}"
        folder.mkdir()
        try:
            found = unpack(archive, folder)
        except DamagedArchive:
            continue
        assert found == made  # a byte that says nothing, such as the time in gzip's head
        assert (folder / "secret_key").read_text() == "s" * 64


def test_what_is_no_backup_is_refused_in_words(tmp_path: Path, out: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(DamagedArchive, match="no backup of Learnapp"):
        unpack(tmp_path / "notes.txt", out)


def test_a_changed_file_is_refused(archive: Path, out: Path) -> None:
    with pytest.raises(DamagedArchive, match="secret_key is not as it was written"):
        unpack(rewritten(archive, secret_key=b"t" * 64), out)


def test_a_later_format_is_refused_in_words(archive: Path, out: Path) -> None:
    with pytest.raises(DamagedArchive, match="format 2"):
        unpack(rewritten(archive, {"format": 2}), out)


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "a/../../evil"])
def test_no_file_is_written_outside_of_the_folder(archive: Path, out: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(DamagedArchive):
        unpack(rewritten(archive, {"files": {name: [4, "x"]}}, **{name: b"evil"}), out)
    assert not list(tmp_path.glob("evil"))


def test_a_link_in_an_archive_is_not_followed(archive: Path, out: Path) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        about = tarfile.TarInfo(MANIFEST)
        about.type, about.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(about)
    with pytest.raises(DamagedArchive):
        unpack(archive, out)
