"""Pages of training: what everybody is shown, what a button begins, in how many tabs, and who may press it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.models import Attempt
from learnapp.training.models import Acknowledgement
from tests.actors.attempt_pages import words
from tests.actors.attempts import wrong
from tests.actors.deferred import at
from tests.actors.people import People, become_guest, choose_age, same_browser
from tests.actors.training import Db, begin, finish, issue
from tests.actors.training_pages import Volunteer, volunteer
from tests.courses.serving import serve, serve_catalog
from tests.courses.tea import LESSON, course_with, lesson
from tests.courses.training import HELPER, LESSONS, SERVER, program, training_course, update, with_programs
from tests.factories.base import NOON
from tests.factories.review import ReviewCardFactory
from tests.pages import PageOpener
from tests.statements import counted

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
PROGRAM = f"/training/{SERVER}"
PAGES = ("/training", PROGRAM, f"/training/{HELPER}", "/training/safety")
OPENS = NOON + 305 * DAY  # 60 days before the end of a certificate


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let the clock stand at noon."""
    with at(NOON):
        yield


@pytest.fixture
def vera(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    """Give Vera, who has read everything."""
    return volunteer(app, people, monkeypatch)


def test_a_visitor_reads_all_of_it_and_is_led_to_an_account(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, training_course())
    shown = {path: words(visit(client, path).text) for path in PAGES}
    assert "Tea server For whoever pours. 0 of 2 0 of 2 lessons done." in shown["/training"]
    assert "Make an account, or begin to read" in shown[PROGRAM]
    assert "Passed with 5 of 6 points, and full marks on the safety points." in shown[PROGRAM]
    assert "When tea is spilled A cup falls. Warn everybody. Wipe it up. It is hot." in shown["/training/safety"]
    assert not any("Take the final" in text for text in shown.values())


def test_a_guest_is_shown_what_was_read_and_is_led_to_an_account(
    app: Flask, people: People, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, training_course())
    assert client.post(f"{LESSON}/place", data={"anchor": "p2"}).status_code in (204, 303)
    for path in PAGES:
        assert "Take the final" not in words(visit(client, path).text)
    assert "Make an account, or begin to read" in words(visit(client, PROGRAM).text)
    assert "Training" in words(visit(client, "/me").text)


def test_a_learner_is_shown_the_lessons_that_are_left(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, training_course())
    ben = people.signed_in("Ben")
    for path in PAGES:
        visit(ben, path)
    text = words(visit(ben, PROGRAM).text)
    assert "Next lesson Leaf Begin" in text
    assert "What you have done" not in text


def test_a_course_without_programs_says_so_and_has_no_safety_points(
    app: Flask, client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve(app, monkeypatch)
    assert "There is no program yet." in words(visit(client, "/training").text)
    for path in PAGES[1:]:
        assert client.get(path).status_code == 404
    assert people.signed_in("Vera").post(f"{PROGRAM}/final").status_code == 404


def refused(client: FlaskClient) -> list[TestResponse]:
    return [client.post(f"{PROGRAM}/final"), client.post(f"{PROGRAM}/updates", data={"update": "new-kettle"})]


@pytest.mark.parametrize("who", ["visitor", "guest"])
def test_nobody_without_an_account_begins_a_final(
    app: Flask, people: People, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    serve_catalog(app, monkeypatch, training_course())
    if who == "guest":
        become_guest(people, client)
    for answer in refused(client):
        assert answer.status_code in (302, 303)
        assert "/account/sign-in" in answer.location
    script = client.post(f"{PROGRAM}/final", headers={"Accept": "application/json"})
    assert script.status_code == 401
    assert (people.count(Attempt), people.count(Acknowledgement)) == (0, 0)


def test_the_final_is_refused_while_a_lesson_is_left(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, training_course())
    page = visit(people.signed_in("Ben"), f"{PROGRAM}/final", status=409, data={})
    assert "The final is not open yet" in words(page.text)
    assert people.count(Attempt) == 0


@pytest.mark.parametrize(("band", "told"), [(None, True), (12, True), (18, False)])
def test_a_program_for_older_readers_says_from_which_age_it_is_open(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, band: int | None, told: bool
) -> None:
    older = course_with(LESSONS[0], lesson("1-cup", "2-pot", age=Ages(core=None, full=18, teacher_release=True)))
    serve_catalog(app, monkeypatch, with_programs(older, program()))
    ben = people.signed_in("Ben")
    if band is not None:
        choose_age(ben, band)
    text = words(visit(ben, PROGRAM).text)
    assert ("Some parts of this program are for age 18 and over." in text) is told
    assert ben.post(f"{PROGRAM}/final").status_code == 409


def test_what_was_read_at_another_age_opens_the_final_at_every_age(vera: Volunteer, visit: PageOpener) -> None:
    choose_age(vera.client, 12)
    taker = vera.begin()
    choose_age(vera.client, 18)
    assert visit(vera.client, taker.url).title.startswith("Question 1 of 6")
    choose_age(vera.client, 12)
    assert "Passed" in vera.finish(taker)


def test_the_final_begins_with_one_button(vera: Volunteer, visit: PageOpener) -> None:
    page = visit(vera.client, PROGRAM)
    assert "Next Take the final 6 questions, about 9 minutes. It is not timed" in words(page.text)
    answer = vera.press_begin()
    assert (answer.status_code, answer.location) == (303, f"/attempts/{vera.attempts()[0].id}")
    assert "Next Go on with your final" in words(visit(vera.client, PROGRAM).text)
    assert "It stays open until 21 December 2026" in words(visit(vera.client, PROGRAM).text)


def test_all_programs_stand_on_one_page(vera: Volunteer, visit: PageOpener) -> None:
    text = words(visit(vera.client, "/training").text)
    assert text.count("Next Take the final") == 2
    vera.begin()
    text = words(visit(vera.client, "/training").text)
    assert (text.count("Next Take the final"), text.count("Next Go on with your final")) == (1, 1)


@pytest.mark.parametrize(
    "again",
    [lambda vera: vera.client, lambda vera: same_browser(vera.client), lambda vera: vera.device()],
    ids=["twice", "two tabs", "two devices"],
)
def test_whoever_begins_again_goes_on(vera: Volunteer, again: Callable[[Volunteer], FlaskClient]) -> None:
    first = vera.begin()
    second = vera.on(again(vera)).begin()
    assert first.url == second.url
    assert len(vera.attempts()) == 1


def test_a_form_that_ended_is_followed_by_a_wait_with_its_moment(vera: Volunteer, visit: PageOpener) -> None:
    taker = vera.begin()
    vera.finish(taker, wrong)
    text = words(visit(vera.client, PROGRAM).text)
    assert "Next You can try again tomorrow at 12:00 (UTC) You will get other questions." in text
    assert "What you have done Final, 21 November 2026 Not passed" in text
    page = visit(vera.client, f"{PROGRAM}/final", status=409, data={})
    told = words(page.text)
    assert "You can try again a day after the last final" in told
    assert "You can try again tomorrow at 12:00 (UTC)." in told
    assert "You can try again tomorrow at 12:00 (UTC)." in words(visit(vera.client, "/me").text)


def test_a_pass_leads_to_its_certificate(vera: Volunteer, visit: PageOpener) -> None:
    vera.finish(vera.begin())
    page = visit(vera.client, PROGRAM)
    assert "Next You have passed: get your certificate" in words(page.text)
    assert f'href="{PROGRAM}/certificate"' in page.text
    assert "You have passed: get your certificate." in words(visit(vera.client, "/me").text)
    assert vera.press_begin().status_code == 409


def certify(vera: Volunteer) -> None:
    """Have her pass and get her certificate."""
    with vera.app.app_context():
        session: Db = db.session
        finish(session, begin(session, vera.catalog, vera.user_id))
        issue(session, vera.catalog, vera.user_id)


def test_a_certificate_rests_until_it_can_be_renewed(vera: Volunteer, visit: PageOpener) -> None:
    certify(vera)
    text = words(visit(vera.client, PROGRAM).text)
    assert "Your certificate is valid until 21 November 2027 You can renew it from 22 September 2027 on" in text
    assert "Certificate of 21 November 2026 Valid today" in text
    with at(OPENS - SECOND - 12 * timedelta(hours=1)):
        assert vera.on(vera.device()).press_begin().status_code == 409
    with at(OPENS):
        later = vera.on(vera.device())
        page = words(visit(later.client, PROGRAM).text)
        assert "Take the shorter final 3 questions, about 4 minutes." in page
        assert "You can renew it from now on" in page
        assert "You can renew it from now on" in words(visit(later.client, "/me").text)
        assert "You can renew it from now on" in words(visit(later.client, "/training").text)
        assert len(later.begin().attempt.items) == 3


def test_a_renewal_asks_for_review_where_questions_are_forgotten(vera: Volunteer, visit: PageOpener) -> None:
    certify(vera)
    with vera.app.app_context():
        for item_id in ("tea-single", "tea-cloze", "tea-ordering"):
            ReviewCardFactory(user_id=vera.user_id, item_id=item_id, stability=0.1)
    with at(OPENS):
        later = vera.on(vera.device())
        text = words(visit(later.client, PROGRAM).text)
        assert "Review first About 2 minutes of review" in text
        assert later.press_begin().status_code == 409


def test_a_change_is_read_and_acknowledged_once(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    asked = [update("new-kettle").model_dump(), update("old-pot", "2026-11-01").model_dump()]
    vera = volunteer(app, people, monkeypatch, training_course(program(updates=asked)))
    certify(vera)
    assert "change to read" not in words(visit(vera.client, PROGRAM).text)
    with at(NOON + 10 * DAY):
        client = vera.device()
        page = visit(client, PROGRAM)
        assert "Next Something has changed since you passed. Read what has changed" in words(page.text)
        assert page.one("input", name="update").get("value") == "new-kettle"
        assert "1 change to read." in words(visit(client, "/me").text)
        assert "Something has changed since you passed." in words(visit(client, "/training").text)
        for _twice in range(2):
            done = visit(client, f"{PROGRAM}/updates", data={"update": "new-kettle"})
        assert "change to read" not in words(done.text)
        for name in ("", "none"):
            visit(client, f"{PROGRAM}/updates", status=404, data={"update": name})
        assert client.post("/training/none/updates", data={"update": "new-kettle"}).status_code == 404
    assert people.count(Acknowledgement) == 1


def test_one_s_own_page_says_nothing_of_programs_that_were_not_begun(vera: Volunteer, visit: PageOpener) -> None:
    def notice() -> bool:
        return "Tea server" in words(visit(vera.client, "/me").text)

    assert not notice()
    vera.begin()
    assert notice()
    assert "Your final is open." in words(visit(vera.client, "/me").text)


def test_nobody_is_shown_what_another_has_done(vera: Volunteer, people: People, visit: PageOpener) -> None:
    vera.finish(vera.begin(), wrong)
    cleo = people.signed_in("Cleo")
    for path in (*PAGES, "/me"):
        text = (
            words(visit(cleo, path).text)
            .partition("Who sees what")[0]
            .replace("Not passed? You are told which lessons to go over, and can try again", "")
        )
        assert "Not passed" not in text
        assert "try again" not in text


@pytest.mark.parametrize(("path", "most"), [("/training", 6), (PROGRAM, 6), ("/training/safety", 1), ("/me", 9)])
def test_a_page_takes_as_many_statements_for_two_programs_as_for_one(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, path: str, most: int
) -> None:
    vera = volunteer(app, people, monkeypatch)
    certify(vera)
    numbers = []
    for catalog in (training_course(program()), training_course()):
        serve_catalog(app, monkeypatch, catalog)
        with app.app_context(), counted(db.engine) as sent:
            assert vera.client.get(path).status_code == 200
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= most, sent


def test_a_form_begins_in_few_statements(vera: Volunteer) -> None:
    with vera.app.app_context(), counted(db.engine) as sent:
        assert vera.press_begin().status_code == 303
    assert len(sent) <= 13, sent
