"""Validation: content files against their models, each fault in an author's words at its key or value."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from learnapp.content.load.files import Folder
from learnapp.content.load.yaml import Document, Where, parse
from learnapp.content.problems import Position, Report

Model = TypeVar("Model", bound=BaseModel)

# What is said for a type of pydantic's errors; the braces are filled from the error's context.
MESSAGES: Mapping[str, str] = {
    "value_error": "{error}",
    "string_type": "a text is wanted here; put it in quotes if it has a colon, a # or brackets",
    "tuple_type": "a list is wanted here; start each entry with “- ”",
    **dict.fromkeys(("model_type", "dict_type"), "keys with values are wanted here"),
    "literal_error": "use {expected}",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "a whole number is wanted here"),
    **dict.fromkeys(("bool_parsing", "bool_type"), "true or false is wanted here"),
    "too_long": "shorten this list: {max_length} entries are the most",
    "too_short": "write more entries here: {min_length} or more are wanted",
}


@dataclass(frozen=True, slots=True)
class ModelFile(Generic[Model]):
    """A file's model, and its document, which knows the position of every key and value."""

    model: Model
    document: Document


def read_model(
    model: type[Model], path: str, folder: Folder, asked_at: Position, report: Report
) -> ModelFile[Model] | None:
    """Return one YAML file as its model; with any fault the file is reported, skipped and None."""
    text = folder.read(path, asked_at, report)
    file = None if text is None else parse_model(model, text, path, report)
    if file is None:
        report.skip(path)
    return file


def parse_model(
    model: type[Model], text: str, path: str, report: Report, first_line: int = 1, context: object = None
) -> ModelFile[Model] | None:
    """Return a text as its model, or None with every fault of YAML or of the model reported.

    `first_line` is the file's line on which the text starts, `context` what the model's validators may ask.
    """
    document = parse(text, path, report, first_line)
    if document is None:
        return None
    try:
        result = model.model_validate(document.data, context=context)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            kind, entries = fault["type"], fault["input"]
            # A list may only count as too short because of faulty entries, which are reported anyway.
            if kind != "too_short" or not isinstance(entries, list) or len(entries) < fault["ctx"]["min_length"]:
                position, message = _explain(model, document, fault)
                report.error(position, f"schema-{kind.replace('_', '-')}", message)
        return None
    return ModelFile(result, document) if document.sound else None


def _explain(model: type[BaseModel], document: Document, fault: ErrorDetails) -> tuple[Position, str]:
    where, rest = _split(document.data, fault["loc"])
    kind, context, place = fault["type"], fault.get("ctx", {}), document.place(*where)
    name = f"“{where[-1]}”: " if where and isinstance(where[-1], str) else ""
    if kind == "missing":
        return place, f"{name}“{rest[-1]}” is missing"
    if kind == "extra_forbidden":
        key = str(where[-1])
        close = difflib.get_close_matches(key, _keys(model) - {key}, n=1, cutoff=0.75)
        advice = f"; did you mean “{close[0]}”?" if close else ""
        return document.key(*where), f"unknown key “{key}”{advice}"
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        key = str(context["discriminator"]).strip("'")
        if kind == "union_tag_not_found":
            return place, f"{name}“{key}” is missing"
        words = f"“{context['tag']}” is not a known {key}; use one of {context['expected_tags']}"
        return document.place(*where, key), words
    return place, name + _words(fault)


def _split(data: object, location: tuple[int | str, ...]) -> tuple[Where, Where]:
    """Split a location into keys of the data and what it lacks; pydantic puts names of its own between keys."""
    where: Where = ()
    rest: Where = ()
    for step in location:
        try:
            data = data[step]  # type: ignore[index]
        except (TypeError, LookupError):
            rest = (*rest, step)
        else:
            where, rest = (*where, step), ()
    return where, rest


@cache
def _keys(model: type[BaseModel]) -> frozenset[str]:
    """List every key that may stand anywhere in a file of this model."""
    schema = model.model_json_schema()
    parts = (schema, *schema.get("$defs", {}).values())
    return frozenset(key for part in parts for key in part.get("properties", ()))


def _words(fault: ErrorDetails) -> str:
    kind, value = fault["type"], fault["input"]
    if kind == "tuple_type" and value is None:
        return "a list is wanted here; write [] or leave the key out if there is nothing"
    if kind == "string_type" and value is None:
        return "write some text here, it is empty"
    if kind == "string_type" and not isinstance(value, list | dict):
        return f'a text is wanted here; put it in quotes: "{str(value).lower()}"'
    if kind in MESSAGES:
        return MESSAGES[kind].format(**fault.get("ctx", {}))
    return fault["msg"][0].lower() + fault["msg"][1:]
