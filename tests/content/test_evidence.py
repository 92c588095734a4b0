"""Evidence says where it can be found and who read it there; people have a pronoun only with its source."""

from typing import Any

import pytest
from pydantic import ValidationError

from learnapp.content.evidence import Evidence, reverse_relation
from learnapp.content.facts import found_by
from tests.courses.tea import evidence, fact


def test_no_is_read_as_nobody_has_verified_it() -> None:
    assert evidence("ev.tea.cup", verified="no").verified is False
    assert evidence("ev.tea.cup").verified


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "tea.01"}, "name evidence as ev.group.name"),
        ({"where": ()}, "give an address under `where`, or say under `copy`"),
        ({"where": ("tea.example/cups",)}, "give an address that can be opened"),
        ({"where": ("https://tea.example/my cups",)}, "give an address that can be opened"),
        ({"by": "The Board of Tea and Cups of the whole coast, 1914"}, "in 40 characters, this has 50"),
        ({"voice": "page"}, "Input should be"),
        ({"verified": {"on": "Nov 2026", "how": "Read."}}, "should match pattern"),
        ({"section": "tea"}, "Extra inputs are not permitted"),
    ],
)
def test_evidence_that_cannot_be_found_again_is_refused(changes: dict[str, Any], said: str) -> None:
    rest = {key: value for key, value in changes.items() if key != "id"}
    with pytest.raises(ValidationError, match=said):
        evidence(changes.get("id", "ev.tea.cup"), **rest)


def test_words_about_a_copy_stand_for_an_address() -> None:
    assert evidence("ev.tea.cup", where=(), copy="In the archive.").stored_copy == "In the archive."


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({}, "Tea Board, 1914"),
        ({"by": "The Board"}, "The Board"),
        ({"dated": "1913 to 1915"}, "Tea Board, 1915"),
        ({"source": {"author": "The Board of Tea and of Cups of the coast", "title": "T", "date": "n.d."}}, None),
    ],
)
def test_a_folded_note_says_who_and_when(changes: dict[str, Any], by: str | None) -> None:
    made = evidence("ev.tea.cup", **changes)

    assert made.by == (by or "The Board of Tea and of Cups of th")
    assert len(made.by) <= 40


def test_a_relation_is_read_from_its_other_end_where_somebody_verified_it() -> None:
    cup = evidence("ev.tea.cup", corroborates=("tea.01",), corrects=("tea.02",))
    rumor = evidence("ev.tea.rumor", corroborates=("tea.01",), verified="no")

    assert reverse_relation([cup, rumor], "corroborates") == {"tea.01": (cup,)}
    assert reverse_relation([cup, rumor], "corrects") == {"tea.02": (cup,)}


def test_a_fact_is_found_by_what_corroborates_it_and_by_what_it_names() -> None:
    cup, pot = evidence("ev.tea.cup", corroborates=("tea.01",)), evidence("ev.tea.pot")
    first = fact("tea.01", also=("ev.tea.pot", "ev.tea.cup", "ev.tea.gone"))

    assert found_by({one.id: one for one in (first, cup, pot)}) == {"tea.01": (cup, pot)}


def test_evidence_stands_under_no_heading_and_is_cited_by_its_own_words() -> None:
    cup: Evidence = evidence("ev.tea.cup")

    assert (cup.section, cup.attribution) == (None, "Tea Board, Cups, May 1914.")
