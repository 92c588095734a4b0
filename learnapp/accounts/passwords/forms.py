"""Password forms: choose one, change it, ask for a link; and the words for what is refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Self

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, ValidationError

from learnapp.accounts.errors import InvalidInput, TooManyTries, WrongPassword
from learnapp.accounts.passwords.rules import shortest_for, validate_password
from learnapp.config.settings import current_settings
from learnapp.web.forms import Form

PASSWORD_PROBLEMS = {
    "too_short": _l("Use at least %(shortest)s characters. Three or four words are easy to remember."),
    "too_long": _l("Use at most %(longest)s characters."),
    "name": _l("Choose a password that is not like your user name."),
    "handed_out": _l("This is the password that you were given. Choose one that only you know."),
    "common": _l("This is one of the first passwords that others would try. Choose another."),
}


class ThrottledForm(Form):
    """A form that shows what a service refuses, and after too many tries `until` when it takes no more."""

    until: datetime | None = None
    # For each error of a service the field to show it at ("" for the form as a whole) and what to say.
    refusals: ClassVar[Mapping[type[Exception], tuple[str, LazyString]]] = {
        WrongPassword: ("password", _l("This is not your password. Nothing was changed."))
    }

    @contextmanager
    def show_errors(self) -> Iterator[None]:
        """Show in the form what a service refuses; the form is then to be shown again."""
        try:
            yield
        except TooManyTries as error:
            self.until = error.until
        except tuple(self.refusals) as error:
            name, words = self.refusals[type(error)]
            if name:
                self[name].errors = [words]
            else:
                self.form_errors.append(words)


class PasswordRulesForm(ThrottledForm):
    """A form that sets a password: whose it is decides what is refused."""

    staff = False
    own_name = ""

    def for_account(self, name: str, staff: bool) -> Self:
        """Say whose password it will be, and return the form."""
        self.own_name, self.staff, self.shortest = name, staff, shortest_for(staff)
        return self

    def validate_new_password(self, field: PasswordField) -> None:
        try:
            site = current_settings().site_name
            validate_password(field.data or "", staff=self.staff, name=self.own_name, site=site)
        except InvalidInput as error:
            field.flags.error_says_hint = error.reason == "too_short"
            raise ValidationError(PASSWORD_PROBLEMS[error.reason] % error.numbers) from error


class SamePassword(EqualTo):  # type: ignore[misc]
    """The same as in another field; absent is fine, as only readers without script are shown the field."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, other: str) -> None:
        super().__init__(other, _l("The two passwords differ. Type both again."))

    def __call__(self, form: Any, field: PasswordField) -> None:
        if field.raw_data:
            super().__call__(form, field)


class ResetForm(ThrottledForm):
    """The account whose password was forgotten."""

    name = StringField(
        _l("User name or e-mail address"), [InputRequired(_l("Enter your user name or your e-mail address."))]
    )


class NewPasswordForm(PasswordRulesForm):
    """A new password, chosen with a link from a mail."""

    new_password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password."))])
    password_again = PasswordField(_l("The same password again"), [SamePassword("new_password")])


class FirstPasswordForm(NewPasswordForm):
    """The first password of one's own, in place of one that was handed out."""

    refusals: ClassVar = {
        InvalidInput: ("new_password", PASSWORD_PROBLEMS["handed_out"]),
        WrongPassword: ("", _l("Your teacher has given you another password meanwhile. Sign in with that one.")),
    }


class PasswordForm(PasswordRulesForm):
    """A new password for somebody who knows the present one."""

    password = PasswordField(_l("Your present password"), [InputRequired(_l("Enter your present password."))])
    new_password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password."))])
    password_again = PasswordField(_l("The new password again"), [SamePassword("new_password")])
