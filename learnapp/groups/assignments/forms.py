"""Forms of assignments: what is asked, of whom and until when; what differs for one member; where a copy goes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from datetime import time as clock_time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.content.catalog import Catalog
from learnapp.groups.assignments.dates import ChosenDates, chosen_fields, chosen_numbers
from learnapp.groups.assignments.errors import TooManyAssignments
from learnapp.groups.assignments.local_time import LocalTime, exists, local_moment
from learnapp.groups.assignments.models import AFTER_RELEASE, AT_ONCE, LARGEST_NUMBER_OF_TRIES
from learnapp.groups.assignments.values import AssignmentPlan, AssignmentSummary, is_care_lesson, target_lessons
from learnapp.groups.assignments.wording import current_target, target_choices
from learnapp.groups.recipients import ALL, SOME, RecipientsForm
from learnapp.groups.values import GroupSummary, Member
from learnapp.groups.wording import group_words
from learnapp.web.forms import PlainDateField

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
NO_DAY = _l("Write the day as year-month-day, such as 2026-12-04.")
MOST_WEEKS = 104
TOO_MANY = _l("There is no room for another assignment here. Change one that is over, or duplicate the class: archived"
              " ones do not come along.")  # fmt: skip


class DayField(PlainDateField):
    """A day of the years that a school plans in."""

    def __init__(self, label: LazyString, validators: Sequence[Any], **about: Any) -> None:
        super().__init__(label, validators, problem=NO_DAY, **about)

    def pre_validate(self, _form: object) -> None:
        """Take a day that a calendar of a school has."""
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            raise ValidationError(_l("Choose a day of the coming years."))


class ClockField(TimeField):  # type: ignore[misc]
    """A time of day, asked for again in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time that was sent."""
        try:
            super().process_formdata([value for value in valuelist if value])
        except ValueError:
            raise ValueError(_l("Write the time as hours and minutes, such as 18:00.")) from None


class DatesForm(ThrottledForm):
    """Days and times that are chosen in a group's zone; a time without its day is asked again."""

    opens_on = DayField(_l("Opens on"), [Optional()])
    opens_at = ClockField(_l("At"), [Optional()])
    due_on = DayField(_l("Due on"), [Optional()])
    due_at = ClockField(_l("At"), [Optional()])
    closes_on = DayField(_l("Closes on"), [Optional()])
    closes_at = ClockField(_l("At"), [Optional()])
    moments: tuple[str, ...] = ("opens", "due", "closes")

    def __init__(self, zone: ZoneInfo, **values: Any) -> None:
        self.zone = zone
        super().__init__(**values)

    def local_time(self, name: str) -> LocalTime | None:
        """Return the day and time of a date in the form, None where no day is chosen."""
        day: date | None = self[f"{name}_on"].data if f"{name}_on" in self else None
        return LocalTime(day, self[f"{name}_at"].data) if day else None

    def moment(self, name: str) -> datetime | None:
        """Return a date in UTC; what opens on a day does so as it begins, the others hold until it ends."""
        chosen = self.local_time(name)
        if chosen is None:
            return None
        at = chosen.at or (clock_time() if name == "opens" else None)
        return local_moment(chosen.day, at, self.zone)

    def moved_times(self) -> list[LocalTime]:
        """Return the times that the clocks leave out on their day: what holds is as much later."""
        found = [self.local_time(name) for name in self.moments]
        return [one for one in found if one and one.at and not exists(one.day, one.at, self.zone)]

    def check_days(self) -> None:
        """Note at its field each time without a day."""
        for name in self.moments:
            if (
                f"{name}_on" in self
                and self[f"{name}_at"].data
                and not self[f"{name}_on"].data
                and not self[f"{name}_on"].errors
            ):
                self[f"{name}_on"].errors = [_("Choose the day, too.")]

    @staticmethod
    def fields_of(chosen: Mapping[str, LocalTime]) -> dict[str, Any]:
        """Return the values of fields for chosen dates."""
        days = {f"{name}_on": one.day for name, one in chosen.items()}
        return {**days, **{f"{name}_at": one.at for name, one in chosen.items()}}


