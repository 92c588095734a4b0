"""Group forms: what leaders choose of a class or team."""

from dataclasses import replace
from typing import Any, ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.forms import NAME_PROBLEMS
from learnapp.accounts.names.rules import readable_name
from learnapp.accounts.own_data.forms import BAND_WORDS, place_choices
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.config.settings import current_settings
from learnapp.groups.errors import TooFewSeats, TooManyGroups
from learnapp.groups.models import GROUP_BANDS, NAME_ROOM
from learnapp.groups.values import GroupSettings
from learnapp.quiz.item import read_digits
from learnapp.web.forms import choices_of
from learnapp.web.i18n import chosen_zone

SEATS, MOST_SEATS = 60, 500
NO_NAME = _l("Enter a name.")
MOST_WEEKS = 520
NO_WEEKS = _l("Enter a number of weeks from 0 to %(most)s.", most=MOST_WEEKS)
NO_SEATS = _l("Enter a number from 1 to %(most)s.", most=MOST_SEATS)
NAME_REFUSED: dict[str, LazyString] = {**NAME_PROBLEMS, "too_short": NO_NAME}


def zones() -> list[SelectChoice]:
    """Return the time zones to choose from: those of places, UTC, and the site's own, whatever it is called."""
    places, own = place_choices(), current_settings().time_zone
    more = [name for name in dict.fromkeys(("UTC", own)) if all(name != place.value for place in places)]
    return [*choices_of({name: name.replace("_", " ") for name in more}), *places]


def bands() -> list[SelectChoice]:
    """Return the age groups that a leader may say."""
    return choices_of({"": _l("None")} | {str(band): BAND_WORDS[str(band)] for band in GROUP_BANDS})


class NumberField(IntegerField):  # type: ignore[misc]
    """A number, with `refusal` for what is none."""

    def __init__(self, *about: Any, refusal: LazyString, **more: Any) -> None:
        super().__init__(*about, **more)
        self.refusal = refusal

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.refusal) from error


def clean_name(field: StringField, longest: int = NAME_ROOM) -> str:
    """Return the name of something of a class or team that is meant; raises ValidationError."""
    try:
        return readable_name(field.data or "", 1, longest)
    except InvalidInput as error:
        raise ValidationError(NAME_REFUSED[error.reason] % error.numbers) from error


class VersionForm(ThrottledForm):
    """A form that changes what others may change, too; `version` is the one that its page showed."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """Return the version that the page showed; 0, which nothing has, for anything else."""
        return read_digits(str(self.version.data or "")) or 0


class GroupForm(ThrottledForm):
    """What leaders choose of any group, and all that they choose of a team."""

    refusals: ClassVar = {
        TooFewSeats: ("seats", _l("More people than that are in it.")),
        TooManyGroups: ("", _l("You lead very many already. End one that is over first.")),
    }
    name = StringField(_l("Name"), [InputRequired(NO_NAME)])
    zone = SelectField(
        _l("Time zone"),
        [InputRequired(_l("Choose a time zone."))],
        choices=zones,
        description=_l("Dates are set and shown on its clocks."),
    )
    seats = NumberField(
        _l("Seats"),
        [InputRequired(NO_SEATS), NumberRange(1, MOST_SEATS, NO_SEATS)],
        refusal=NO_SEATS,
        description=_l("How many people can come in at most."),
    )

    def __init__(self, **values: Any) -> None:
        values.setdefault("zone", chosen_zone() or current_settings().time_zone)
        values.setdefault("seats", SEATS)
        super().__init__(**values)

    def validate_name(self, field: StringField) -> None:
        self.clean_name = clean_name(field)

    @property
    def settings(self) -> GroupSettings:
        """Return what was chosen in a valid form: of a team, to which no age group and no request for help belongs."""
        return GroupSettings(self.clean_name, self.zone.data, None, self.seats.data, takes_help_requests=False)


class ClassForm(GroupForm):
    """What teachers choose of a class besides."""

    band = SelectField(_l("Age group"), choices=bands)

    @property
    def settings(self) -> GroupSettings:
        """Return what was chosen in a valid form."""
        band = int(self.band.data) if self.band.data else None
        return replace(super().settings, band=band, takes_help_requests=True)


class CopyGroupForm(ThrottledForm):
    """The name of a copy; `later` by how many weeks its dates are, of a team, which has none, by none."""

    refusals: ClassVar = {TooManyGroups: GroupForm.refusals[TooManyGroups]}
    name = StringField(_l("Name"), [InputRequired(NO_NAME)])

    def validate_name(self, field: StringField) -> None:
        self.clean_name = clean_name(field)

    later: int = 0


class CopyClassForm(CopyGroupForm):
    """The name of a copy of a class, and by how many weeks its dates are later."""

    weeks = NumberField(
        _l("How many weeks later?"),
        [InputRequired(NO_WEEKS), NumberRange(0, MOST_WEEKS, NO_WEEKS)],
        refusal=NO_WEEKS,
        description=_l("All dates move by whole weeks, so that a Friday stays a Friday."),
    )

    @property
    def later(self) -> int:  # type: ignore[override]
        return int(self.weeks.data)


class NewClassForm(ClassForm):
    """A new class, with what cannot be changed later."""

    pseudonymous = BooleanField(
        _l("Use pseudonyms"),
        description=_l(
            "For accounts that you make in it: each gets two words as its name, and no name from your list ever comes"
            " to this site. You keep the list of who is who. This cannot be changed later."
        ),
    )


class TeamSettingsForm(VersionForm, GroupForm):
    """What coordinators may change of a team."""


class ClassSettingsForm(VersionForm, ClassForm):
    """What teachers may change of a class."""

    takes_help_requests = BooleanField()

    @property
    def settings(self) -> GroupSettings:
        """Return what was chosen in a valid form."""
        return replace(super().settings, takes_help_requests=self.takes_help_requests.data)
