"""Before somebody joins a team they read what its coordinators see, and every sentence of it is true."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.teams import Team
from tests.courses.practice import MILK, SUGAR
from tests.factories.base import NOON
from tests.pages import Page, PageOpener, words
from tests.teams.standings.histories import changed_course
from tests.teams.test_canary import history, read_all

Way = Callable[[Team, PageOpener, FlaskClient], Page]
SEEN = [
    "The name you have here, and since when you are in.",
    "For each event at which you are expected: ready, nearly or not yet, and which parts are missing, such as"
    " “2 lessons to finish” or “about 20 minutes of review”.",
    "On which day you were done with practice, on which day you passed the final, and until which day your certificate"
    " is valid, or that it was withdrawn; also from before today.",
    "They may note that you come to an event with an experienced partner. You see that, too.",
    "When an event is closed, your name with “ready” or “not ready”, and whether you came with a partner, is kept"
    " for 90 days.",
]
UNSEEN = [
    "Your answers, marks and tries, in lessons and in the final.",
    "What you say in conversations, which of them you practiced and how often, and what you note down.",
    "How well you remember, your age group, and which way you read a hard lesson.",
    "Your password, your e-mail address, and the number and name of your certificate.",
]


@pytest.fixture
def team(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    with at(NOON):
        yield Team(app, people, monkeypatch, changed_course())


def told(page: Page, section: str) -> list[str]:
    return [words(one) for one in page.one("section", **{"aria-labelledby": section}).iter("li")]


def by_code(team: Team, visit: PageOpener, zoe: FlaskClient) -> Page:
    """Come to the page before joining, by the team's code."""
    shown = words(visit(team.cora, f"{team.path}/code", data={"days": "14"}).one("p", **{"class": "joincode"}))
    page = visit(zoe, "/join", data={"code": shown})
    assert page.response.request.path == "/join/confirm"
    return page


def by_invitation(team: Team, visit: PageOpener, zoe: FlaskClient) -> Page:
    """Come to the page before joining, by an invitation."""
    visit(team.cora, f"{team.path}/invite", data={"who": "Zoe"})
    (address,) = {link.get("href") for link in visit(zoe, "/groups").all("a") if "invit" in (link.get("href") or "")}
    return visit(zoe, str(address))


@pytest.mark.parametrize("way", [by_code, by_invitation])
def test_who_comes_in_reads_before_what_is_seen_and_what_is_not(team: Team, visit: PageOpener, way: Way) -> None:
    zoe = team.device(team.people.add("Zoe"))
    page = way(team, visit, zoe)
    assert told(page, "seen") == SEEN
    assert told(page, "unseen") == UNSEEN
    assert "You leave with one press" in page.text
    assert "lessons that they ask of you" not in page.text


def test_what_is_said_to_be_seen_is_seen(team: Team, visit: PageOpener) -> None:
    history(team, team.vera_id)
    event = team.event()
    assert "In it since 21 November 2026" in words(visit(team.cora, f"{team.path}/members").one("main"))
    shown = words(visit(team.cora, event).one("li", id=f"volunteer-{team.vera_id}"))
    for part in ("Vera", "1 change to read", "Practice done on 16 November 2026", "Final passed on 16 November 2026"):
        assert part in shown
    assert "Certificate until 21 November 2027" in shown
    team.cora.post(f"{event}/close")
    assert "Not ready" in words(visit(team.cora, event).one("section", **{"aria-labelledby": "kept"}))


def test_what_is_said_to_be_unseen_is_on_no_page(team: Team) -> None:
    vera = team.add("Vera 2", email="vera@example.org", band=16)
    history(team, vera, order=(MILK, SUGAR))
    for path, text in read_all(team, team.event()).items():
        assert not re.search(r"vera@example|xcanaryx|\b16 (to|and|years)\b|age group:", text), path


def test_who_leaves_with_one_press_is_gone_with_what_was_kept(team: Team, visit: PageOpener) -> None:
    event = team.event()
    team.cora.post(f"{event}/close")
    page = visit(team.vera, team.path)
    leaves = [form for form in page.all("form") if (form.get("action") or "").endswith("/leave")]
    assert len(leaves) == 1
    visit(team.vera, str(leaves[0].get("action")), data={})
    assert set(team.noted()) == {team.ben_id}
    assert "Vera" not in "".join(read_all(team, event).values())


def test_the_privacy_page_tells_what_is_kept_of_events(team: Team, visit: PageOpener) -> None:
    page = visit(team.vera, "/privacy")
    stored = words(page.one("section", **{"aria-labelledby": "event_volunteers"}))
    for part in (
        "that you are expected",
        "experienced partner",
        "whether you were ready",
        "90 days after the event was closed",
    ):
        assert part in stored
    assert "90 days after its day, or after it was closed" in words(
        page.one("section", **{"aria-labelledby": "events"})
    )
