"""Whom a reader meets in lessons, and where."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from learnapp.content.evidence import Person
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from learnapp.library.people_wording import meeting_words, people_met, people_to_meet
from tests.courses.serving import serve_catalog
from tests.library.test_people import KEEPER
from tests.pages import PageOpener, words

READ = LessonState(read_at=datetime(2026, 11, 21, 12, tzinfo=UTC))


@pytest.fixture
def harbor(app: Flask, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Give the island course with a keeper in it."""
    keeper = Person.model_validate({**KEEPER, "facts": ("lamp.01",)})
    return serve_catalog(app, monkeypatch, replace(catalog, people={"keeper": keeper}))


def progress(catalog: Catalog, *read: str) -> CourseProgress:
    return derive_progress(next(iter(catalog.courses.values())), dict.fromkeys(read, (READ, None)))


def read_by(catalog: Catalog, route: str) -> CourseProgress:
    """Return the progress of somebody who read the lesson on the wreck by a route."""
    state = replace(READ, route=route)
    wreck = catalog.lessons["1-sea/1-the-wreck"]
    return derive_progress(catalog.course_of(wreck), {wreck.key: (state, None)})


def test_it_is_said_where_one_met_somebody_and_where_one_will(app: Flask, harbor: Catalog) -> None:
    with app.test_request_context("/"):
        course = progress(harbor)
        (keeper,) = people_to_meet(course)
        assert meeting_words(keeper, course).startswith("You meet in 1.")
        assert people_met(course.lessons) == []
        course = progress(harbor, str(keeper.lessons[0].key))
        assert people_met(course.lessons) == [keeper]
        assert meeting_words(keeper, course).startswith("You met in 1.")


@pytest.mark.parametrize("age", [12, 16, 18])
def test_the_short_version_introduces_nobody_of_the_long_one(
    app: Flask, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, age: int
) -> None:
    vera = Person.model_validate({**KEEPER, "id": "vera", "facts": ("wreck.02",)})
    warden = Person.model_validate({**KEEPER, "id": "warden", "facts": ("keepers.03",)})
    served = serve_catalog(app, monkeypatch, replace(catalog, people={"vera": vera, "warden": warden}))
    with app.test_request_context("/"):
        monkeypatch.setattr("learnapp.library.cache.current_band", lambda: age)
        met = {
            route: [entry.person.id for entry in people_met(read_by(served, route).lessons)]
            for route in ("closed", "short")
        }
        assert met == {"closed": ["vera"], "short": ["warden"]}
        (entry,) = (one for one in people_to_meet(progress(served)) if one.person.id == "vera")
        assert "met" in meeting_words(entry, read_by(served, "all"))
        assert meeting_words(entry, read_by(served, "short")).startswith("You meet in ")


@pytest.mark.parametrize("route", ["all", "closed", "short"])
def test_nobody_who_stands_in_a_card_alone_counts_as_met(
    app: Flask, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    vera = Person.model_validate({**KEEPER, "facts": ("wreck.04",)})
    served = serve_catalog(app, monkeypatch, replace(catalog, people={"keeper": vera}))
    with app.test_request_context("/"):
        monkeypatch.setattr("learnapp.library.cache.current_band", lambda: 18)
        assert people_met(read_by(served, route).lessons) == []
        assert len(people_to_meet(progress(served))) == 1


def test_the_people_stand_on_a_page_of_their_own_and_on_the_first(
    harbor: Catalog, client: FlaskClient, visit: PageOpener
) -> None:
    assert "The keeper rang the bell" in words(visit(client, "/people").one("main"))
    assert "People you will meet" in words(visit(client, "/").one("main"))


def test_a_course_without_people_says_so(
    app: Flask, catalog: Catalog, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_catalog(app, monkeypatch, replace(catalog, people={}))
    assert "Nobody yet." in words(visit(client, "/people").one("main"))
    assert "People you will meet" not in visit(client, "/").text


def test_how_many_are_left_out_for_their_age_is_told_without_their_names(
    app: Flask, catalog: Catalog, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated = next(fact for lesson in catalog.lessons.values() for fact in lesson.gated)
    keeper = Person.model_validate({**KEEPER, "facts": (gated,)})
    serve_catalog(app, monkeypatch, replace(catalog, people={"keeper": keeper}))
    main = words(visit(client, "/people").one("main"))
    assert "1 person is left out here" in main
    assert "The keeper" not in main
