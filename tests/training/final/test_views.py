"""Pages of finals: a form on every device, its result, and what stands in place of one that ended."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from learnapp.database.db import db
from tests.actors.attempt_pages import Taker, begin, words
from tests.actors.attempts import wrong
from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.training import wrong_in
from tests.actors.training_pages import Volunteer, answer_form, answer_question, volunteer
from tests.courses.tea import LESSON
from tests.courses.training import SERVER
from tests.factories.base import NOON
from tests.pages import PageOpener
from tests.statements import counted

JSON, PART = {"Accept": "application/json"}, {"X-Fragment": "attempt"}
SECOND = timedelta(seconds=1)
OVER = NOON + timedelta(days=30)


@pytest.fixture
def vera_at_pages(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """Give Vera at noon, who has read everything."""
    with at(NOON):
        yield volunteer(app, people, monkeypatch)


def test_a_form_is_a_quiz_that_is_called_a_final(vera_at_pages: Volunteer, visit: PageOpener) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    page = visit(vera.client, taker.url)
    assert page.title == "Question 1 of 6 · Final: Tea server · Learnapp"
    text = words(page.text)
    assert "Final · 1 of 6" in text
    assert "Back to the program" in text
    assert "left the course" not in text
    assert "Keep my answer and go on" in text
    assert f'href="/training/{SERVER}"' in page.text
    for number in (*range(2, 7), "end"):
        shown = visit(vera.client, f"{taker.url}?q={number}")
        assert "lesson" not in words(shown.text.partition("<main")[2].partition("</main>")[0]).lower()


def test_an_answer_goes_on_to_the_next_question_and_tells_nothing(vera_at_pages: Volunteer) -> None:
    taker = vera_at_pages.begin()
    item = taker.attempt.item(1)
    kept = taker.send(item, wrong(item).response)
    assert (kept.status_code, kept.location) == (303, f"{taker.url}?q=2")
    taken_back = taker.look(1)
    assert "Because the tea book says so." not in taken_back
    assert taker.attempt.item(1).state.points is None


def test_a_form_is_gone_on_with_on_another_device_with_certainty_and_flags(
    vera_at_pages: Volunteer, visit: PageOpener
) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    answer_question(taker, 1, certainty="3", flagged="1")
    answer_question(taker, 2, certainty="1")
    phone = vera.device()
    again = vera.on(phone).begin()
    assert again.url == taker.url
    page = visit(phone, taker.url)
    assert page.title.startswith("Question 2 of 6")
    first = visit(phone, f"{taker.url}?q=1")
    assert first.one("input", name="flagged").get("checked") is not None
    chosen = [
        one.get("value") for one in first.all("input") if one.get("name") == "certainty" and "checked" in one.attrib
    ]
    assert chosen == ["3"]
    before = taker.attempt
    answer_question(Taker(vera.app, phone, taker.attempt_id), 3)
    assert taker.attempt.summary.seq == before.summary.seq + 1
    assert [(item.flagged, item.certainty) for item in taker.attempt.items[:2]] == [(True, 3), (False, 1)]


def test_flagged_questions_of_a_final_are_listed_by_its_title(vera_at_pages: Volunteer, visit: PageOpener) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    answer_question(taker, 2, flagged="1")
    page = visit(vera.client, "/me")
    assert "1 question in “Final: Tea server” Question 2" in words(page.text)
    assert f"{taker.url}?q=2#q2" in page.text
    vera.finish(taker)
    shown = visit(vera.client, f"{taker.url}?q=2")
    assert shown.one("details", id="q2") is not None


def test_a_passed_form_shows_its_points_and_leads_to_the_certificate(
    vera_at_pages: Volunteer, visit: PageOpener
) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    answer_form(taker, certainty="3")
    page = visit(vera.client, f"{taker.url}/finish", data={})
    assert page.response.request.path == f"/training/finals/{taker.attempt_id}"
    text = words(page.text)
    assert "Passed 6 of 6 points. Full marks on all safety points." in text
    assert "See what comes next" in text
    assert "sure 6 of 6" in text.lower()
    assert "Worth going over again" not in text
    assert "Questions worth another look" not in text


def test_a_form_that_was_not_passed_says_by_theme_what_to_go_over_and_from_when_on_another_comes(
    vera_at_pages: Volunteer, visit: PageOpener
) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    vera.finish(taker, wrong)
    page = visit(vera.client, f"/training/finals/{taker.attempt_id}")
    text = words(page.text)
    assert "Not there yet" in text
    assert "One safety point is not fully right." in text
    assert "You can try again tomorrow at 12:00 (UTC), with other questions." in text
    over = text.partition("Worth going over again")[2].partition("By theme")[0]
    assert over.startswith(" When tea is spilled 0 of 1 Nobody passes without it. Read this safety point Tea ")
    assert "Leaf" in over
    assert 'href="/training/safety#spills"' in page.text
    assert "Because the tea book says so." not in text  # the bank asks again
    assert "What you answered right" not in text
    assert "See what comes next" not in text
    with at(NOON + timedelta(hours=24)):
        later = words(visit(vera.client, f"/training/finals/{taker.attempt_id}").text)
    assert "try again" not in later


def test_nothing_of_a_final_is_practised(vera_at_pages: Volunteer) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    assert vera.client.post(f"{taker.url}/missed").status_code == 404
    vera.finish(taker, wrong)
    assert vera.client.post(f"{taker.url}/missed").status_code == 404
    assert len(vera.attempts()) == 1


def test_an_open_form_has_no_result_and_its_address_leads_to_its_questions(vera_at_pages: Volunteer) -> None:
    taker = vera_at_pages.begin()
    answer = vera_at_pages.client.get(f"/training/finals/{taker.attempt_id}")
    assert (answer.status_code, answer.location) == (303, taker.url)


def test_results_of_others_of_lessons_and_of_nothing_are_not_there(
    app: Flask, people: People, vera_at_pages: Volunteer
) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    vera.finish(taker)
    of_lesson = begin(app, vera.client, LESSON)
    for path in (f"/training/finals/{of_lesson.attempt_id}", "/training/finals/0", "/training/finals/99999999999"):
        assert vera.client.get(path).status_code == 404
    cleo = people.signed_in("Cleo")
    for path in (f"/training/finals/{taker.attempt_id}", taker.url):
        assert cleo.get(path).status_code == 404
    for path in (f"{taker.url}/finish", f"{taker.url}/answers", f"{taker.url}/missed"):
        assert cleo.post(path, data={"item": taker.attempt.items[0].item.id, "seq": 0}).status_code == 404


@pytest.mark.parametrize("headers", [{}, PART, JSON], ids=["page", "part", "json"])
def test_an_over_aged_form_takes_no_answer_and_says_so(
    vera_at_pages: Volunteer, visit: PageOpener, headers: dict[str, str]
) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    answer_question(taker, 1)
    before = taker.attempt
    with at(OVER):
        late = Taker(vera.app, vera.device(), taker.attempt_id)
        item = before.item(2)
        answer = late.send(item, wrong(item).response, "save" if headers else "check", headers=headers)
        ended = late.client.post(f"{late.url}/finish", headers=headers)
        assert (answer.status_code, ended.status_code) == (409, 409)
        if headers == JSON:
            assert answer.json is not None
            assert "takes no more answers" in str(answer.json)
        else:
            assert "This takes no more answers" in words(answer.text)
        page = visit(late.client, taker.url)
    assert "This final was set aside because it was open for 30 days." in words(page.text)
    assert taker.attempt == before


def test_a_form_takes_answers_to_its_last_second(vera_at_pages: Volunteer) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    with at(OVER - SECOND):
        phone = Taker(vera.app, vera.device(), taker.attempt_id)
        answer_question(phone, 1)
        assert phone.client.get(taker.url).status_code == 200
        assert vera.on(phone.client).finish(phone, wrong_in())
    assert taker.attempt.summary.passed is True


def test_what_was_set_aside_takes_nothing_more_and_shows_its_page(vera_at_pages: Volunteer, visit: PageOpener) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    answer_question(taker, 1)
    before = taker.attempt
    with at(OVER + timedelta(days=1)):
        again = vera.on(vera.device())
        second = again.begin()
        assert second.attempt_id != taker.attempt_id
        late = Taker(vera.app, again.client, taker.attempt_id)
        assert late.send(before.item(2), None, "save", headers=JSON).status_code == 409
        page = visit(again.client, f"{taker.url}/finish", data={})
        assert "This final was set aside" in words(page.text)
        program = words(visit(again.client, vera.page).text)
    assert "Set aside unfinished; it does not count" in program
    assert [(one.state, one.passed) for one in vera.attempts()] == [("aside", None), ("open", None)]
    assert taker.attempt.item(1).state == before.item(1).state


def test_export_names_the_final_by_the_title_of_its_program(vera_at_pages: Volunteer) -> None:
    from tests.learning.test_permutations import archive_of

    vera = vera_at_pages
    taker = vera.begin()
    answer_question(taker, 1)
    archive = archive_of(vera.client)
    assert '"lesson": "Tea server"' in archive["data.json"]
    assert "Tea server" in "".join(text for name, text in archive.items() if name != "data.json")


def test_a_result_takes_few_statements(vera_at_pages: Volunteer) -> None:
    vera = vera_at_pages
    taker = vera.begin()
    vera.finish(taker, wrong)
    with vera.app.app_context(), counted(db.engine) as sent:
        assert vera.client.get(f"/training/finals/{taker.attempt_id}").status_code == 200
    assert len(sent) <= 2, sent
