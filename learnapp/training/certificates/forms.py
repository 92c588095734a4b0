"""Forms of certificates: the name that stands on one, and a number to be checked."""

import re

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.forms import NAME_PROBLEMS
from learnapp.accounts.names.rules import readable_name
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.training.models import NAME_MAX
from learnapp.web.forms import Form

NO_NAME, NO_NUMBER = _l("Enter the name for the certificate."), _l("Enter the number.")
NAME_REFUSED: dict[str, LazyString] = {**NAME_PROBLEMS, "too_short": NO_NAME}
# An address of the web, or three digits of a telephone number or a date, in any script.
NO_PERSON = re.compile(r"//|\w/\w|(?:\d[\s./()+-]*){3}|(?i:\bwww\.|\b[\w-]+\.(?:com|org|net|info|me|io|example)\b)")


class ClaimForm(ThrottledForm):
    """The name that stands on a certificate: that of a person, whatever they are called here."""

    name = StringField(
        _l("Name on the certificate"),
        [InputRequired(NO_NAME)],
        description=_l(
            "Your own, as people know you. Whoever checks the certificate sees it, too. It cannot be changed later."
        ),
    )

    def validate_name(self, field: StringField) -> None:
        """Put the name as it is shown in place of what was typed; refuse what is no name, or an e-mail address."""
        try:
            name = readable_name(field.data or "", 1, NAME_MAX)
        except InvalidInput as error:
            raise ValidationError(NAME_REFUSED[error.reason] % error.numbers) from error
        if "@" in name:  # anybody may see it
            raise ValidationError(NAME_REFUSED["at"])
        if NO_PERSON.search(name):
            raise ValidationError(_l("Enter the name of a person, without addresses, numbers and dates."))
        field.data = name


class CheckForm(Form):
    """A number as it stands on a certificate."""

    number = StringField(
        _l("Number on the certificate"),
        [InputRequired(NO_NUMBER)],
        description=_l("22 letters, digits and signs. Capital and small letters differ."),
    )

    def validate_number(self, _field: StringField) -> None:
        """Refuse what holds spaces only."""
        if not self.clean_number:
            raise ValidationError(NO_NUMBER)

    @property
    def clean_number(self) -> str:
        """Return the number without spaces, whatever of an address was copied with it."""
        address = "".join((self.number.data or "").split())
        return re.split("[?#]", address)[0].rstrip("/").rpartition("/")[2]
