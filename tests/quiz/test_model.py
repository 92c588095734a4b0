"""Field types of authors' files: what an id, a fact and a text may be."""

import pytest

from tests.quiz.answers import complaint
from tests.quiz.samples import make


@pytest.mark.parametrize("slug", ["Tea", "tea_1", "-tea", "tea-", "tea--one", "tea\n", "../tea", "té", "t" * 81, ""])
def test_an_id_is_a_slug(slug: str) -> None:
    assert "use small letters, digits and single hyphens" in complaint("single", id=slug)


@pytest.mark.parametrize("fact", ["tea", "tea.1", "tea.001", "Tea.01", "tea.٠١", "tea.01\n", ".01"])
def test_a_fact_is_named_by_section_and_number(fact: str) -> None:
    assert "name a fact as section.number" in complaint("single", facts=[fact])


def test_text_is_trimmed_and_kept_on_its_lines() -> None:
    assert make("single", stem="  One\ntwo \n").stem == "One\ntwo"


def test_text_that_no_page_can_show_is_refused() -> None:
    assert "remove the control character" in complaint("single", stem="bell \x07")
    assert "shorten this text to 2,000 characters" in complaint("single", stem="x" * 2001)
