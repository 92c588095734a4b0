"""The course's short versions tell nothing of what they leave out, down to the last line of their pages."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from markupsafe import Markup

from learnapp.content.blocks import Block, Card, Paragraphs, groups_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.lessons.pages import LessonVersion, lesson_text
from tests.courses.real import real_catalog

SPEAKER = re.compile(r"Testimony: (?P<name>[^,(]+)")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return real_catalog()


def short_lessons(catalog: Catalog) -> Iterator[Lesson]:
    found = [lesson for lesson in catalog.lessons.values() if lesson.short]
    assert len(found) > 8
    yield from found


def facts_of(blocks: tuple[Block, ...]) -> set[str]:
    return {fact for group, _ in groups_in(blocks) for item in group.items for fact in item.facts}


def plain(html: str) -> str:
    return " ".join(Markup(html).striptags().split())


def test_every_short_version_has_an_end_of_its_own(catalog: Catalog) -> None:
    for lesson in short_lessons(catalog):
        assert lesson.short_end.key_points, lesson.key
        assert lesson.short_end.pause_html, lesson.key
        assert lesson.short_end.rests, lesson.key


def test_what_the_short_version_counts_is_what_it_tells(catalog: Catalog) -> None:
    for lesson in short_lessons(catalog):
        told = facts_of(lesson.short)
        for row in lesson.short_end.rests:
            assert row.count == sum(catalog.facts[fact].voice == row.voice for fact in told), lesson.key


def test_nothing_that_is_withheld_stands_on_the_short_page(app: Flask, catalog: Catalog) -> None:
    with app.test_request_context("/"):
        for lesson in short_lessons(catalog):
            text = lesson_text(catalog, lesson, LessonVersion("short", without_gated=False))
            page = plain(f"{text.head} {text.contents} {text.body}")
            told = facts_of(lesson.short)
            groups = [group for group, _ in groups_in(lesson.blocks)]
            withheld = [item for group in groups for item in group.items if not told.issuperset(item.facts)]
            for item in withheld:
                assert plain(item.html) not in page, f"{lesson.key} {item.anchor}"
            shown = " ".join([*lesson.short_end.key_points, *_notes(lesson.short)])
            for note in {note.text for group in groups for note in group.notes}:
                assert note not in page or note in shown, f"{lesson.key}: {note}"
            own = " ".join(lesson.short_end.key_points)
            assert not [point for point in lesson.end.key_points if point in page and point not in own], lesson.key
            assert str(lesson.end.rests_note) not in page, lesson.key
            cards = [block for block in lesson.blocks if isinstance(block, Card)]
            assert not [card.title for card in cards if card.title in page], lesson.key


def test_nobody_whose_words_are_left_out_is_named_below_the_short_text(catalog: Catalog) -> None:
    for lesson in short_lessons(catalog):
        end = plain(f"{' '.join(lesson.short_end.key_points)} {lesson.short_end.pause_html} {lesson.short_end.rests}")
        told = facts_of(lesson.short)
        everybody = {
            *lesson.facts,
            *(fact for group, _ in groups_in(lesson.blocks) for item in group.items for fact in item.facts),
        }
        for fact in sorted(everybody - told):
            if match := SPEAKER.match(catalog.facts[fact].attribution):
                assert match["name"].strip() not in end, f"{lesson.key}: {match['name']}"


def _notes(blocks: tuple[Block, ...]) -> set[str]:
    return {note.text for block in blocks if isinstance(block, Paragraphs) for note in block.notes}
