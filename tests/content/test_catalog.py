from dataclasses import FrozenInstanceError
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel

from learnapp.content.blocks import groups_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.lesson_key import LessonKey
from tests.courses.island import FACTS, GLOSSARY, KEEPERS, LAMP, LAMP_QUIZ, SOURCE, WRECK, Island

LAMP_KEY, KEEPERS_KEY, WRECK_KEY = (
    LessonKey("1-light/1-the-lamp"),
    LessonKey("1-light/2-the-keepers"),
    LessonKey("1-sea/1-the-wreck"),
)


def lessons(catalog: Catalog) -> tuple[Lesson, Lesson, Lesson]:
    return catalog.lessons[LAMP_KEY], catalog.lessons[KEEPERS_KEY], catalog.lessons[WRECK_KEY]


def test_things_are_found_by_their_slugs(island: Island) -> None:
    catalog = island.catalog()

    assert catalog.courses["island"].title == "Skerry Island"
    assert catalog.modules["1-light"].minutes == 16
    assert catalog.lesson("1-light", "1-the-lamp").key == "1-light/1-the-lamp"  # type: ignore[union-attr]
    assert catalog.lesson("none", "none") is None


def test_lessons_stand_in_their_course(island: Island) -> None:
    catalog = island.catalog()
    lamp, keepers, wreck = lessons(catalog)

    assert catalog.courses["island"].lessons == (lamp, keepers)
    assert catalog.course_of(keepers).slug == "island"
    assert catalog.course_of(wreck).slug == "coast"


def test_a_course_has_the_lessons_of_all_its_modules_in_order(island: Island) -> None:
    (island.root / "modules/1-sea").rename(island.root / "modules/2-sea")
    (island.root / "quizzes/1-sea").rename(island.root / "quizzes/2-sea")
    text = island.text("modules/course.yaml").partition("  - slug: coast")[0]
    island.write("modules/course.yaml", text.replace("[1-light]", "[1-light, 2-sea]"))
    catalog = island.catalog()

    keys = [lesson.key for lesson in catalog.courses["island"].lessons]
    assert keys == ["1-light/1-the-lamp", "1-light/2-the-keepers", "2-sea/1-the-wreck"]


def test_a_fact_is_taught_where_a_paragraph_rests_on_it(island: Island) -> None:
    catalog = island.catalog()

    assert list(dict.fromkeys(lesson.key for lesson, *_ in catalog.places_of("keepers.01"))) == [
        "1-light/1-the-lamp",
        "1-light/2-the-keepers",
        "1-sea/1-the-wreck",
    ]
    assert not catalog.places_of("none.01")


def test_feedback_leads_to_the_readers_own_lesson_first(island: Island) -> None:
    catalog = island.catalog()
    lamp, keepers, wreck = lessons(catalog)

    assert catalog.paragraph_of("keepers.01", keepers) == (keepers, "p2", 2)
    assert catalog.paragraph_of("keepers.02", wreck) == (keepers, "p1", 1)
    assert catalog.paragraph_of("wreck.05", lamp) == (wreck, "p6", 6)
    assert catalog.paragraph_of("none.01", lamp) is None


def test_feedback_on_a_short_quiz_leads_to_the_short_version(island: Island) -> None:
    catalog = island.catalog()
    wreck = catalog.lessons[WRECK_KEY]

    assert catalog.paragraph_of("wreck.05", wreck, short=True) == (wreck, "s1", 1)
    assert catalog.paragraph_of("wreck.01", wreck, short=True) == (wreck, "p2", 2)


def test_feedback_leads_to_a_closed_card_not_into_it(island: Island) -> None:
    catalog = island.catalog()
    wreck = catalog.lessons[WRECK_KEY]

    assert catalog.paragraph_of("wreck.03", wreck) == (wreck, "card-1", 3)


def test_a_reader_who_gets_no_gated_cards_is_led_elsewhere_or_nowhere(island: Island) -> None:
    island.edit(WRECK, '{facts="wreck.03"}', '{facts="wreck.03 wreck.01"}')
    catalog = island.catalog()
    _lamp, keepers, wreck = lessons(catalog)

    def to_the_young(_lesson: Lesson, gated: bool) -> bool:
        return not gated

    assert catalog.paragraph_of("wreck.03", wreck, shown=to_the_young) is None
    assert catalog.paragraph_of("wreck.01", wreck, shown=to_the_young) == (wreck, "p2", 2)
    assert catalog.paragraph_of("keepers.01", wreck, shown=lambda one, _: one.key == keepers.key) == (keepers, "p2", 2)
    assert {lesson.key for lesson, *_ in catalog.places_of("wreck.01")} == {wreck.key}


