"""Pages of the field card: to read and print, and as one file that needs no network."""

from pathlib import Path

from flask import Blueprint, Flask, Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from learnapp.config.settings import current_settings
from learnapp.training.field_card.sheet import CardSheet, card_sheet
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("field_card", __name__)
STYLE = Path(__file__).with_name("field_card.css")


@bp.get("/training/card")
@policy("everyone")
def card() -> ResponseReturnValue:
    """Show the field card, to be printed or taken along as a file."""
    return render_template("field_card/card.html", sheet=_sheet_or_404(), help=current_settings().help)


@bp.get("/training/card/field-card.html")
@policy("everyone")
def file() -> ResponseReturnValue:
    """Send the field card as one file, which fetches nothing and opens from a phone's downloads."""
    style = Markup(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")  # noqa: S704
    sheet, links = _sheet_or_404(), current_settings().help
    html = render_template("field_card/file.html", sheet=sheet, help=links, style=style)
    return Response(html, headers={"Content-Disposition": 'attachment; filename="field-card.html"'})


def _sheet_or_404() -> CardSheet:
    sheet = card_sheet(current_catalog())
    if sheet is None:
        raise NotFound
    return sheet


def init_app(app: Flask) -> None:
    """Register nothing; every feature has this function."""
