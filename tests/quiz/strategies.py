"""Hypothesis strategies: any valid item, responses near and far from its key, and garbage."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from learnapp.quiz.item import Item
from learnapp.quiz.types.categorise import Categorise
from learnapp.quiz.types.cloze import Cloze
from learnapp.quiz.types.matching import Matching
from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.numeric import Numeric
from learnapp.quiz.types.ordering import Ordering
from learnapp.quiz.types.scenario import Scenario
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse
from learnapp.quiz.words import normalize
from tests.quiz.samples import ITEM

WHY = "Because the source says so."
LETTERS = "bcdxéßΩж19 -’"  # No "a": a leading article would change what an answer compares as.


def distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Texts that a reader can tell apart, and that compare as different answers."""
    text = st.text(LETTERS, min_size=1, max_size=9).map(lambda t: " ".join(t.split())).filter(str.strip)
    return st.lists(text, min_size=least, max_size=most, unique_by=normalize)


def indexes(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


@st.composite
def options(draw: st.DrawFn, one_key: bool) -> list[dict[str, Any]]:
    texts = draw(distinct(2, 6))
    if one_key:
        keys = {draw(indexes(len(texts)))}
    else:
        keys = draw(st.sets(indexes(len(texts)), min_size=1, max_size=len(texts) - 1))
    return [{"text": text, "key": i in keys, "feedback": WHY} for i, text in enumerate(texts)]


amounts = st.decimals(-99999, 99999, places=2)
tolerances = st.decimals(0, 50, places=1)


@st.composite
def numeric(draw: st.DrawFn) -> dict[str, Any]:
    units = draw(st.one_of(st.just([]), distinct(2, 4)))
    unit = draw(st.sampled_from(units)) if units else draw(st.sampled_from([None, "years"]))
    return {
        "type": "numeric",
        "answer": draw(amounts),
        "tolerance": draw(tolerances),
        "unit": unit,
        "units": units,
        "feedback": {"right": WHY, "low": "Low.", "high": "High.", "unit": "Unit."},
    }


@st.composite
def matching(draw: st.DrawFn) -> dict[str, Any]:
    prompts = draw(distinct(2, 5))
    matches = draw(distinct(len(prompts), len(prompts) + 2))
    pairs = [{"prompt": p, "match": m, "feedback": WHY} for p, m in zip(prompts, matches, strict=False)]
    return {"type": "matching", "pairs": pairs, "distractors": matches[len(prompts) :]}


def ordering() -> st.SearchStrategy[dict[str, Any]]:
    entries = distinct(2, 5).map(lambda texts: [{"text": text, "feedback": WHY} for text in texts])
    return entries.map(lambda listed: {"type": "ordering", "entries": listed})


@st.composite
def cloze(draw: st.DrawFn) -> dict[str, Any]:
    answers = draw(distinct(1, 5))
    cut = draw(st.integers(1, len(answers)))
    first: dict[str, Any] = {"accept": answers[:cut], "feedback": WHY, "wrong": []}
    if answers[cut:]:
        first["wrong"] = [{"answers": answers[cut:], "feedback": "Nearly."}]
    second = {"accept": draw(distinct(1, 3)), "feedback": WHY}
    return {"type": "cloze", "text": "One [[1]], two [[2]].", "blanks": [first, second]}


@st.composite
def categorise(draw: st.DrawFn) -> dict[str, Any]:
    categories, texts = draw(distinct(2, 4)), draw(distinct(2, 6))
    entries = [{"text": t, "category": draw(st.sampled_from(categories)), "feedback": WHY} for t in texts]
    return {"type": "categorise", "categories": categories, "entries": entries}


@st.composite
def scenario(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    turns: list[dict[str, Any]] = []
    for number in range(count):
        texts = draw(distinct(2, 4))
        ratings = ["best", *(draw(st.sampled_from(["best", "weak", "worse"])) for _ in texts[1:])]
        ahead = [None, *(f"t{later}" for later in range(number + 1, count))]
        replies = [
            {"text": text, "rating": rating, "feedback": WHY, "next": draw(st.sampled_from(ahead))}
            for text, rating in zip(texts, draw(st.permutations(ratings)), strict=True)
        ]
        if number + 1 < count:  # So that every turn can be reached.
            draw(st.sampled_from(replies))["next"] = f"t{number + 1}"
        turns.append({"id": f"t{number}", "says": WHY, "replies": replies})
    return {"type": "scenario", "turns": turns}


_bodies: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(lambda o: {"type": "single", "options": o}, options(one_key=True)),
    st.builds(lambda o: {"type": "multiple", "options": o}, options(one_key=False)),
    st.builds(
        lambda key, o: {"type": "true-false", "key": key, "feedback": {"true": WHY, "false": WHY}, "reasons": o},
        st.booleans(),
        options(one_key=True),
    ),
    numeric(),
    matching(),
    ordering(),
    cloze(),
    categorise(),
    scenario(),
)


@st.composite
def items(draw: st.DrawFn, bodies: st.SearchStrategy[dict[str, Any]] = _bodies) -> Item:
    """Any valid item, or any of the bodies given."""
    hints = ["Look at the label."] * draw(st.integers(0, 4))
    common = {"id": "tea-1", "stem": "What about tea?", "facts": ["tea.01"], "hints": hints}
    return ITEM.validate_python({**common, **draw(bodies)})


def key_of(item: Item) -> dict[str, Any]:
    """Write down a response that deserves full marks."""
    match item:
        case Single():
            return {"choice": next(i for i, o in enumerate(item.options) if o.key)}
        case Multiple():
            return {"choices": [i for i, o in enumerate(item.options) if o.key]}
        case TrueFalse():
            return {"verdict": item.key, "reason": next(i for i, o in enumerate(item.reasons) if o.key)}
        case Numeric():
            return {"value": str(item.answer)} | ({"unit": item.unit} if item.units else {})
        case Matching():
            return {"matches": {str(i): i for i in range(len(item.pairs))}}
        case Ordering():
            return {"order": list(range(len(item.entries)))}
        case Cloze():
            return {"blanks": [blank.accept[0] for blank in item.blanks]}
        case Categorise():
            return {"categories": {str(i): item.categories.index(e.category) for i, e in enumerate(item.entries)}}
        case Scenario():
            return {"replies": best_path(item)}
        case _:
            raise AssertionError(item.type)


def best_path(item: Scenario) -> list[int]:
    """Take the first best reply at every turn to the end."""
    numbers = {turn.id: turn for turn in item.turns}
    path: list[int] = []
    turn = item.turns[0]
    while True:
        reply = next(i for i, r in enumerate(turn.replies) if r.rating == "best")
        path.append(reply)
        leads_to = turn.replies[reply].next
        if leads_to is None:
            return path
        turn = numbers[leads_to]


def same_words(answer: str) -> st.SearchStrategy[str]:
    """Other ways to type an answer that count as the same."""
    return st.sampled_from(
        [answer, answer.upper(), f"  {answer} ", f"the {answer}", f"“{answer}”", f"An {answer}.", f"{answer}\u200b!"]
    )


def near(decimal: Decimal) -> st.SearchStrategy[Decimal]:
    return st.builds(lambda step: decimal + step, st.decimals(-60, 60, places=2))


def answers(item: Item) -> st.SearchStrategy[dict[str, Any]]:
    """Well-formed responses, many of them right in part."""
    match item:
        case Single():
            return st.fixed_dictionaries({"choice": indexes(len(item.options))})
        case Multiple():
            return st.fixed_dictionaries({"choices": st.lists(indexes(len(item.options)), max_size=7)})
        case TrueFalse():
            return st.fixed_dictionaries({}, optional={"verdict": st.booleans(), "reason": indexes(len(item.reasons))})
        case Numeric():
            units = st.sampled_from([None, *item.units])
            return st.fixed_dictionaries({"value": near(item.answer).map(str) | st.text(), "unit": units})
        case Matching():
            prompts = st.sampled_from([str(i) for i in range(len(item.pairs))])
            return st.fixed_dictionaries({"matches": st.dictionaries(prompts, indexes(len(item.matches)))})
        case Ordering():
            places = st.permutations(range(len(item.entries)))
            gaps = st.lists(st.none() | indexes(len(item.entries)), max_size=5)
            return st.fixed_dictionaries({"order": places | gaps})
        case Cloze():
            known = [text for b in item.blanks for text in (*b.accept, *(a for w in b.wrong for a in w.answers))]
            words = st.sampled_from(known).flatmap(same_words) | st.text(max_size=5)
            return st.fixed_dictionaries({"blanks": st.lists(words, max_size=3)})
        case Categorise():
            entries = st.sampled_from([str(i) for i in range(len(item.entries))])
            return st.fixed_dictionaries({"categories": st.dictionaries(entries, indexes(len(item.categories)))})
        case Scenario():
            return st.fixed_dictionaries({"replies": st.lists(st.integers(0, 3), max_size=6)})
        case _:
            raise AssertionError(item.type)


NAMES = [
    "choice",
    "choices",
    "verdict",
    "reason",
    "value",
    "unit",
    "matches",
    "order",
    "blanks",
    "categories",
    "replies",
]
_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from([10**4000, -1, True, "0", "²", "\ud800", "\x00", float("nan"), float("inf"), "1e999999999"])
)
json_like: st.SearchStrategy[Any] = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["0", "1", "x"]), inner, max_size=4),
    max_leaves=12,
)
shaped = st.dictionaries(st.sampled_from(NAMES), json_like, max_size=3)
objects: st.SearchStrategy[Any] = st.sampled_from(
    [
        object(),
        b"choice",
        {1, 2},
        frozenset(),
        Decimal("NaN"),
        3j,
        print,
        Ellipsis,
        type,
        range(3),
        {"choice": object()},
    ]
)
garbage: st.SearchStrategy[Any] = json_like | shaped | objects


@st.composite
def items_with_responses(draw: st.DrawFn) -> tuple[Item, Any]:
    """An item with its key, something near it, or garbage."""
    item = draw(items())
    return item, draw(st.one_of(st.just(key_of(item)), answers(item), answers(item), garbage))
