"""Metric files: a full disk ends no process that counts."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from learnapp.web.monitoring import metric_files
from learnapp.web.monitoring.metric_files import SIZE, FilledFile

MANY = 2000  # more than fit into the room that is taken first


def no_room_from(size: int) -> Callable[[Path, int], None]:
    fill = metric_files._fill

    def full(file: Path, wanted: int) -> None:
        if wanted >= size:
            raise OSError(28, "No space left on device")
        fill(file, wanted)

    return full


def count_many(file: Path) -> list[float]:
    """Count in a file, and return what its process knows of that."""
    with closing(FilledFile(str(file))) as figures:
        for number in range(MANY):
            figures.write_value(f"figure {number} ä", float(number), 0.0)  # type: ignore[no-untyped-call]
        return [figures.read_value(f"figure {number} ä")[0] for number in range(MANY)]  # type: ignore[no-untyped-call]


def figures_in(file: Path) -> dict[str, float]:
    entries = FilledFile.read_all_values_from_file(str(file))  # type: ignore[no-untyped-call]
    return {key: value for key, value, *_rest in entries}


def test_all_room_is_taken_before_it_is_written_to(tmp_path: Path) -> None:
    file = tmp_path / "counter_1.db"
    with closing(FilledFile(str(file))):
        assert file.stat().st_blocks * 512 >= file.stat().st_size == SIZE
    count_many(file)
    assert file.stat().st_blocks * 512 >= file.stat().st_size > SIZE
    assert figures_in(file) == {f"figure {number} ä": float(number) for number in range(MANY)}


@pytest.mark.parametrize("size", [SIZE, 2 * SIZE])
def test_without_room_a_process_counts_on_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(metric_files, "_fill", no_room_from(size))
    assert count_many(tmp_path / "counter_1.db") == list(range(MANY))


def test_a_file_that_could_not_be_filled_is_read_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metric_files, "_fill", no_room_from(SIZE))
    (tmp_path / "counter_1.db").touch()
    count_many(tmp_path / "counter_1.db")
    assert list(tmp_path.iterdir()) == []


def test_what_was_counted_before_the_disk_was_full_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metric_files, "_fill", no_room_from(2 * SIZE))
    count_many(tmp_path / "counter_1.db")
    assert figures_in(tmp_path / "counter_1.db")["figure 7 ä"] == 7.0
