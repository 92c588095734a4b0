"""Pages come compressed in a few sizes, and unpack to what was written."""

import gzip
from collections.abc import Callable
from itertools import chain

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.lessons.pages import LessonVersion, LessonView, lesson_page
from learnapp.web.catalog import current_catalog
from learnapp.web.http.packing import PACKERS, PAGE_STEP, PART_STEP, PLAIN, pack
from learnapp.web.page import page_layout
from learnapp.web.policy import policy
from tests.shares import LONG

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
# Words that do not compress, as many as are wanted.
NOISE = bytes((n * n * 31 + n // 7 * 101) % 251 for n in range(PAGE_STEP * 3))

LONGEST = 40  # pages of lessons that `make test` packs


@pytest.mark.parametrize("encoding", PACKERS)
def test_every_page_unpacks_to_itself_and_has_the_size_of_a_step(encoding: str) -> None:
    # Around the ends of the frame's own bytes, blocks and steps.
    for size in chain(range(1, 700), range(4096 - 320, 4096 + 8), range(8192 - 320, 8192 + 8)):
        data = NOISE[:size]
        packed = PACKERS[encoding](data, PART_STEP)
        assert len(packed) % PART_STEP == 0, size
        assert len(packed) <= len(data) + PART_STEP + 300, size
        assert UNPACK[encoding](packed) == data, size


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("deflate", None),
        ("identity", None),
        ("br;q=x, \xfe", None),
        ("", None),
    ],
)
def test_a_browser_gets_what_it_can_unpack(client: FlaskClient, accepted: str, encoding: str | None) -> None:
    answer = client.get("/support", headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.content_length == len(answer.data)
    assert len(answer.data) % PAGE_STEP == 0
    assert b"</html>" in (UNPACK[encoding](answer.data) if encoding else answer.data)


def test_errors_have_the_size_of_pages_too(client: FlaskClient) -> None:
    for path in ("/nowhere", "/modules/none/none"):
        assert len(client.get(path, headers={"Accept-Encoding": "br"}).data) == PAGE_STEP


def test_parts_of_pages_are_filled_up_and_other_answers_left_alone(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Encoding": "br"}):
        assert len(pack(Response("<p>part</p>")).data) == PART_STEP
        assert pack(Response('{"saved": true}', mimetype="application/json")).data == b'{"saved": true}'
        assert pack(Response("")).data == b""
        streamed = pack(Response(iter(["<p>", "</p>"])))
        assert "Content-Encoding" not in streamed.headers


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.scaled
def test_one_size_fits_all_lessons_in_all_their_versions(app: Flask) -> None:
    with app.test_request_context("/"):
        catalog = current_catalog()
        pages = [lesson_page(catalog, view) for lesson in catalog.lessons.values() for view in views(catalog, lesson)]

    # What does not fit is among the longest; CI packs them all.
    pages = sorted(set(pages), key=len)[-len(pages) if LONG else -LONGEST :]
    for encoding in ("br", "gzip", "identity"):
        with app.test_request_context("/", headers={"Accept-Encoding": encoding}):
            sizes = {len(pack(Response(page)).data) for page in pages}
        assert sizes == {PAGE_STEP if encoding != "identity" else PAGE_STEP * PLAIN}, encoding


def views(catalog: Catalog, lesson: Lesson) -> list[LessonView]:
    """Return a lesson's page as every age group may get it, by every route, read or not."""
    routes = ["closed", *(["all"] if lesson.advisory else []), *(["short"] if lesson.short else [])]
    gated = [(False, False), *([(True, False), (True, True)] if lesson.gated else [])]
    versions = [LessonVersion(route, *left_out) for route in routes for left_out in gated]
    key, layout = next(iter(catalog.lessons)), page_layout()
    return [
        LessonView(lesson.key, one, layout, None, chosen, read, read, None, key, key)
        for one in versions
        for chosen in (None, one.route)
        for read in (False, True)
    ]


def test_the_sizes_of_pages_are_steps_all_over_the_site(make_app: Callable[..., Flask]) -> None:
    """Also of a page that a later feature adds: whatever is HTML is packed."""

    @policy("everyone")
    def show() -> str:
        return "<!doctype html><title>New</title>"

    app = make_app()
    app.add_url_rule("/new", "new", show)
    client = app.test_client()
    for path in ("/new", "/", "/sources", "/glossary", "/search"):
        assert len(client.get(path, headers={"Accept-Encoding": "br, gzip"}).data) % PAGE_STEP == 0
