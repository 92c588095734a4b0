"""Answers of made-up students: a right, a partly right and a wrong response to every type of item. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from learnapp.quiz.item import Item, ItemResponse
from learnapp.quiz.options import Option
from learnapp.quiz.rows import RowsItem, RowsResponse
from learnapp.quiz.types.cloze import Cloze, ClozeResponse
from learnapp.quiz.types.multiple import Multiple, MultipleResponse
from learnapp.quiz.types.numeric import Numeric, NumericResponse
from learnapp.quiz.types.ordering import Ordering
from learnapp.quiz.types.scenario import WORTH, Scenario, ScenarioResponse
from learnapp.quiz.types.single import Single, SingleResponse
from learnapp.quiz.types.true_false import TrueFalse, TrueFalseResponse

Outcome = Literal["right", "part", "wrong"]


def made_up_response(item: Item, outcome: Outcome) -> ItemResponse | None:
    """Return a response that earns the mark of an item, a part of it, or as little as can be.

    Where the type gives no partial credit, or none to a single slip, a response in part is a wrong one. To a type that
    this module does not know there is none.
    """
    right = outcome == "right"
    match item:
        case RowsItem():
            return RowsResponse(_targets(item, outcome))
        case Single():
            return SingleResponse(_options(item.options, right=right)[0])
        case Multiple():
            return MultipleResponse(_options(item.options, right=right))
        case TrueFalse():
            return TrueFalseResponse(item.key is right, _options(item.reasons, right=right)[0])
        case Cloze():
            return ClozeResponse(tuple(blank.accept[0] if right else "no idea" for blank in item.blanks))
        case Numeric():
            far = abs(item.answer) + item.tolerance + 1
            return NumericResponse(
                _digits(item.answer if right else item.answer + far), item.unit if item.units else None
            )
        case Scenario():
            return _conversation(item, outcome)
        case _:
            return None


def _options(options: Sequence[Option], *, right: bool) -> tuple[int, ...]:
    return tuple(index for index, option in enumerate(options) if option.key is right)


def _targets(item: RowsItem, outcome: Outcome) -> tuple[int, ...]:
    """Return the target of each row, or another one from the first wrong row on; a wrong order is turned round."""
    targets = tuple(row.target for row in item.rows)
    kept = {"right": len(targets), "part": len(targets) // 2, "wrong": 0}[outcome]
    if isinstance(item, Ordering):
        return targets[:kept] + targets[kept:][::-1]
    return targets[:kept] + tuple((target + 1) % len(item.targets) for target in targets[kept:])


def _conversation(item: Scenario, outcome: Outcome) -> ScenarioResponse:
    """Return the best replies, the worst ones, or the best one at first and then the worst."""
    said: tuple[int, ...] = ()
    turns = {turn.id: turn for turn in item.turns}
    turn = item.turns[0]
    while True:
        worth = [WORTH[reply.rating] for reply in turn.replies]
        is_best = outcome == "right" or (outcome == "part" and not said)
        said += (worth.index(max(worth) if is_best else min(worth)),)
        leads_to = turn.replies[said[-1]].next
        if leads_to is None:
            return ScenarioResponse(said)
        turn = turns[leads_to]


def _digits(number: Decimal) -> str:
    """Return a number without any mark that could be read in two ways."""
    return format(number.normalize(), "f")
