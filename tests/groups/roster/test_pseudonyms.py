"""Pseudonyms: two words of ours, free, neutral, and enough of them."""

import random
from itertools import product

import pytest

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.names.rules import LONGEST, look_key, validate_name
from learnapp.groups.roster.pseudonyms import QUALITIES, THINGS, is_pseudonym, propose_pseudonyms


def test_the_words_are_plain_and_stand_there_once() -> None:
    for words in (QUALITIES, THINGS):
        assert len(words) == len(set(words))
        assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert not set(QUALITIES) & set(THINGS)


@pytest.mark.long
@pytest.mark.slow
def test_all_pairs_may_be_names_and_no_two_look_alike() -> None:
    looks = set()
    for quality, thing in product(QUALITIES, THINGS):
        name = f"{quality}-{thing}"
        try:
            validate_name(name, site="Learnapp")
        except InvalidInput as error:
            pytest.fail(f"{name}: {error.reason}")
        looks.add(look_key(name))
        assert len(name) <= LONGEST
    assert len(looks) == len(QUALITIES) * len(THINGS) > 15_000


def test_as_many_are_drawn_as_are_wanted_none_taken_none_twice() -> None:
    chance = random.Random(3)
    half = set(QUALITIES[::2])
    found = propose_pseudonyms(
        60, lambda wanted: {name for name in wanted if name.split("-")[0] in half}, chance.choice
    )
    assert len(set(found)) == 60
    assert all(is_pseudonym(name) and name.split("-")[0] not in half for name in found)


def test_chance_decides_which() -> None:
    assert propose_pseudonyms(5, lambda _wanted: set()) != propose_pseudonyms(5, lambda _wanted: set())


def test_where_none_are_left_nobody_waits_forever() -> None:
    with pytest.raises(RuntimeError):
        propose_pseudonyms(1, set)


@pytest.mark.parametrize(
    "name", ["ben-lee", "quiet-lee", "quiet lamp", "quiet-lamp2", "quiet-lamp-x", "", "lamp-quiet"]
)
def test_what_is_no_pair_of_ours_is_no_pseudonym(name: str) -> None:
    assert not is_pseudonym(name)
    assert is_pseudonym("quiet-lamp")
