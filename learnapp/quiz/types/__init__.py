"""The item types: one file each, listed here so that files and stored quizzes can name them."""

from typing import Annotated, get_args

from pydantic import Field

from learnapp.quiz.types.categorise import Categorise
from learnapp.quiz.types.cloze import Cloze
from learnapp.quiz.types.matching import Matching
from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.numeric import Numeric
from learnapp.quiz.types.ordering import Ordering
from learnapp.quiz.types.scenario import Scenario
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse

AnyItem = Annotated[
    Single | Multiple | TrueFalse | Numeric | Matching | Ordering | Cloze | Categorise | Scenario,
    Field(discriminator="type"),
]
ITEM_TYPES: tuple[str, ...] = tuple(
    get_args(model.model_fields["type"].annotation)[0] for model in get_args(get_args(AnyItem)[0])
)
