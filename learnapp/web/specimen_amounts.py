"""The specimens' figures of amounts, and the made-up ledger that all specimens take their numbers from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnapp.content.figures import Told, readings

ONE = "lighthouse.01"
TOLD: Mapping[str, Told] = {
    ONE: Told((), "page", "Harbor page, about 1914."),
    "lighthouse.02": Told(readings(["20-40 lamps"]), "said", "Ada, keeper until 1931."),
    "lighthouse.03": Told(readings(["3/60", "1914"]), "ngo", "Society of Harbors, list of 1914."),
    "lighthouse.04": Told(readings(["24 steps", "up to 9 hours a night"]), "un", "Board of Lights, 1914."),
    "lighthouse.05": Told(readings(["over 1,200 ships", "about 9,000 ships"]), "page", "Harbor page, 1914."),
    "lighthouse.06": Told(readings(["$40 (estimate)", "$1.2 million"]), "page", "Harbor page, 1914."),
}


def _number(fact: int, at: int = 0) -> dict[str, Any]:
    return {"fact": f"lighthouse.{fact:02}", "at": at}


AMOUNTS: tuple[dict[str, Any], ...] = (
    {
        "kind": "range",
        "title": "Lamps in one harbor",
        "desc": "A bar on a scale to 50 lamps; the marked part reaches from 20 to 40.",
        "facts": ["lighthouse.02"],
        "label": "Lamps in one harbor",
        "low": _number(2),
        "high": _number(2, 1),
        "unit": "lamps",
        "scale_to": 50,
    },
    {
        "kind": "rank",
        "title": "The light among others",
        "desc": "A row of 60 marks, one for each light of the coast. The third stands out.",
        "facts": ["lighthouse.03"],
        "label": "Our light, by age",
        "place": _number(3),
        "of": _number(3, 1),
        "year": _number(3, 2),
    },
    {
        "kind": "ladder",
        "title": "The stair",
        "desc": "A ladder of 24 rungs in three bands that are drawn equally high.",
        "facts": [ONE, "lighthouse.04"],
        "rungs": _number(4),
        "bands": [{"label": label, "facts": [ONE]} for label in ("Lamp room", "Watch room", "Store")],
    },
    {
        "kind": "day",
        "title": "Day and night",
        "desc": "A bar of 24 hours: up to nine hours of light, and at least fifteen for all else.",
        "facts": ["lighthouse.04"],
        "segments": [
            {"label": "The lamp is lit", "hours": _number(4, 1)},
            {"label": "Everything else", "hours": "rest"},
        ],
    },
    {
        "kind": "number",
        "title": "Ships that passed",
        "desc": "One number on a card: over 1,200 ships in 1914, counted by day only.",
        "facts": ["lighthouse.03", "lighthouse.05"],
        "value": _number(5),
        "unit": "ships",
        "label": "Ships that passed the light",
        "year": _number(3, 2),
        "qualifier": "counted by day only",
    },
    {
        "kind": "bars",
        "title": "Ships that passed and ships that came in",
        "desc": "Two bars: 1,200 ships passed by day, and about 9,000 came in.",
        "facts": ["lighthouse.05"],
        "unit": "ships in one year",
        "bars": [
            {"label": "Passed by day", "value": _number(5), "facts": ["lighthouse.05"]},
            {"label": "Came in", "value": _number(5, 1), "facts": ["lighthouse.05"]},
        ],
    },
    {
        "kind": "bars",
        "title": "What a wick and a lens cost",
        "desc": "Two points on a scale of powers of ten: a wick at $40, a lens at $1.2 million.",
        "facts": ["lighthouse.06"],
        "scale": "log",
        "unit": "dollars",
        "bars": [
            {"label": "A wick", "value": _number(6), "facts": ["lighthouse.06"]},
            {"label": "A lens", "value": _number(6, 1), "facts": ["lighthouse.06"]},
        ],
    },
    {
        "kind": "share",
        "title": "Ships that were counted",
        "desc": "A bar for about 9,000 ships, of which over 1,200 are marked.",
        "facts": ["lighthouse.05"],
        "label": "Ships that passed by day, among all that came in",
        "part": _number(5),
        "whole": _number(5, 1),
    },
)
