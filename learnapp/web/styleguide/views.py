"""Style guide: one page with every token and part of the look and one figure of each kind."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from learnapp.config.settings import current_settings
from learnapp.content.blocks import figures_in
from learnapp.content.catalog import Catalog
from learnapp.content.figures import Figure
from learnapp.web.catalog import current_catalog
from learnapp.web.forms import DisplayForm
from learnapp.web.http.assets import stylesheet
from learnapp.web.policy import policy
from learnapp.web.qr import qr_code
from learnapp.web.styleguide.samples import samples

bp = Blueprint("styleguide", __name__)

_COLOR = r"(#[0-9a-f]{3}(?:[0-9a-f]{3})?)"
_PAIR = rf"var\(--light, {_COLOR}\) var\(--dark, {_COLOR}\)"
_TOKEN = re.compile(rf"(?:/\* (.+) \*/\s+)?--([\w-]+): var\(--plain, {_PAIR}\)\s+var\(--more, {_PAIR}\);")


@dataclass(frozen=True, slots=True)
class Token:
    """A color's name, what it is for, and its value in each of the four modes."""

    name: str
    meaning: str
    values: tuple[str, ...]


@bp.get("/styleguide")
@policy("everyone")
def guide() -> ResponseReturnValue:
    """Show the style guide, in debug only."""
    if not current_settings().debug:
        abort(404)
    form = DisplayForm(formdata=None, theme="dark")
    form.language.errors = ["Choose a language"]
    return render_template(
        "styleguide/guide.html",
        tokens=tokens(),
        form=form,
        figures=one_of_each_kind(current_catalog()),
        square=qr_code("https://learn.example/join?code=K7WQ4M2XP"),
    )


def one_of_each_kind(catalog: Catalog) -> tuple[Figure, ...]:
    """Return a light sample of each kind that has one, and of the other kinds the course's first."""
    figures: dict[str, Figure] = {figure.kind: figure for figure in samples()}
    for lesson in catalog.lessons.values():
        for figure in figures_in(lesson.body):
            figures.setdefault(figure.kind, figure)
    return tuple(figures.values())


def tokens() -> tuple[Token, ...]:
    """Return the colors of the stylesheet, in its order; what each is for stands in a comment before it."""
    return tuple(Token(name, meaning, tuple(values)) for meaning, name, *values in _TOKEN.findall(stylesheet()))
