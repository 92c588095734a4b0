"""What people type about their account, and the words for what does not fit."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from email_validator import EmailNotValidError, validate_email
from flask_babel import LazyString, lazy_gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from learnapp.accounts import names
from learnapp.accounts.models import EMAIL_ROOM
from learnapp.accounts.passwords import rules
from learnapp.web.forms import Form

NAME_WORDS = {
    "too_short": _l("Use at least %(shortest)s characters.", shortest=names.SHORTEST),
    "no_letter": _l("Use at least one letter or number."),
    "marks": _l("Put fewer marks on one letter."),
    "at": _l("Choose a name that is not an e-mail address: others may see it."),
    "reserved": _l("This name is kept for the people who run this site. Choose another."),
}
TAKEN = _l(
    "Somebody here has this name, or one that looks the same. Choose another. If it is yours, sign in."
)
NO_ENTRY = _l(
    "The user name or the password is not right. Check both and try again, or choose a new password."
)
WRONG = _l("This is not your password. Nothing was changed.")


def name_problem(bad: names.BadName) -> LazyString | str:
    """Say what is wrong with a user name and what to do."""
    if bad.reason == "too_long":
        return lazy_gettext(
            "Use at most %(longest)s characters. You typed %(length)s.",
            longest=names.LONGEST,
            length=bad.length,
        )
    return NAME_WORDS[bad.reason]


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


class SameAgain:
    """Compare with the field that only readers without script are shown; absent is fine."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, other: str) -> None:
        self.other = other

    def __call__(self, form: Any, field: Any) -> None:
        if field.raw_data and rules.normal(field.data or "") != rules.normal(form[self.other].data or ""):
            raise StopValidation(_l("The two passwords differ. Type both again."))


def clean_email(typed: str | None) -> str | None:
    """Return the address as it is kept, None for an empty one; raises ValidationError."""
    text = (typed or "").strip()
    if not text:
        return None
    if len(text) > EMAIL_ROOM:
        raise ValidationError(_l("Use a shorter e-mail address."))
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as bad:
        raise ValidationError(
            _l("Enter an e-mail address such as ben@example.org, or leave it empty.")
        ) from bad
    return found.ascii_email or found.normalized


class AccountForm(Form):
    """A form about an account; `until` is set when too many wrong tries were made."""

    until: datetime | None = None


class NewPassword(AccountForm):
    """A form that sets a password: whose it is decides what is refused."""

    staff = False
    own_name = ""

    def for_whom(self, name: str, staff: bool) -> Self:
        """Say whose password it will be."""
        self.own_name, self.staff = name, staff
        return self


class SignUpForm(NewPassword):
    """A new learner's account."""

    name = StringField(
        _l("User name"),
        [InputRequired(_l("Choose a user name."))],
        description=_l("Choose one that is not your real name. 2 to 40 characters."),
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Choose a password.")), SafePassword()],
        description=_l("At least 8 characters. Three or four words are easy to remember."),
    )
    password_again = PasswordField(_l("The same password again"), [SameAgain("password")])
    email = EmailField(
        _l("E-mail address"),
        description=_l(
            "Only to send you a link if you forget your password. Without one, nobody can send it."
        ),
    )

    stay = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("Leave this empty on a computer that others use too."),
    )

    def validate_name(self, field: StringField) -> None:
        try:
            self.own_name = names.check(field.data or "")
        except names.BadName as bad:
            raise ValidationError(name_problem(bad)) from bad

    def validate_email(self, field: EmailField) -> None:
        self.kept_email = clean_email(field.data)


class SignInForm(AccountForm):
    """A name and a password."""

    name = StringField(_l("User name"), [InputRequired(_l("Enter your user name."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])
    stay = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("Leave this empty on a computer that others use too."),
    )


class ResetForm(AccountForm):
    """Whose password was forgotten."""

    name = StringField(
        _l("User name or e-mail address"), [InputRequired(_l("Enter your user name or your e-mail address."))]
    )


class NewPasswordForm(NewPassword):
    """A new password, chosen with a link from a mail."""

    new_password = PasswordField(
        _l("New password"), [InputRequired(_l("Choose a password.")), SafePassword()]
    )
    password_again = PasswordField(_l("The same password again"), [SameAgain("new_password")])


class PasswordForm(NewPassword):
    """A new password for somebody who knows the present one."""

    password = PasswordField(_l("Your present password"), [InputRequired(_l("Enter your present password."))])
    new_password = PasswordField(
        _l("New password"), [InputRequired(_l("Choose a password.")), SafePassword()]
    )
    password_again = PasswordField(_l("The new password again"), [SameAgain("new_password")])


class EmailForm(AccountForm):
    """The address for password resets."""

    email = EmailField(_l("E-mail address"), description=_l("Leave it empty to have none kept."))
    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter your password."))])

    def validate_email(self, field: EmailField) -> None:
        self.kept_email = clean_email(field.data)


class DeleteForm(AccountForm):
    """The owner's word that all shall be deleted."""

    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter your password."))])


class ForgetForm(AccountForm):
    """A guest's word that all shall be deleted; guests have no password."""
