import re

import pytest

from learnapp.content.reports.coverage import Coverage, coverage
from tests.courses.harbor import with_harbor
from tests.courses.island import FACTS, KEEPERS_QUIZ, LAMP_QUIZ, SOURCE, WRECK_QUIZ, Island

TIDES = """\
  - id: tides.01
    section: tides
    fact: The tide comes in.
    attribution: Museum page (own statement, no source cited)
    voice: page
    sensitivity: none
    testimony: false
    quizzable: {quizzable}
"""


def cover(island: Island) -> Coverage:
    loaded = island.load()
    return coverage(loaded.draft)


def with_tides(island: Island, quizzable: str = "true") -> Coverage:
    """Add a section and a fact that no lesson has."""
    island.write(FACTS, island.text(FACTS) + TIDES.format(quizzable=quizzable))
    island.write(SOURCE, island.text(SOURCE) + "  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n")
    return cover(island)


def test_a_fact_has_its_paragraphs_figures_and_items(island: Island) -> None:
    facts = {fact.id: fact for section in cover(island).sections for fact in section.facts}

    assert facts["lamp.03"].taught == ("1-light/1-the-lamp",)
    assert facts["lamp.03"].shown == ("1-light/1-the-lamp",)
    assert facts["lamp.03"].tested == tuple(f"1-light/1-the-lamp/lamp-q{n}" for n in (3, 4, 5))
    assert facts["keepers.01"].taught == ("1-light/1-the-lamp", "1-light/2-the-keepers", "1-sea/1-the-wreck")
    assert facts["wreck.05"].tested == tuple(f"1-sea/1-the-wreck/wreck-{n}" for n in ("q3", "q4", "s1", "s2"))


def test_evidence_is_counted_apart_and_none_of_it_has_to_be_used(island: Island) -> None:
    found = cover(with_harbor(island))

    assert {entry.id: entry.taught for entry in found.evidence} == {
        "ev.harbor.lamp": ("1-light/1-the-lamp",),
        "ev.harbor.wreck": (),
        "ev.harbor.rumor": (),
    }
    assert (found.gaps, len(found.facts)) == ((), 14)
    words = "evidence of other sources: 3 entries, 1 taught, 0 shown in a figure, 0 asked"
    assert words in found.as_text()
    assert any(line.startswith("ev.harbor.lamp") for line in found.as_text(facts=True).splitlines())
    assert [entry["id"] for entry in found.as_data()["evidence"]] == [entry.id for entry in found.evidence]


def test_sections_come_in_the_order_of_the_source(island: Island) -> None:
    found = cover(island)

    assert [(one.slug, len(one.facts), one.taught, one.tested, one.quizzable) for one in found.sections] == [
        ("light", 2, 2, 2, 2),
        ("lamp", 3, 3, 3, 3),
        ("keepers", 4, 4, 3, 4),
        ("wreck", 5, 5, 4, 4),
    ]
    assert found.sections[3].lessons == ("1-sea/1-the-wreck",)


def test_a_course_that_teaches_everything_has_no_gaps(island: Island) -> None:
    found = cover(island)

    assert found.gaps == ()
    assert found.as_text().endswith("\ncomplete")
    assert found.as_data()["complete"] is True


def test_what_is_taught_and_never_asked_is_named_but_no_gap(island: Island) -> None:
    found = cover(island)

    assert found.untested == ("keepers.04",)
    assert "taught, never asked: keepers.04" in found.as_text()


def test_a_section_that_no_lesson_has_is_a_gap_with_all_its_facts(island: Island) -> None:
    found = with_tides(island)

    assert found.gaps == ("tides: no lesson", "tides.01: no paragraph", "tides: no item asks about it")
    assert found.as_text().endswith("3 gaps")
    assert "missing  tides.01: no paragraph" in found.as_text()


def test_facts_that_are_never_asked_need_no_item(island: Island) -> None:
    assert with_tides(island, quizzable="false").gaps == ("tides: no lesson", "tides.01: no paragraph")


