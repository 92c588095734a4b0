"""A fact or a heading changes: exactly what rests on it turns stale, and nothing else."""

from dataclasses import replace

import pytest

from learnapp.content.blocks import places_in
from learnapp.content.facts import Fact
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.loader import LoadResult
from learnapp.content.reports.reviews import CourseReviews
from learnapp.content.reports.staleness import StaleLesson, reviewed_names, reviewed_now, stale
from tests.courses.harbor import EVIDENCE, with_harbor
from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, SOURCE, WRECK, Island
from tests.courses.island_programs import with_card, with_practice
from tests.courses.real import read_real_course

LIGHT, KEEPERS, SEA = "1-light/1-the-lamp", "1-light/2-the-keepers", "1-sea/1-the-wreck"
NONE = CourseReviews()


def all_names(loaded: LoadResult) -> list[str]:
    return list(reviewed_names(loaded.draft))


def reviewed(loaded: LoadResult, *names: str, before: CourseReviews = NONE) -> CourseReviews:
    return reviewed_now(loaded.draft, before, names or all_names(loaded))


def with_facts(loaded: LoadResult, facts: dict[str, Fact]) -> CourseDraft:
    """Return the course with another ledger."""
    return replace(loaded.draft, ledger=replace(loaded.draft.ledger, facts=facts))


def stale_now(island: Island, reviews: CourseReviews) -> dict[str, StaleLesson]:
    loaded = island.load()
    assert loaded.problems == ()
    return {one.key: one for one in stale(loaded.draft, reviews)}


def test_what_was_just_reviewed_is_not_stale(island: Island) -> None:
    assert stale_now(island, reviewed(island.load())) == {}


def test_what_nobody_reviewed_is_said_so(island: Island) -> None:
    found = stale_now(island, NONE)

    assert list(found) == [LIGHT, KEEPERS, SEA, "glossary"]
    assert all(one.never and one.changes == () for one in found.values())
    assert found[LIGHT].lines() == [f"{LAMP}:1:1: nobody has reviewed this yet"]


def test_evidence_that_says_something_else_makes_its_lesson_stale(island: Island) -> None:
    reviews = reviewed(with_harbor(island).load())
    island.edit(EVIDENCE, "how: Its page 3 gives the nights.", "how: Its page 3 was read again.")
    island.edit(EVIDENCE, "https://www.harbor.example/lamps", "https://www.harbor.example/lamps/3")

    assert stale_now(island, reviews) == {}

    island.edit(EVIDENCE, "turned every night", "turned every second night")

    (found,) = stale_now(island, reviews).values()
    assert (found.key, [(change.name, change.state) for change in found.changes]) == (
        LIGHT,
        [("ev.harbor.lamp", "changed")],
    )


def test_evidence_in_a_file_that_cannot_be_read_is_not_gone(island: Island) -> None:
    reviews = reviewed(with_harbor(island).load())
    island.edit(EVIDENCE, "voice: study", "voice: tv")

    assert stale(island.load().draft, reviews) == ()


def test_a_changed_fact_makes_its_lessons_items_and_terms_stale_and_no_others(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, "Ada Lamb trimmed the wick each evening", "Ada Lamb trimmed the wick every evening")

    found = stale_now(island, reviews)

    assert set(found) == {LIGHT, KEEPERS, SEA, "glossary"}
    terms = found.pop("glossary")
    assert {key: set(one.items) for key, one in found.items()} == dependents(island.load(), "keepers.01")
    assert [(one.kind, one.name) for one in terms.dependents] == [("term", "wick")]
    assert all(one.changes[0].name == "keepers.01" for one in found.values())


def test_a_fact_of_one_lesson_leaves_the_others_alone(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, "The lamp turns once in twenty seconds.", "The lamp turns once in 20 seconds.")

    found = stale_now(island, reviews)

    users = dependents(island.load(), "lamp.02")
    assert {key: set(one.items) for key, one in found.items()} == users
    assert set(users) == {LIGHT, SEA}


