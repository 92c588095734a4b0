"""Samples: light figures of the kinds that are drawn to scale or take something apart, for the style guide alone."""

from typing import Any

from pydantic import TypeAdapter

from learnapp.content.figures import Figure
from learnapp.content.figures.readings import readings

_FACT = "harbor.01"
_LEDGER = {_FACT: readings(["2,914", "1,137", "1,047", "229", "224", "220-420", "up to 3,500"])}


def _part(**words: Any) -> dict[str, Any]:
    return {**words, "facts": [_FACT]}


_SAMPLES: tuple[dict[str, Any], ...] = (
    {
        "kind": "map",
        "title": "Towns along two rivers",
        "finding": "Two rivers are the border to China: the Yalu to the west, the Tumen to the east.",
        "caption": "Outlines from Natural Earth, in the public domain; own drawing.",
        "desc": "The northern half of the Korean peninsula, with Pyongyang, and on the border to China the towns "
        "Sinuiju, Hyesan, Musan and Hoeryong; a dashed circle in the middle of Ryanggang province.",
        "spots": [
            _part(place="pyongyang", detail="The capital of the North."),
            _part(place="seoul", detail="The capital of the South."),
            _part(place="sinuiju", detail="Where the Yalu meets the sea."),
            _part(place="hyesan"),
            _part(place="musan"),
            _part(place="hoeryong"),
        ],
        "areas": [_part(province="ryanggang", label="Larch woods", detail="In most of this province.")],
        "borders": [_part(border="china", label="two rivers")],
        "guess": {"place": "musan", "question": "Which number is Musan, on the Tumen?"},
    },
    {
        "kind": "timeline",
        "title": "The lamp and its keepers",
        "finding": "The bell was older than the lamp, and stayed when the lamp went out.",
        "caption": "Down both lines equal distances are equal times. After the harbor’s own book.",
        "desc": "From 1900 to 1931. The lamp: lit in 1904, on oil until 1919, out in May 1928. The bell: cast in 1901, "
        "rung by hand from 1911 to 1925, by clockwork from 1925 on.",
        "from": 1900,
        "to": 1931,
        "rows": [{"label": "The lamp"}, {"label": "The bell"}],
        "scrub": True,
        "events": [
            _part(at=1904, label="Lit", detail="on the first dark evening of the year"),
            _part(at=1905, to=1919, label="On oil"),
            _part(at="1928-05", label="Out for good"),
            _part(at=1901, row=1, label="Cast"),
            _part(at=1911, to=1925, row=1, label="Rung by hand"),
            _part(at="1925-10", row=1, label="Clockwork takes over"),
        ],
    },
    {
        "kind": "series",
        "title": "Boats a year",
        "finding": "Before the harbor froze, about a thousand boats came each year; since then, a fifth.",
        "caption": "It shows boats that came in, not boats that set out. After the harbor’s own book.",
        "dated": "1909 to 1922",
        "desc": "2,914 boats in 1909, 1,137 in 1918, 1,047 in 1919; in January 1920 the harbor froze; then 229 "
        "in 1920, nobody counted in 1921, and 224 in 1922.",
        "label": "Boats that came in",
        "points": [
            _part(at=at, value=None if n is None else {"fact": _FACT, "at": n})
            for at, n in ((1909, 0), (1918, 1), (1919, 2), (1920, 3), (1921, None), (1922, 4))
        ],
        "marks": [_part(at="1920-01", label="the harbor froze")],
        "guess": True,
    },
    {
        "kind": "ranges",
        "title": "Boats of one year, three estimates",
        "finding": "The fewer were counted one by one, the higher the estimate.",
        "caption": "Dashed: an estimate that names only its upper end.",
        "dated": "1909",
        "desc": "The board 224; two keepers 220 to 420; travelers up to 3,500.",
        "label": "Estimates of boats",
        "unit": "boats",
        "rows": [
            _part(label="The board", asked="its own book", low={"fact": _FACT, "at": 4}),
            _part(
                label="Two keepers", asked="the bell’s log", low={"fact": _FACT, "at": 5}, high={"fact": _FACT, "at": 6}
            ),
            _part(label="Travelers", asked="one night, times all nights", low={"fact": _FACT, "at": 7}),
        ],
    },
    {
        "kind": "tell",
        "title": "Who can tell what about the night",
        "finding": "Nobody can tell everything, and one thing only one of them.",
        "caption": "Our own sorting.",
        "columns": [
            {"label": "The keeper", "short": "Keeper"},
            {"label": "A boat", "short": "Boat"},
            {"label": "The log book", "short": "Log"},
        ],
        "rows": [
            {"label": "When was the lamp lit?", "cells": ["can", "part", "can"]},
            {"label": "How far did it shine?", "cells": ["cannot", "can", "cannot"]},
        ],
    },
    {
        "kind": "mechanism",
        "title": "How a lamp goes out",
        "finding": "Each step makes the next one likelier, and at one of them somebody can act.",
        "caption": "Solid: what happens by itself. Dashed: what could be otherwise.",
        "connector": "loop",
        "steps": [
            _part(actor="The wind", does="cools the glass."),
            _part(actor="The glass", does="gathers soot and takes the light."),
            _part(actor="The keeper", does="turns the wick higher, and burns more oil."),
        ],
        "exit": _part(at=2, label="wipe the glass before the evening."),
    },
    {
        "kind": "document",
        "title": "Rules of the harbor",
        "finding": "Two rules, and where to look twice.",
        "caption": "Remarks with a pen are ours.",
        "document": {"title": "Rules of the harbor", "author": "Harbor board", "date": "March 1911"},
        "lines": [
            _part(text="The bell is rung in fog, day and night.", remark="By whom, it does not say."),
            _part(text="Nobody waits for payment before help."),
        ],
    },
)


def samples() -> tuple[Figure, ...]:
    """Return a figure of each of these kinds."""
    figure: TypeAdapter[Figure] = TypeAdapter(Figure)
    common = {"facts": [_FACT]}
    return tuple(figure.validate_python({**common, **sample}, context=_LEDGER) for sample in _SAMPLES)
