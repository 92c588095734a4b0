import pytest

from learnapp.content.load.files import Folder
from learnapp.content.load.ledger import Ledger, read_ledger
from learnapp.content.problems import Report
from tests.courses.island import FACTS, GLOSSARY, SOURCE, Island, at


def ledger(island: Island) -> Ledger:
    report = Report()
    found = read_ledger(Folder(island.root), report)
    assert report.problems == ()
    return found


def test_sections_facts_and_terms_are_kept_in_order(island: Island) -> None:
    found = ledger(island)

    depths = {"light": 1, "lamp": 2, "keepers": 2, "wreck": 1}
    assert {slug: section.depth for slug, section in found.sections.items()} == depths
    assert list(found.sections) == list(depths)
    assert list(found.facts)[:3] == ["light.01", "light.02", "lamp.01"]
    assert found.facts["lamp.03"].note == "The count moves: 27 nights in 2013."
    wick = found.glossary["wick"]
    assert wick.term == "Wick"
    assert wick.meaning_html == "the <em>cord</em> in a lamp that draws up the oil."
    assert type(wick).model_validate(wick.model_dump()) == wick


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (FACTS, "id: light.02", "id: light.01", "id: light.01"),
        (GLOSSARY, "slug: strait", "slug: wick", "slug: wick"),
        (SOURCE, "slug: lamp,", "slug: light,", "slug: light,"),
        (SOURCE, '"Testimony: Ada Lamb, escaped 1998"', "UN inquiry into coastal safety", "match: UN"),
    ],
)
def test_an_entry_that_stands_twice_is_reported_the_second_time(
    island: Island, path: str, old: str, new: str, words: str
) -> None:
    first = island.line(path, words) if words in island.text(path) else 0
    island.edit(path, old, new)

    problem = next(one for one in island.problems() if one.rule == "duplicate-entry")

    assert problem.path == path
    assert problem.line > first


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        (FACTS, "id: light.02\n    section: light", "id: light.02\n    section: lamp", "schema-value-error"),
        (FACTS, "voice: un\n", "voice: said\n", "schema-value-error"),
        (FACTS, "voice: un\n", "voice: tv\n", "schema-literal-error"),
        (SOURCE, "path: [The Light, The Lamp]", "path: [The Light, Lamp]", "schema-value-error"),
        (SOURCE, "depth: 2}\n  - {slug: keepers", "depth: 1}\n  - {slug: keepers", "schema-value-error"),
        (GLOSSARY, "slug: wick", "slug: a/b", "schema-value-error"),
        (FACTS, "id: light.02", "id: light.2", "schema-value-error"),
    ],
)
def test_entries_that_contradict_themselves_are_refused(
    island: Island, path: str, old: str, new: str, rule: str
) -> None:
    island.edit(path, old, new)

    assert (path, rule) in {(one.path, one.rule) for one in island.problems()}


def test_the_differences_of_the_copies_are_kept_with_their_sections(island: Island) -> None:
    found = ledger(island)

    assert found.source is not None
    assert found.source.copies == "The ledger was made from a long copy of the page and a short one."
    assert [(one.section, one.note) for one in found.differences] == [
        ("keepers", "The heading stands in the short copy only."),
        ("wreck", "The short copy ends before the boat house."),
    ]


def test_a_page_of_one_copy_needs_no_differences(island: Island) -> None:
    text = island.text(SOURCE)
    begin, end = text.index("differences:"), text.index("sections:")
    island.write(SOURCE, text[:begin] + text[end:])

    assert ledger(island).differences == ()


def test_a_difference_in_a_section_that_is_not_there_is_reported(island: Island) -> None:
    island.edit(SOURCE, "section: keepers\n    note", "section: tides\n    note")

    assert at(island.only_problem()) == (SOURCE, island.line(SOURCE, "section: tides"), "unknown-section")
