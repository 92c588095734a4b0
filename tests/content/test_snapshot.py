"""The catalog of an earlier start is taken up only where loading would give the same, and only if we wrote it."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from learnapp.content import snapshot
from learnapp.content.snapshot import SIGNATURE_BYTES, Snapshot
from tests.courses.island import GLOSSARY, LAMP, LAMP_QUIZ, Island


@pytest.fixture
def kept(island: Island, tmp_path: Path) -> Snapshot:
    """The catalog of the island, kept."""
    made = Snapshot(tmp_path / "catalog", b"a key")
    made.keep(island.load())
    return made


def test_a_catalog_that_was_kept_is_the_one_that_was_loaded(island: Island, kept: Snapshot) -> None:
    read, loaded = kept.read(island.root), island.catalog()

    assert read is not None
    assert vars(read) == vars(loaded)
    with pytest.raises(TypeError):
        read.lessons["new"] = read.lessons["1-light/1-the-lamp"]  # type: ignore[index]


@pytest.mark.parametrize("path", [LAMP, LAMP_QUIZ, GLOSSARY])
def test_it_is_not_taken_up_when_a_file_has_changed_or_is_gone(island: Island, kept: Snapshot, path: str) -> None:
    file, text = island.root / path, island.text(path)
    island.write(path, text + "\n")
    assert kept.read(island.root) is None
    file.unlink()
    assert kept.read(island.root) is None
    island.write(path, text)
    assert kept.read(island.root) is not None


def test_it_is_not_taken_up_by_other_code_or_with_other_libraries(
    island: Island, kept: Snapshot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours = snapshot.makers.__wrapped__()
    monkeypatch.setattr(snapshot, "version", lambda _name: "1.2.3")
    others = snapshot.makers.__wrapped__()
    monkeypatch.setattr(snapshot, "CODE", tmp_path)
    assert len({ours, others, snapshot.makers.__wrapped__()}) == 3

    monkeypatch.setattr(snapshot, "makers", lambda: others)
    assert kept.read(island.root) is None


class Bomb:
    """What somebody else has written, to be run by whoever reads it."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("it was run",)


def test_what_somebody_else_wrote_is_not_even_read(island: Island, kept: Snapshot) -> None:
    bomb = pickle.dumps(Bomb())
    for signature in (b"", b"\0" * SIGNATURE_BYTES, kept.file.read_bytes()[:SIGNATURE_BYTES]):
        kept.file.write_bytes(signature + bomb)
        assert kept.read(island.root) is None

    stranger = replace(kept, key=b"another key")
    stranger.keep(island.load())
    assert stranger.read(island.root) is not None
    assert kept.read(island.root) is None


@pytest.mark.parametrize("size", [0, 5, SIGNATURE_BYTES, 1000])
def test_half_a_file_is_none(island: Island, kept: Snapshot, size: int) -> None:
    kept.file.write_bytes(kept.file.read_bytes()[:size])

    assert kept.read(island.root) is None


def test_content_with_errors_is_not_kept(island: Island, kept: Snapshot) -> None:
    before = kept.file.read_bytes()
    island.edit(LAMP, "minutes: 8", "minutes: soon")

    kept.keep(island.load())

    assert kept.file.read_bytes() == before
    assert kept.read(island.root) is None


def test_where_nothing_can_be_written_the_next_start_loads(island: Island, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = Snapshot(tmp_path / "file" / "catalog", b"a key")

    nowhere.keep(island.load())

    assert nowhere.read(island.root) is None
