"""Threads: no job waits behind another while more are allowed, and none is lost at the end."""

import threading

from learnapp.server.threads import Threads

WAIT = 10.0


def test_jobs_that_need_each_other_are_done_side_by_side() -> None:
    together = threading.Barrier(4)
    threads: Threads[int] = Threads(lambda _job: together.wait(WAIT), 4)
    for job in range(4):
        threads.put(job)
    threads.close()
    assert not together.broken


def test_no_more_are_done_at_once_than_allowed_and_all_before_the_end() -> None:
    lock, begun, let_go = threading.Lock(), threading.Event(), threading.Event()
    done: list[int] = []
    running: list[int] = []
    most = 0

    def work(job: int) -> None:
        nonlocal most
        with lock:
            running.append(job)
            most = max(most, len(running))
        begun.set()
        assert let_go.wait(WAIT)
        with lock:
            running.remove(job)
            done.append(job)

    threads: Threads[int] = Threads(work, 2)
    for job in range(9):
        threads.put(job)
    assert begun.wait(WAIT)
    let_go.set()
    threads.close()
    assert sorted(done) == list(range(9))
    assert most <= 2
