"""The author's pages: who may see them, and that they tell what the working files hold."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.web.policy import MEMBERS
from tests.actors.author import PREVIEW, change, ids, review_all
from tests.actors.people import People
from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, SOURCE, Island
from tests.pages import PageOpener, words
from tests.statements import counted

PAGES = (
    "/author",
    "/author/problems",
    "/author/coverage",
    "/author/bank",
    "/author/stale",
    PREVIEW,
    f"{PREVIEW}?version=short",
    f"{PREVIEW}/quiz",
    f"{PREVIEW}?as=14",
    f"{PREVIEW}?as=16",
    f"{PREVIEW}/quiz?as=12",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_holds(ada: FlaskClient, visit: PageOpener, path: str) -> None:
    visit(ada, path)


def test_authors_and_admins_find_these_pages_in_the_menu(app: Flask, visit: PageOpener) -> None:
    people = People(app)
    shown = {role: "Authoring" in visit(people.signed_in(role, role=role), "/support").text for role in MEMBERS}
    assert {role for role in shown if shown[role]} == {"author", "admin"}


def test_problems_name_their_place_and_rule(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
    change(working, LAMP, "minutes: 8", "minutes: 60")

    main = words(visit(ada, "/author/problems").one("main"))

    assert f"{LAMP}:4:10" in main
    assert "write 7 minutes, not 60" in main
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
    change(working, SOURCE, "sections:\n", "sections:\n  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n")

    main = words(visit(ada, "/author/coverage").one("main"))

    assert "tides: no lesson" in main
    assert "Sections that no lesson has anything of" in main


def test_the_bank_is_measured(ada: FlaskClient, visit: PageOpener) -> None:
    main = words(visit(ada, "/author/bank").one("main"))

    assert "Where the keys stand" in main
    assert "The lamp" in main


def test_stale_lessons_and_items_are_listed_with_their_places(
    ada: FlaskClient, visit: PageOpener, working: Island
) -> None:
    assert "4 entries without a review" in words(visit(ada, "/author/stale").one("main"))
    review_all(working)
    assert "Nothing is stale." in words(visit(ada, "/author/stale").one("main"))

    change(working, FACTS, "Harbor Watch counted 31 dark nights", "Harbor Watch noted 31 dark nights")

    page = visit(ada, "/author/stale")
    main = words(page.one("main"))
    assert [words(one) for one in page.all("h2")] == ["The lamp"]
    assert "1-light/1-the-lamp" in main
    assert "Harbor Watch noted 31 dark nights" in main
    assert "has changed" in main
    assert "Paragraph 6 rests on lamp.03" in main
    links = {words(one): one.get("href") for one in page.all("a")}
    lamp = "/author/preview/1-light/1-the-lamp"
    assert links["Paragraph 6"] == f"{lamp}#p6"
    assert links["Item lamp-q3"] == f"{lamp}/quiz#lamp-q3"
    assert links["Figure “The way of this course”"] == f"{lamp}#figure"
    assert {"p6", "figure"} <= ids(visit(ada, lamp))
    assert "lamp-q3" in ids(visit(ada, f"{lamp}/quiz"))
    assert "flask content reviewed 1-light/1-the-lamp" in main


def test_the_pages_ask_the_database_only_who_is_there(app: Flask, ada: FlaskClient) -> None:
    with app.app_context():
        engine = db.engine
    for path in PAGES:
        ada.get(path)
        with counted(engine) as sent:
            assert ada.get(path).status_code == 200
        assert len(sent) == 1, path


def test_numbers_that_would_lie_are_left_out_while_a_lesson_cannot_be_read(
    ada: FlaskClient, visit: PageOpener, working: Island
) -> None:
    review_all(working)
    change(working, LAMP, "title: The lamp", "title: 12")

    pages = ("/author/coverage", "/author/stale", "/author")
    coverage, stale, dashboard = (words(visit(ada, path).one("main")) for path in pages)

    for main in (coverage, stale, dashboard):
        assert f"Not counted: 1 lesson cannot be read: {LAMP}" in main
    assert "This can be told when every lesson and quiz can be read." in coverage
    assert "no paragraph" not in coverage
    assert "Nothing is stale in what can be read." in stale
    assert "Every lesson was reviewed" not in stale
    assert "Cannot be told yet" in dashboard


def test_a_lesson_whose_quiz_cannot_be_read_has_no_column(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
    change(working, LAMP_QUIZ, "answer: 31", "answer: many")

    page = visit(ada, "/author/coverage")

    heads = [words(one) for one in page.all("th") if one.get("scope") == "col"]
    assert "Lesson 1: The lamp" not in heads
    assert "Lesson 2: The keepers" in heads


def test_errors_are_said_once_and_lead_to_their_page_from_elsewhere(
    ada: FlaskClient, visit: PageOpener, working: Island, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(working, LAMP, "title: The lamp", "title: 12")
    monkeypatch.setattr(app.extensions["catalog"], "problems", working.problems())
    monkeypatch.setattr(app.extensions["catalog"], "reload", True)

    boxes = {
        path: [words(one) for one in visit(ada, path).all("div") if one.get("class") == "errors"]
        for path in ("/author", "/author/problems", "/support")
    }

    assert [len(found) for found in boxes.values()] == [1, 1, 1]
    assert "See the problems" in boxes["/author"][0]
    assert "See the problems" not in boxes["/author/problems"][0]
    assert "The content has problems" in boxes["/support"][0]


def test_the_time_of_reading_names_its_zone(app: Flask, working: Island, visit: PageOpener) -> None:
    vera = People(app).signed_in("Vera", role="author")

    assert "(UTC)" in words(visit(vera, "/author").one("main"))
