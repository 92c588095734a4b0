"""What to do about a fault, so that the rest of a document is still checked: leave keys out, or rename them.

Pure. Every place stays known.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from learnapp.content.load.yaml import Document, Where


def ways_out(
    model: type[BaseModel], document: Document, faults: Iterable[ErrorDetails], spare: frozenset[str]
) -> tuple[set[Where], dict[Where, str]]:
    """Return the keys to leave out and those to rename, so that the rest of the document can be checked."""
    gone: set[Where] = set()
    names: dict[Where, str] = {}
    for fault in faults:
        if fault["type"] != "extra_forbidden":
            continue
        where, _rest = find(document.data, fault["loc"])
        around = document.data
        for step in where[:-1]:
            around = around[step]
        name = meant(model, str(where[-1]))
        taken = {str(key) for key in around} | {names[one] for one in names if one[:-1] == where[:-1]}
        if name is None or name in taken:
            gone.add(where)
        else:
            names[where] = name
    read_as = targets(names)
    for fault in faults:
        where, _rest = find(document.data, fault["loc"])
        excused = fault["type"] == "extra_forbidden" or missing(document, fault) in read_as
        if where and where[0] in spare and not excused:
            gone.add(where[:1])
    outer = {where for where in gone if not any(one != where and starts(where, one) for one in gone)}
    return outer, {
        where: name for where, name in names.items() if not any(starts(where, one) for one in gone)
    }


def targets(names: Mapping[Where, str]) -> set[Where]:
    """Return the ways to keys after they were renamed."""
    return {(*where[:-1], name) for where, name in names.items()}


def repaired(document: Document, gone: Iterable[Where], names: Mapping[Where, str]) -> Document:
    """Return the document without the keys in `gone`, and with those in `names` under their new names."""
    data = deepcopy(document.data)
    values, keys = dict(document.values), dict(document.keys)
    for where in sorted(gone, key=len, reverse=True):  # what is inside first
        _around(data, where).pop(where[-1], None)
    for where, name in names.items():
        around = _around(data, where)
        around[name] = around.pop(where[-1])
        for places in (values, keys):
            inside = [(at, place) for at, place in places.items() if starts(at, where)]
            places.update({(*where[:-1], name, *at[len(where) :]): place for at, place in inside})
    return replace(document, data=data, values=values, keys=keys)


def starts(where: Where, with_this: Where) -> bool:
    """Tell whether a way into a document leads through another one's end, or ends there."""
    return where[: len(with_this)] == with_this


def missing(document: Document, fault: ErrorDetails) -> Where | None:
    """Return the way to a key that is missing; None for other faults."""
    where, rest = find(document.data, fault["loc"])
    return (*where, *rest[-1:]) if fault["type"] == "missing" else None


def find(data: object, location: tuple[int | str, ...]) -> tuple[Where, Where]:
    """Split a fault's location into what exists in the data and what does not.

    Pydantic puts the names of union members and validators between keys.
    """
    where: list[str | int] = []
    rest: list[str | int] = []
    for step in location:
        inside = (
            step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        )
        if inside:
            data = data[step]  # type: ignore[index]
            where.append(step)
            rest.clear()
        else:
            rest.append(step)
    return tuple(where), tuple(rest)


def meant(model: type[BaseModel], key: str) -> str | None:
    """Return the key of this model that an unknown one resembles."""
    close = difflib.get_close_matches(key, _keys(model) - {key}, n=1)
    return close[0] if close else None


@cache
def _keys(model: type[BaseModel]) -> frozenset[str]:
    """List every key that may stand anywhere in a file of this model."""
    schema = model.model_json_schema()
    parts = (schema, *schema.get("$defs", {}).values())
    return frozenset(key for part in parts for key in part.get("properties", ()))


def _around(data: Any, where: Where) -> dict[Any, Any]:
    for step in where[:-1]:
        data = data[step]
    found: dict[Any, Any] = data
    return found
