"""The working files: read when they have changed, by one at a time, never without a good version."""

import os
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest

from learnapp.authoring.working_copy import WorkingCopy
from learnapp.authoring.working_copy import WorkingCopyReader as Reader
from learnapp.content.loader import LoadResult, check
from learnapp.web import catalog
from tests.courses.island import LAMP, Island

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def files(island: Island, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(catalog, "LOOK_AGAIN_SECONDS", -1.0)
    return Reader(island.root)


def touch(island: Island, path: str) -> None:
    """Make sure that a change is seen, however coarse the clock of the file system is."""
    file = island.root / path
    os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns + 1_000_000_000))


def look(files: Reader, island: Island, now: datetime = NOON) -> WorkingCopy:
    return files.read(Island.catalog(Island(island.root.parent / "served")), now)


@pytest.fixture(autouse=True)
def served(island: Island) -> Island:
    """Give the course that the app serves meanwhile."""
    return Island.copy_to(island.root.parent / "served")


@pytest.fixture
def island(tmp_path_factory: pytest.TempPathFactory) -> Island:
    return Island.copy_to(tmp_path_factory.mktemp("working") / "files")


def test_files_that_did_not_change_are_not_read_again(files: Reader, island: Island) -> None:
    first = look(files, island)

    assert look(files, island, LATER) is first
    assert (first.fresh, first.errors, first.warnings, first.read_at) == (True, (), (), NOON)


def test_a_change_is_read_at_the_next_look(files: Reader, island: Island) -> None:
    look(files, island)
    island.edit(LAMP, "minutes: 8", "minutes: 60")
    touch(island, LAMP)

    copy = look(files, island, LATER)

    assert copy.read_at == LATER
    assert [problem.rule for problem in copy.errors] == ["minutes"]
    assert copy.problems_in(LAMP) == copy.errors


def test_the_last_good_version_stays_while_files_have_errors(files: Reader, island: Island) -> None:
    good = look(files, island).catalog
    island.write(LAMP, "no front matter")
    touch(island, LAMP)

    copy = look(files, island)

    assert copy.catalog is good
    assert not copy.fresh
    assert copy.errors


def test_what_the_app_serves_is_shown_where_there_has_been_no_good_version(files: Reader, island: Island) -> None:
    island.write(LAMP, "no front matter")

    copy = look(files, island)

    assert not copy.fresh
    assert copy.catalog.lesson("1-light", "1-the-lamp") is not None


def test_within_a_second_nobody_looks_twice(files: Reader, island: Island, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "LOOK_AGAIN_SECONDS", 60.0)
    first = look(files, island)
    island.write(LAMP, "no front matter")
    touch(island, LAMP)

    assert look(files, island) is first


@pytest.mark.slow
def test_while_one_request_reads_the_others_get_the_draft_before(
    files: Reader, island: Island, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = look(files, island)
    reading, go_on = Event(), Event()
    real = check

    def slow(*args: object) -> LoadResult:
        reading.set()
        assert go_on.wait(10)
        return real(island.root)

    monkeypatch.setattr("learnapp.authoring.working_copy.check", slow)
    touch(island, LAMP)
    done: list[WorkingCopy] = []
    thread = Thread(target=lambda: done.append(look(files, island, LATER)))
    thread.start()
    assert reading.wait(10)

    assert look(files, island, LATER) is first
    go_on.set()
    thread.join(10)
    assert done[0].read_at == LATER


def test_what_could_not_be_checked_is_checked_by_the_next_request(
    files: Reader, island: Island, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = look(files, island)
    island.write(LAMP, "no front matter")
    touch(island, LAMP)
    monkeypatch.setattr(catalog, "LOOK_AGAIN_SECONDS", 60.0)
    files._files.forget()

    def fail(*_args: object) -> LoadResult:
        raise OSError("the disk")

    with monkeypatch.context() as broken:
        broken.setattr("learnapp.authoring.working_copy.check", fail)
        with pytest.raises(OSError, match="the disk"):
            look(files, island)

    assert (len(first.errors), len(look(files, island, LATER).errors)) == (0, 1)


@pytest.mark.slow
def test_of_requests_that_come_first_together_one_reads(
    files: Reader, island: Island, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "LOOK_AGAIN_SECONDS", 60.0)
    checks: list[object] = []

    def counted(*args: object) -> LoadResult:
        checks.append(args)
        return check(island.root)

    monkeypatch.setattr("learnapp.authoring.working_copy.check", counted)
    requests = [Thread(target=look, args=(files, island)) for _ in range(6)]
    for request in requests:
        request.start()
    for request in requests:
        request.join(10)

    assert len(checks) == 1
