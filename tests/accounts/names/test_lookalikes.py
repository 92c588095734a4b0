"""Look-alikes: names that cannot be told apart on screen have one skeleton, others keep theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.accounts.errors import NameTaken
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.database.db import db
from tests.actors.accounts import sign_up
from tests.actors.people import People


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("admin", "аdmin"),
        ("Ben", "Βеn"),
        ("Ben", "ВEN"),
        ("scope", "ѕсоре"),
        ("Alice", "AIice"),
        ("Alice", "A1ice"),
        ("bob", "b0b"),
        ("T-teacher", "T‐teacher"),
        ("T-teacher", "T–teacher"),
        ("modern", "rnodem"),
        ("Ada\u200b", "Аda"),
    ],
)
def test_names_that_look_alike_in_any_script_have_one_key(one: str, other: str) -> None:
    assert names.look_key(one) == names.look_key(other)


def test_names_that_differ_on_screen_keep_their_own_keys() -> None:
    different = ("Ben", "Bén", "Benn", "벤", "김하늘", "นกฮูก", "Ada", "Adam", "Be n", "Be-n", "Лена", "Олена")
    assert len({names.look_key(name) for name in different}) == len(different)


@given(st.text(max_size=60))
def test_a_key_is_total_and_fits_its_column(typed: str) -> None:
    assert len(names.look_key(typed)) <= names.KEY_ROOM
    assert names.look_key(names.clean(typed)) == names.look_key(typed)


@pytest.mark.both_databases
@pytest.mark.usefixtures("db_session")
def test_a_name_that_looks_like_somebodys_is_taken(people: People) -> None:
    people.add("Ada")
    with pytest.raises(NameTaken):
        sign_up("Аda")
    db.session.rollback()
    # One from before, which has no key of its looks, goes on.
    people.add("Adа", look_key=None)
    assert people.count(User) == 2
