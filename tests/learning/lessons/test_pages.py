"""Rendered lessons: what each reader gets, and that they are rendered once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import BodySection, Card, Paragraph, Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog, Lesson, LessonEnd, RestsRow
from learnapp.content.facts import Term
from learnapp.content.vocabulary import Ages
from learnapp.learning.lessons import pages
from learnapp.learning.lessons.pages import LessonVersion, lesson_text, version_of
from tests.courses.tea import catalog_of, lesson, paragraphs, short_quiz

OPEN, CLOSED, SHORT = (LessonVersion("all", False), LessonVersion("closed", False), LessonVersion("short", False))

SCALDS = Card("Scalds", "card-1", (2, 3), (paragraphs(2, "It burns.", "It hurts."),), gated=True)
FIRST = Paragraphs(
    (Paragraph(1, "p1", 'Mia pours <dfn class="term" id="term-oolong">oolong</dfn>.', True, ("tea.01",)),),
    (VoiceNote("said", (1,), "Mia, who left in 2008."),),
    (Term(slug="oolong", term="oolong", meaning="tea that is half dark."),),
)


END = LessonEnd(("Mia pours.",), (RestsRow("said", 1, "Mia Moss."),), "Mia is one.", "<p>Breathe, as Mia does.</p>")


def strong(**changes: Any) -> Lesson:
    """Make a lesson with a gated card, a short version and a pause."""
    body = (
        BodySection("pot", "The pot", (FIRST, SCALDS)),
        BodySection("cup", "The cup", (paragraphs(4, "Four.", "Five."),)),
    )
    usual: dict[str, Any] = {
        "body": body,
        "sensitivity": "strong",
        "gated": ("tea.02",),
        "age": Ages(core=12, full=16),
        "advisory": "Paragraph 2 tells of burns.",
        "short": (paragraphs(1, "In short, tea."),),
        "short_quiz": short_quiz(),
        "end": END,
    }
    return lesson(**{**usual, **changes})


@pytest.fixture
def here(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def rendered(version: LessonVersion, one: Lesson | None = None) -> str:
    one = one or strong()
    return lesson_text(catalog_of(one), one, version).body


def test_cards_are_closed_unless_everything_is_to_be_read(here: None) -> None:
    assert '<details class="folded" id="card-1">' in rendered(CLOSED)
    assert "Paragraphs 2 and 3 are closed: Scalds" in rendered(CLOSED)
    assert '<details class="folded" id="card-1" open>' in rendered(OPEN)


def test_a_gated_card_is_not_sent_to_younger_readers(here: None) -> None:
    page = rendered(LessonVersion("all", True))
    assert "It burns." not in page
    assert "Scalds" not in page
    assert "Paragraphs 2 and 3 are left out here." in page


def test_below_the_text_without_gated_cards_stands_nothing_that_these_rest_on(here: None) -> None:
    one = strong(end=replace(END, rests_note=None, pause_html=None, open_rests=(RestsRow("page", 1, "Undated."),)))
    assert "Mia Moss." in rendered(LessonVersion("all", False), one)
    page = rendered(LessonVersion("all", True), one)
    assert "Undated." in page
    assert "Mia Moss." not in page


def test_the_short_version_stands_alone(here: None) -> None:
    page = rendered(SHORT)
    assert "In short, tea." in page
    assert "It burns." not in page
    assert 'id="rests"' not in page
    assert 'id="pause"' not in page
    assert "Mia" not in page


def test_the_short_version_ends_with_what_is_written_for_it(here: None) -> None:
    own = LessonEnd(("Tea is short.",), (RestsRow("page", 1, "Undated."),), None, "<p>Rest a little.</p>")
    one = strong(short_end=own)
    page = lesson_text(catalog_of(one), one, SHORT)
    assert all(words in page.body for words in ("Tea is short.", "Undated.", "Rest a little."))
    assert "Mia" not in page.body
    assert re.findall(r'href="#(\w+)"', page.contents) == ["text", "judge", "points", "rests", "pause"]


def test_a_paragraph_stands_beside_its_voice_and_its_terms(here: None) -> None:
    page = rendered(CLOSED)
    assert 'class="opening"' in page
    assert re.search(r'voice--said" role="note">.*Testimony.*Mia, who left in 2008', page, re.S)
    assert re.search(r'id="gloss-[\w-]+" role="note"[^>]*><strong>Oolong</strong> means\s+tea that is half dark.', page)
    assert re.search(r'<div class="text"><p id="p4" data-say>Four.</p><p id="p5" data-say>Five.</p></div>', page)


def test_each_part_offers_to_keep_the_place_without_a_script(here: None) -> None:
    buttons = re.findall(r'<noscript><button[^>]*name="anchor" value="(\w+)"', rendered(CLOSED))
    assert buttons == ["p1", "p5"]


def test_every_link_in_the_contents_leads_somewhere(here: None) -> None:
    one = strong()
    page = lesson_text(catalog_of(one), one, CLOSED)
    targets = set(re.findall(r'href="#([\w-]+)"', page.contents)) - {"judge"}  # whose box is the reader's own
    assert targets
    for target in targets:
        assert f'id="{target}"' in page.body


def test_ids_are_unique(here: None) -> None:
    for version in (OPEN, CLOSED, SHORT):
        ids = re.findall(r' id="([^"]+)"', rendered(version))
        assert len(ids) == len(set(ids))


def test_nothing_of_the_reader_is_in_a_kept_page(here: None) -> None:
    one = strong()
    page = lesson_text(catalog_of(one), one, CLOSED)
    whole = page.head + page.contents + page.body
    assert "csrf" not in whole
    assert "<form" not in whole


def test_a_page_is_rendered_once_for_each_version(here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    one = strong(title="Once")
    catalog = catalog_of(one)
    first = lesson_text(catalog, one, CLOSED)

    def refuse(_catalog: Catalog, _lesson: Lesson, _version: LessonVersion) -> pages.LessonText:
        raise AssertionError("rendered twice")

    monkeypatch.setattr(pages, "_render_text", refuse)
    assert lesson_text(catalog, one, CLOSED) is first
    with pytest.raises(AssertionError):
        lesson_text(catalog, one, OPEN)


def test_a_changed_course_is_rendered_anew(here: None) -> None:
    before, after = lesson(title="Before"), lesson(title="After")
    assert "Before" in lesson_text(catalog_of(before), before, CLOSED).head
    assert "After" in lesson_text(catalog_of(after), after, CLOSED).head


@pytest.mark.parametrize(
    ("route", "band", "version"),
    [
        (None, None, LessonVersion("closed", True, asks_age=True)),
        ("all", None, LessonVersion("all", True, asks_age=True)),
        ("short", 18, SHORT),
        ("all", 14, LessonVersion("all", True)),
        (None, 16, CLOSED),
    ],
)
def test_the_reader_decides_the_route_and_their_age_what_is_left_out(
    route: str | None, band: int | None, version: LessonVersion
) -> None:
    assert version_of(strong(), route, AgeAccess(band)) == version


def test_a_route_that_has_gone_falls_back_to_closed_cards() -> None:
    assert version_of(lesson(), "short", AgeAccess(None)) == CLOSED


def test_only_readers_below_the_core_age_and_those_who_tell_none_may_not_read_it() -> None:
    without_core = replace(strong(), age=Ages(core=None, full=16, teacher_release=True))
    assert AgeAccess(12).can_open(strong())
    assert not AgeAccess(14).can_open(without_core)
    assert AgeAccess(16).can_open(without_core)
    assert not AgeAccess(None).can_open(without_core)
    assert AgeAccess(None).can_open(strong())
