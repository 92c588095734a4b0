"""One ready-made item of each type, about tea; `make` changes what a story needs."""

from typing import Any

from pydantic import TypeAdapter

from learnapp.quiz.item import Item
from learnapp.quiz.types import AnyItem

ITEM: TypeAdapter[AnyItem] = TypeAdapter(AnyItem)
WHY = "Because the tea book says so."


def option(text: str, key: bool = False) -> dict[str, Any]:
    return {"text": text, "key": key, "feedback": f"{text}: {WHY}"}


def reply(text: str, rating: str, leads_to: str | None = None) -> dict[str, Any]:
    return {"text": text, "rating": rating, "feedback": f"{text}: {WHY}", "next": leads_to}


def blank(*accept: str, wrong: tuple[str, ...] = ()) -> dict[str, Any]:
    foreseen = [{"answers": list(wrong), "feedback": "Nearly: look at the label again."}] if wrong else []
    return {"accept": list(accept), "feedback": WHY, "wrong": foreseen}


SAMPLES: dict[str, dict[str, Any]] = {
    "single": {"options": [option("Green"), option("White", key=True), option("Black")]},
    "multiple": {
        "options": [option("Cup", key=True), option("Fork"), option("Pot", key=True), option("Saw"), option("Hat")]
    },
    "true-false": {
        "key": False,
        "feedback": {"true": "It does cool down.", "false": "Right, it cools down."},
        "reasons": [option("The pot is shut"), option("The room is colder", key=True)],
    },
    "numeric": {
        "answer": 33500,
        "tolerance": 500,
        "unit": "leaves",
        "feedback": {"right": WHY, "low": "There are more.", "high": "There are fewer."},
    },
    "matching": {
        "pairs": [
            {"prompt": "Pot", "match": "holds tea", "feedback": WHY},
            {"prompt": "Kettle", "match": "boils water", "feedback": WHY, "see": "tea.02"},
            {"prompt": "Sieve", "match": "keeps leaves back", "feedback": WHY},
        ],
        "distractors": ["cuts bread"],
    },
    "ordering": {"entries": [{"text": t, "feedback": f"{t}: {WHY}"} for t in ("Boil", "Warm", "Pour", "Drink")]},
    "cloze": {
        "text": "Tea is made of [[1]] and [[2]].",
        "blanks": [blank("leaves", "leaf", wrong=("twigs",)), blank("hot water")],
    },
    "categorise": {
        "categories": ["Shelf", "Fridge"],
        "entries": [
            {"text": "Leaves", "category": "Shelf", "feedback": WHY},
            {"text": "Milk", "category": "Fridge", "feedback": WHY},
            {"text": "Sugar", "category": "Shelf", "feedback": WHY},
        ],
    },
    "scenario": {
        "turns": [
            {
                "id": "start",
                "says": "Is there any tea?",
                "replies": [
                    reply("Gladly. Which one?", "best", "kind"),
                    reply("Perhaps.", "weak", "kind"),
                    reply("No.", "worse"),
                ],
            },
            {
                "id": "kind",
                "says": "Something mild?",
                "replies": [reply("Drink what there is.", "worse"), reply("White tea, then.", "best")],
            },
        ]
    },
}

KEYS: dict[str, dict[str, Any]] = {
    "single": {"choice": 1},
    "multiple": {"choices": [0, 2]},
    "true-false": {"verdict": False, "reason": 1},
    "numeric": {"value": "33,500"},
    "matching": {"matches": {"0": 0, "1": 1, "2": 2}},
    "ordering": {"order": [0, 1, 2, 3]},
    "cloze": {"blanks": ["leaves", "hot water"]},
    "categorise": {"categories": {"0": 0, "1": 1, "2": 0}},
    "scenario": {"replies": [0, 1]},
}


def raw(item_type: str, **changes: Any) -> dict[str, Any]:
    """Return the data of a sample item as an author writes it."""
    common = {"type": item_type, "id": f"tea-{item_type}", "stem": "What about tea?", "facts": ["tea.01"]}
    return {**common, **SAMPLES[item_type], **changes}


def make(item_type: str, **changes: Any) -> Item:
    """Make a sample item."""
    return ITEM.validate_python(raw(item_type, **changes))


WITH_UNITS: dict[str, Any] = {
    "answer": "12",
    "tolerance": "0",
    "unit": "years",
    "units": ["months", "years"],
    "feedback": {"right": WHY, "low": "Longer.", "high": "Shorter.", "unit": "Trees take years."},
}
