"""JSON that leaves nothing to guess: a key that comes twice is refused, and so is what is no text."""

from __future__ import annotations

import json
from typing import Any

from flask.json.provider import DefaultJSONProvider


class StrictJson(DefaultJSONProvider):
    """Flask's JSON, except that some of it is an error (answered with 400).

    That is an object with the same key twice, half a character, and what is nested deeper than Python reads.
    """

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        kwargs.setdefault("object_pairs_hook", _once)
        try:
            found = super().loads(s, **kwargs)
            # Half a surrogate pair is no character, and no database takes it; encoding fails with ValueError.
            json.dumps(found, ensure_ascii=False).encode()
        except RecursionError as deep:
            raise ValueError("nested too deeply") from deep
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key comes twice")
    return made
