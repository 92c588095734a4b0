"""Names of made-up students: different ones, also to the eye."""

from random import Random

from learnapp.accounts.names.rules import look_key, validate_name
from learnapp.demo import names


def test_names_differ_and_no_given_name_comes_twice_while_there_are_enough() -> None:
    count = len(names.GIVEN)
    listed = names.full_names(Random(7), count)
    assert len(set(listed)) == len({name.split()[0] for name in listed}) == count
    assert len(names.full_names(Random(7), 130)) == len(set(names.full_names(Random(7), 130)))


def test_pseudonyms_can_be_user_names_and_no_two_look_alike() -> None:
    listed = names.pseudonyms(Random(7), 100)
    for name in listed:
        assert validate_name(name, reserved=False) == name
    assert len({look_key(name) for name in listed}) == 100
