"""Options to choose from: they differ, as many as the type says are keys, and each is explained in its place."""

from tests.quiz.answers import complaint, rows
from tests.quiz.samples import WHY, option


def test_options_that_read_the_same_are_refused() -> None:
    twice = [option("Green tea", key=True), option("green  Tea")]
    assert "make the options differ" in complaint("single", options=twice)
    assert "make the options differ" in complaint("multiple", options=twice)
    assert "make the reasons differ" in complaint("true-false", reasons=twice)


def test_exactly_one_option_is_the_key_where_one_is_right() -> None:
    for item_type, part, what in (("single", "options", "option"), ("true-false", "reasons", "reason")):
        for keys, said in ((0, "none"), (2, "2")):
            options = [option(text, key=number < keys) for number, text in enumerate("ABC")]
            assert f"mark exactly one {what} with `key: true`; {said} marked" in complaint(item_type, **{part: options})


def test_each_option_is_explained_and_the_chosen_one_marked() -> None:
    green, white, black = rows("single", {"choice": 0})
    assert (green.verdict, green.chosen, green.feedback) == ("wrong", True, f"Green: {WHY}")
    assert (white.verdict, white.chosen) == ("right", False)
    assert (black.verdict, black.chosen) == ("wrong", False)


def test_keys_are_told_from_other_options_whatever_was_chosen() -> None:
    found = rows("multiple", {"choices": [0, 1]})
    assert [row.verdict for row in found] == ["right", "wrong", "right", "wrong", "wrong"]
    assert [row.chosen for row in found] == [True, True, False, False, False]