def test_a_lesson_that_is_gone_is_no_hindrance(island: Island) -> None:
    old = island.catalog().lessons[KEEPERS_KEY]
    island.edit("modules/1-light/module.yaml", "[1-the-lamp, 2-the-keepers]", "[1-the-lamp]")
    island.edit("modules/1-sea/1-the-wreck.md", "skip: [wreck.05, keepers.03, lamp.02]", "skip: [wreck.05, lamp.02]")
    island.edit("modules/1-sea/1-the-wreck.md", '{facts="keepers.03 lamp.02"}', '{facts="lamp.02"}')
    island.edit("quizzes/1-sea/1-the-wreck.yaml", "facts: [lamp.02, keepers.03]", "facts: [lamp.02]")

    assert island.catalog().paragraph_of("keepers.01", old) is not None


def test_paragraphs_are_numbered_through_the_lesson_cards_included(island: Island) -> None:
    wreck = island.lesson(WRECK_KEY.module, WRECK_KEY.lesson)
    numbers = [one.number for group, _card in groups_in(wreck.blocks) for one in group.items]

    assert numbers == list(range(1, 12))


def walk(value: Any) -> list[Any]:
    """List everything inside a value."""
    if isinstance(value, str | int | bool | None):
        return [value]
    if isinstance(value, tuple | frozenset):
        return [value, *(inner for one in value for inner in walk(one))]
    if isinstance(value, MappingProxyType):
        return [value, *(inner for one in value.values() for inner in walk(one))]
    if isinstance(value, BaseModel):
        return [value, *(inner for name in type(value).model_fields for inner in walk(getattr(value, name)))]
    names = getattr(value, "__dataclass_fields__", {})
    return [value, *(inner for name in names for inner in walk(getattr(value, name)))]


def test_the_catalog_is_frozen_through_and_through(island: Island) -> None:
    catalog = island.catalog()
    everything = walk(catalog)

    assert len(everything) > 1000
    assert not [one for one in everything if isinstance(one, list | dict | set)]
    for one in everything:
        if isinstance(one, BaseModel):
            assert one.model_config["frozen"]
        elif hasattr(one, "__dataclass_fields__"):
            assert one.__dataclass_params__.frozen
    with pytest.raises(FrozenInstanceError):
        catalog.digest = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalog.lessons[LAMP_KEY] = catalog.lessons[WRECK_KEY]  # type: ignore[index]


def test_loading_again_gives_the_same_catalog(island: Island) -> None:
    one, two = island.catalog(), island.catalog()

    assert one.digest == two.digest
    assert one.lessons == two.lessons


@pytest.mark.parametrize(
    ("path", "old", "new", "changed"),
    [
        (LAMP, "wiped the glass", "washed the glass", {LAMP_KEY}),
        (LAMP, "minutes: 8", "minutes: 7", {LAMP_KEY}),
        (KEEPERS, "does: carries the oil up", "does: brings the oil up", {KEEPERS_KEY}),
        (LAMP_QUIZ, "A visitor stops", "Somebody stops", {LAMP_KEY}),
        (SOURCE, "cite: Ada Lamb, who", "cite: Ada, who", {LAMP_KEY, KEEPERS_KEY, WRECK_KEY}),
        (GLOSSARY, "a narrow way", "a small way", {LAMP_KEY}),
        (FACTS, "27 nights in 2013.'\n    sens", "28 nights in 2013.'\n    sens", {LAMP_KEY}),
        ("modules/1-light/module.yaml", "The light", "Light", set()),
        ("modules/course.yaml", "Skerry Island", "Skerry", set()),
    ],
)
def test_the_digest_changes_with_any_lesson_and_a_lesson_with_what_its_reader_sees(
    island: Island, path: str, old: str, new: str, changed: set[str]
) -> None:
    before = island.catalog()
    island.edit(path, old, new)

    after = island.catalog()

    assert after.digest != before.digest
    assert {key for key in after.lessons if after.lessons[key] != before.lessons[key]} == changed


def test_a_quizs_revision_changes_with_the_quiz_only(island: Island) -> None:
    before = island.catalog()
    island.edit(LAMP, "wiped the glass", "washed the glass")

    assert island.lesson("1-light", "1-the-lamp").quiz.revision == before.lessons[LAMP_KEY].quiz.revision

    island.edit(LAMP_QUIZ, "A visitor stops", "Somebody stops")

    assert island.lesson("1-light", "1-the-lamp").quiz.revision != before.lessons[LAMP_KEY].quiz.revision
