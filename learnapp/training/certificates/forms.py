"""Forms of certificates: the name that stands on one, and a number to be checked."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.names.rules import clean
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.training.models import NAME_MAX
from learnapp.web.forms import Form

_NUMBER = re.compile(r"[A-Za-z0-9_-]{22}")


class ClaimForm(ThrottledForm):
    """The name that stands on a certificate: that of a person, whatever they are called here."""

    name = StringField(
        _l("Name on the certificate"),
        [InputRequired(_l("Enter the name that shall stand on it."))],
        description=_l(
            "Your own, as people know you. It stands on the page that checks the certificate, too, and cannot be"
            " changed later."
        ),
    )

    def validate_name(self, field: StringField) -> None:
        """Put the name as it is shown in place of what was typed; refuse one that is empty or too long."""
        name = clean(field.data or "")
        if not name:
            raise ValidationError(_("Enter the name that shall stand on it."))
        if len(name) > NAME_MAX:
            raise ValidationError(
                _("A name has at most %(most)s letters here, this has %(count)s.", most=NAME_MAX, count=len(name))
            )
        field.data = name


class CheckForm(Form):
    """A number as it stands on a certificate."""

    number = StringField(_l("Number on the certificate"), [InputRequired(_l("Enter the number."))])

    @property
    def clean_number(self) -> str:
        """Return the number without spaces, whatever of an address was copied with it."""
        return "".join((self.number.data or "").split()).rstrip("/").rpartition("/")[2]


def is_number(text: str) -> bool:
    """Tell whether a text could be the number of a certificate."""
    return _NUMBER.fullmatch(text) is not None
