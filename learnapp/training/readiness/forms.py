"""Form of readiness: the day that somebody asks about."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired, ValidationError

from learnapp.web.forms import Form

FARTHEST = timedelta(days=2 * 366)
NO_DAY = _l("Choose a day from today on, within the next two years.")


class DayOfEventField(DateField):  # type: ignore[misc]
    """A day, asked for again in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day that was sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DAY) from None


class ReadinessForm(Form):
    """The day of an event, from today on."""

    on = DayOfEventField(_l("The day of the event"), [InputRequired(NO_DAY)])
    today: date

    def validate_on(self, field: DateField) -> None:
        """Take a day from today on that is within two years."""
        if field.data is not None and not self.today <= field.data <= self.today + FARTHEST:
            raise ValidationError(NO_DAY)
