"""Course, module, lesson and own page, and what a reader does there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from learnapp.accounts.models import User
from learnapp.content.catalog import LessonEnd
from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.models import Progress
from tests.actors.attempt_pages import begin, words
from tests.actors.attempts import right, wrong
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson, quiz, strong_lesson
from tests.pages import PageOpener
from tests.pages import words as read
from tests.quiz.samples import make

SCRIPT = {"Accept": "application/json"}


def users(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(User)) or 0


def progress(app: Flask) -> Progress:
    with app.app_context():
        return db.session.scalars(select(Progress)).one()


@pytest.mark.parametrize("path", ["/", "/courses/tea", "/modules/1-tea", LESSON, f"{LESSON}/quiz", "/me"])
def test_looking_around_leaves_no_trace(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    serve(app, monkeypatch)
    assert client.get(path).status_code == 200
    assert users(app) == 0


def test_the_home_page_leads_to_the_first_lesson(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water", number=2), sequencing="quizzes")
    page = client.get("/").text
    assert re.search(rf'class="btn btn--big" href="{LESSON}">Start the first lesson', page)
    assert "1.2Water" in words(page).replace(" Water", "Water")
    assert "Quiz after lesson 1" in words(page)


def test_a_course_of_several_modules_stands_on_the_first_page_as_stations(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("1-bean", module="2-coffee"))
    page = words(client.get("/").text)
    assert "Module 1 · Start here Tea" in page
    assert "Module 2 Coffee" in page
    assert "0 of 1 lessons done" in page


def test_all_questions_of_a_course_stand_on_one_path_with_what_is_closed(
    app: Flask, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    hot = strong_lesson(slug="1-hot", module="2-coffee", age=Ages(core=14, full=14))
    serve(app, monkeypatch, lesson("1-leaf"), hot)
    client.post(f"{LESSON}/place", data={"anchor": "p2"})
    shown = visit(client, "/courses/tea")
    assert read(shown.one("h1")) == "All questions"
    here, closed = [read(one) for one in shown.one("main").iter("a") if "1-" in one.get("href", "").split("/")[-1]][-2:]
    assert here == "You are here. 1.1 Leaf"
    assert closed == "2.1 Hot strong Asks for your age group first"


def test_a_module_says_which_quizzes_open_later_and_when(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water"), sequencing="quizzes")
    page = words(client.get("/modules/1-tea").text)
    assert "Start here" in page
    assert "Open to read Its quiz opens when “Leaf” is done." in page


def test_a_quiz_that_opens_later_says_what_comes_first_and_its_lesson_is_read_all_the_same(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water"), sequencing="quizzes")
    page = client.get("/modules/1-tea/2-water").text
    assert "The quiz of this lesson opens when “Leaf” is done." in page
    assert "Go to the quiz" not in page
    assert "“Leaf” comes first." in client.get("/modules/1-tea/2-water/quiz").text
    assert client.post("/modules/1-tea/2-water/read").status_code == 303


def test_a_quiz_that_opens_later_cannot_be_taken_by_force(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water"), sequencing="quizzes")
    assert client.post("/modules/1-tea/2-water/quiz", data={"kind": "main"}).status_code == 403


def test_a_newcomer_reads_and_answers_any_lesson(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water"))
    assert client.post("/modules/1-tea/2-water/quiz", data={"kind": "main"}).location.startswith("/attempts/")


def test_the_way_on_says_beforehand_that_an_age_group_is_asked(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-hot", age=Ages(core=14, full=14)), lesson("3-cup"))
    assert "2 Hot Asks for your age group first" in words(client.get(LESSON).text).replace("Next lesson", "2")
    assert "Asks for your age group first" in words(client.get("/modules/1-tea/3-cup").text)


def test_a_lesson_for_older_readers_is_closed_to_younger_ones(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-hot", module="2-hot", age=Ages(core=None, full=16)))
    client.post(f"{LESSON}/place", data={"anchor": "p2"})
    with app.app_context():
        db.session.scalars(select(User)).one().band = 14
        db.session.commit()
    assert "We keep this lesson for older readers." in client.get("/modules/2-hot/2-hot").text
    assert client.post("/modules/2-hot/2-hot/quiz", data={"kind": "main"}).status_code == 403


def test_a_place_is_kept_and_shown_again(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch)
    kept = client.post(f"{LESSON}/place", data={"anchor": "p4"})
    assert (kept.status_code, kept.location) == (303, f"{LESSON}#place")
    page = client.get(LESSON).text
    assert "You left off at paragraph 4, in “Water”." in words(page)
    assert 'href="#p4"' in page
    assert f'href="{LESSON}#p4">Go on reading' in client.get("/").text
    assert "You had reached paragraph 4, in “Water”." in words(client.get("/me").text)


def test_a_script_keeps_the_place_without_a_redirect_and_makes_no_guest(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch)
    for known in (False, True):
        kept = client.post(f"{LESSON}/place", data={"anchor": "p2"}, headers=SCRIPT)
        assert kept.json == {"place": "p2" if known else None}
        assert users(app) == known
        assert ("data-visitor" in client.get(LESSON).text) is not known
        client.post(f"{LESSON}/read")


@pytest.mark.parametrize("anchor", ["", "p99", "points", "p2'--", "javascript:alert(1)", "x" * 1000])
def test_a_place_that_the_lesson_lacks_is_refused_and_makes_no_guest(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, anchor: str
) -> None:
    serve(app, monkeypatch)
    assert client.post(f"{LESSON}/place", data={"anchor": anchor}).status_code == 422
    assert users(app) == 0


def test_a_strong_lesson_asks_first_and_keeps_the_route(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong_lesson(advisory="Card 3 tells of burns."))
    before = client.get(LESSON).text
    assert "Card 3 tells of burns." in before
    assert re.search(r'value="closed" checked', before)
    chosen = client.post(f"{LESSON}/route", data={"route": "short"})
    assert (chosen.status_code, chosen.location) == (303, f"{LESSON}#keep")
    after = client.get(LESSON).text
    assert 'name="kind" value="short"' in after
    assert "Read this lesson another way" in after
    assert re.search(r'value="short" checked', after)


def test_reading_is_marked_and_the_quiz_left_for_later(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch)
    done = client.post(f"{LESSON}/read", follow_redirects=True)
    assert "Marked as read." in done.text
    assert progress(app).read_at is not None
    assert "Read, the quiz is left" in words(done.text)


def test_going_to_the_quiz_from_the_lesson_marks_it_read(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch)
    client.post(f"{LESSON}/quiz", data={"kind": "main", "from": "lesson"})
    assert progress(app).read_at is not None


def test_the_first_page_of_a_quiz_says_where_to_go_on(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch)
    assert "Start the quiz" in client.get(f"{LESSON}/quiz").text
    taker = begin(app, client)
    attempt_item = taker.attempt_item("multiple")
    taker.send(attempt_item, right(attempt_item).response)
    assert f"Go on at question {attempt_item.number + 1}" in client.get(f"{LESSON}/quiz").text


def test_earlier_results_are_listed(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(make("single"))))
    taker = begin(app, client)
    taker.send(taker.attempt_item("single"), right(taker.attempt_item("single")).response)
    client.post(f"{taker.url}/finish")
    page = client.get(f"{LESSON}/quiz").text
    assert "1 of 1" in words(page)
    assert "Take the quiz again" in page


def test_the_own_page_shows_scores_what_is_left_and_what_was_flagged(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf", quiz=quiz(make("single"), make("multiple"))), lesson("2-water"))
    assert "Nothing here yet." in client.get("/me").text
    taker = begin(app, client)
    for item_type in ("single", "multiple"):
        attempt_item = taker.attempt_item(item_type)
        taker.send(attempt_item, (right if item_type == "single" else wrong)(attempt_item).response)
    attempt_item = taker.attempt_item("multiple")
    taker.post({"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "flag", "flagged": "1"})
    client.post(f"{taker.url}/finish")
    page = words(client.get("/me").text)
    assert "0 of 2 lessons done" in page
    assert "best quiz 50%" in page
    assert "1 question in “Leaf” Question 2" in page
    assert "Kept in this browser only" in page


def test_what_authors_wrote_is_text_wherever_it_is_shown(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = "<script>alert(1)</script> “&” {{ 7*7 }}"
    one = lesson(title=odd, lead=odd, objectives=(odd,), end=LessonEnd((odd,), rests_note=odd), advisory=odd)
    serve(app, monkeypatch, one, lesson("2-water", title=odd))
    taker = begin(app, client)
    client.post(f"{LESSON}/place", data={"anchor": "p2"})
    for path in ("/", "/modules/1-tea", LESSON, "/modules/1-tea/2-water", f"{LESSON}/quiz", "/me", taker.url):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "49" not in words(page).partition("alert(1)")[2][:40]


def test_tabs_and_history_do_not_name_the_subject_of_a_strong_lesson(
    app: Flask, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), strong_lesson(slug="2-burn", number=2), sequencing="advice")

    for path, words_of_title in (("2-burn", "Module 1, lesson 2"), ("2-burn/quiz", "Quiz: Module 1, lesson 2")):
        page = visit(client, f"/modules/1-tea/{path}")
        assert read(page.one("title")).startswith(words_of_title)
        assert "Burn" in read(page.one("h1"))
        assert not [one for one in page.all("meta") if one.get("name") == "description"]
    begun = visit(client, "/modules/1-tea/2-burn/quiz", data={"kind": "main"})
    assert "Quiz: Module 1, lesson 2" in read(begun.one("title"))
    assert "Burn" not in read(begun.one("title"))
    assert read(visit(client, "/modules/1-tea/1-leaf").one("title")).startswith("Leaf")


def test_the_way_up_names_course_and_module(
    app: Flask, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf"), lesson("2-water", number=2))

    def way(path: str) -> list[str]:
        page = visit(client, path)
        nav = next(one for one in page.all("nav") if one.get("aria-label") == "You are in")
        return [read(one) for one in nav.iter("li")]

    above = ["Tea", "Module 1: Tea"]
    back = visit(client, "/modules/1-tea/2-water").one("a", **{"class": "back"})
    assert (back.get("href"), read(back)) == ("/modules/1-tea", "Module 1")
    back = visit(client, client.post(f"{LESSON}/quiz", data={"kind": "main"}).location).one("a", **{"class": "back"})
    assert (back.get("href"), read(back)) == (LESSON, "Back to the lesson")
    assert way("/modules/1-tea/1-leaf/quiz") == [*above, "Leaf"]
    assert way("/modules/1-tea") == ["Tea"]