class AssignmentForm(RecipientsForm, DatesForm):
    """What is asked, of whom, until when, and when results are shown."""

    refusals: ClassVar = {TooManyAssignments: ("target", TOO_MANY)}
    target = SelectField(_l("What"), [InputRequired(_l("Choose what you assign."))])
    tries = IntegerField(
        _l("Tries that count"),
        [Optional(), NumberRange(1, LARGEST_NUMBER_OF_TRIES, _l("Enter a number from 1 to 99, or nothing."))],
    )
    feedback = RadioField(
        _l("Results"),
        default=AT_ONCE,
        choices=lambda: [
            SelectChoice(AT_ONCE, _("At once, with each answer")),
            SelectChoice(AFTER_RELEASE, _("Later, for all at the same time")),
        ],
    )
    release_on = DayField(_l("Results are shown on"), [Optional()])
    release_at = ClockField(_l("At"), [Optional()])
    version = HiddenField()
    moments = (*DatesForm.moments, "release")

    def __init__(
        self,
        catalog: Catalog,
        group: GroupSummary,
        members: Sequence[Member],
        stored: AssignmentSummary | None = None,
        recipients: Iterable[int] = (),
    ) -> None:
        """Fill the form with what was sent, else with what is stored."""
        values: dict[str, Any] = {}
        if stored is not None:
            values = self.fields_of(chosen_fields(stored.chosen, group.local_zone))
            values |= {"target": current_target(catalog, stored), "version": stored.version}
            values |= chosen_numbers(stored.chosen)
            values |= {"who": ALL if stored.for_all else SOME, "members": list(recipients)}
        super().__init__(group.local_zone, **values)
        self.catalog = catalog
        self.target.choices = target_choices(catalog)
        words = group_words(group.kind)
        self.offer(_("All %(members)s, also those who join later", members=words.members), members)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that a time has its day, that somebody is chosen, and the order of the dates."""
        super().validate(extra_validators)
        self.check_days()
        self.check_recipients()
        if not self.errors:
            self._check_order()
        if not self.errors:
            self._check_results()
        return not self.errors

    def _check_results(self) -> None:
        """Note where results would wait for no moment, be shown before all are to have answered, or never wait."""
        opens, due, closes, release = (self.moment(name) for name in ("opens", "due", "closes", "release"))
        if self.feedback.data == AT_ONCE:
            if release:
                self.feedback.errors = [_("A day for results is chosen below. Choose “Later”, or no day.")]
            return
        if all(map(is_care_lesson, target_lessons(self.catalog, self.plan()))):
            self.feedback.errors = [_("What you assign always shows its results at once. Choose “At once”.")]
        elif not closes and not release:
            self.release_on.errors = [_("Choose when results are shown, or when it closes.")]
        elif release and closes and closes > release:
            self.release_on.errors = [_("Results cannot be shown before it closes.")]
        elif release and due and due > release:
            self.release_on.errors = [_("Results cannot be shown before it is due.")]
        elif release and opens and opens > release:
            self.release_on.errors = [_("Results cannot be shown before it opens.")]

    def _check_order(self) -> None:
        opens, due, closes = (self.moment(name) for name in ("opens", "due", "closes"))
        if due and opens and due < opens:
            self.due_on.errors = [_("It cannot be due before it opens.")]
        if closes and max(filter(None, (opens, due)), default=closes) > closes:
            self.closes_on.errors = [
                _("It cannot close before it is due.")
                if due and due > closes
                else _("It cannot close before it opens.")
            ]

    def plan(self) -> AssignmentPlan:
        """Return what was chosen in a valid form."""
        kind, _colon, target = self.target.data.partition(":")
        due = self.local_time("due")
        chosen = ChosenDates(
            opens=self.moment("opens"),
            due=self.moment("due"),
            due_all_day=due is not None and due.at is None,
            closes=self.moment("closes"),
            feedback=self.feedback.data,
            release=self.moment("release"),
            tries=self.tries.data,
        )
        return AssignmentPlan(kind, target, not self.for_some, self.recipients, chosen)

    @property
    def read_version(self) -> int:
        """Return the version that the page knew, 0 where it names none."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class CopyForm(ThrottledForm):
    """The class that a copy is for, and by how many weeks its dates are later."""

    refusals: ClassVar = {TooManyAssignments: ("group", TOO_MANY)}
    group = SelectField(_l("For"), coerce=int)
    weeks = IntegerField(
        _l("Weeks later"),
        [
            InputRequired(_l("Enter a number from 0 to 104.")),
            NumberRange(0, MOST_WEEKS, _l("Enter a number from 0 to 104.")),
        ],
        default=0,
    )

    def __init__(self, groups: Sequence[GroupSummary], current: GroupSummary) -> None:
        """Offer the groups, the present one first chosen."""
        super().__init__(group=current.id)
        self.group.choices = [SelectChoice(group.id, group.name) for group in groups]
