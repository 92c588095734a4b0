"""Account forms: sign up, sign in, e-mail address; and the words for a user name that is refused."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.email.addresses import EMAIL_ROOM, normal_email
from learnapp.accounts.errors import InvalidInput, NameTaken, WrongPassword
from learnapp.accounts.names.rules import validate_name
from learnapp.accounts.passwords.forms import PasswordRulesForm, SamePassword, ThrottledForm
from learnapp.config.settings import current_settings
from learnapp.web.forms import Form, choices_of

NAME_PROBLEMS = {
    "too_short": _l("Use at least %(shortest)s characters."),
    "too_long": _l("Use at most %(longest)s characters. You typed %(length)s."),
    "no_letter": _l("Use at least one letter or number."),
    "marks": _l("Put fewer marks on one letter."),
    "at": _l("Choose a name that is not an e-mail address: others may see it."),
    "reserved": _l("This name is kept for the people who run this site. Choose another."),
}
TAKEN = _l("Somebody here has this name, or one that looks the same. Choose another. If it is yours, sign in.")
NO_ENTRY = _l("The user name or the password is not right. Check both and try again, or choose a new password.")
NO_EMAIL = _l("Enter an e-mail address such as ben@example.org, or leave it empty.")


def clean_email(typed: str | None) -> str | None:
    """Return the address as it is kept, None for an empty one; raises ValidationError."""
    if not (typed or "").strip():
        return None
    if len(str(typed)) > EMAIL_ROOM:
        raise ValidationError(_l("Use a shorter e-mail address."))
    try:
        return normal_email(str(typed))
    except ValueError as error:
        raise ValidationError(NO_EMAIL) from error


class EntryForm(ThrottledForm):
    """A form that signs this browser in."""

    stay = BooleanField(
        _l("Keep me signed in on this device"), description=_l("Leave this empty on a computer that others use too.")
    )


class SignUpForm(EntryForm, PasswordRulesForm):
    """A new learner's account."""

    refusals: ClassVar = {NameTaken: ("name", TAKEN)}
    name = StringField(
        _l("User name"),
        [InputRequired(_l("Choose a user name."))],
        description=_l("Choose one that is not your real name. 2 to 40 characters."),
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Choose a password."))],
        description=_l("At least 8 characters. Three or four words are easy to remember."),
    )
    password_again = PasswordField(_l("The same password again"), [SamePassword("password")])
    email = EmailField(
        _l("E-mail address"),
        description=_l("Only to send you a link if you forget your password. Without one, nobody can send it."),
        filters=[clean_email],
    )
    take = BooleanField(
        _l("What was done in this browser without an account is mine: add it to my account"),
        description=_l("Leave this empty if somebody else learned here before you."),
    )
    validate_password = PasswordRulesForm.validate_new_password

    def validate_name(self, field: StringField) -> None:
        try:
            self.own_name = validate_name(field.data or "", site=current_settings().site_name)
        except InvalidInput as error:
            raise ValidationError(NAME_PROBLEMS[error.reason] % error.numbers) from error


class SignInForm(EntryForm):
    """A name and a password."""

    refusals: ClassVar = {WrongPassword: ("", NO_ENTRY)}
    name = StringField(_l("User name"), [InputRequired(_l("Enter your user name."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])


class GuestForm(Form):
    """What shall become of what a guest has left in this browser."""

    choice = RadioField(
        _l("Are they yours?"),
        choices=choices_of(
            {
                "leave": _l("No, or I do not know: leave them as they are"),
                "take": _l("Yes: add them to my account"),
                "delete": _l("Yes: delete them"),
            }
        ),
        default="leave",
    )


class ConfirmForm(ThrottledForm):
    """The password, to make sure that the owner asks."""

    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter your password."))])


class EmailForm(ThrottledForm):
    """The address for password resets."""

    email = EmailField(_l("E-mail address"), description=_l("Leave it empty to have none kept."), filters=[clean_email])
    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter your password."))])
