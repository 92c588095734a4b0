"""Feedback: what was right, what was not, and why; for pages that come after submission only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from learnapp.quiz.conversation import next_turn, steps
from learnapp.quiz.grading import amount_of, grade
from learnapp.quiz.items import (
    Blank,
    Categorise,
    Cloze,
    Item,
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Scenario,
    Single,
    TrueFalse,
)
from learnapp.quiz.numerals import show_number
from learnapp.quiz.responses import Response, clean, places_from_order
from learnapp.quiz.words import normal

Verdict = Literal["right", "wrong", "neutral"]
RATED: dict[str, Verdict] = {"best": "right", "weak": "neutral", "worse": "wrong"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One row of the page after submission.

    Where options are chosen (single, multiple, true-false, scenario) there is a row for every option:
    `verdict` says whether it is right (a weak reply is neutral), `chosen` whether the learner took it.
    Elsewhere there is a row for every part: `text` is the right answer, `given` the learner's, `verdict`
    judges what was given (neutral: nothing was), `chosen` says whether anything was.
    `label` is the prompt, the entry, what the other person says, or a number from 1; in true-false and
    numeric items it is the name of the field: verdict, reason, number, unit. `part` counts from 0.
    """

    label: str
    text: str
    verdict: Verdict
    chosen: bool
    why: str
    see: str
    given: str = ""
    part: int = 0


def explain(item: Item, response: object) -> tuple[Explanation, ...]:
    """Explain every option or part of an item in the light of a response; never raises."""
    kept = clean(item, response) or {}
    match item:
        case Single():
            rows = _options(item, item.options, {kept.get("choice")})
        case Multiple():
            rows = _options(item, item.options, set(kept.get("choices", ())))
        case TrueFalse():
            rows = _true_false(item, kept)
        case Numeric():
            rows = _numeric(item, kept)
        case Matching():
            rows = _matching(item, kept)
        case Ordering():
            rows = _ordering(item, kept)
        case Cloze():
            rows = _cloze(item, kept)
        case Categorise():
            rows = _categorise(item, kept)
        case Scenario():
            rows = _scenario(item, kept)
        case _:
            assert_never(item)
    return tuple(rows)


def _options(
    item: Item, options: Iterable[Option], chosen: set[int | None], label: str = "", part: int = 0
) -> Iterator[Explanation]:
    for index, option in enumerate(options):
        yield Explanation(
            label=label,
            text=option.text,
            verdict="right" if option.key else "wrong",
            chosen=index in chosen,
            why=option.feedback,
            see=option.see or item.facts[0],
            part=part,
        )


def _true_false(item: TrueFalse, kept: Response) -> Iterator[Explanation]:
    whys = {True: item.feedback.if_true, False: item.feedback.if_false}
    for verdict, why in whys.items():
        yield Explanation(
            label="verdict",
            text="true" if verdict else "false",
            verdict="right" if verdict is item.key else "wrong",
            chosen=kept.get("verdict") is verdict,
            why=why,
            see=item.facts[0],
        )
    yield from _options(item, item.reasons, {kept.get("reason")}, label="reason", part=1)


def _numeric(item: Numeric, kept: Response) -> Iterator[Explanation]:
    number, value = amount_of(item, kept), kept.get("value", "").strip()
    parts = grade(item, kept).parts
    if number is None or parts[0].right:
        why = item.feedback.right
    else:
        why = item.feedback.low if number < item.answer else item.feedback.high
    see = item.see or item.facts[0]
    low, high = (show_number(item.answer + way * item.tolerance) for way in (-1, 1))
    text = low if low == high else f"{low}–{high}"
    if item.unit and not item.units:
        text = f"{text} {item.unit}"
    yield Explanation("number", text, _judged(value, parts[0].right), bool(value), why, see, value)
    if item.unit and item.units:
        unit, why = kept.get("unit") or "", item.feedback.unit or item.feedback.right
        yield Explanation("unit", item.unit, _judged(unit, parts[1].right), bool(unit), why, see, unit, 1)


def _matching(item: Matching, kept: Response) -> Iterator[Explanation]:
    for part, pair in enumerate(item.pairs):
        index = kept.get("matches", {}).get(str(part))
        given = "" if index is None else item.matches[index]
        yield Explanation(
            label=pair.prompt,
            text=pair.match,
            verdict=_judged(given, index == part),
            chosen=index is not None,
            why=pair.feedback,
            see=pair.see or item.facts[0],
            given=given,
            part=part,
        )


def _ordering(item: Ordering, kept: Response) -> Iterator[Explanation]:
    places = places_from_order(kept.get("order", [None] * len(item.entries)))
    for part, (entry, place) in enumerate(zip(item.entries, places, strict=True)):
        given = "" if place is None else str(place)
        yield Explanation(
            label=str(part + 1),
            text=entry.text,
            verdict=_judged(given, place == part + 1),
            chosen=place is not None,
            why=entry.feedback,
            see=entry.see or item.facts[0],
            given=given,
            part=part,
        )


def _cloze(item: Cloze, kept: Response) -> Iterator[Explanation]:
    texts: Sequence[str] = kept.get("blanks", [""] * len(item.blanks))
    parts = grade(item, kept).parts
    for blank, text, part in zip(item.blanks, texts, parts, strict=True):
        given = text.strip()
        yield Explanation(
            label=str(part.index + 1),
            text=blank.accept[0],
            verdict=_judged(given, part.right),
            chosen=bool(given),
            why=_why_blank(blank, given),
            see=blank.see or item.facts[0],
            given=given,
            part=part.index,
        )


def _why_blank(blank: Blank, given: str) -> str:
    """Return the reply to a wrong answer that the author foresaw, else what the blank says to all."""
    same = normal(given)
    foreseen = (w.feedback for w in blank.wrong if any(normal(answer) == same for answer in w.answers))
    return next(foreseen, blank.feedback)


def _categorise(item: Categorise, kept: Response) -> Iterator[Explanation]:
    for part, entry in enumerate(item.entries):
        index = kept.get("categories", {}).get(str(part))
        given = "" if index is None else item.categories[index]
        yield Explanation(
            label=entry.text,
            text=entry.category,
            verdict=_judged(given, given == entry.category),
            chosen=index is not None,
            why=entry.feedback,
            see=entry.see or item.facts[0],
            given=given,
            part=part,
        )


def _scenario(item: Scenario, kept: Response) -> Iterator[Explanation]:
    replies = kept.get("replies")
    path: list[tuple[int, int | None]] = [*steps(item, replies)]
    if (waiting := next_turn(item, replies)) is not None:
        path.append((waiting, None))
    for part, (turn, taken) in enumerate(path):
        for index, reply in enumerate(item.turns[turn].replies):
            yield Explanation(
                label=item.turns[turn].says,
                text=reply.text,
                verdict=RATED[reply.rating],
                chosen=index == taken,
                why=reply.feedback,
                see=reply.see or item.facts[0],
                part=part,
            )


def _judged(given: str, right: bool) -> Verdict:
    if not given:
        return "neutral"
    return "right" if right else "wrong"
