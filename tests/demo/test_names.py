"""Names of made-up students: as many different ones as are wanted."""

from random import Random

from learnapp.demo import names


def test_names_differ_and_no_given_name_comes_twice_while_there_are_enough() -> None:
    count = len(names.GIVEN)
    listed = names.full_names(Random(7), count)
    assert len(set(listed)) == len({name.split()[0] for name in listed}) == count
    assert len(names.full_names(Random(7), 130)) == len(set(names.full_names(Random(7), 130)))
