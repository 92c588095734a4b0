"""Event form: what, when and where an event is, in which program volunteers are to be ready, and who is expected."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from learnapp.content.catalog import Catalog
from learnapp.groups.assignments.forms import ClockField
from learnapp.groups.forms import NumberField, VersionForm, clean_name, zones
from learnapp.groups.recipients import ALL, SOME, RecipientsForm
from learnapp.groups.values import GroupSummary, Member
from learnapp.teams.errors import TooManyEvents
from learnapp.teams.events.values import EventPlan, TeamEvent
from learnapp.teams.models import LARGEST_PLACES, PLACE_ROOM, TITLE_ROOM
from learnapp.web.forms import PlainDateField

FARTHEST = timedelta(days=2 * 366)
NO_DAY = _l("Choose a day from today on, within the next two years.")
NO_PLACES = _l("Enter a number from 1 to %(most)s, or nothing.", most=LARGEST_PLACES)


class EventForm(VersionForm, RecipientsForm):
    """An event of a team; `version` is the one that its page showed."""

    refusals: ClassVar = {TooManyEvents: ("", _l("There are very many events already. Delete one that is over first."))}
    title = StringField(_l("What"), [InputRequired(_l("Say what it is."))], description=_l("Such as “Open day”."))
    day = PlainDateField(_l("Day"), [InputRequired(NO_DAY)], problem=NO_DAY)
    starts = ClockField(_l("Begins at"), [InputRequired(_l("Write the time as hours and minutes, such as 18:00."))])
    zone = SelectField(_l("Time zone"), [InputRequired(_l("Choose a time zone."))], choices=zones)
    place = StringField(_l("Where"), [Optional()])
    program = SelectField(
        _l("Ready in"),
        [InputRequired(_l("Choose a program."))],
        description=_l("The program that volunteers need for it."),
    )
    places = NumberField(
        _l("Volunteers wanted"), [Optional(), NumberRange(1, LARGEST_PLACES, NO_PLACES)], refusal=NO_PLACES
    )

    def __init__(
        self,
        catalog: Catalog,
        team: GroupSummary,
        members: Sequence[Member],
        today: date,
        stored: TeamEvent | None = None,
        expected: Iterable[int] = (),
    ) -> None:
        """Fill the form with what was sent, else with what is stored."""
        self.today, self.stored_day = today, stored.day if stored else None
        values: dict[str, Any] = {"zone": team.zone}
        if stored is not None:
            names = ("title", "day", "starts", "zone", "place", "places", "version")
            program = catalog.program_by_name(stored.program)
            values = {name: getattr(stored, name) for name in names}
            values |= {"program": program.slug if program else "", "members": list(expected)}
            values |= {"who": ALL if stored.for_all else SOME}
        super().__init__(**values)
        self.program.choices = [SelectChoice(one.slug, one.title) for one in catalog.programs.values()]
        self.who.label.text = _("Who is expected")
        self.offer(_("Everybody in the team, also who joins later"), members)

    def validate_title(self, field: StringField) -> None:
        self.clean_title = clean_name(field, TITLE_ROOM)

    def validate_place(self, field: StringField) -> None:
        self.clean_place = clean_name(field, PLACE_ROOM)

    def validate_day(self, field: PlainDateField) -> None:
        """Take a day from today on, within two years, or the one that is stored."""
        if field.data in (None, self.stored_day) or self.today <= field.data <= self.today + FARTHEST:
            return
        raise ValidationError(NO_DAY)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that somebody is chosen where not everybody is expected."""
        super().validate(extra_validators)
        self.check_recipients()
        return not self.errors

    @property
    def plan(self) -> EventPlan:
        """Return what was chosen in a valid form."""
        return EventPlan(
            program=self.program.data,
            title=self.clean_title,
            day=self.day.data,
            starts=self.starts.data,
            zone=self.zone.data,
            place=getattr(self, "clean_place", ""),
            places=self.places.data,
            for_all=not self.for_some,
        )
