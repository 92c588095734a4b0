"""What the style guide shows: made-up forms, made with the same parts as the real ones."""

from __future__ import annotations

from datetime import date

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

from learnapp.web.forms import Form


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
