"""Passwords: length and commonness decide, no mixture is demanded, and hashing never takes the machine."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learnapp.accounts.passwords import rules
from tests.actors.people import OTHER, PASSWORD, hashed

pytestmark = pytest.mark.usefixtures("real_passwords")


@pytest.mark.parametrize(
    "typed",
    [
        "tea with two sugars",
        "돌고래가 바다에서",
        "xkqjzvwm",
        "8 spaces, and more",
        "ё" * 4 + "жики",
        "é" * 7 + "abc",
    ],
)
def test_eight_characters_of_any_kind_are_enough_for_learners(typed: str) -> None:
    rules.check(typed, staff=False, name="Ben")


@pytest.mark.parametrize(
    ("typed", "staff", "reason"),
    [
        ("", False, "too_short"),
        ("xkqjzvw", False, "too_short"),
        ("xkqjzvwmplrtyb", True, "too_short"),
        ("xq" * 64 + "z" * 129, False, "too_long"),
        ("password", False, "common"),
        ("PassWord", False, "common"),
        ("ｐａｓｓｗｏｒｄ", False, "common"),
        ("qwertyuiop", False, "common"),
        ("1qaz2wsx", False, "common"),
        ("abcdefghijklmnop", True, "common"),
        ("098765432109876", True, "common"),
        ("aaaaaaaaaaaaaaaa", True, "common"),
        ("abcabcabcabcabca", True, "common"),
        ("passwordpassword", True, "common"),
        ("learnapp", False, "common"),
        ("Learnapp123", False, "common"),
        ("ben the baker", False, "name"),
        ("1Ben The Baker!", False, "name"),
    ],
)
def test_passwords_that_cannot_be_used_say_why(typed: str, staff: bool, reason: str) -> None:
    with pytest.raises(rules.BadPassword) as caught:
        rules.check(typed, staff=staff, name="Ben the Baker")
    assert caught.value.reason == reason


def test_sixty_four_characters_and_more_are_accepted_whole() -> None:
    long = "a long sentence about a kettle, a stove and the tea of an afternoon, " * 3 + "end"
    rules.check(long, staff=True)
    assert rules.verify(rules.hash_password(long), long)
    assert not rules.verify(rules.hash_password(long), long[:-1])


def test_the_list_holds_at_least_three_thousand_passwords_that_would_otherwise_pass() -> None:
    listed = rules._common().split()
    assert len(set(listed)) == len(listed) >= 3000
    assert all(len(one) >= rules.LEARNER_LENGTH and one == one.casefold() for one in listed)
    for one in listed[::97]:
        with pytest.raises(rules.BadPassword, match="common"):
            rules.check(one.upper(), staff=False)


def test_a_password_is_kept_as_argon2id_with_the_parameters_of_the_design() -> None:
    kept = extract_parameters(hashed())
    assert hashed().startswith("$argon2id$")
    assert (kept.memory_cost, kept.time_cost, kept.parallelism) == (19_456, 2, 1)
    assert hashed() != rules.hash_password(PASSWORD)


def test_a_right_password_verifies_and_a_wrong_one_does_not() -> None:
    assert rules.verify(hashed(), PASSWORD)
    assert not rules.verify(hashed(), OTHER)
    assert not rules.verify(hashed(), PASSWORD.upper())


def test_every_keyboard_gives_the_same_password() -> None:
    assert rules.verify(rules.hash_password("é한글 암호입니다"), "é한글 암호입니다")


def test_for_nobody_the_same_work_is_done_and_the_answer_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    rules._nobodys()
    seen: list[str] = []
    real = rules.HASHER.verify
    monkeypatch.setattr(rules, "HASHER", _Watched(real, seen))
    assert not rules.verify(None, PASSWORD)
    assert not rules.verify(hashed(), OTHER)
    assert len(seen) == 2
    assert extract_parameters(seen[0]) == extract_parameters(seen[1])


class _Watched(PasswordHasher):
    def __init__(self, real: object, seen: list[str]) -> None:
        super().__init__(time_cost=2, memory_cost=19_456, parallelism=1)
        self._seen = seen

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self._seen.append(str(hash))
        return super().verify(hash, password)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_checking_is_total(typed: str) -> None:
    reason = None
    try:
        rules.check(typed, staff=False, name=typed[:5])
    except rules.BadPassword as bad:
        reason = bad.reason
    assert reason in {None, "too_short", "too_long", "common", "name"}
    assert reason is not None or len(rules.normal(typed)) >= rules.LEARNER_LENGTH


def test_old_parameters_are_noticed() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    assert rules.outdated(old)
    assert not rules.outdated(hashed())
    assert rules.verify(old, PASSWORD)


def test_a_broken_kept_string_lets_nobody_in() -> None:
    assert not rules.verify("not a hash", PASSWORD)


def test_no_more_run_at_once_than_there_are_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "SLOTS", threading.BoundedSemaphore(2))
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

    monkeypatch.setattr(rules, "HASHER", Slow(time_cost=2, memory_cost=19_456, parallelism=1))
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _: rules.verify(hashed(), PASSWORD), range(24)))
    assert most <= 2


def test_whoever_waits_too_long_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "SLOTS", threading.BoundedSemaphore(1))
    monkeypatch.setattr(rules, "PATIENCE", 0.01)
    with rules._slot(), pytest.raises(rules.Busy):
        rules.verify(hashed(), PASSWORD)
    assert rules.verify(hashed(), PASSWORD)


def test_a_made_up_password_passes_the_rules_for_staff_and_is_new_each_time() -> None:
    made = {rules.generate() for _ in range(20)}
    assert len(made) == 20
    for one in made:
        rules.check(one, staff=True, name="Ada")
