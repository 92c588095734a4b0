"""Words for groups: a class and a team have their own."""

from dataclasses import fields

import pytest

from learnapp.groups.models import CLASS, TEAM
from learnapp.groups.wording import GroupWords, group_words


def test_a_class_and_a_team_share_no_word() -> None:
    one, other = group_words(CLASS), group_words(TEAM)
    for field in fields(GroupWords):
        assert str(getattr(one, field.name)) != str(getattr(other, field.name))


@pytest.mark.parametrize("kind", [CLASS, TEAM])
def test_no_word_of_a_page_is_group(kind: str) -> None:
    assert not any("group" in str(getattr(group_words(kind), field.name)) for field in fields(GroupWords))
