"""A strong lesson about tea with a card that is gated and one that is not."""

from typing import Any

from learnapp.content.blocks import BodySection, Card
from learnapp.content.catalog import Lesson, LessonEnd
from learnapp.content.vocabulary import Ages
from tests.courses.tea import lesson, paragraphs, quiz, short_quiz
from tests.quiz.samples import make

CORE_12, CORE_14 = (Ages(core=12, full=16), Ages(core=14, full=16))
OLDER = Ages(core=None, full=18, teacher_release=True)
SCALDS = Card("Scalds", "card-1", (2,), (paragraphs(2, "Skin comes off."),), gated=True)
BURNS = Card("Burns", "card-2", (3,), (paragraphs(3, "It is hot."),), gated=False)
BODY = (
    BodySection("pot", "Pot", (paragraphs(1, "Mia pours."), SCALDS, BURNS)),
    BodySection("cup", "Cup", (paragraphs(4, "Mia drinks."),)),
)
GATED_ITEM = make("single", id="scald", stem="How hot was the skin?", facts=["tea.02"])
ITEMS = (make("single", id="one"), GATED_ITEM, make("single", id="two"), make("single", id="three"))


def strong(slug: str = "1-leaf", **changes: Any) -> Lesson:
    """Make a strong lesson with a gated card, a card that is not, and four questions, one of them gated."""
    usual: dict[str, Any] = {
        "body": BODY,
        "sensitivity": "strong",
        "age": CORE_12,
        "gated": ("tea.02",),
        "advisory": "This lesson is about tea.",
        "advisory_cards": "One card tells of burns.",
        "short": (paragraphs(1, "In short, tea."),),
        "short_minutes": 1,
        "short_quiz": short_quiz(),
        "end": LessonEnd(key_points=("Warm the pot",), pause_html="<p>Breathe. One small act: warm a cup.</p>"),
        "short_end": LessonEnd(pause_html="<p>One small act: open a window.</p>"),
        "quiz": quiz(*ITEMS),
    }
    return lesson(slug, **{**usual, **changes})
