"""Notices on pages of learning: what is registered stands there, in order; without any nothing does."""

import pytest
from flask import Flask
from markupsafe import Markup

from learnapp.learning.notices import NoticePlace, notices, register_notices
from tests.courses.tea import lesson


def test_what_is_registered_is_said_in_order_and_knows_the_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[NoticePlace] = []

    def provider(place: NoticePlace) -> Markup:
        seen.append(place)
        return Markup("<p>{}</p>").format(place.page)

    with app.test_request_context():
        monkeypatch.setitem(app.extensions, "learning.notices", [])
        assert notices("home") == ""
        register_notices(app, provider)
        register_notices(app, lambda _place: Markup("<p>two</p>"))
        leaf = lesson("1-leaf")
        assert notices("lesson", lesson=leaf) == "<p>lesson</p><p>two</p>"
        assert seen == [NoticePlace("lesson", (), leaf)]
