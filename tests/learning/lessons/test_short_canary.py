"""The page of a short version holds nothing of the long one, down to its counts and minutes."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.people import People
from tests.courses.island import WRECK as FILE
from tests.courses.island import Island
from tests.courses.serving import serve_catalog

WRECK = "/modules/1-sea/1-the-wreck"
LONG = "xlong"  # in each text that is the long version's own
EDITS = (
    ("answer: Vera Reed did, twice.", "answer: Vera Reed did, xlongan, twice."),
    ("Who would go out where you live?", "xlongber?"),
    ("Vera Reed rowed out to the ship and brought people ashore.", "Vera Reed rowed xlongcor out."),
    ("key_points:\n  - Vera", "rests_note: Nobody asked xlongdan the captain.\nkey_points:\n  - Vera"),
    ("::: short\n", "::: guess who\nWho xlongev is?\n\n- Vera xlongfin\n- Cleo\n:::\n\n::: short\n"),
    ("Look up and away from the page", "Look xlonggus away from the page"),
)


@pytest.fixture
def island(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Island:
    island = Island.copy_to(tmp_path)
    for old, new in EDITS:
        island.edit(FILE, old, new)
    serve_catalog(app, monkeypatch, island.catalog())
    return island


@pytest.fixture
def vera(app: Flask, island: Island) -> FlaskClient:
    """Give a reader who may read all of it, and has a guess and a judgment of the long version."""
    vera = People(app).signed_in("Vera", role="learner", band=18)
    vera.post(f"{WRECK}/guess", data={"guess": "Vera xlongfin"})
    vera.post(f"{WRECK}/judgment", data={"judgment": "xlongown"})
    return vera


def test_the_long_version_has_each_of_them_but_notes_for_teachers(island: Island, vera: FlaskClient) -> None:
    page = vera.get(WRECK).text

    for canary in ("xlongan", "xlongcor", "xlongdan", "xlongev", "xlongfin", "xlonggus", "xlongown"):
        assert canary in page, canary
    assert "xlongber" not in page
    assert "7 minutes" in page


def test_the_short_version_has_none_of_them(island: Island, vera: FlaskClient) -> None:
    assert vera.post(f"{WRECK}/route", data={"route": "short"}).status_code == 303

    page = vera.get(WRECK).text

    assert LONG not in page
    assert "The island built a boat house." in page
    assert "A boat house was built." in page
    assert "3 minutes" in page
    assert "7 minutes" not in page
