"""The glossary as readers of some age see it."""

from learnapp.content.ages import catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.library.glossary import Glossary
from learnapp.library.glossary import glossary as build_glossary
from tests.courses.island import GLOSSARY, KEEPERS, LAMP, Island


def glossary(catalog: Catalog, age: int) -> Glossary:
    return build_glossary(catalog, catalog_ages(catalog), age)


def test_terms_stand_under_their_letters_with_first_use_and_facts(catalog: Catalog) -> None:
    found = glossary(catalog, 12)

    assert [letter for letter, _ in found.letters] == ["S", "W"]
    (wick,) = found.letters[1][1]
    assert wick.first_use is not None
    assert (wick.first_use.lesson.slug, wick.first_use.anchor) == ("1-the-lamp", "term-wick")
    assert wick.meaning == "The <em>cord</em> in a lamp that draws up the oil."
    assert [entry.fact.id for entry in wick.facts] == ["keepers.01"]
    assert found.hidden_terms == ()


def test_a_term_is_first_used_in_the_first_lesson_that_the_reader_may_open(island: Island) -> None:
    for path in (LAMP, KEEPERS):
        island.write(path, island.text(path).replace('{term="wick"}', "").replace("[wick]", "wick"))
    catalog = island.catalog()

    found = {entry.slug: entry for _, entries in glossary(catalog, 12).letters for entry in entries}

    # Only the short version explains it now, which has no place of its own in the whole lesson.
    assert found["wick"].first_use is None


def test_a_fact_for_older_readers_is_left_out_and_counted(island: Island) -> None:
    island.write(GLOSSARY, island.text(GLOSSARY).replace("facts: [keepers.01]", "facts: [keepers.01, wreck.03]"))
    catalog = island.catalog()

    young, old = (
        next(entry for _, entries in glossary(catalog, age).letters for entry in entries if entry.slug == "wick")
        for age in (12, 16)
    )

    assert ([one.fact.id for one in young.facts], young.hidden_facts) == (["keepers.01"], ((16, 1),))
    assert ([one.fact.id for one in old.facts], old.hidden_facts) == (["keepers.01", "wreck.03"], ())
