"""List forms: a file or what is carried from page to page of it, and what was chosen about it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from learnapp.groups.roster.lists.errors import refused
from learnapp.groups.roster.lists.reading.archive import MOST_FILES, pack
from learnapp.groups.roster.lists.reading.decode import OFFERED
from learnapp.groups.roster.lists.reading.files import MOST_BYTES
from learnapp.groups.roster.lists.values import ListAnswers, Row
from learnapp.groups.roster.lists.wording import FIELD_WORDS, column_title
from learnapp.web.forms import Form

# What a page carries of a file is a third longer than the file.
FORM_BYTES = 3 * MOST_BYTES // 2
LONGEST_CLASS_ID = 500
CARRIED, ENCODING, CLASS, NAMED = "carried", "encoding", "class", "named"
NAMES = ("full_name", "given_name", "family_name", "user_name", "email")


class ColumnsForm(Form):
    """Which column of a table holds what, and whether its first row is one of people."""

    full_name = SelectField(FIELD_WORDS["full_name"], validate_choice=False)
    given_name = SelectField(FIELD_WORDS["given_name"], validate_choice=False)
    family_name = SelectField(FIELD_WORDS["family_name"], validate_choice=False)
    user_name = SelectField(FIELD_WORDS["user_name"], validate_choice=False)
    email = SelectField(FIELD_WORDS["email"], validate_choice=False)
    number = SelectField(FIELD_WORDS["number"], validate_choice=False)
    headless = BooleanField(_l("The first row is a person, not the names of the columns"))

    def __init__(self, header: Row = (), likely: Mapping[str, int] | None = None, **values: Any) -> None:
        first = {field: str(place) for field, place in (likely or {}).items()}
        super().__init__(formdata=request.form if NAMED in request.form else None, data=first, **values)
        choices = [SelectChoice("", _l("none"))]
        choices += [SelectChoice(str(place), column_title(name, place + 1)) for place, name in enumerate(header)]
        for field in FIELD_WORDS:
            self[field].choices = choices

    def validate_full_name(self, _field: SelectField) -> None:
        if not any(self[name].data for name in NAMES):
            raise ValidationError(_l("Choose at least the column of the names."))
        chosen = [self[name].data for name in FIELD_WORDS if self[name].data]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(_l("Each column can be chosen once."))


def sent_content() -> bytes:
    """Return the file that this request's form brings or carries, several as one zip; raises ListRefused."""
    if CARRIED in request.form:
        return _unpack(request.form[CARRIED])
    files = [one for one in request.files.getlist("file") if one.filename]
    if not files:
        raise refused("no_file")
    if len(files) == 1:
        return bytes(files[0].read())
    if len(files) > MOST_FILES:
        raise refused("several_lists")
    return pack({(one.filename or "").rsplit("/")[-1]: one.read() for one in files})


def carried(content: bytes) -> str:
    """Return a file as the next page carries it: nothing of it is kept here before what must not be is dropped."""
    return urlsafe_b64encode(content).decode()


def sent_answers() -> ListAnswers:
    """Return what was chosen about the file on the pages before."""
    encoding = request.form.get(ENCODING, "")
    columns = None
    if NAMED in request.form:
        columns = {name: int(text) for name in FIELD_WORDS if _is_place(text := request.form.get(name, ""))}
    return ListAnswers(
        encoding=encoding if encoding in OFFERED else "",
        class_id=request.form.get(CLASS, "")[:LONGEST_CLASS_ID],
        columns=columns,
        headless="headless" in request.form,
    )


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 2


def _unpack(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text)
    except ValueError as error:
        raise refused("unreadable") from error
