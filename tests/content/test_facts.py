"""Facts and their source say who speaks, from where and when, and do not contradict themselves."""

from typing import Any

import pytest
from pydantic import ValidationError

from learnapp.content.facts import PageFact, Section, Source, Term

SOURCE = {"title": "The island", "publisher": "Skerry Museum", "rights": "Theirs.", "date_note": "Written in 2015."}
FACT = {
    "id": "light.02",
    "section": "light",
    "fact": "The lamp turns.",
    "attribution": "UN inquiry",
    "voice": "un",
    "sensitivity": "none",
    "testimony": False,
    "quizzable": True,
}
TESTIMONY = {"voice": "said", "testimony": True}


@pytest.mark.parametrize(
    ("changes", "when"),
    [
        ({"date_note": "undated; its content dates to about 2015"}, "about 2015"),
        ({"date_note": "Written in 2015."}, "2015"),
        ({"date_note": "Nobody knows."}, "undated"),
        ({"when": "spring 2015"}, "spring 2015"),
    ],
)
def test_a_page_is_as_old_as_its_file_says_else_as_its_date_note(changes: dict[str, str], when: str) -> None:
    assert Source(**SOURCE | changes).when == when


def test_a_page_without_a_name_is_called_after_its_publisher() -> None:
    assert Source(**SOURCE).name == "Skerry Museum page"
    assert Source(**SOURCE | {"name": "Museum page"}).name == "Museum page"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "lamp.02"}, "must start with the section’s slug, light"),
        ({"voice": "said"}, "testimony is true exactly where voice is said"),
        ({"testimony": True}, "testimony is true exactly where voice is said"),
    ],
)
def test_what_a_fact_says_of_itself_belongs_together(changes: dict[str, Any], said: str) -> None:
    assert PageFact.model_validate(FACT | TESTIMONY).voice == "said"
    with pytest.raises(ValidationError, match=said):
        PageFact.model_validate(FACT | changes)


def test_the_path_of_a_section_leads_to_it() -> None:
    section: dict[str, Any] = {"slug": "lamp", "title": "The Lamp", "path": ["The Light", "The Lamp"], "depth": 2}
    assert Section(**section).path[-1] == "The Lamp"
    for changes in ({"depth": 3}, {"path": ["The Light", "Lamp"]}):
        with pytest.raises(ValidationError):
            Section(**section | changes)


def test_a_term_begins_with_a_capital_and_its_meaning_is_html() -> None:
    term = Term(slug="wick", term="wick", meaning="the *cord* in a lamp.")
    assert (term.term, term.meaning_html) == ("Wick", "the <em>cord</em> in a lamp.")
