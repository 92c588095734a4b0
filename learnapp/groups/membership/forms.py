"""Forms of membership: a code that is typed, how long one is open, whom to invite."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.forms import SignInForm
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.groups.errors import CodeUnknown
from learnapp.groups.membership.codes import RANDOM_SYMBOLS, CodeMistyped, read_code

MOST_DAYS, USUAL_DAYS = 90, 14
LONGEST_NAME = 254
NO_DAYS = _l("Enter a number of days from 1 to 90.")
UNKNOWN = _l("This code opens nothing. It may have ended, or been closed. Ask whoever gave it to you for a new one.")
WINDOW_CLOSED = _l("This code opens nothing. Look at the wall again, or sign in without it.")
MISTYPED: Mapping[str, LazyString] = {
    "check": _l("One sign is mistyped. Compare the code with the one you were given."),
    "symbol": _l("A code holds only letters and digits, and no U. Compare it with the one you were given."),
}


def check_code(_form: object, field: StringField) -> None:
    """Put the code that is meant in place of what was typed; raises ValidationError, with what is wrong."""
    try:
        field.code = read_code(field.data or "")
    except CodeMistyped as error:
        raise ValidationError(MISTYPED.get(error.reason) or _length_words(error.length)) from error


def code_field() -> StringField:
    """Return the field for a code."""
    return StringField(
        _l("Code"),
        [InputRequired(_l("Enter the code.")), check_code],
        description=_l("Nine signs, such as K7WQ‑4M2X‑P. Capitals, spaces and hyphens make no difference."),
    )


class JoinForm(ThrottledForm):
    """A code to join by."""

    refusals: ClassVar = {CodeUnknown: ("code", UNKNOWN)}
    code = code_field()


class WindowForm(SignInForm):
    """A name and a password, at the sign-in window that a code opens."""

    refusals: ClassVar = {**SignInForm.refusals, CodeUnknown: ("code", WINDOW_CLOSED)}
    code = code_field()


class CodeForm(ThrottledForm):
    """How long a new code is open."""

    days = StringField(_l("Open for how many days?"), [InputRequired(NO_DAYS)], default=str(USUAL_DAYS))

    def validate_days(self, field: StringField) -> None:
        typed = (field.data or "").strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= MOST_DAYS):
            raise ValidationError(NO_DAYS)
        self.lasts = timedelta(days=int(typed))


class InviteForm(ThrottledForm):
    """Who is invited: the exact name of an account, or its address."""

    who = StringField(_l("User name or e-mail address"), [InputRequired(_l("Enter a user name or an e-mail address."))])

    def validate_who(self, field: StringField) -> None:
        if len(field.data or "") > LONGEST_NAME:
            raise ValidationError(_l("Use at most %(longest)s characters.") % {"longest": LONGEST_NAME})


def _length_words(length: int) -> str:
    return ngettext(
        "A code has %(all)s signs. You typed %(num)s.",
        "A code has %(all)s signs. You typed %(num)s.",
        length,
        all=RANDOM_SYMBOLS + 1,
    )
