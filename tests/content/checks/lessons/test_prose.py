"""Prose: attributions, the page, passives, and what begins and ends a lesson."""

from learnapp.content.checks.lessons.prose import attributions, passives
from tests.content.checks.pages import messages, said
from tests.courses.island import KEEPERS, LAMP, Island

FIRST = "Ada Lamb climbed the tower before the boats came in."


def test_attributions_are_found_in_their_common_forms() -> None:
    text = "According to Ada it shone. The UN inquiry found it dark. The page says so. A report of sailors tells."
    assert attributions(text) == ["According to", "The UN inquiry found", "The page"]


def test_more_than_two_attributions_are_reported_at_the_third(island: Island) -> None:
    island.edit(LAMP, FIRST, "According to Ada, it was a tower.")
    assert messages(island, "attribution-prose") == []
    island.edit(LAMP, "Was it ever dark?", "According to sailors, was it ever dark?")
    ((path, line, words),) = said(island, "attribution-prose")
    assert (path, line) == (LAMP, island.line(LAMP, "According to sailors"))
    assert words.startswith("the lesson has 3 attributions in its prose (“According to”, “the page”)")


def test_the_page_is_named_twice_at_most(island: Island) -> None:
    island.edit(LAMP, FIRST, "The page tells of a tower and of boats.")
    assert messages(island, "page-words") == []
    island.edit(LAMP, "Was it ever dark?", "LiNK’s page asks: was it ever dark?")
    (words,) = messages(island, "page-words")
    assert words.endswith("two are the most: who says so stands in the margin")


def test_passives_are_those_that_hide_who_acts() -> None:
    assert passives("They were arrested. He was taken away.") == ["were arrested", "was taken"]
    assert passives("They were arrested by officers. She was born there. It can be found. She was 13.") == []


def test_more_than_six_passives_are_a_warning(island: Island) -> None:
    six = "It was built. It was painted. It was lit. It was watched. It was moved. It was opened. It was cleaned."
    island.edit(LAMP, FIRST, six.replace("It was lit. ", ""))
    assert messages(island, "passive-no-actor") == []
    island.edit(LAMP, "It was cleaned.", "It was cleaned. It was sold.")
    ((path, line, words),) = said(island, "passive-no-actor")
    assert (path, line) == (LAMP, island.line(LAMP, "It was sold."))
    assert words.startswith("7 passives name nobody who acts (“was built”, “was painted”")


def test_no_two_lessons_begin_or_end_alike(island: Island) -> None:
    island.edit(KEEPERS, "Ben Stone carried the oil.", FIRST)
    ((path, line, words),) = said(island, "opening-template")
    assert (path, line) == (KEEPERS, island.line(KEEPERS, FIRST))
    assert words == "“ada lamb climbed the” opens 1-light/1-the-lamp too; begin in another way"
    for lesson in (LAMP, KEEPERS):
        island.write(lesson, island.text(lesson).rstrip() + '\n\n{own="Ours."}\nAnd so the light went on.\n')
    assert messages(island, "ending-template") == [
        "“the light went on” ends 1-light/1-the-lamp too; end in another way"
    ]


def test_templates_are_named(island: Island) -> None:
    island.edit(LAMP, FIRST, "As you read, think of a tower.")
    island.edit(LAMP, "Was it ever dark?", "In the next lesson it is dark.")
    assert messages(island, "opening-template") == ["“As you read” is a template; say it in another way"]
    assert messages(island, "ending-template") == ["“In the next lesson” is a template; end with this lesson"]
