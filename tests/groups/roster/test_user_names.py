"""User names made of names in a list: short, typed easily, nobody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.accounts.names.rules import look_key, validate_name
from learnapp.groups.roster.user_names import propose_names


def propose(*full_names: str, taken: tuple[str, ...] = ()) -> list[str]:
    looks = {look_key(name) for name in taken}
    return propose_names(full_names, lambda wanted: {name for name in wanted if look_key(name) in looks}, "Learnapp")


@pytest.mark.parametrize(
    ("full_name", "user_name"),
    [
        ("Adaeze Okafor", "adaeze.o"),
        ("Okafor, Adaeze", "adaeze.o"),
        ("  Ada  Maria   Lovelace ", "ada.l"),
        ("Jürgen Öztürk", "jurgen.o"),
        ("Zoë", "zoe"),
        ("O'Brien", "obrien"),
        ("Anne-Marie D.", "annemarie.d"),
        ("김민수", "김민수"),
        ("Łukasz Żak", "łukasz.z"),
        ("ﾀﾞﾆｴﾙ", "ダニエル"),
        ("हिन्दी", "हिन्दी"),
        ("X" * 120, "x" * 20),
        ("=HYPERLINK(1)", "hyperlink1"),
        ("<script>alert(1)</script>", "scriptalert1script"[:20]),
        ("Teacher", "learner"),
        ("Admin Istrator", "learner"),
        ("...", "learner"),
        (",", "learner"),
        ("\u200b\u200b", "learner"),
    ],
)
def test_a_user_name_is_the_first_word_and_a_letter_of_the_last(full_name: str, user_name: str) -> None:
    assert propose(full_name) == [user_name]


def test_who_is_called_alike_gets_numbers() -> None:
    assert propose("Ben Lee", "Ben Lang", "Ben Lo") == ["ben.l", "ben.l2", "ben.l3"]


def test_what_is_taken_or_looks_like_it_is_not_given() -> None:
    assert propose("Ben Lee", taken=("ben.l",)) == ["ben.l2"]
    assert propose("Ben Lee", taken=("Ben.I", "ben.l2")) == ["ben.l3"]
    assert propose("Lia", "Ila", "IIa")[0] != propose("Lia", "Ila")[1]


def test_where_all_small_numbers_are_taken_a_longer_one_is_drawn() -> None:
    (name,) = propose("Ben Lee", taken=("ben.l", *(f"ben.l{number}" for number in range(2, 100))))
    assert name.startswith("ben.l")
    assert len(name) == len("ben.l") + 4


@pytest.mark.slow
def test_however_many_have_one_name_each_gets_another_user_name() -> None:
    assert len(set(propose(*["Mina Kaya"] * 2000))) == 2000


@given(st.lists(st.text(max_size=60), max_size=30))
def test_whatever_a_list_holds_all_names_can_be_used_and_no_two_look_alike(full_names: list[str]) -> None:
    found = propose(*full_names)
    assert len(found) == len(full_names)
    assert len({look_key(name) for name in found}) == len(found)
    for name in found:
        validate_name(name, site="Learnapp")
