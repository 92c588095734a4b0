"""Writers of one process: in order while it goes on, and few of them while it does not."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from learnapp.database import sqlite_connection
from learnapp.database.sqlite_connection import FifoLock, WriteTurn
from learnapp.database.writers import is_readable


@pytest.fixture(autouse=True)
def brief_standstill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a line for standing still after a twentieth of a second."""
    monkeypatch.setattr(sqlite_connection, "STANDSTILL_SECONDS", 0.05)


def test_the_line_lets_people_in_as_they_came() -> None:
    line = FifoLock()
    came: list[int] = []

    def wait(number: int) -> None:
        assert line.acquire(5)
        came.append(number)
        line.release()

    assert line.acquire(0)
    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(wait, number)
            time.sleep(0.02)
        line.release()
    assert came == list(range(8))


def test_who_gives_up_waiting_does_not_block_the_line() -> None:
    line = FifoLock()
    assert line.acquire(0)
    assert not line.acquire(0.01)
    line.release()
    assert line.acquire(0)


def test_a_line_that_stands_still_keeps_only_so_many() -> None:
    line = FifoLock(room=3)
    assert line.acquire(0)
    entered: list[bool] = []
    waiting = [threading.Thread(target=lambda: entered.append(line.acquire(60))) for _ in range(2)]
    for one in waiting:
        one.start()
    while len(line._turns) < 3:
        time.sleep(0.001)

    assert not line.acquire(60)  # after a moment
    assert not line.acquire(60)  # at once

    for _ in waiting:
        line.release()
    for one in waiting:
        one.join()
    line.release()
    assert entered == [True, True]
    assert line.acquire(0)


def test_a_line_that_moves_keeps_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_connection, "STANDSTILL_SECONDS", 60)
    line = FifoLock(room=1)

    def write(_number: int) -> bool:
        if not line.acquire(60):
            return False
        time.sleep(0.005)
        line.release()
        return True

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(write, range(48)))


def test_who_held_it_in_vain_did_not_move_the_line() -> None:
    line = FifoLock(room=1)
    assert line.acquire(0)
    line.release(got_on=False)
    assert line.acquire(0)
    assert not line.acquire(60)  # at once
    line.release()
    assert line.acquire(0)


def test_the_turn_comes_to_whoever_waits_as_soon_as_it_is_put_back() -> None:
    turn = WriteTurn(lost_after_seconds=60)
    turn.take(1)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(turn.take, 60)
        assert not waiting.done()
        turn.put_back()
        waiting.result(30)
    assert not is_readable(turn._take, 0)


def test_a_turn_that_was_lost_with_its_process_costs_a_short_wait_alone() -> None:
    turn = WriteTurn(lost_after_seconds=0.01)
    turn.take(1)
    turn.take(60)
    turn.put_back()
    turn.put_back()
    turn.take(60)
    assert not is_readable(turn._take, 0)  # whoever takes the turn takes all there are
