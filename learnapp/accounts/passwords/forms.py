"""Password forms: choose one, change it, ask for a link; and the words for a password that is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from flask_babel import LazyString, lazy_gettext
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from learnapp.accounts.passwords import rules
from learnapp.web.forms import Form

WRONG = _l("This is not your password. Nothing was changed.")


def password_problem(bad: rules.BadPassword) -> LazyString | str:
    """Say what is wrong with a new password and what to do."""
    match bad.reason:
        case "too_short":
            return lazy_gettext(
                "Use at least %(shortest)s characters. Three or four words are easy to remember.",
                shortest=bad.shortest,
            )
        case "too_long":
            return lazy_gettext("Use at most %(longest)s characters.", longest=rules.LONGEST)
        case "name":
            return lazy_gettext("Choose a password that is not like your user name.")
    return lazy_gettext("This is one of the first passwords that others would try. Choose another.")


class SafePassword:
    """Refuse a new password that the rules refuse; the form says for whom it is by `staff` and `own_name`."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            rules.check(field.data or "", staff=form.staff, name=form.own_name)
        except rules.BadPassword as bad:
            raise ValidationError(password_problem(bad)) from bad


class SamePassword:
    """Compare with the field that only readers without script are shown; absent is fine."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, other: str) -> None:
        self.other = other

    def __call__(self, form: Any, field: Any) -> None:
        if field.raw_data and rules.normalize(field.data or "") != rules.normalize(
            form[self.other].data or ""
        ):
            raise StopValidation(_l("The two passwords differ. Type both again."))


class ThrottledForm(Form):
    """A form whose tries are counted; `until` is set when there were too many."""

    until: datetime | None = None


class NewPassword(ThrottledForm):
    """A form that sets a password: whose it is decides what is refused."""

    staff = False
    own_name = ""

    def for_account(self, name: str, staff: bool) -> Self:
        """Say whose password it will be, and return the form."""
        self.own_name, self.staff = name, staff
        return self


class ResetForm(ThrottledForm):
    """The account whose password was forgotten."""

    name = StringField(
        _l("User name or e-mail address"), [InputRequired(_l("Enter your user name or your e-mail address."))]
    )


class NewPasswordForm(NewPassword):
    """A new password, chosen with a link from a mail."""

    new_password = PasswordField(
        _l("New password"), [InputRequired(_l("Choose a password.")), SafePassword()]
    )
    password_again = PasswordField(_l("The same password again"), [SamePassword("new_password")])


class PasswordForm(NewPassword):
    """A new password for somebody who knows the present one."""

    password = PasswordField(_l("Your present password"), [InputRequired(_l("Enter your present password."))])
    new_password = PasswordField(
        _l("New password"), [InputRequired(_l("Choose a password.")), SafePassword()]
    )
    password_again = PasswordField(_l("The new password again"), [SamePassword("new_password")])
