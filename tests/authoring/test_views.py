"""The author's pages: who may see them, and that they tell what the working files hold."""

from __future__ import annotations

import os

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.reviewed import Reviews, write_reviews
from learnapp.content.staleness import reviewed_now
from learnapp.db import db
from tests.accounts.people import People
from tests.content.island import FACTS, LAMP, SOURCE, WRECK, Island
from tests.pages import PageOpener, words
from tests.statements import counted

PREVIEW = "/author/preview/1-sea/1-the-wreck"
PAGES = (
    "/author",
    "/author/problems",
    "/author/coverage",
    "/author/bank",
    "/author/stale",
    PREVIEW,
    f"{PREVIEW}?version=short",
    f"{PREVIEW}/quiz",
)


def change(island: Island, path: str, old: str, new: str) -> None:
    """Edit a file so that its new time shows, however coarse the clock of the file system is."""
    island.edit(path, old, new)
    file = island.root / path
    os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns + 1_000_000_000))


def review_all(island: Island) -> None:
    loaded = island.load()
    names = [*("/".join(lesson.key) for lesson in loaded.bank.lessons), "glossary"]
    write_reviews(island.root, reviewed_now(loaded.bank, loaded.ledger, Reviews({}, {}), names))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_holds(ada: FlaskClient, visit: PageOpener, path: str) -> None:
    visit(ada, path)


@pytest.mark.parametrize("role", ["learner", "teacher", "coordinator"])
def test_only_authors_and_admins_look(app: Flask, working: Island, client: FlaskClient, role: str) -> None:
    people = People(app)
    other, admin = people.signed_in("Cleo", role=role), people.signed_in("Cora", role="admin")

    for path in PAGES:
        assert other.get(path).status_code == 403
        assert client.get(path).status_code in (302, 303, 401)
        assert admin.get(path).status_code == 200
    assert "Authoring" not in other.get("/support").text
    assert "Authoring" in admin.get("/support").text


def test_the_desk_sums_up_and_leads_to_every_preview(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, "/author")

    main = words(page.one("main"))
    assert "2 modules, 3 lessons, 2 terms" in main
    assert "4 sections, 14 facts" in main
    assert "0 errors, 0 warnings" in main
    assert "ages 16 and up · gated cards: ages 16 and up" in main
    links = {one.get("href") for one in page.all("a")}
    assert {PREVIEW, f"{PREVIEW}/quiz", "/author/preview/1-light/2-the-keepers/quiz"} <= links


def test_problems_name_their_place_and_rule(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
    change(working, LAMP, "minutes: 6", "minutes: 60")

    main = words(visit(ada, "/author/problems").one("main"))

    assert f"{LAMP}:4:10" in main
    assert "60 minutes is not likely" in main
    assert "1 error" in main


def test_without_problems_the_page_says_so(ada: FlaskClient, visit: PageOpener) -> None:
    assert "No errors, no warnings." in words(visit(ada, "/author/problems").one("main"))


def test_coverage_shows_a_cell_for_each_section_and_lesson(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, "/author/coverage")

    rows = [words(row) for table in page.all("table") for row in table.iter("tr")]
    assert any(row.startswith("The Wreck 5 of 5 taught, 4 of 4 asked") for row in rows)
    assert any("5 taught, 4 asked" in row for row in rows)
    assert "Nothing: every section has a lesson" in words(page.one("main"))


def test_what_is_missing_is_listed(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
    change(
        working,
        SOURCE,
        "sections:\n",
        "sections:\n  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n",
    )

    main = words(visit(ada, "/author/coverage").one("main"))

    assert "tides: no lesson" in main
    assert "Sections that no lesson has anything of" in main


def test_the_bank_is_measured(ada: FlaskClient, visit: PageOpener) -> None:
    main = words(visit(ada, "/author/bank").one("main"))

    assert "Where the keys stand" in main
    assert "The lamp" in main


def test_a_lesson_preview_shows_all_its_cards_open(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, PREVIEW)

    cards = [one for one in page.all("details") if (one.get("id") or "").startswith("card-")]
    assert len(cards) == 2
    assert all(one.get("open") is not None for one in cards)
    assert "twelve people drowned that night" in page.text
    assert "Closed parts of this lesson tell how people died at sea." in page.text


def test_a_preview_follows_the_file(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
    visit(ada, PREVIEW)
    change(working, WRECK, "Vera Reed heard the horn before", "Vera Reed heard the whistle before")

    assert "heard the whistle before" in visit(ada, PREVIEW).text


def test_a_preview_keeps_the_last_good_version_and_says_so(
    ada: FlaskClient, visit: PageOpener, working: Island
) -> None:
    visit(ada, PREVIEW)
    change(working, WRECK, "minutes: 7", "minutes: [")

    page = visit(ada, PREVIEW)

    assert "this is the last version without" in page.text
    assert "heard the horn before" in page.text
    assert WRECK in page.text
    assert "The working files have errors." in visit(ada, "/author").text


def test_the_short_version_can_be_seen_where_there_is_one(ada: FlaskClient, visit: PageOpener) -> None:
    assert "After a wreck the island built a boat house." in visit(ada, f"{PREVIEW}?version=short").text
    visit(ada, "/author/preview/1-light/1-the-lamp?version=short", status=404)


def test_a_quiz_preview_shows_keys_feedback_and_facts(
    ada: FlaskClient, visit: PageOpener, working: Island
) -> None:
    lesson = working.lesson("1-sea", "1-the-wreck")
    main = words(visit(ada, f"{PREVIEW}/quiz").one("main"))

    assert "Key" in main
    assert lesson.short_quiz is not None
    for item in (*lesson.quiz.items, *lesson.short_quiz.items):
        assert item.id in main
        assert all(fact in main for fact in item.facts)


@pytest.mark.parametrize("path", ["/author/preview/1-sea/2-tides", "/author/preview/1-tides/1-a/quiz"])
def test_a_lesson_that_is_not_there_is_404(ada: FlaskClient, visit: PageOpener, path: str) -> None:
    visit(ada, path, status=404)


def test_stale_lessons_and_items_are_listed_with_their_places(
    ada: FlaskClient, visit: PageOpener, working: Island
) -> None:
    assert "4 entries without a review" in words(visit(ada, "/author/stale").one("main"))
    review_all(working)
    assert "Nothing is stale." in words(visit(ada, "/author/stale").one("main"))

    change(working, FACTS, "Harbor Watch counted 31 dark nights", "Harbor Watch noted 31 dark nights")

    page = visit(ada, "/author/stale")
    main = words(page.one("main"))
    assert [words(one) for one in page.all("h2")] == ["1-light/1-the-lamp"]
    assert "lamp.03 has changed" in main
    assert "Item lamp-q3 rests on lamp.03" in main
    assert "flask content reviewed 1-light/1-the-lamp" in main


def test_the_pages_ask_the_database_only_who_is_there(app: Flask, ada: FlaskClient) -> None:
    with app.app_context():
        engine = db.engine
    for path in PAGES:
        ada.get(path)
        with counted(engine) as sent:
            assert ada.get(path).status_code == 200
        assert len(sent) == 1, path
