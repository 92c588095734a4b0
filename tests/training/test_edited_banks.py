"""Forms of banks that were edited since: shown and graded as they were begun, whatever has left the course."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from learnapp.content.catalog import Catalog
from learnapp.learning.attempts.store import PARSED_QUIZZES
from learnapp.quiz.item import Item
from tests.actors.attempt_pages import words
from tests.actors.attempts import right, wrong
from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.training_pages import Volunteer, answer_question, result_of, volunteer
from tests.courses.serving import serve_catalog
from tests.courses.tea import catalog_of, course_with, lesson
from tests.courses.training import BANKS, HELPER, program, training_course
from tests.factories.base import NOON
from tests.learning.test_permutations import archive_of
from tests.pages import PageOpener
from tests.quiz.samples import make, option


def turned(item: Item) -> Item:
    """Return a question of the same id with another stem, and, where it has options, the other one right."""
    changes = (
        {"options": [option("Oolong", key=True), option("White"), option("Green")]} if item.type == "single" else {}
    )
    return make(item.type, id=item.id, stem="What about coffee?", **changes)


def edited() -> Catalog:
    return training_course(banks={name: tuple(map(turned, items)) for name, items in BANKS.items()})


def deleted() -> Catalog:
    """Return the course with none of the items that there were."""
    new = {name: tuple(make(item.type, id=f"new-{item.id}") for item in items) for name, items in BANKS.items()}
    return training_course(banks=new)


def without_the_program() -> Catalog:
    return training_course(program(HELPER))


def without_programs() -> Catalog:
    return course_with(lesson("1-leaf"))


def without_anything() -> Catalog:
    """Return another course, which has none of the modules, lessons and facts."""
    return catalog_of(lesson("1-saw", "5-wood", facts=()))


LATER: list[Callable[[], Catalog]] = [edited, deleted, without_the_program, without_programs, without_anything]


@pytest.fixture
def vera(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """Give Vera at noon, who has read everything."""
    with at(NOON):
        yield volunteer(app, people, monkeypatch)


def edit(vera: Volunteer, monkeypatch: pytest.MonkeyPatch, later: Callable[[], Catalog]) -> Volunteer:
    """Serve the course as it is later, by a process that remembers no quiz."""
    PARSED_QUIZZES.clear()
    return replace(vera, catalog=serve_catalog(vera.app, monkeypatch, later()))


def pages_of(vera: Volunteer) -> list[str]:
    """Return pages that tell of her forms: all but that of the program where it has gone."""
    return ["/training", "/me", "/account/data", *([vera.page] if vera.page[10:] in vera.catalog.programs else [])]


@pytest.mark.parametrize("later", LATER)
def test_a_form_that_is_open_goes_on_as_it_was_begun(
    vera: Volunteer, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, later: Callable[[], Catalog]
) -> None:
    taker = vera.begin()
    answer_question(taker, 1)
    before = taker.attempt
    vera = edit(vera, monkeypatch, later)
    assert taker.attempt == before
    for number in range(1, 7):
        shown = words(visit(vera.client, f"{taker.url}?q={number}").text)
        assert "What about tea?" in shown
        assert "coffee" not in shown
    for path in (f"{taker.url}?q=end", *pages_of(vera)):
        visit(vera.client, path)
    assert "What about tea?" in archive_of(vera.client)["data.json"]
    # Graded by the key that it was begun with.
    assert "Passed 6 of 6 points." in words(vera.finish(taker))


@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize("later", LATER)
def test_a_form_that_is_finished_shows_what_it_was(
    vera: Volunteer, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, later: Callable[[], Catalog], *, passed: bool
) -> None:
    taker = vera.begin()
    vera.finish(taker, right if passed else wrong)
    rows = [(one.points, one.passed, one.revision, one.item_ids) for one in vera.attempts()]
    vera = edit(vera, monkeypatch, later)
    page = visit(vera.client, f"/training/finals/{taker.attempt_id}")
    addresses = {one.get("href", "").partition("#")[0] for one in page.one("main").iter("a")} - {""}
    assert {address: vera.client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    shown = words(page.text)
    assert ("Passed" if passed else "Not there yet") in shown
    assert ("What about tea?" in shown, "coffee" in shown) == (passed, False)
    assert "By theme" in shown
    for path in pages_of(vera):
        visit(vera.client, path)
    assert [(one.points, one.passed, one.revision, one.item_ids) for one in vera.attempts()] == rows
    assert result_of(taker)


def test_an_edited_bank_is_drawn_from_for_the_next_form_and_both_are_kept(
    vera: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = vera.begin()
    vera.finish(first, wrong)
    vera = edit(vera, monkeypatch, edited)
    with at(NOON.replace(day=22)):
        second = vera.on(vera.device()).begin()
        assert {item.item.stem for item in second.attempt.items} == {"What about coffee?"}
    assert {item.item.stem for item in first.attempt.items} == {"What about tea?"}
    assert set(second.attempt.summary.item_ids).isdisjoint(first.attempt.summary.item_ids)
    assert second.attempt.quiz.revision != first.attempt.quiz.revision


def test_a_program_that_has_gone_cannot_be_begun(
    vera: Volunteer, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    taker = vera.begin()
    vera = edit(vera, monkeypatch, without_programs)
    assert vera.press_begin().status_code == 404
    assert vera.client.get(vera.page).status_code == 404
    text = visit(vera.client, taker.url).text
    assert 'href="/training"' in text
    assert "Final: a program that has ended" in text
    vera.finish(taker)
    shown = visit(vera.client, f"/training/finals/{taker.attempt_id}")
    assert "a program that has ended" in words(shown.text)
    assert "certificate" not in words(shown.text.partition("<main")[2].partition("</main>")[0])
