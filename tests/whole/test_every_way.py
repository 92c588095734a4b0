"""Every way through every conversation of the course, walked over HTTP: each ends, and each bad reply can be mended."""

import pytest
from flask import Flask

from learnapp.content.conversations import ways
from tests.actors.people import People, open_login
from tests.actors.practice import go
from tests.courses.real import real_catalog
from tests.pages import PageOpener
from tests.shares import one_in

TALKS = list(real_catalog().conversations)
MANY = 500


@pytest.mark.parametrize("slug", one_in(8, TALKS, 0))
def test_every_way_ends_and_shows_what_was_said(app: Flask, people: People, visit: PageOpener, slug: str) -> None:
    talk, vera = real_catalog().conversations[slug], people.browser()
    open_login(vera, people.add("Vera", band=18))
    every = list(ways(talk))
    assert 10 < len(every) <= MANY
    before: tuple[str, ...] = ()
    for number, way in enumerate(every):
        names = tuple(step.reply.id for step in way)
        shared = next((at for at, (one, other) in enumerate(zip(before, names)) if one != other), 0)  # noqa: B905
        go(vera, slug, way, shared)
        before = names
        if number % 10 == 0:
            page = visit(vera, f"/practice/{slug}")
            assert all(step.reply.reaction in page.text for step in way)
            assert "What do you say?" not in page.text
            assert talk.meant in page.text


@pytest.mark.parametrize("slug", TALKS)
def test_after_each_reply_that_does_not_help_a_good_end_can_be_reached(slug: str) -> None:
    every = list(ways(real_catalog().conversations[slug]))
    worse = {(step.turn.id, step.reply.id) for way in every for step in way if step.reply.rating == "worse"}
    mended = {
        (step.turn.id, step.reply.id)
        for way in every
        if way[-1].reply.rating == "best"
        for step in way[:-1]
        if step.reply.rating == "worse"
    }
    assert worse == mended
    assert worse
