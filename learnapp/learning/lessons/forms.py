"""Forms of lessons: how to read, from where, which quiz, and the age group that goes with the choice."""

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from learnapp.accounts.models import BANDS
from learnapp.content.blocks import places_in
from learnapp.content.catalog import Lesson
from learnapp.content.closed_cards import card_anchors
from learnapp.learning.models import MAIN, SHORT
from learnapp.learning.progress.rules import ROUTES

Fields = MultiDict[str, str]


def read_band(fields: Fields) -> int | None:
    """Return the age band that was chosen, None where none was. Raises UnprocessableEntity for another."""
    given = fields.get("band", "")
    return int(_one_of(given, map(str, BANDS))) if given else None


def read_route(fields: Fields) -> str:
    """Return how the lesson is to be read. Raises UnprocessableEntity for another word."""
    return _one_of(fields.get("route"), ROUTES)


def read_kind(fields: Fields) -> str:
    """Return which quiz to begin, main unless the short one is named. Raises UnprocessableEntity."""
    return _one_of(fields.get("kind", MAIN), (MAIN, SHORT))


def read_opened(lesson: Lesson, fields: Fields) -> frozenset[str]:
    """Return the cards that were opened, by their anchors; "all" stands for each, another word for none."""
    cards, named = card_anchors(lesson), fields.getlist("opened")
    return cards if "all" in named else cards.intersection(named)


def read_anchor(lesson: Lesson, fields: Fields) -> str:
    """Return the paragraph to keep. Raises UnprocessableEntity for one that the lesson does not have."""
    return _one_of(fields.get("anchor"), [place.anchor for place in places_in((*lesson.blocks, *lesson.short))])


def _one_of(text: str | None, allowed: Iterable[str]) -> str:
    if text is None or text not in allowed:
        raise UnprocessableEntity
    return text
