"""Work done after the answer: in order, one at a time, and never loudly."""

import logging
import threading
from functools import partial

import pytest

from learnapp.accounts.passwords import background
from learnapp.accounts.passwords.background import BackgroundQueue


def test_work_is_done_in_order_by_another_thread() -> None:
    done: list[tuple[int, str]] = []
    worker = BackgroundQueue()

    def note(number: int) -> None:
        done.append((number, threading.current_thread().name))

    for number in range(5):
        worker.submit(partial(note, number))
    worker.join()
    assert [number for number, _ in done] == [0, 1, 2, 3, 4]
    assert {name for _, name in done} == {"background_0"}


def test_a_failure_is_logged_without_its_words_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    worker, done = BackgroundQueue(), []

    def fail() -> None:
        raise OSError("no such host for ben@example.org")

    with caplog.at_level(logging.ERROR):
        worker.submit(fail)
        worker.submit(lambda: done.append(1))
        worker.join()
    assert done == [1]
    assert "OSError" in caplog.text
    assert "ben@example.org" not in caplog.text


def test_what_does_not_fit_is_dropped_and_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "MOST_WAITING", 2)
    worker, gate = BackgroundQueue(), threading.Event()
    assert worker.submit(lambda: print(gate.wait(5)))
    assert worker.submit(lambda: None)
    assert not worker.submit(lambda: None)
    gate.set()
    worker.join()
    assert worker.submit(lambda: None)
    worker.join()
    assert "dropped" in caplog.text
