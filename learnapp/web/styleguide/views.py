"""Style guide: one page with every token and part of the look and one figure of each kind."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from learnapp.config import current_settings
from learnapp.content.blocks import figures_in
from learnapp.content.catalog import Catalog
from learnapp.content.figures import Figure
from learnapp.web.catalog import current_catalog
from learnapp.web.forms import DisplayForm
from learnapp.web.policy import policy
from learnapp.web.styleguide import tokens

bp = Blueprint("styleguide", __name__)


@bp.get("/styleguide")
@policy("everyone")
def guide() -> ResponseReturnValue:
    """Show the style guide, in debug only."""
    if not current_settings().debug:
        abort(404)
    form = DisplayForm(formdata=None, theme="dark")
    form.language.errors = ["Choose a language"]
    return render_template(
        "styleguide/guide.html", tokens=tokens.tokens(), form=form, figures=one_of_each_kind(current_catalog())
    )


def one_of_each_kind(catalog: Catalog) -> tuple[Figure, ...]:
    """Return the course's first figure of each kind, in the order of the lessons."""
    figures: dict[str, Figure] = {}
    for lesson in catalog.lessons.values():
        for figure in figures_in(lesson.body):
            figures.setdefault(figure.kind, figure)
    return tuple(figures.values())
