"""Password hashes: argon2id, a few at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters

from learnapp.accounts.passwords import hashing, rules
from tests.actors.people import OTHER, PASSWORD, hashed

pytestmark = pytest.mark.usefixtures("real_passwords")


def test_sixty_four_characters_and_more_are_accepted_whole() -> None:
    long = "a long sentence about a kettle, a stove and the tea of an afternoon, " * 3 + "end"
    rules.validate_password(long, staff=True)
    assert hashing.verify(hashing.hash_password(long), long)
    assert not hashing.verify(hashing.hash_password(long), long[:-1])


def test_a_password_is_kept_as_argon2id_with_the_parameters_of_the_design() -> None:
    kept = extract_parameters(hashed())
    assert hashed().startswith("$argon2id$")
    assert (kept.memory_cost, kept.time_cost, kept.parallelism) == (19_456, 2, 1)
    assert hashed() != hashing.hash_password(PASSWORD)


def test_a_right_password_verifies_and_a_wrong_one_does_not() -> None:
    assert hashing.verify(hashed(), PASSWORD)
    assert not hashing.verify(hashed(), OTHER)
    assert not hashing.verify(hashed(), PASSWORD.upper())


def test_every_keyboard_gives_the_same_password() -> None:
    assert hashing.verify(hashing.hash_password("é한글 암호입니다"), "é한글 암호입니다")


def test_for_nobody_the_same_work_is_done_and_the_answer_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    hashing._dummy_hash()
    seen: list[str] = []
    real = hashing.HASHER.verify
    monkeypatch.setattr(hashing, "HASHER", _Watched(real, seen))
    assert not hashing.verify(None, PASSWORD)
    assert not hashing.verify(hashed(), OTHER)
    assert len(seen) == 2
    assert extract_parameters(seen[0]) == extract_parameters(seen[1])


class _Watched(PasswordHasher):
    def __init__(self, real: object, seen: list[str]) -> None:
        super().__init__(time_cost=2, memory_cost=19_456, parallelism=1)
        self._seen = seen

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self._seen.append(str(hash))
        return super().verify(hash, password)


def test_old_parameters_are_noticed() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert hashing.HASHER.check_needs_rehash(old)
    assert not hashing.HASHER.check_needs_rehash(hashed())
    assert hashing.verify(old, PASSWORD)


def test_a_broken_kept_string_lets_nobody_in() -> None:
    assert not hashing.verify("not a hash", PASSWORD)


@pytest.mark.slow
def test_no_more_run_at_once_than_there_are_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "SLOTS", threading.BoundedSemaphore(2))
    monkeypatch.setattr(hashing, "PATIENCE", 60.0)
    running = most = 0
    lock = threading.Lock()

    class Slow(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            try:
                return super().verify(hash, password)
            finally:
                with lock:
                    running -= 1

    monkeypatch.setattr(hashing, "HASHER", Slow(time_cost=2, memory_cost=19_456, parallelism=1))
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _: hashing.verify(hashed(), PASSWORD), range(24)))
    assert most <= 2


def test_whoever_waits_too_long_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "SLOTS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(hashing, "PATIENCE", 0.01)
    with hashing._slot(), pytest.raises(hashing.Busy):
        hashing.verify(hashed(), PASSWORD)
    assert hashing.verify(hashed(), PASSWORD)


def test_only_so_many_are_let_in_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "MOST_AT_ONCE", 1)
    in_flight = hashing.InFlight()
    in_flight.enter("192.0.2.1")
    with pytest.raises(hashing.Busy):
        in_flight.enter("192.0.2.2")
    in_flight.leave("192.0.2.1")
    in_flight.enter("192.0.2.2")


def test_one_network_leaves_places_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "MOST_OF_NETWORK", 2)
    in_flight = hashing.InFlight()
    in_flight.enter("192.0.2.1")
    in_flight.enter("192.0.2.1")
    with pytest.raises(hashing.Busy):
        in_flight.enter("192.0.2.1")
    in_flight.enter("192.0.2.2")
    in_flight.leave("192.0.2.1")
    in_flight.enter("192.0.2.1")


@pytest.mark.slow
def test_several_passwords_leave_the_slot_to_others_between_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "SLOTS", threading.BoundedSemaphore(1))
    hashing._dummy_hash()
    order: list[str] = []
    real = hashing.hash_password

    def note(typed: str) -> str:
        order.append(typed)
        return real(typed)

    monkeypatch.setattr(hashing, "hash_password", note)
    other = threading.Timer(0.01, lambda: order.append(f"other {hashing.verify(None, 'x')}"))
    other.start()
    found = hashing.hash_each("abcdef")
    other.join()
    assert order.index("other False") < len(order) - 1
    assert all(hashing.verify(one, typed) for one, typed in zip(found, "abcdef", strict=True))
