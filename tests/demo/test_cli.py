"""Demo commands: what they say, and that they make nothing up in production."""

from collections.abc import Callable

import pytest
from flask import Flask

from learnapp.demo import service, stories
from tests.actors.people import People, sign_in

MOMENT = "2026-11-27T10:00:00"


@pytest.fixture
def site(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Give an app that is no production, with schools of the smallest size."""
    monkeypatch.setattr(stories, "STUDENTS", len(stories.STORIES))
    return make_app(environment="development", WTF_CSRF_ENABLED=False)


@pytest.mark.slow
@pytest.mark.long
def test_the_school_is_made_and_then_says_who_can_sign_in(site: Flask) -> None:
    runner = site.test_cli_runner()

    made = runner.invoke(args=["demo", "seed", "--seed", "3", "--now", MOMENT])
    told = runner.invoke(args=["demo", "accounts"])

    assert made.exit_code == told.exit_code == 0, made.output + told.output
    assert "Three classes" in made.output
    lines = told.output.splitlines()
    assert lines[::2] == [f"{name} ({role}), {about}:" for name, (role, about) in service.CAST.items()]
    assert sign_in(site.test_client(), "Ada", lines[1].strip()).status_code == 302
    again = runner.invoke(args=["demo", "accounts"])
    assert (again.exit_code, "Nobody waits for a password" in again.output) == (1, True)


def test_a_database_with_people_is_refused(site: Flask) -> None:
    People(site).add("Ben")
    refused = site.test_cli_runner().invoke(args=["demo", "seed"])
    assert (refused.exit_code, "There are people in this database" in refused.output) == (1, True)


@pytest.mark.parametrize("command", ["seed", "accounts"])
def test_nothing_is_made_up_in_production(app: Flask, command: str) -> None:
    refused = app.test_cli_runner().invoke(args=["demo", command])
    assert (refused.exit_code, "Nothing is made up in production" in refused.output) == (1, True)
