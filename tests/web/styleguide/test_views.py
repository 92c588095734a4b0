"""The style guide: every part of the look, in debug only."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.blocks import figures_in
from learnapp.web.catalog import current_catalog
from learnapp.web.http.assets import STATIC, stylesheet
from learnapp.web.styleguide.samples import samples
from learnapp.web.styleguide.views import one_of_each_kind
from tests.pages import PageOpener, words

# Tried with figures of each kind, in test_figures.
FIGURES = (STATIC / "css" / "figures.css").read_text(encoding="utf-8")


def test_the_style_guide_is_shown_in_debug(shared_app: Callable[..., Flask]) -> None:
    app = shared_app(environment="development", debug=True)
    shown = PageOpener(app)(app.test_client(), "/styleguide")
    assert "Style guide" in words(shown.one("h1"))
    assert any(words(one) == "Style guide" for one in shown.all("a"))


def test_the_style_guide_shows_every_part(shared_app: Callable[..., Flask]) -> None:
    app = shared_app(environment="development", debug=True)
    shown = PageOpener(app)(app.test_client(), "/styleguide")
    used = {name for one in shown.tree.iter() for name in one.get("class", "").split()}
    parts = stylesheet().split("/* ---- around each page")[1].split("/* ---- modes")[0]
    parts = re.sub(r"/\*.*?\*/", "", parts.replace(FIGURES, ""), flags=re.S)
    made_by_script = {"reveal"}
    frames = {"picture", "promise", "desk", "side", "contents", "ownsheet"}  # of whole pages
    frames |= {"lessongrid", "lessonpage", "foot--brief", "onwide", "cover--end", "cover--module", "six", "plain"}
    lacking = sorted(set(re.findall(r"\.([a-z][\w-]*)", parts)) - used - made_by_script - frames)
    assert lacking == [], " ".join(lacking)
    assert made_by_script | frames <= set(re.findall(r"\.([a-z][\w-]*)", parts)) - used


def test_the_style_guide_is_missing_outside_debug(client: FlaskClient, visit: PageOpener) -> None:
    missing = visit(client, "/nowhere", status=404)
    guide = visit(client, "/styleguide", status=404)
    assert words(guide.one("main")) == words(missing.one("main"))
    assert "Style guide" not in guide.text


def test_one_figure_of_each_kind_is_shown(app: Flask) -> None:
    with app.test_request_context("/"):
        catalog = current_catalog()
        kinds = {figure.kind for lesson in catalog.lessons.values() for figure in figures_in(lesson.body)}
        shown = [figure.kind for figure in one_of_each_kind(catalog)]

    assert len(shown) == len(set(shown)) > 5
    assert set(shown) == kinds | {sample.kind for sample in samples()}
