"""Templates: the page of endpoint `B.v` is `templates/B/v.html`."""

from typing import Any

import pytest
from flask import Flask, template_rendered

from tests.shares import one_in
from tests.whole.calls import CALLS
from tests.whole.cast import Cast

SHOWN = [key for key, call in CALLS.items() if key.startswith("GET") and call.status == 200]
# What is no page but a file or a few words.
FILES = {"GET own_data.export_data", "GET gradebook.marks", "GET gradebook.canvas_file", "GET standings.file"}
FILES |= {f"GET credentials.{name}" for name in ("credential", "jwks", "issuer", "achievement", "status")}
FILES |= {f"GET offline.{name}" for name in ("manifest", "worker", "contact", "basics")}
PLAIN = {*FILES, "GET web.healthz", "GET web.robots"}


@pytest.mark.parametrize("key", one_in(3, SHOWN, 0))
def test_a_page_is_the_template_of_its_endpoint(cast: Cast, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    call, endpoint = CALLS[key], key.split()[1]
    who = cast.person(next(role for role in ("learner", "anonymous", "author", "teacher") if role in call.roles))
    if call.before:
        call.before(cast, who)
    monkeypatch.setitem(cast.app.extensions, "lesson_pages", {})  # else nothing may have to be rendered
    rendered: list[str] = []

    def note(_app: Flask, template: Any, **_more: Any) -> None:
        rendered.append(template.name)

    with template_rendered.connected_to(note, cast.app):
        assert who.client.get(call.address(cast.app, key, who)).status_code == 200
    pages = [name for name in rendered if not name.rpartition("/")[2].startswith("_")]
    assert pages == ([] if key in PLAIN else [endpoint.replace(".", "/") + ".html"])
