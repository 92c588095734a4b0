"""Read files into models and say, in an author's words, what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from learnapp.content.load.files import Folder
from learnapp.content.load.repair import find, meant, missing, repaired, targets, ways_out
from learnapp.content.load.yaml import Document, Where, parse
from learnapp.content.problems import Place, Report

Model = TypeVar("Model", bound=BaseModel)

# A fault may show only once another one is out of the way; after so many, nobody is helped by more.
ROUNDS = 6


def validate(
    model: type[Model],
    document: Document,
    report: Report,
    distinct: tuple[str, ...] = (),
    context: object = None,
    spare: frozenset[str] = frozenset(),
) -> tuple[Model, Document] | tuple[None, None]:
    """Return the model and the document it was made from, or neither; report every fault at its key or value.

    One fault does not hide the others: an unknown key is read under the name it resembles, else left out, and
    so is what is faulty below a key in `spare`, which nothing else in the files rests on.
    Entries of the lists named in `distinct` must have ids of their own, counted through all of them.
    `context` is what the model's validators may ask.
    """
    doubles = _report_doubles(document, distinct, report)
    guessed: set[Where] = set()
    for _ in range(ROUNDS):
        try:
            found = model.model_validate(document.data, context=context)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        else:
            return (found, document) if document.sound else (None, None)
        if wrong := guessed & {find(document.data, fault["loc"])[0] for fault in faults}:
            document, guessed = repaired(document, wrong, {}), guessed - wrong
            continue
        gone, names = ways_out(model, document, faults, spare)
        meant_keys = targets(names)
        for fault in faults:
            if _follows_from_others(fault) or (doubles and not fault["loc"]):
                continue
            if missing(document, fault) in meant_keys:
                continue
            place, message = _explain(model, document, fault)
            report.error(place, f"schema-{fault['type'].replace('_', '-')}", message)
        if not gone and not names:
            break
        document, guessed = repaired(document, gone, names), guessed | meant_keys
    return None, None


def read_yaml(
    model: type[Model],
    path: str,
    folder: Folder,
    asked_at: Place,
    report: Report,
    distinct: tuple[str, ...] = (),
) -> tuple[Model, Document] | tuple[None, None]:
    """Read one YAML file into its model; return neither model nor document if something is wrong in it."""
    text = folder.read(path, asked_at, report)
    document = None if text is None else parse(text, path, report)
    return (None, None) if document is None else validate(model, document, report, distinct)


def _report_doubles(document: Document, lists: tuple[str, ...], report: Report) -> bool:
    """Report each id that was used before; tell whether there was one."""
    seen: dict[object, Place] = {}
    double = False
    for name in lists:
        entries = document.data.get(name) if isinstance(document.data, dict) else None
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            value = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(value, str):
                place = document.place(name, number, "id")
                if first := seen.get(value):
                    double = True
                    report.error(
                        place, "duplicate-item", f"“{value}” is an item already, on line {first.line}"
                    )
                seen.setdefault(value, place)
    return double


def _follows_from_others(fault: ErrorDetails) -> bool:
    """Tell whether a list only counts as too short because of faulty entries, which are reported anyway."""
    value = fault["input"]
    return (
        fault["type"] == "too_short" and isinstance(value, list) and len(value) >= fault["ctx"]["min_length"]
    )


def _explain(model: type[BaseModel], document: Document, fault: ErrorDetails) -> tuple[Place, str]:
    where, rest = find(document.data, fault["loc"])
    kind, context = fault["type"], fault.get("ctx", {})
    name = f"“{where[-1]}”: " if where and isinstance(where[-1], str) else ""
    if kind == "missing":
        return document.place(*where), f"{name}“{rest[-1]}” is missing"
    if kind == "extra_forbidden":
        key = str(where[-1])
        close = meant(model, key)
        return document.key(*where), f"unknown key “{key}”" + (f"; did you mean “{close}”?" if close else "")
    place = document.place(*where)
    if kind == "union_tag_not_found":
        return place, f"{name}“{str(context['discriminator']).strip(chr(39))}” is missing"
    if kind == "union_tag_invalid":
        key = str(context["discriminator"]).strip("'")
        place = document.place(*where, key)
        return place, f"“{context['tag']}” is not a known {key}; use one of {context['expected_tags']}"
    return place, name + _words(kind, context, fault)


def _words(kind: str, context: Mapping[str, Any], fault: ErrorDetails) -> str:
    value = fault["input"]
    match kind:
        case "value_error" | "assertion_error":
            return str(context["error"])
        case "string_type" if value is None:
            return "write some text here, it is empty"
        case "string_type" if not isinstance(value, list | dict):
            return f'a text is wanted here; put it in quotes: "{str(value).lower()}"'
        case "string_type":
            return "a text is wanted here; put it in quotes if it has a colon, a # or brackets"
        case "tuple_type" if value is None:
            return "a list is wanted here; write [] or leave the key out if there is nothing"
        case "tuple_type":
            return "a list is wanted here; start each entry with “- ”"
        case "model_type" | "model_attributes_type" | "dict_type":
            return "keys with values are wanted here"
        case "literal_error":
            return f"use {context['expected']}"
        case "int_parsing" | "int_type" | "int_from_float":
            return "a whole number is wanted here"
        case "bool_parsing" | "bool_type":
            return "true or false is wanted here"
        case "too_long":
            return f"shorten this list: {context['max_length']} entries are the most"
        case "too_short":
            return f"write more entries here: {context['min_length']} or more are wanted"
    return fault["msg"][0].lower() + fault["msg"][1:]