def test_a_fact_that_is_told_elsewhere_for_a_reason_needs_no_paragraph(island: Island) -> None:
    island.write(FACTS, island.text(FACTS) + TIDES.format(quizzable="false") + "    elsewhere: on the sources page\n")
    island.write(SOURCE, island.text(SOURCE) + "  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n")
    found = cover(island)

    assert found.gaps == ("tides: no lesson",)
    assert "told elsewhere: tides.01, on the sources page" in found.as_text()


def test_the_table_has_a_line_for_each_section_and_a_total(island: Island) -> None:
    lines = with_tides(island).as_text().splitlines()

    assert lines[0].split() == ["section", "facts", "taught", "tested", "lessons"]
    assert lines[1].split() == ["light", "2", "2", "2/2", "1-light/1-the-lamp"]
    assert lines[5].split() == ["tides", "1", "0", "0/1", "-"]
    assert lines[6].split() == ["total", "15", "14", "12/14", "4/5"]


def test_facts_can_be_listed_one_by_one(island: Island) -> None:
    lines = [line.split() for line in with_tides(island).as_text(facts=True).splitlines()]

    assert ["wreck.03", "1-sea/1-the-wreck", "-", "1-sea/1-the-wreck/wreck-q2"] in lines
    assert ["wreck.04", "1-sea/1-the-wreck", "-", "never", "asked"] in lines
    assert ["tides.01", "-", "-", "-"] in lines


def test_nothing_is_called_missing_or_complete_while_something_cannot_be_read(island: Island) -> None:
    island.write(WRECK_QUIZ, "items: [")

    found = cover(island)

    assert (found.gaps, found.untested, found.complete) == ((), (), False)
    assert not found.as_text().rstrip().endswith(("complete", "gaps"))
    assert found.as_data()["skipped"] == [WRECK_QUIZ]


def without(island: Island, path: str, item: str) -> None:
    """Delete one item from a quiz file."""
    text = island.text(path)
    entries = re.split(r"(?m)^(?=  - id: |[a-z]+:)", text)
    kept = [one for one in entries if not one.startswith(f"  - id: {item}\n")]
    assert len(kept) == len(entries) - 1
    island.write(path, re.sub(r"^short:\n\Z", "", "".join(kept), flags=re.M))


@pytest.mark.slow
@pytest.mark.parametrize("path", [LAMP_QUIZ, KEEPERS_QUIZ, WRECK_QUIZ])
def test_a_deleted_item_leaves_exactly_the_gap_of_the_facts_that_only_it_asked(island: Island, path: str) -> None:
    whole, before = island.text(path), cover(island)
    items = re.findall(r"(?m)^  - id: (\S+)$", whole)
    assert items
    for item in items:
        island.write(path, whole)
        without(island, path, item)

        after = cover(island)

        name = f"{path.removeprefix('quizzes/').removesuffix('.yaml')}/{item}"
        only = {fact.id for section in before.sections for fact in section.facts if fact.tested == (name,)}
        assert set(after.untested) - set(before.untested) == only
        asked = [(fact.id, fact.tested) for section in after.sections for fact in section.facts]
        assert asked == [
            (fact.id, tuple(one for one in fact.tested if one != name))
            for section in before.sections
            for fact in section.facts
        ]
        assert after.gaps == ()


def test_the_last_item_of_a_section_leaves_the_section_as_the_gap(island: Island) -> None:
    asking = {name for section in cover(island).sections[:1] for fact in section.facts for name in fact.tested}
    for path in (LAMP_QUIZ, KEEPERS_QUIZ, WRECK_QUIZ):
        for item in re.findall(r"(?m)^  - id: (\S+)$", island.text(path)):
            if f"{path.removeprefix('quizzes/').removesuffix('.yaml')}/{item}" in asking:
                without(island, path, item)

    assert cover(island).gaps == ("light: no item asks about it",)
