"""Conversations against the rules: each broken kind of graph or line at the file and line that broke it."""

import pytest

from tests.content.checks.test_programs import broken
from tests.courses.island import FACTS, Island
from tests.courses.island_programs import PRACTICE, PROGRAMS, with_practice

LONG = "word " * 61
SAFER = "why: It is safer., facts: [light.01], next: tomorrow"
NEVER = "why: Nobody should row now., facts: [], next: oar"
ENDS = "why: No., facts: [], next: end"
MORE = """\
  - id: {name}
    says: Visitor.
    replies:
      - {{id: a, text: Well now., rating: best, reaction: They nod., why: It works., facts: [], next: {next}}}
      - {{id: b, text: Well then., rating: weak, reaction: They nod., why: It works., facts: [], next: {next}}}
      - {{id: c, text: Well yes., rating: weak, reaction: They nod., why: It works., facts: [], next: {next}}}
"""


def more_turns(island: Island, count: int) -> None:
    """Put so many turns of three ways each before the last one."""
    steps = [f"t{n}" for n in range(count)]
    text = "".join(MORE.format(name=one, next=after) for one, after in zip(steps, [*steps[1:], "oar"], strict=True))
    island.edit(PRACTICE, "  - id: oar\n", text + "  - id: oar\n")
    one_line = island.text(PRACTICE).replace("They push off.,\n         why", "They push off., why")
    island.write(PRACTICE, one_line.replace(NEVER, "why: No., facts: [], next: t0"))


def test_a_conversation_without_fault_is_fine(island: Island) -> None:
    assert with_practice(island).checked() == ()


@pytest.mark.parametrize(
    ("rule", "old", "new", "words"),
    [
        ("dead-end", "next: tomorrow}", "next: yesterday}", "next: yesterday"),
        ("circle", "why: It is mended., facts: [], next: end", "why: No., facts: [], next: start", "next: start"),
        ("one-turn", SAFER, ENDS, ENDS),
        ("schema-missing", "why: It is safer., ", "", "id: wait"),
        ("schema-missing", "[light.01], next: tomorrow", "[light.01]", "id: wait"),
        ("unknown-fact", "[light.01]", "[light.91]", "light.91"),
        ("gated-reply", "[light.01]", "[wreck.03]", "wreck.03"),
        ("no-best", "rating: best, reaction: They wait.", "rating: weak, reaction: They wait.", "id: start"),
        ("two-best", " cost: They come twice.,", "", "id: come"),
        ("all-best", "rating: worse, reaction: They frown.", "rating: best, reaction: They frown.", "id: tomorrow"),
        ("cost-alone", "why: It is mended.,", "why: It is mended., cost: Time.,", "cost: Time."),
        ("line-long", "says: May I row out?", f"says: {LONG}", "says: word"),
        ("line-long", "reaction: They wait.", f"reaction: {LONG}", "reaction: word"),
        ("line-long", "why: It is safer.", f"why: {LONG}", "why: word"),
        ("no-repair", NEVER, ENDS, ENDS),
        ("fact-twice", "[light.01]", "[light.01, light.01]", "light.01, light.01"),
        ("line-long", "says: May I row out?", f"says: {'so—' * 61}", "says: so"),
        ("name-taken", "  - id: tomorrow", "  - id: end", "- id: end"),
        ("name-taken", "{id: ask,", "{id: wait,", "Ask the keeper"),
        ("unknown-safety", "safety: storms", "safety: gales", "safety: gales"),
    ],
)
def test_a_broken_conversation_is_refused_at_its_line(
    island: Island, rule: str, old: str, new: str, words: str
) -> None:
    text = with_practice(island).text(PRACTICE)
    assert old in text
    island.write(PRACTICE, text.replace(old, new, 1))
    assert broken(island, rule) == [(PRACTICE, island.line(PRACTICE, words))]


