"""Cloze: the model, its responses, its grading, its explanations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.display import Message
from tests.quiz.answers import clean, complaint, grade, parts, points, rows
from tests.quiz.samples import SAMPLES, WHY, blank, make
from tests.quiz.strategies import same_words


@pytest.mark.parametrize("text", ["None.", "[[1]]", "[[2]] [[1]]", "[[1]] [[2]] [[2]]", "[[1]] [[3]]", "[[1]] [[02]]"])
def test_blanks_are_marked_once_each_in_reading_order(text: str) -> None:
    assert "mark [[1]], [[2]] in `text`, once each" in complaint("cloze", text=text)


def test_answers_that_compare_alike_are_refused() -> None:
    assert "blank 1: remove one “The Leaf.”" in complaint("cloze", blanks=[blank("leaf", "The Leaf."), blank("x")])
    assert "blank 2: remove one “Water”" in complaint("cloze", blanks=[blank("x"), blank("water", wrong=("Water",))])


def test_an_answer_can_be_typed() -> None:
    assert "learners have to type it" in complaint("cloze", blanks=[blank("x" * 81), blank("x")])
    assert "nothing of it is compared" in complaint("cloze", blanks=[blank("\u200b"), blank("x")])


def test_typed_text_is_kept_as_typed_up_to_200_characters() -> None:
    kept = clean(make("cloze"), {"blanks": [" The  Leaf! ", "x" * 10_000_000]})
    assert kept == {"blanks": [" The  Leaf! ", "x" * 200]}


def test_cloze_gives_the_share_of_blanks() -> None:
    assert points("cloze", {"blanks": ["leaf", ""]}) == 0.5
    assert points("cloze", {"blanks": ["twigs", "The HOT  water."]}) == 0.5
    assert points("cloze", {"blanks": ["hot water", "leaves"]}) == 0


def test_a_number_in_a_gap_counts_in_every_form_and_is_asked_again_where_it_has_two_readings() -> None:
    item = make("cloze", blanks=[blank("33,500", wrong=("500",)), blank("hot water")])
    for text in ("33500", "33 500", "33.500,0", "33'500", "33,500"):
        assert grade(item, {"blanks": [text, "hot water"]}) == 1
    assert parts(item, {"blanks": ["33.500", ""]}) == ["blank-0-meant", "blank-1"]
    for meant, earned in (("33500", 1), ("33.5", 0.5)):
        stored = {"blanks": ["33.500", "hot water"], "meant": [meant, ""]}
        assert (clean(item, stored), parts(item, stored), grade(item, stored)) == (stored, [], earned)
    assert clean(item, {"blanks": ["leaf", ""], "meant": ["33.5", "1"]}) == {"blanks": ["leaf", ""]}


def test_a_gap_asks_by_the_form_of_the_number_alone() -> None:
    for accepted in ("leaf", "33,500", "33.5"):
        item = make("cloze", blanks=[blank(accepted), blank("x")])
        assert parts(item, {"blanks": ["33.500", "x"]}) == ["blank-0-meant"]


def test_cloze_ignores_capitals_but_not_spelling() -> None:
    assert points("cloze", {"blanks": ["LEAVES", "Hot Water"]}) == 1
    assert points("cloze", {"blanks": ["leafs", "hotwater"]}) == 0


@given(st.data())
def test_casing_spaces_quotes_and_articles_do_not_count_in_cloze(data: st.DataObject) -> None:
    blanks = [data.draw(same_words(blank["accept"][0])) for blank in SAMPLES["cloze"]["blanks"]]
    assert grade(make("cloze"), {"blanks": blanks}) == 1


GAP_2 = Message("Gap %(number)s", 2)


def test_cloze_answers_words_that_the_author_foresaw() -> None:
    first, second = rows("cloze", {"blanks": ["the Twigs ", "ice"]})
    assert (first.given, first.verdict, first.feedback) == ("the Twigs", "wrong", "Nearly: look at the label again.")
    assert (second.label, second.text, second.given, second.feedback) == (GAP_2, "hot water", "ice", WHY)
