"""Figures for the style guide: one of each kind, about a lighthouse that is made up."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from learnapp.content.figures import Figure
from learnapp.web.specimen_amounts import AMOUNTS, ONE, TOLD

USUAL = {
    "finding": "The finding comes first.",
    "caption": "Then what was measured, by whom, and what it does not say.",
    "facts": [ONE],
    "dated": "Made up for this page",
}


def _parts(key: str, *words: str | tuple[str, str], more: str = "detail") -> list[dict[str, Any]]:
    """Make parts that have a label, or a label and something more, and the fact that they rest on."""
    pairs = [(one, None) if isinstance(one, str) else one for one in words]
    return [{key: label, **({more: rest} if rest else {}), "facts": [ONE]} for label, rest in pairs]


FIGURES: tuple[dict[str, Any], ...] = (
    {
        "kind": "map",
        "title": "From lamp to harbor",
        "desc": "A path in three stages: three parts of the lamp, two signs at sea, and one harbor.",
        "stages": [
            {"label": "Parts of the lamp", "items": ["Wick", "Lens", "Clockwork"]},
            {"label": "Signs at sea", "items": ["A flash", "A bell in the fog"]},
            {"label": "Harbor", "items": ["Ships find their own way in"]},
        ],
        "lit": ["Ships find their own way in"],
    },
    {
        "kind": "flow",
        "title": "An evening's work",
        "desc": "Three steps, one after the other: clean, wind, light.",
        "steps": [
            {"label": "Clean the glass", "detail": "Before. Salt dims the lamp more than clouds do."},
            {"label": "Wind the clock", "detail": "Before. It turns the lens for four hours."},
            {"label": "Light the wick", "detail": "At sunset, by the almanac."},
        ],
    },
    {
        "kind": "timeline",
        "title": "How the light was built",
        "desc": "Four points on one line: a fire, a tower, a lens, and the keeper who leaves.",
        "note": "Distances are not to scale.",
        "events": [
            {"when": "Before", "label": "A fire on the rock", "facts": [ONE]},
            {"when": "About 1850", "label": "A tower of stone", "facts": [ONE]},
            {
                "when": "After a storm",
                "label": "The lens",
                "detail": "Paid for by the boats.",
                "facts": [ONE],
            },
            {"when": "1931", "label": "The last keeper leaves", "facts": [ONE]},
        ],
    },
    {
        "kind": "succession",
        "title": "Three keepers",
        "desc": "Three names on one line: Ada, her nephew Ben, and Cora, who was not of the family.",
        "people": _parts("name", ("Ada", "First keeper"), ("Ben", "Her nephew"), "Cora", more="relation"),
    },
    {
        "kind": "chain",
        "title": "When the oil ran out",
        "desc": "Four links that lead to each other, and from the last back to the first.",
        "loop": True,
        "links": _parts(
            "label",
            ("No oil", "The boat did not come."),
            ("No light", "The lamp stayed dark for two nights."),
            ("No boats", "Captains kept away from the rock."),
            "No oil to sell",
        ),
    },
    {
        "kind": "lifeline",
        "title": "A keeper's life",
        "desc": "Four stages of a life, with what a keeper learned in each.",
        "stages": [
            {"label": "Childhood", "items": ["Counts the flashes"], "facts": [ONE]},
            {"label": "School", "items": ["Reads the almanac", "Learns to swim"], "facts": [ONE]},
            {"label": "First watch", "items": ["Winds the clock"], "facts": [ONE]},
            {"label": "Later", "items": ["Teaches others"], "facts": [ONE]},
        ],
    },
    {
        "kind": "grid",
        "title": "Which sign reaches whom",
        "desc": "The flash is named for ships and boats, the bell for boats and walkers. No more is named.",
        "columns": [
            {"label": "Ships far out", "short": "Ships", "icon": "radio"},
            {"label": "Boats", "short": "Boats", "icon": "flag"},
            {"label": "Walkers", "short": "Walk", "icon": "book"},
        ],
        "rows": [
            {"label": "A flash each minute", "cells": ["named", "named", "silent"]},
            {"label": "A bell in the fog", "cells": ["silent", "named", "named"]},
        ],
        "legend": {"named": "Named", "silent": "Not mentioned"},
    },
    {
        "kind": "piles",
        "title": "What stands in the log",
        "desc": "Six cards in three piles: weather has three, boats two and repairs one.",
        "piles": [
            {"label": "Weather", "cards": _parts("label", "Fog until noon", "Wind from the west", "Ice")},
            {"label": "Boats", "cards": _parts("label", "Mail came in", "A sail far out, no name seen")},
            {"label": "Repairs", "cards": _parts("label", "New wick")},
        ],
    },
    {
        "kind": "voices",
        "title": "Who says what about the storm",
        "desc": "Five statements by four voices: the board, the society, the keeper and the harbor page.",
        "facts": [ONE, "lighthouse.02", "lighthouse.03", "lighthouse.04"],
        "statements": [
            {"text": "The tower stood through the whole night.", "fact": "lighthouse.04"},
            {"text": "Two other lights on the coast went dark.", "fact": "lighthouse.03"},
            {"text": "The sea came up to the fourth step.", "fact": "lighthouse.02"},
            {"text": "No ship was lost.", "fact": ONE},
            {"text": "The bell rang until the morning, and then the wind turned.", "fact": ONE},
        ],
    },
    {
        "kind": "tools",
        "title": "Four ways to be seen",
        "desc": "One aim in the center, to be seen from far out, and four tools around it.",
        "center": "To be seen from far out",
        "tools": _parts(
            "label",
            ("Height", "The lamp stands on a tower."),
            ("Lens", "Glass gathers the light into beams."),
            ("Rhythm", "Each tower has its own time between two flashes."),
            ("Color", "A red pane marks the shallows."),
            more="words",
        ),
    },
    {
        "kind": "triangle",
        "title": "Three records of one night",
        "desc": "A triangle with the night of the storm in the center and three records at its corners.",
        "center": "The night of the storm",
        "corners": _parts(
            "label",
            ("Log", "Written by the keeper each hour."),
            ("Letters", "Sent by those who waited in the harbor."),
            ("Tide gauge", "A line drawn by a float, without anybody's help."),
        ),
    },
    {
        "kind": "compare",
        "title": "Lamp or bell",
        "desc": "Two sides with what belongs to each, and the question that decides between them.",
        "left": {"label": "Lamp", "points": _parts("text", "Seen from far out", "Hidden by fog")},
        "right": {"label": "Bell", "points": _parts("text", "Heard in fog", "Not far", "Needs a hand")},
        "question": "Can the captain see the rock tonight?",
    },
    {
        "kind": "causes",
        "title": "Why the lamp went dark",
        "desc": "Three causes on the left, the dark lamp in the middle, two results on the right.",
        "causes": _parts("label", "The boat was late", "A wet winter", "Oil went to the town first"),
        "effect": {"label": "The lamp stays dark for two nights", "facts": [ONE]},
        "results": _parts("label", "Captains wait outside", "The bell is rung by hand"),
    },
    {
        "kind": "tree",
        "title": "A family of keepers",
        "desc": "Three generations, one below the other, with two, three and two members.",
        "generations": [
            {"label": label, "members": members.split(), "facts": [ONE]}
            for label, members in (
                ("Grandparents", "Grandmother Grandfather"),
                ("Parents", "Mother Father Aunt"),
                ("Children", "Daughter Son"),
            )
        ],
    },
    {
        "kind": "status",
        "title": "Who answers for the lamp",
        "desc": "The board and the harbor stand above the keeper; the keeper stands above lamp and bell.",
        "nodes": [
            {"id": label.lower(), "label": label, "facts": [ONE]}
            for label in ("Board", "Harbor", "Keeper", "Lamp", "Bell")
        ],
        "links": [
            {"from": "board", "to": "keeper", "label": "pays"},
            {"from": "harbor", "to": "keeper", "label": "may ask for light"},
            {"from": "keeper", "to": "lamp", "label": "lights it at sunset"},
            {"from": "keeper", "to": "bell", "label": "rings it in fog"},
        ],
    },
)


@cache
def figures() -> tuple[Figure, ...]:
    """Return one figure of each kind, of bars one on each scale."""
    one: TypeAdapter[Figure] = TypeAdapter(Figure)
    return tuple(one.validate_python({**USUAL, **data}, context=TOLD) for data in (*FIGURES, *AMOUNTS))
