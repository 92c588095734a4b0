"""The page of readiness: a day is asked for, what is missing is named, and nobody else has it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from tests.actors.people import People, open_login
from tests.actors.training import certified
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, program, training_course
from tests.factories.base import NOON
from tests.pages import PageOpener

DAY = f"/training/{SERVER}/day"


@pytest.fixture
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Serve the tea course with its programs."""
    return serve_catalog(app, monkeypatch, training_course(program(was=["old-name"])))


@pytest.fixture
def vera(course: Catalog, people: People) -> FlaskClient:
    """Give the browser of Vera, who was certified at noon."""
    browser, who = people.browser(), people.add("Vera")
    with people.app.app_context(), time_machine.travel(NOON):
        certified(db.session, course, who)
    with time_machine.travel(NOON):
        open_login(browser, who)
    return browser


def test_a_day_is_asked_for_and_the_rule_is_told(vera: FlaskClient, visit: PageOpener) -> None:
    with time_machine.travel(NOON):
        page = visit(vera, DAY)
        assert "80 of 100 questions" in page.text
        assert "As of today" not in page.text
        assert DAY in {link.get("href") for link in visit(vera, f"/training/{SERVER}").all("a")}


def test_who_is_certified_is_ready_on_a_day_and_nearly_after_the_certificate_ends(
    vera: FlaskClient, visit: PageOpener
) -> None:
    with time_machine.travel(NOON):
        assert "you are ready on 14 March 2027" in visit(vera, f"{DAY}?on=2027-03-14").text
        page = visit(vera, f"{DAY}?on=2027-11-22")
        assert "you are nearly ready for 22 November 2027" in page.text
        assert "ends on 21 November 2027, before the day" in page.text
    with time_machine.travel(NOON + timedelta(days=366)):
        later = vera.application.test_client()
        assert later.get(f"{DAY}?on=2027-12-01").status_code == 302  # who is nobody signs in


@pytest.mark.parametrize("on", ["", "x", "2026-11-20", "9999-12-31"])
def test_another_day_is_asked_for_again_with_what_was_typed(vera: FlaskClient, visit: PageOpener, on: str) -> None:
    with time_machine.travel(NOON):
        page = visit(vera, f"{DAY}?on={on}", status=422)
    assert "Choose a day from today on" in page.text


def test_a_program_s_former_name_leads_to_its_page(vera: FlaskClient) -> None:
    answer = vera.get("/training/old-name/day?on=2027-03-14")
    assert (answer.status_code, answer.location) == (301, f"{DAY}?on=2027-03-14")
    assert vera.get("/training/no-such/day").status_code == 404


def test_somebody_who_has_begun_nothing_is_told_what_is_missing(
    course: Catalog, people: People, visit: PageOpener
) -> None:
    browser = people.browser()
    with time_machine.travel(NOON):
        open_login(browser, people.add("Ben"))
        page = visit(browser, f"{DAY}?on=2027-03-14")
    assert "you are not ready yet for 14 March 2027" in page.text
    assert "2 lessons left" in page.text
    assert "The final is not passed yet" in page.text
