"""Form of readiness: the day that somebody asks about."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, ValidationError

from learnapp.web.forms import Form, PlainDateField

FARTHEST = timedelta(days=2 * 366)
NO_DAY = _l("Choose a day from today on, within the next two years.")


class ReadinessForm(Form):
    """The day of an event, from today on."""

    on = PlainDateField(_l("The day of the event"), [InputRequired(NO_DAY)], problem=NO_DAY)
    today: date

    def validate_on(self, field: PlainDateField) -> None:
        """Take a day from today on that is within two years."""
        if field.data is not None and not self.today <= field.data <= self.today + FARTHEST:
            raise ValidationError(NO_DAY)
