"""Answers of made-up students: a right and a wrong response to every type of item. Pure."""

from collections.abc import Sequence
from decimal import Decimal

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


def made_up_response(item: Item, *, right: bool) -> ItemResponse | None:
    """Return a response that earns the mark of an item, or one that earns nothing; none to a type it does not know."""
    match item:
        case RowsItem():
            return RowsResponse(_targets(item, right=right))
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
            return _conversation(item, right=right)
        case _:
            return None


def _options(options: Sequence[Option], *, right: bool) -> tuple[int, ...]:
    return tuple(index for index, option in enumerate(options) if option.key is right)


def _targets(item: RowsItem, *, right: bool) -> tuple[int, ...]:
    """Return the target of each row, or another one; an order is wrong throughout where it is turned round."""
    targets = tuple(row.target for row in item.rows)
    if right:
        return targets
    if isinstance(item, Ordering):
        return targets[::-1]
    return tuple((target + 1) % len(item.targets) for target in targets)


def _conversation(item: Scenario, *, right: bool) -> ScenarioResponse:
    said: tuple[int, ...] = ()
    turns = {turn.id: turn for turn in item.turns}
    turn = item.turns[0]
    while True:
        worth = [WORTH[reply.rating] for reply in turn.replies]
        said += (worth.index(max(worth) if right else min(worth)),)
        leads_to = turn.replies[said[-1]].next
        if leads_to is None:
            return ScenarioResponse(said)
        turn = turns[leads_to]


def _digits(number: Decimal) -> str:
    """Return a number without any mark that could be read in two ways."""
    return format(number.normalize(), "f")
