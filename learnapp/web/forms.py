"""Forms: the class that all forms begin with, and what their macros need."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from learnapp.config.settings import current_settings
from learnapp.web.display import CONTRASTS, TEXT_SIZES, THEMES, Display
from learnapp.web.i18n import parse_locale

KEY_FIELD = "form_key"


class Form(FlaskForm):  # type: ignore[misc]
    """A form; a failed one is shown again with status 422 and what was typed. Its token is checked before its view."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False

    def __init__(self, **values: Any) -> None:
        """Fill the form with what was sent, text fields only, or with `obj` and other values."""
        values.setdefault("formdata", request.form or None if request.method == "POST" else None)
        super().__init__(**values)


class PlainDateField(DateField):  # type: ignore[misc]
    """A date; what is none is asked for again in the words of `problem`."""

    problem: LazyString

    def __init__(self, label: LazyString, validators: Sequence[Any], *, problem: LazyString, **about: Any) -> None:
        super().__init__(label, validators, **about)
        self.problem = problem

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date that was sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.problem) from None


def form_key() -> str:
    """Return a key for one form on one page, see `accounts/submissions.py`: 256 random bits."""
    return secrets.token_urlsafe(32)


def choices_of(words: Mapping[str, LazyString | str]) -> list[SelectChoice]:
    """Return a field's choices from the words for each value."""
    return [SelectChoice(value, label) for value, label in words.items()]


class DisplayForm(Form):
    """How pages look and what language they speak."""

    theme = RadioField(_l("Light or dark"), choices=choices_of(THEMES))
    contrast = RadioField(_l("Contrast"), choices=choices_of(CONTRASTS))
    text = RadioField(_l("Size of text"), choices=choices_of(TEXT_SIZES))
    language = SelectField(_l("Language"))
    neutral_titles = BooleanField(_l("Show neutral page titles"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        codes = current_settings().language_codes
        names = {code: str(parse_locale(code).get_display_name()) for code in codes}
        self.language.choices = choices_of({"": _l("As in this browser"), **names})

    def chosen_display(self, before: Display) -> Display:
        """Return what was chosen; what the form does not ask stays as before.

        A box that is not ticked sends nothing, so a form that shows one names it in `asked`.
        """
        sent = {*request.form, *request.form.getlist("asked")}
        silent = {field.name for field in self if isinstance(field, BooleanField)} - sent
        chosen = {name: value for name, value in self.data.items() if hasattr(before, name) and name not in silent}
        return replace(before, **chosen)


def problems(form: FlaskForm) -> list[tuple[str, str]]:
    """Return (id of the field, words) for a form's errors, in the order of its fields."""
    field_problems = [(field.id, str(text)) for field in form for text in field.errors[:1]]
    return field_problems + [("", str(text)) for text in form.form_errors]


def field_attributes(field: Field, hint: object = None, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the attributes of a field's input: what explains it, whether it is wrong, and any more."""
    attributes = dict(more or {})
    ids = ([f"{field.id}-hint"] if hint else []) + ([f"{field.id}-error"] if field.errors else [])
    if ids:
        attributes["aria-describedby"] = " ".join(ids)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes
