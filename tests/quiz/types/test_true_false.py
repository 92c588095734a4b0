"""True or false with the reason: the model, its responses, its grading, its explanations."""

import pytest

from learnapp.quiz.display import Message
from learnapp.quiz.types.true_false import TrueFalse
from tests.quiz.answers import points, rows
from tests.quiz.samples import make


def test_unquoted_true_and_false_in_yaml_name_the_verdicts() -> None:
    item = make("true-false", feedback={True: "Yes.", False: "No."})
    assert isinstance(item, TrueFalse)
    assert (item.feedback.if_true, item.feedback.if_false) == ("Yes.", "No.")


@pytest.mark.parametrize(
    ("verdict", "reason", "earned"), [(False, 1, 1), (False, 0, 0.5), (False, None, 0.5), (True, 1, 0), (True, 0, 0)]
)
def test_a_reason_counts_only_with_the_right_verdict(verdict: bool, reason: int | None, earned: float) -> None:
    assert points("true-false", {"verdict": verdict, "reason": reason}) == earned


def test_a_reason_without_a_verdict_earns_nothing() -> None:
    assert points("true-false", {"reason": 1}) == 0


def test_true_false_explains_both_verdicts_and_each_reason() -> None:
    yes, no, shut, colder = rows("true-false", {"verdict": True, "reason": 1})
    assert {(row.heading, row.part) for row in (yes, no)} == {(Message("True or false"), 0)}
    assert (yes.text, no.text) == (Message("True"), Message("False"))
    assert (yes.verdict, yes.chosen, yes.feedback) == ("wrong", True, "It does cool down.")
    assert (no.verdict, no.chosen) == ("right", False)
    assert (shut.heading, shut.verdict, shut.part) == (Message("The reason"), "wrong", 1)
    assert (colder.verdict, colder.chosen) == ("right", True)
