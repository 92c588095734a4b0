"""A field card about tea: one number from a piece of evidence, one line of each kind."""

from dataclasses import replace

from learnapp.content.catalog import Catalog
from learnapp.content.programs import FieldCard
from tests.courses.tea import evidence
from tests.courses.training import training_course

FACT = evidence("ev.tea.kettle")
CARD = FieldCard.model_validate(
    {
        "figures": [{"figure": "31 cups", "words": "were counted in 2012", "fact": FACT.id}],
        "openings": [{"text": f"Opening {number}?", "facts": []} for number in range(5)],
        "wordings": [{"avoid": "More tea, now", "instead": "Would you like more"}],
        "unknown": [{"text": "How much tea is drunk.", "facts": []}],
    }
)


def card_course(card: FieldCard | None = CARD) -> Catalog:
    """Make the tea course with this card."""
    return replace(training_course(), facts={FACT.id: FACT}, card=card)
