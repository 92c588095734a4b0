"""Changes of a program on its page: each links to the facts that it is about, and is asked until it was read."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from learnapp.content.facts import Section
from learnapp.database.db import db
from learnapp.training.models import Acknowledgement
from tests.actors.people import People, open_login
from tests.actors.training import certified
from tests.courses.serving import serve_catalog
from tests.courses.tea import evidence
from tests.courses.training import SERVER, program, training_course, update
from tests.factories.base import NOON
from tests.pages import PageOpener, words

KETTLE = evidence("ev.tea.kettle")
DAY = timedelta(days=1)


def test_a_change_leads_to_its_facts_and_goes_once_it_was_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch, people: People, visit: PageOpener
) -> None:
    about = update(asked_from="2026-12-01")
    named = about.model_copy(update={"facts": (KETTLE.id,)})
    course = training_course(program(updates=[named]))
    sections = {"tea": Section(slug="tea", title="Tea", path=("Page", "Tea"), depth=2)}
    course = serve_catalog(app, monkeypatch, replace(course, facts={KETTLE.id: KETTLE}, sections=sections))
    vera, browser = people.add("Vera"), people.browser()
    with people.app.app_context():
        certified(db.session, course, vera)
    with time_machine.travel(NOON + 30 * DAY):
        open_login(browser, vera)
        page = visit(browser, f"/training/{SERVER}")
        (form,) = (one for one in page.all("form") if one.get("action") == f"/training/{SERVER}/updates")
        assert [one.get("href") for one in form.iter("a")] == [f"/sources/evidence/{KETTLE.id}"]
        assert "A new kettle" in words(form)
        assert "A new kettle" not in visit(browser, f"/training/{SERVER}/updates", data={"update": about.id}).text
        assert browser.post(f"/training/{SERVER}/updates", data={"update": "no-such-change"}).status_code == 404
    assert people.count(Acknowledgement) == 1
