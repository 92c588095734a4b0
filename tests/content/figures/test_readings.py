"""Numbers are read from the ledger's figures exactly as they stand there."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.config.settings import ROOT
from learnapp.content.checks.numbers import numbers_in
from learnapp.content.figures.readings import Reading, readings
from learnapp.content.load.files import Folder
from learnapp.content.load.ledger import read_ledger
from learnapp.content.problems import Report

# "4.3-11 billion": what is written once holds for both, which the checks leave to the reader.
FRACTION = re.compile(r"[0-9]/(?:[2-9]|10)\b")
SCALE_OF_BOTH = re.compile(r"[0-9]\s?(?:-|–|to)\s?\$?[0-9.,]+ (?:thousand|million|billion)")


@pytest.mark.parametrize(
    ("figures", "values", "words"),
    [
        (["20-40 families"], [20, 40], ["20", "40"]),
        (["20 – 40"], [20, 40], ["20", "40"]),
        (["5 camps", "80,000-120,000 people"], [5, 80_000, 120_000], ["5", "80,000", "120,000"]),
        (["$1.74 billion", "$596 billion"], [1_740_000_000, 596_000_000_000], ["$1.74 billion", "$596 billion"]),
        (["up to 1 million"], [1_000_000], ["1 million"]),
        (["1-2 million"], [1_000_000, 2_000_000], ["1 million", "2 million"]),
        (["$1 to 2 billion"], [10**9, 2 * 10**9], ["$1 billion", "$2 billion"]),
        (["20-40%"], [20, 40], ["20%", "40%"]),
        (["$1,700 (estimate)", "$39,500"], [1700, 39_500], ["$1,700", "$39,500"]),
        (["60%"], [60], ["60%"]),
        (["1/4 ear of corn at each meal"], ["0.25"], ["1/4"]),
        (["180/180", "2020"], [180, 180, 2020], ["180", "180", "2020"]),
        (["3/180"], [3, 180], ["3", "180"]),
        (["over 33,000"], [33_000], ["33,000"]),
        (["318 sites", "2019"], [318, 2019], ["318", "2019"]),
        (["mid to late 1990s", "20th century", "12th birthday"], [1990, 20, 12], ["1990s", "20th", "12th"]),
        (["5 a.m. to 11 p.m."], [5, 11], ["5", "11"]),
        (["1.5 times"], ["1.5"], ["1.5"]),
        (["-5 degrees", "−3 degrees"], [-5, -3], ["-5", "−3"]),
        (["12,3456"], [12, 3456], ["12", "3456"]),
        (["decades", "hundreds of thousands", "one percent", ""], [], []),
    ],
)
def test_every_number_is_read_with_its_own_words(figures: list[str], values: list[int | str], words: list[str]) -> None:
    found = readings(figures)

    assert [one.value for one in found] == [Decimal(value) for value in values]
    assert [one.text for one in found] == words


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("over 33,000", "over 33,000"),
        ("Up to 18 hours a day", "up to 18"),
        ("about 20 million", "about 20 million"),
        ("around 10,000", "around 10,000"),
        ("more than 3 in a row", "more than 3"),
        ("$1,700 (estimate)", "$1,700 (estimate)"),
        ("6 areas (counted from a list)", "6"),
        ("take over 5", "over 5"),
        ("Hanover 5", "5"),
    ],
)
def test_what_qualifies_a_number_comes_with_it(figure: str, said: str) -> None:
    assert [one.qualified for one in readings([figure])] == [said]


def test_a_reading_is_plain_data() -> None:
    assert readings(["nearly 9 boats"]) == (Reading(Decimal(9), "9", "nearly", ""),)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for one in readings([text]):
        assert one.text
        assert one.value.is_finite()


@given(st.integers(0, 10**12), st.sampled_from(["", "$", "€"]), st.sampled_from(["", "%", " boats"]))
def test_a_number_that_was_written_is_read_again(number: int, coin: str, unit: str) -> None:
    (one,) = readings([f"{coin}{number:,}{unit}"])

    assert one.value == number
    assert one.text == f"{coin}{number:,}{unit if unit == '%' else ''}"


def test_the_courses_own_ledger_is_read_as_the_checks_read_it() -> None:
    """Two readers that were written apart find the same numbers in digits, but for fractions and shared scales."""
    ledger = read_ledger(Folder(ROOT), Report())
    read = 0
    for fact in ledger.facts.values():
        figures = [text for text in fact.figures if not (FRACTION.search(text) or SCALE_OF_BOTH.search(text))]
        found = [one.value for one in readings(figures)]
        in_digits = [number for text in figures for number in numbers_in(text, words_from=10**15)]
        assert found == in_digits, fact.id
        read += len(found)
    assert read > 50
