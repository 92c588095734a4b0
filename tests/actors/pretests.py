"""A learner who looks ahead at a module of three lessons: what is asked, and the form that answers it."""

from typing import Any

from flask import Flask

from learnapp.config.derived_keys import derived_key
from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Catalog
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.lessons.pretest import pretest_items
from learnapp.learning.lessons.pretest_views import SHUFFLE, shown_versions
from tests.actors.attempt_pages import fields_of
from tests.actors.attempts import right, wrong
from tests.apps import SECRET
from tests.courses.tea import course_with, lesson, quiz
from tests.quiz.samples import make

PAGE = "/modules/1-tea/pretest"
SECRETIVE = Flask(__name__)  # for what is made of the secret, without the app's database
SECRETIVE.config["SECRET_KEY"] = SECRET
KINDS = ("single", "multiple", "true-false", "matching", "categorise")


def three_lessons(**changes: Any) -> Catalog:
    """Make a module of three lessons whose questions are of all types."""
    slugs = ("1-leaf", "2-water", "3-cup")
    made = [
        lesson(slug, quiz=quiz(*(make(kind, id=f"{slug[2:]}-{kind}") for kind in (*KINDS, "numeric"))), **changes)
        for slug in slugs
    ]
    return course_with(*made)


def items_of(catalog: Catalog, access: AgeAccess = FULL_ACCESS) -> tuple[PresentedItem, ...]:
    """Return what is asked before the module is read, as the page of this app asks it."""
    with SECRETIVE.app_context():
        return pretest_items(catalog, catalog.modules["1-tea"], access, derived_key(SHUFFLE))


def version_of(presented_items: tuple[PresentedItem, ...]) -> str:
    """Return what the page says of the versions of its questions."""
    with SECRETIVE.app_context():
        return shown_versions(presented_items)


def form_of(
    presented_items: tuple[PresentedItem, ...], *, wrong_in: tuple[str, ...] = (), left_out: int = 0
) -> dict[str, Any]:
    """Return the form that answers all right but these lessons' wrong, with so many questions left out."""
    form: dict[str, Any] = {"asked": version_of(presented_items)}
    for presented_item in presented_items[left_out:]:
        given = wrong(presented_item) if presented_item.lesson in wrong_in else right(presented_item)
        fields = fields_of(presented_item, given.response)
        form |= {f"q{presented_item.number}-{name}": values for name, values in fields.items()}
    return form
