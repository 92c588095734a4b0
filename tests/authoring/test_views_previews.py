"""Previews of lessons and quizzes: from the working files, with everything or as an age group gets them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.author import PREVIEW, change, ids
from tests.actors.people import People
from tests.courses.island import WRECK, Island
from tests.pages import PageOpener, words

pytestmark = pytest.mark.slow


def test_the_dashboard_sums_up_and_leads_to_every_preview(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, "/author")

    main = words(page.one("main"))
    assert "2 modules, 3 lessons, 2 terms" in main
    assert "4 sections, 14 facts" in main
    assert "0 errors, 0 warnings" in main
    assert "ages 16 and up · gated cards: ages 16 and up" in main
    links = {one.get("href") for one in page.all("a")}
    assert {PREVIEW, f"{PREVIEW}/quiz", "/author/preview/1-light/2-the-keepers/quiz"} <= links


def test_a_lesson_preview_shows_all_its_cards_open(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, PREVIEW)

    cards = [one for one in page.all("details") if (one.get("id") or "").startswith("card-")]
    assert len(cards) == 2
    assert all(one.get("open") is not None for one in cards)
    assert "twelve people drowned that night" in page.text
    assert "Closed parts of it tell how people died at sea." in page.text


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


def test_a_quiz_preview_shows_keys_feedback_and_facts(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
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


def test_an_age_group_gets_a_preview_without_the_gated_cards(
    ada: FlaskClient, visit: PageOpener, working: Island
) -> None:
    change(working, WRECK, "core: null", "core: 12")

    younger, older = visit(ada, f"{PREVIEW}?as=14"), visit(ada, f"{PREVIEW}?as=16")

    assert "is left out here. We keep it for older readers" in words(younger.one("main"))
    assert "twelve people drowned that night" not in younger.text
    assert "twelve people drowned that night" in older.text
    assert "This age group gets all of it." in older.text


def test_an_age_group_gets_the_words_of_readers_for_a_lesson_that_is_not_for_it(
    app: Flask, ada: FlaskClient, visit: PageOpener
) -> None:
    ben = People(app).signed_in("Ben", band=14)
    said = words(visit(ben, "/modules/1-sea/1-the-wreck").one("main"))
    assert "We keep this lesson for older readers." in said

    for path in (PREVIEW, f"{PREVIEW}/quiz"):
        page = visit(ada, f"{path}?as=14")
        assert words(page.one("main")).endswith(said)
        assert "rowed out" not in page.text


def test_a_quiz_preview_shows_what_an_age_group_is_asked(ada: FlaskClient, visit: PageOpener, working: Island) -> None:
    change(working, WRECK, "core: null", "core: 12")
    items = working.lesson("1-sea", "1-the-wreck").quiz.items
    gated = {item.id for item in items if {"wreck.03", "wreck.04"} & set(item.facts)}
    assert gated

    page = visit(ada, f"{PREVIEW}/quiz?as=14")

    asked = {one.get("id") for one in page.all("section") if one.get("class") == "item"}
    assert asked & {item.id for item in items} == {item.id for item in items} - gated
    assert "not asked of this age group" in words(page.one("main"))


def test_the_ways_to_look_keep_the_version_and_say_which_is_shown(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, f"{PREVIEW}?version=short&as=16")

    ways = [one for one in page.all("a") if one.get("href", "").startswith(PREVIEW)]
    (shown,) = (words(one) for one in ways if one.get("aria-current") == "true")
    links = {words(one): one.get("href") for one in page.all("a")}
    assert shown == "16 or 17"
    assert links["Everything"] == f"{PREVIEW}?version=short"
    assert links["18 or older"] == f"{PREVIEW}?version=short&as=18"
    assert links["Preview the quiz"] == f"{PREVIEW}/quiz?as=16"


def test_feedback_in_a_quiz_preview_leads_to_its_paragraph(ada: FlaskClient, visit: PageOpener) -> None:
    lamp = "/author/preview/1-light/1-the-lamp"
    page = visit(ada, f"{lamp}/quiz")

    targets = {one.get("href", "") for one in page.all("a") if "#p" in one.get("href", "")}
    assert f"{lamp}#p6" in targets
    own = {target for target in targets if target.startswith(f"{lamp}#")}
    assert {target.partition("#")[2] for target in own} <= ids(visit(ada, lamp))