def test_places_can_be_jumped_to(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, "Harbor Watch counted 31 dark nights", "Harbor Watch noted 31 dark nights")

    lines = stale_now(island, reviews)[LIGHT].lines()

    item = island.line(LAMP_QUIZ, "id: lamp-q3")
    assert f"{LAMP_QUIZ}:{item}:9: item lamp-q3 rests on lamp.03, which has changed" in lines
    for line in lines:
        path, row = line.split(":")[:2]
        assert 1 <= int(row) <= len(island.text(path).splitlines())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dated: '2012'", "dated: '2013'"),
        ("attribution: Harbor Watch, survey of lights", "attribution: Harbor Watch, new survey"),
        ("figures: [31 nights]", "figures: [31 dark nights]"),
        ("note: 'The count moves: 27 nights in 2013.'", "note: 'The count moves; 27 nights in 2013.'"),
    ],
)
def test_everything_that_a_fact_says_counts(island: Island, old: str, new: str) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, old, new)

    loaded = island.load()
    assert LIGHT in {one.key for one in stale(loaded.draft, reviews)}


def test_lines_of_the_plain_copy_do_not_count(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, "src: [3]", "src: [4]")

    assert stale_now(island, reviews) == {}


def test_a_changed_heading_makes_stale_what_is_built_from_it_or_rests_on_its_facts(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(
        SOURCE, "title: The Wreck, path: [The Wreck]", "title: The Wreck of the Cleo, path: [The Wreck of the Cleo]"
    )

    found = stale_now(island, reviews)

    assert set(found) == {SEA}
    items = {
        one.item.id
        for lesson in island.load().draft.lessons
        for one in lesson.items()
        if any(fact.startswith("wreck.") for fact in one.item.facts)
    }
    assert set(found[SEA].items) == items
    assert "part" in {one.kind for one in found[SEA].dependents}


def test_a_new_fact_in_a_lesson_waits_for_a_review(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(
        WRECK,
        '{facts="wreck.05"}\nAfter the wreck the island built a boat house. It stands close to the '
        "beach, so that nobody",
        '{facts="wreck.05 light.01"}\nAfter the wreck the island built a boat '
        "house. It stands close to the beach, so that nobody",
    )
    loaded = island.load()

    (one,) = stale(loaded.draft, reviews)

    assert one.key == SEA
    assert ("light.01", "new") in {(change.name, change.state) for change in one.changes}


def test_a_fact_that_left_the_ledger_is_missed(island: Island) -> None:
    reviews = reviewed(island.load())
    loaded = island.load()
    facts = {name: fact for name, fact in loaded.draft.ledger.facts.items() if name != "lamp.03"}
    found = {one.key: one for one in stale(with_facts(loaded, facts), reviews)}

    assert f"{LAMP}:1:1: rested on lamp.03, which is gone" in found[LIGHT].lines()


def test_a_review_of_one_lesson_leaves_the_others_stale(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, "Ada Lamb trimmed the wick each evening", "Ada Lamb trimmed the wick every evening")

    reviews = reviewed(island.load(), LIGHT, before=reviews)

    assert set(stale_now(island, reviews)) == {KEEPERS, SEA, "glossary"}


def test_a_lesson_that_is_gone_falls_out_with_the_next_review(island: Island) -> None:
    reviews = reviewed(island.load())
    more = reviews.model_copy(update={"lessons": {**reviews.lessons, "1-sea/9-gone": reviews.lessons[SEA]}})

    assert "1-sea/9-gone" not in reviewed(island.load(), SEA, before=more).lessons


def test_a_review_of_nothing_that_exists_is_refused(island: Island) -> None:
    with pytest.raises(LookupError, match="1-sea/2-tides"):
        reviewed(island.load(), "1-sea/2-tides")


@pytest.mark.slow
def test_in_the_real_course_each_fact_has_exactly_its_dependents() -> None:
    """LedgerChange every twentieth fact, one at a time, and work out by hand what rests on it."""
    loaded = read_real_course()
    reviews = reviewed(loaded)
    assert stale(loaded.draft, reviews) == ()
    keys = {str(lesson.key) for lesson in loaded.draft.lessons}
    for name in list(loaded.draft.ledger.facts)[::20]:
        facts = dict(loaded.draft.ledger.facts)
        facts[name] = facts[name].model_copy(update={"text": f"{facts[name].text} Changed."})

        found = stale(with_facts(loaded, facts), reviews)

        lessons = {one.key: set(one.items) for one in found if one.key in keys}
        assert lessons == dependents(loaded, name), name
        training = {one.key for one in found} - lessons.keys() - {"glossary"}
        assert training == trained_on(loaded, name), name
        terms = {term.slug for term in loaded.draft.ledger.glossary.values() if name in term.facts}
        assert {one.name for stale in found for one in stale.dependents if one.kind == "term"} == terms


def dependents(loaded: LoadResult, fact: str) -> dict[str, set[str]]:
    """Work out from the files which lessons rest on a fact, each with the items that do."""
    found: dict[str, set[str]] = {}
    for lesson in loaded.draft.lessons:
        items = {one.item.id for one in lesson.items() if f"'{fact}'" in f"{one.item!r}"}
        short = lesson.body.short
        told = {*lesson.front.facts, *lesson.cited(), *(name for one in short for name in one.facts)}
        shown = {name for _, figure in lesson.front.figures() for name in figure.facts}
        if items or fact in told | shown:
            found[lesson.key] = items
    return found


def trained_on(loaded: LoadResult, fact: str) -> set[str]:
    """Work out from the files which banks and conversations name a fact, and whether the programs do."""
    draft = loaded.draft
    banks = {f"final/{bank.name}" for bank in draft.banks if any(fact in item.facts() for item in bank.items())}
    talks = {
        f"practice/{one.slug}"
        for one in draft.conversations
        if any(fact in reply.facts for turn in one.file.model.turns for reply in turn.replies)
    }
    assert draft.programs
    return banks | talks | ({"programs"} if f"'{fact}'" in f"{draft.programs.model!r}" else set())


def test_a_changed_fact_names_the_items_replies_and_lines_of_training_that_rest_on_it(island: Island) -> None:
    reviews = reviewed(with_card(with_practice(island)).load())
    loaded = island.load()
    facts = dict(loaded.draft.ledger.facts)
    facts["light.01"] = facts["light.01"].model_copy(update={"text": "The light is another one."})
    found = {one.key: one for one in stale(with_facts(loaded, facts), reviews)}
    assert {"final/1-light", "practice/pier", "programs"} <= found.keys()
    assert [(part.kind, part.name) for part in found["practice/pier"].dependents] == [("reply", "start/wait")]
    assert [(part.kind, part.name) for part in found["final/1-light"].dependents] == [("item", "light-a")]
    assert [(part.kind, part.name) for part in found["programs"].dependents] == [("line", "Have you seen the light?")]
    assert "final/1-sea" not in found


def test_a_conversation_is_reviewed_by_its_name(island: Island) -> None:
    with_practice(island)
    loaded = island.load()
    assert {"final/1-light", "practice/pier", "programs"} <= {one.key for one in stale(loaded.draft, NONE)}
    names = reviewed_now(loaded.draft, NONE, ["practice/pier"]).lessons
    assert list(names) == ["practice/pier"]


def test_paragraphs_are_numbered_as_on_the_page(island: Island) -> None:
    reviews = reviewed(island.load())
    island.edit(FACTS, "Ada Lamb trimmed the wick each evening", "Ada Lamb trimmed the wick every evening")

    lesson = island.lesson("1-light", "1-the-lamp")
    found = stale_now(island, reviews)[LIGHT]

    places = [place for section in lesson.body for place in places_in(section.blocks)]
    wanted = [(str(place.number), place.anchor) for place in places if "keepers.01" in place.facts]
    assert [(one.name, one.anchor) for one in found.dependents if one.kind == "paragraph"] == wanted
    assert any(": paragraph 1 rests on keepers.01" in line for line in found.lines())


def test_without_the_ledger_nothing_is_called_gone(island: Island) -> None:
    reviews = reviewed(island.load())
    island.write(FACTS, "facts: [")

    loaded = island.load()

    assert stale(loaded.draft, reviews) == ()
