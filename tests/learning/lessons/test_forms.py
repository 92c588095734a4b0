"""Forms of lessons: what is no choice of the page is refused."""

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from learnapp.learning.lessons.forms import Fields, read_anchor, read_kind, read_route
from tests.courses.tea import lesson, strong_lesson


def sent(**fields: str) -> Fields:
    return MultiDict(fields)


def test_only_known_routes_kinds_and_paragraphs_are_taken() -> None:
    one = strong_lesson()
    assert read_route(sent(route="short")) == "short"
    assert read_kind(sent()) == "main"
    assert read_anchor(one, sent(anchor="p2")) == "p2"
    for read, fields in (
        (read_route, sent(route="long")),
        (read_kind, sent(kind="missed")),
        (lambda fields: read_anchor(lesson(), fields), sent(anchor="p99")),
        (lambda fields: read_anchor(lesson(), fields), sent()),
    ):
        with pytest.raises(UnprocessableEntity):
            read(fields)
