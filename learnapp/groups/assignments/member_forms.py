"""Forms about one member: what differs for them in an assignment, and by how many days all of theirs is later."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.groups.assignments.dates import EffectiveDates, ExtendedDates, chosen_fields, chosen_numbers
from learnapp.groups.assignments.forms import DatesForm
from learnapp.groups.assignments.models import LARGEST_NUMBER_OF_TRIES, REASONS
from learnapp.groups.assignments.values import MemberExtension
from learnapp.groups.assignments.wording import REASON_WORDS, moment_words
from learnapp.groups.models import MOST_STANDING_DAYS


class ExtensionForm(DatesForm):
    """What differs for one member: later dates, further tries, or nothing is asked; and why, by a word."""

    extra_tries = IntegerField(
        _l("Further tries"),
        [Optional(), NumberRange(0, LARGEST_NUMBER_OF_TRIES, _l("Enter a number from 0 to 99, or nothing."))],
    )
    excused = BooleanField(_l("Nothing is asked"))
    reason = SelectField(_l("Reason"), default="", choices=lambda: list(REASON_WORDS.items()))

    def __init__(self, dates: EffectiveDates, stored: MemberExtension | None) -> None:
        """Fill the form with what was sent, else with what is stored; `dates` are those of the others."""
        values: dict[str, Any] = {}
        if stored is not None:
            values = self.fields_of(chosen_fields(stored.chosen, dates.zone))
            values |= {"reason": stored.reason or "", **chosen_numbers(stored.chosen)}
        self.dates = dates
        super().__init__(dates.zone, **values)
        for name in ("opens", "due", "closes"):
            if name not in self.names:
                del self[f"{name}_on"], self[f"{name}_at"]
        if dates.tries is None:
            del self["extra_tries"]

    @property
    def names(self) -> list[str]:
        """Return the dates that the assignment has, so that one may differ."""
        return [name for name in ("opens", "due", "closes") if getattr(self.dates, name)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that each date is more lenient than that of the others: else it would do nothing."""
        super().validate(extra_validators)
        self.check_days()
        for name in self.names:
            of_others, own = getattr(self.dates, name), self.moment(name)
            if own is None or self[f"{name}_on"].errors:
                continue
            words = moment_words(of_others, self.zone)
            if name == "opens" and own >= of_others:
                self.opens_on.errors = [_("Choose an earlier day or time than for the others: %(when)s.", when=words)]
            elif name != "opens" and own <= of_others:
                self[f"{name}_on"].errors = [_("Choose a later day or time than for the others: %(when)s.", when=words)]
        return not self.errors

    def extension(self) -> tuple[ExtendedDates, str | None]:
        """Return what was chosen in a valid form, with the reason."""
        moments = {name: self.moment(name) for name in self.names}
        extra = (self.extra_tries.data or 0) if "extra_tries" in self else 0
        extended = ExtendedDates(
            moments.get("opens"), moments.get("due"), moments.get("closes"), extra, bool(self.excused.data)
        )
        return extended, self.reason.data if self.reason.data in REASONS else None


class StandingForm(ThrottledForm):
    """By how many days all dates of one member are later."""

    days = IntegerField(
        _l("Further days"),
        [
            InputRequired(_l("Enter a number from 0 to 14.")),
            NumberRange(0, MOST_STANDING_DAYS, _l("Enter a number from 0 to 14.")),
        ],
    )
