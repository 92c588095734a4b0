"""Forms: the class that all forms begin with, and what their macros need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from babel import Locale
from flask import Flask, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from learnapp.web.display import Display, languages

View = TypeVar("View", bound=Callable[..., Any])


class Form(FlaskForm):  # type: ignore[misc]
    """A form with its token; a failed one is shown again with status 422 and what was typed."""

    def __init__(self, **values: Any) -> None:
        """Fill the form with what was sent, or with `obj` and other values.

        Only text fields are read: files, and JSON with its numbers and lists, are not what was asked.
        """
        values.setdefault("formdata", request.form or None if request.method == "POST" else None)
        super().__init__(**values)


class DisplayForm(Form):
    """How pages look and what language they speak."""

    theme = RadioField(
        _l("Light or dark"),
        choices=[
            SelectChoice("auto", _l("As on this device")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
    )
    contrast = RadioField(
        _l("Contrast"),
        choices=[SelectChoice("auto", _l("As on this device")), SelectChoice("more", _l("More contrast"))],
    )
    text = RadioField(
        _l("Size of text"),
        choices=[
            SelectChoice("normal", _l("As on this device")),
            SelectChoice("large", _l("Larger")),
            SelectChoice("larger", _l("Much larger")),
        ],
    )
    language = SelectField(_l("Language"), validate_choice=True)
    neutral_titles = BooleanField(_l("Show neutral page titles"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        names = [SelectChoice(code, Locale.parse(code, sep="-").get_display_name()) for code in languages()]
        self.language.choices = [SelectChoice("", _l("As in this browser")), *names]

    def choices(self, before: Display) -> Display:
        """Return what was chosen; what the form does not ask stays as before."""
        return replace(
            before,
            theme=self.theme.data,
            contrast=self.contrast.data,
            text=self.text.data,
            language=self.language.data,
            neutral_titles=self.neutral_titles.data,
        )


def problems(form: FlaskForm) -> list[tuple[str, str]]:
    """Return (id of the field, words) for a form's errors, in the order of its fields."""
    field_problems = [
        (field.id, str(text)) for field in form for text in field.errors[:1] if isinstance(text, str) or text
    ]
    return field_problems + [("", str(text)) for text in form.form_errors]


def described_by(field: Field, hint: object = None) -> str:
    """Return the ids of what explains a field: its hint, its error."""
    parts = [f"{field.id}-hint"] if hint else []
    if field.errors:
        parts.append(f"{field.id}-error")
    return " ".join(parts)


def described(field: Field, hint: object = None, more: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the attributes of a field's input: what explains it, whether it is wrong, and any more."""
    attributes: dict[str, Any] = dict(more or {})
    if about := described_by(field, hint):
        attributes["aria-describedby"] = about
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def init_app(app: Flask) -> None:
    """Give templates what the form macros need."""
    app.jinja_env.filters.update(problems=problems, described=described, described_by=described_by)
    app.jinja_env.globals.update(languages=languages)
