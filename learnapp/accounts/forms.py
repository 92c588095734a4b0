"""Account forms: sign up, sign in, e-mail address; and the words for a user name that is refused."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import LazyString, lazy_gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts import names
from learnapp.accounts.models import EMAIL_ROOM
from learnapp.accounts.passwords.forms import NewPassword, SafePassword, SamePassword, ThrottledForm

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


def name_problem(bad: names.BadName) -> LazyString | str:
    """Say what is wrong with a user name and what to do."""
    if bad.reason == "too_long":
        return lazy_gettext(
            "Use at most %(longest)s characters. You typed %(length)s.",
            longest=names.LONGEST,
            length=bad.length,
        )
    return NAME_WORDS[bad.reason]


def clean_email(typed: str | None) -> str | None:
    """Return the address as it is kept, None for an empty one; raises ValidationError."""
    text = (typed or "").strip()
    if not text:
        return None
    if len(text) > EMAIL_ROOM:
        raise ValidationError(_l("Use a shorter e-mail address."))
    try:
        address = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as bad:
        raise ValidationError(
            _l("Enter an e-mail address such as ben@example.org, or leave it empty.")
        ) from bad
    return address.ascii_email or address.normalized


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
    password_again = PasswordField(_l("The same password again"), [SamePassword("password")])
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
        self.checked_email = clean_email(field.data)


class SignInForm(ThrottledForm):
    """A name and a password."""

    name = StringField(_l("User name"), [InputRequired(_l("Enter your user name."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])
    stay = BooleanField(
        _l("Keep me signed in on this device"),
        description=_l("Leave this empty on a computer that others use too."),
    )


class EmailForm(ThrottledForm):
    """The address for password resets."""

    email = EmailField(_l("E-mail address"), description=_l("Leave it empty to have none kept."))
    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter your password."))])

    def validate_email(self, field: EmailField) -> None:
        self.checked_email = clean_email(field.data)
