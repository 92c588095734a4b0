"""Writers of one process before a gate: few of them while nobody gets on."""

import pytest

from learnapp.database import writers
from learnapp.database.writers import WriteGate


@pytest.fixture(autouse=True)
def brief_standstill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a line for standing still after a twentieth of a second."""
    monkeypatch.setattr(writers, "STANDSTILL_SECONDS", 0.05)


def test_a_gate_sends_away_who_comes_while_nobody_gets_on() -> None:
    gate = WriteGate(room=2)
    assert [gate.enter(5), gate.enter(5)] == [5, 5]
    assert gate.enter(5) == 0.05  # it has only just begun to be full: come in, but do not wait long
    gate._passed_at -= 1
    assert gate.enter(5) is None
    gate.leave(got_on=False)
    assert gate.enter(5) is None
    gate.leave()
    assert gate.enter(5) == 5
    assert gate.enter(5) == 0.05
    for _ in range(3):
        gate.leave()
    assert gate.enter(5) == 5


def test_a_gate_that_was_empty_for_long_lets_in() -> None:
    gate = WriteGate(room=1)
    gate._passed_at -= 1
    assert gate.enter(5) == 5
    assert gate.enter(5) == 0.05