def test_without_a_bad_reply_there_is_nothing_to_mend(island: Island) -> None:
    text = with_practice(island).text(PRACTICE)
    island.write(PRACTICE, text.replace("rating: worse", "rating: weak"))
    assert broken(island, "nothing-worse") == [(PRACTICE, island.line(PRACTICE, "- id: start"))]


def test_what_visitors_do_is_told_in_our_words_and_what_they_say_in_theirs(island: Island) -> None:
    with_practice(island).edit(PRACTICE, "reaction: They wait.", 'reaction: "“A robot,” they say, and wait."')
    assert island.checked() == ()
    island.edit(PRACTICE, "“A robot,” they say, and wait.", "The robot waits.")
    assert [problem.rule for problem in island.checked()] == ["banned-word"]


def test_a_turn_to_which_nothing_leads_is_unreachable(island: Island) -> None:
    text = with_practice(island).text(PRACTICE)
    island.write(PRACTICE, text.replace("next: oar}", "next: tomorrow}", 1).replace("next: oar}", "next: end}"))
    assert broken(island, "unreachable") == [(PRACTICE, island.line(PRACTICE, "id: oar"))]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("strong-reply", "sensitivity: none", "sensitivity: strong"),
        ("not-quizzable", "quizzable: true", "quizzable: false"),
    ],
)
def test_what_is_strong_or_never_asked_is_told_by_nobody(island: Island, rule: str, old: str, new: str) -> None:
    text = with_practice(island).text(FACTS)
    start = text.index("id: lamp.02")
    assert old in text[start:]
    island.write(FACTS, text[:start] + text[start:].replace(old, new, 1))
    assert (PRACTICE, island.line(PRACTICE, "[lamp.02]")) in broken(island, rule)


def test_more_ways_than_can_be_walked_are_too_many(island: Island) -> None:
    more_turns(with_practice(island), 5)
    assert broken(island, "ways-many") == [(PRACTICE, island.line(PRACTICE, "- id: start"))]


def test_a_way_of_many_words_is_too_long_and_says_which(island: Island) -> None:
    more_turns(with_practice(island), 3)
    text = island.text(PRACTICE).replace("They nod.", "word " * 50).replace("It works.", "word " * 50)
    island.write(PRACTICE, text)
    assert island.catalog().conversations
    for said in ("They push off.", "They come back.", "It is mended.", "Was that right?", "Visitor."):
        text = text.replace(said, "word " * 50)
    island.write(PRACTICE, text)
    assert broken(island, "way-long") == [(PRACTICE, island.line(PRACTICE, "- id: start"))]
    (found,) = (problem for problem in island.problems() if problem.rule == "way-long")
    assert "(start/go, t0/" in found.message


def test_a_conversation_that_is_missing_is_told_where_it_is_asked_for(island: Island) -> None:
    with_practice(island).edit(PROGRAMS, "practice: [pier]", "practice: [pier, beach]")
    assert broken(island, "file-missing") == [(PROGRAMS, island.line(PROGRAMS, "practice:"))]


def test_a_conversation_that_no_program_asks_for_is_a_file_that_nothing_lists(island: Island) -> None:
    with_practice(island).write("quizzes/practice/beach.yaml", island.text(PRACTICE))
    assert [problem.path for problem in island.checked()] == ["quizzes/practice/beach.yaml"]


def test_the_best_reply_is_not_told_by_its_length_nor_all_choices_alike(island: Island) -> None:
    text = with_practice(island).text(PRACTICE)
    telling = text.replace("text: No.,", "text: No and once more no and never at all.,")
    island.write(PRACTICE, telling.replace("Please wait until", "Please do wait here with me until"))
    assert [problem.rule for problem in island.checked()] == ["reply-longest"]
    one_good = text.replace(" cost: They come twice.,", "").replace(" cost: They may not hear it.,", "")
    one_good = one_good.replace("rating: best, reaction: They listen.", "rating: weak, reaction: They listen.")
    island.write(PRACTICE, one_good)
    assert [problem.rule for problem in island.checked()] == ["two-goods"]
