"""Nothing of what a volunteer answered, said, wrote or remembers reaches a coordinator, on any page, list or file."""

import re
from collections.abc import Iterator
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

import pytest
from flask import Flask

from learnapp.database.db import db
from learnapp.learning.models import FINISHED, OwnWords
from learnapp.training.practice.store import store_run
from learnapp.training.practice.values import StoredRun
from tests.actors.deferred import at
from tests.actors.people import People
from tests.actors.teams import Team
from tests.courses.practice import MILK, SUGAR
from tests.courses.training import SERVER
from tests.factories.base import NOON
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.factories.review import ReviewCardFactory
from tests.factories.training import CertificateFactory
from tests.teams.standings.histories import changed_course

CANARY = "xcanaryx"
NUMBER = "CANARYcanaryCANARYcana"  # of a certificate, as long as each
UNUSUAL = ("73.519", "97531", "8642", "13579", "0.8137")
DAY = NOON - timedelta(days=5)


@pytest.fixture
def team(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    with at(NOON):
        yield Team(app, people, monkeypatch, changed_course())


def history(team: Team, user_id: int, **changes: Any) -> None:
    """Store a training with something unusual in everything that nobody else may see."""
    about: dict[str, Any] = {"route": "short", "points": 97531.0, "order": (SUGAR, MILK), "stability": 8642.0}
    about |= {"said": ("refuse", "sorry"), "words": CANARY, "failed": 1} | changes
    done = {"read_at": DAY, "passed_at": DAY, "completed_at": DAY}
    with team.app.app_context():
        for key in team.catalog.lessons:
            ProgressFactory(user_id=user_id, lesson=key, route=about["route"], best_points=about["points"],
                            best_max=97531.5, **done)  # fmt: skip
            db.session.add(OwnWords(user_id=user_id, lesson=key, kind="judgment", words=about["words"], saved_at=DAY))
        form = {"lesson": f"final/{SERVER}", "kind": "final", "user_id": user_id, "points": about["points"]}
        form |= {"state": FINISHED, "revision": RevisionFactory(lesson=f"final/{SERVER}").hash, "seed": 13579}
        for number in range(about["failed"]):
            tried = DAY - timedelta(days=9 + number)
            AttemptFactory(**form, started_at=tried, saved_at=tried, finished_at=tried, passed=False)
        passed = AttemptFactory(**form, started_at=DAY, saved_at=DAY, finished_at=DAY, passed=True)
        issued = NUMBER if about["words"] == CANARY else token_urlsafe(16)
        CertificateFactory(user_id=user_id, attempt_id=passed.id, program=SERVER, id=issued, issued_at=DAY,
                           name_shown=f"{about['words']} Light")  # fmt: skip
        for n, slug in enumerate(about["order"]):
            done_at = DAY - timedelta(hours=n)
            run = StoredRun(tuple(about["said"]), about["words"], about["words"], done_at)
            store_run(db.session, user_id, slug, run, NOON)
        for n in range(5):
            ReviewCardFactory(user_id=user_id, item_id=f"leaf-{n}", stability=about["stability"], times=13579,
                              reviewed_on=DAY.date(), due_on=DAY.date())  # fmt: skip
        db.session.commit()


def read_all(team: Team, event: str) -> dict[str, str]:
    """Return everything that a coordinator may read of the team, by address."""
    browser, found = team.device(team.cora_id), {}
    numbers = {"group_id": team.id, "event_id": event.rpartition("/")[2], "user_id": team.vera_id}
    for rule in team.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "group_id" in rule.arguments:
            path = re.sub(r"<(?:[^>]*:)?(\w+)>", lambda name: str(numbers.get(name[1], 1)), rule.rule)
            answer = browser.get(path)
            found[path] = f"{answer.status_code} {answer.headers}\n{answer.text}"
    for path in ("/", "/me", "/groups", "/account/data", f"/training/{SERVER}"):
        found[path] = browser.get(path).text
    return found


def test_nothing_of_it_is_in_anything_that_a_coordinator_may_fetch(team: Team) -> None:
    history(team, team.vera_id)
    event = team.event()
    for closed in (False, True):
        if closed:
            assert team.cora.post(f"{event}/close").status_code == 303
        pages = read_all(team, event)
        assert "Vera" in pages[event]
        assert sum(page.startswith("200") for page in pages.values()) >= 12
        for path, text in pages.items():
            for canary in (CANARY, NUMBER, *UNUSUAL):
                assert canary not in text, (path, canary)
            for named in ("refuse", "leaf-", "sugar bowl", "milk bowl") if path.startswith(team.path) else ():
                assert named not in text.lower(), (path, named)


def standing_of(team: Team, event: str, user_id: int, name: str) -> dict[str, str]:
    """Return what stands about somebody on page, paper and file, with the same name for all."""
    page = team.cora.get(event).text
    parts = {"page": re.findall(rf'<li [^>]*id="volunteer-{user_id}">.*?</li>', page, re.S)}
    parts["paper"] = re.findall(
        rf"<tr><th scope=\"row\"><bdi>{name}</bdi>.*?</tr>", team.cora.get(f"{event}/list").text, re.S
    )
    parts["file"] = re.findall(rf"^{name},.*$", team.cora.get(f"{event}/ready.csv").text, re.M)
    found = {}
    for where, texts in parts.items():
        assert len(texts) == 1, (where, texts)
        plain = re.sub(r'name="csrf_token" value="[^"]*"', "", texts[0]).replace(name, "NAME")
        found[where] = re.sub(rf'(id="volunteer-|name="volunteer" value="){user_id}"', r"\1", plain)
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"route": "all"},
        {"points": 1.0},
        {"order": (MILK, SUGAR)},
        {"stability": 4000.0},
        {"said": ("offer", "one")},
        {"failed": 3},
        {"words": "other"},
    ],
)
def test_two_who_differ_in_what_is_nobodys_business_look_the_same(team: Team, changes: dict[str, Any]) -> None:
    history(team, team.vera_id)
    history(team, team.ben_id, **{"words": "else", **changes})
    event = team.event()
    assert standing_of(team, event, team.vera_id, "Vera") == standing_of(team, event, team.ben_id, "Ben")


@pytest.mark.parametrize("bands", [(16, 18), (None, 16), (18, None)])
def test_age_groups_that_both_may_read_everything_look_the_same(
    team: Team, bands: tuple[int | None, int | None]
) -> None:
    people = {}
    for number, band in enumerate(bands):
        name = f"Person{'AB'[number]}"
        people[name] = team.add(name, band=band)
        history(team, people[name], words=name)
    event = team.event()
    (one, one_id), (two, two_id) = people.items()
    assert standing_of(team, event, one_id, one) == standing_of(team, event, two_id, two)
