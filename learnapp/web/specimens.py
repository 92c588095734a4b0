"""What the style guide shows: made-up forms and figures, made with the same parts as the real ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from learnapp.content.figures import FlowFigure, GridFigure, MapFigure
from learnapp.web.forms import Form

FACT = "lighthouse.01"


class SpecimenForm(Form):
    """One field of each kind."""

    name = StringField("Name in the class", [InputRequired()], description="Your first name is enough.")
    password = PasswordField("Password", [InputRequired()], description="At least 8 characters.")
    due = DateField("Due date", [InputRequired()], description="For example, 2026-12-24.")
    language = SelectField("Language", choices=[SelectChoice("en", "English"), SelectChoice("ko", "한국어")])
    note = TextAreaField("A line to yourself", description="Only you can read this.")
    route = RadioField(
        "How to read",
        choices=[
            SelectChoice("all", "Read everything"),
            SelectChoice("closed", "Keep the strong part closed"),
            SelectChoice("short", "Read a short version"),
        ],
    )
    agree = BooleanField("Show neutral page titles")


def form() -> SpecimenForm:
    """Return the form as it looks after something was missing."""
    made = SpecimenForm(formdata=None, data={"name": "Ben", "due": date(2020, 1, 3), "route": "closed"})
    made.due.errors = ["Enter a date that is today or later"]
    return made


def _figure(model: type[Any], /, **more: Any) -> Any:
    usual = {
        "caption": "Then what was measured, by whom, and when.",
        "facts": [FACT],
        "dated": "Made up for this page",
    }
    return model.model_validate({**usual, **more})


def figures() -> tuple[Any, ...]:
    """Return one figure of each kind."""
    return (
        _figure(
            MapFigure,
            kind="map",
            title="From lamp to harbor",
            desc="A path in three stages: three parts of the lamp, two signs at sea, and one harbor.",
            finding="Three parts make two signs, and both lead to the harbor.",
            stages=[
                {"label": "Parts of the lamp", "items": ["Wick", "Lens", "Clockwork"]},
                {"label": "Signs at sea", "items": ["A flash", "A bell in the fog"]},
                {"label": "Harbor", "items": ["Ships find their own way in"]},
            ],
            lit=["Ships find their own way in"],
        ),
        _figure(
            FlowFigure,
            kind="flow",
            title="An evening's work",
            desc="Three steps, one after the other: clean, wind, light.",
            finding="The light comes last.",
            steps=[
                {"label": "Clean the glass", "detail": "Before. Salt dims the lamp more than clouds do."},
                {"label": "Wind the clock", "detail": "Before. It turns the lens for four hours."},
                {"label": "Light the wick", "detail": "At sunset, by the almanac."},
            ],
        ),
        _figure(
            GridFigure,
            kind="grid",
            title="Which sign reaches whom",
            desc="The flash is named for ships and boats, the bell for boats and walkers. No more is named.",
            finding="No sign reaches everyone.",
            columns=[
                {"label": "Ships far out", "short": "Ships", "icon": "radio"},
                {"label": "Boats", "short": "Boats", "icon": "flag"},
                {"label": "Walkers", "short": "Walk", "icon": "book"},
            ],
            rows=[
                {"label": "A flash every ten seconds", "cells": ["named", "named", "silent"]},
                {"label": "A bell in the fog", "cells": ["silent", "named", "named"]},
            ],
            legend={"named": "Named", "silent": "Not mentioned"},
        ),
    )
