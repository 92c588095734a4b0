"""Passwords: length and commonness decide, no mixture is demanded, and hashing never takes the machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.passwords import rules

pytestmark = pytest.mark.usefixtures("real_passwords")


@pytest.mark.parametrize(
    "typed",
    ["tea with two sugars", "돌고래가 바다에서", "xkqjzvwm", "8 spaces, and more", "ё" * 4 + "жики", "é" * 7 + "abc"],
)
def test_eight_characters_of_any_kind_are_enough_for_learners(typed: str) -> None:
    rules.validate_password(typed, staff=False, name="Ben")


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
        ("benthebaker12", False, "name"),
        ("Ben_the-baker", False, "name"),
        ("Open Korea", False, "common"),
        ("openkorea2026", True, "too_short"),
        ("open-korea-123", False, "common"),
    ],
)
def test_passwords_that_cannot_be_used_say_why(typed: str, staff: bool, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rules.validate_password(typed, staff=staff, name="Ben the Baker", site="Open Korea")
    assert caught.value.reason == reason


def test_the_list_holds_at_least_three_thousand_passwords_that_would_otherwise_pass() -> None:
    listed = rules._common().split()
    assert len(set(listed)) == len(listed) >= 3000
    assert all(len(one) >= rules.LEARNER_LENGTH and one == one.casefold() for one in listed)
    for one in listed[::97]:
        with pytest.raises(InvalidInput, match="common"):
            rules.validate_password(one.upper(), staff=False)


@given(st.text(max_size=40))
def test_checking_is_total(typed: str) -> None:
    reason = None
    try:
        rules.validate_password(typed, staff=False, name=typed[:5])
    except InvalidInput as bad:
        reason = bad.reason
    assert reason in {None, "too_short", "too_long", "common", "name"}
    assert reason is not None or len(rules.normalize(typed)) >= rules.LEARNER_LENGTH


def test_a_made_up_password_passes_the_rules_for_staff_and_is_new_each_time() -> None:
    made = {rules.generate() for _ in range(20)}
    assert len(made) == 20
    for one in made:
        rules.validate_password(one, staff=True, name="Ada")
