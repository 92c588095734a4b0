"""Threads: few jobs run at once, none waits behind one that waits itself, and none is lost at the end."""

import threading
from collections.abc import Iterator

import pytest

from learnapp import threads
from learnapp.threads import Threads, blocking

WAIT = 10.0


class Record:
    """Jobs that run until they are let go, and how many ran side by side at most."""

    def __init__(self) -> None:
        self.most = 0
        self.done: list[int] = []
        self.begun = threading.Semaphore(0)
        self.let_go = threading.Event()
        self._lock = threading.Lock()
        self._running = 0

    def work(self, job: int) -> None:
        with self._lock:
            self._running += 1
            self.most = max(self.most, self._running)
        self.begun.release()
        assert self.let_go.wait(WAIT)
        with self._lock:
            self._running -= 1
            self.done.append(job)


@pytest.fixture
def record() -> Iterator[Record]:
    made = Record()
    yield made
    made.let_go.set()


def test_no_more_run_at_once_than_allowed_and_all_are_done_before_the_end(record: Record) -> None:
    pool: Threads[int] = Threads(record.work, most=8, at_once=2)
    for job in range(9):
        pool.put(job)
    assert record.begun.acquire(timeout=WAIT)
    assert record.begun.acquire(timeout=WAIT)
    assert not record.begun.acquire(timeout=threads.WATCH_SECONDS)
    record.let_go.set()
    pool.close()
    assert sorted(record.done) == list(range(9))
    assert record.most == 2


def test_jobs_are_begun_in_the_order_in_which_they_were_put() -> None:
    begun: list[int] = []
    pool: Threads[int] = Threads(begun.append, most=4, at_once=1)
    for job in range(50):
        pool.put(job)
    pool.close()
    assert begun == list(range(50))


def test_a_job_that_waits_leaves_its_place_to_the_one_it_waits_for() -> None:
    lock, done = threading.Lock(), []

    def work(job: str) -> None:
        if job == "waits":
            with blocking():
                assert lock.acquire(timeout=WAIT)
        else:
            lock.release()
        done.append(job)

    lock.acquire()
    pool: Threads[str] = Threads(work, most=2, at_once=1)
    pool.put("waits")
    pool.put("lets go")
    pool.close()
    assert sorted(done) == ["lets go", "waits"]


def test_jobs_that_wait_without_a_word_are_found_out(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "LONG_SECONDS", 0.05)
    pool: Threads[int] = Threads(record.work, most=3, at_once=1)
    for job in range(5):
        pool.put(job)
    for _job in range(3):
        assert record.begun.acquire(timeout=WAIT)
    assert not record.begun.acquire(timeout=0.2), "more than all threads"
    assert pool.waiting() == 2
    record.let_go.set()
    pool.close()
    assert sorted(record.done) == list(range(5))


def test_a_place_is_not_counted_twice_when_one_waits_that_was_found_out_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "LONG_SECONDS", 0.05)
    second_began, record = threading.Event(), Record()

    def work(job: int) -> None:
        if job == 0:
            assert second_began.wait(WAIT)  # only the watcher can have let it begin
            with blocking():
                pass
        elif job == 1:
            second_began.set()
        else:
            record.work(job)

    pool: Threads[int] = Threads(work, most=8, at_once=1)
    for job in range(6):
        pool.put(job)
    assert record.begun.acquire(timeout=WAIT)
    record.let_go.set()
    pool.close()
    assert sorted(record.done) == [2, 3, 4, 5]
    assert record.most == 1


def test_outside_of_a_pool_waiting_means_nothing() -> None:
    with blocking():
        pass
