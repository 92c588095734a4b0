"""Facts by their names in plain data, whatever shape it has. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from learnapp.content.load.yaml import Where
from learnapp.quiz.model import FACT

KEYS = frozenset({"facts", "gated", "skip", "see", "fact"})


def facts_named(data: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield every fact that is named anywhere in plain data, with the way to it."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name in KEYS:
                named: list[tuple[Where, Any]] = [((*where, name), value)]
                if isinstance(value, list):
                    named = [((*where, name, number), one) for number, one in enumerate(value)]
                yield from ((at, one) for at, one in named if _is_fact(one))
            yield from facts_named(value, (*where, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from facts_named(value, (*where, number))


def _is_fact(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(FACT, value) is not None
