"""Group forms: what leaders choose of a class or team."""

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


def clean_name(field: StringField) -> str:
    """Return the name of a class or team that is meant; raises ValidationError."""
    try:
        return readable_name(field.data or "", 1, NAME_ROOM)
    except InvalidInput as error:
        raise ValidationError(NAME_REFUSED[error.reason] % error.numbers) from error


class GroupForm(ThrottledForm):
    """A new class or team."""

    refusals: ClassVar = {
        TooFewSeats: ("seats", _l("More people than that are in it.")),
        TooManyGroups: ("", _l("You lead very many already. End one that is over first.")),
    }
    name = StringField(_l("Name"), [InputRequired(NO_NAME)])
    zone = SelectField(
        _l("Time zone"),
        [InputRequired(_l("Choose a time zone."))],
        choices=zones,
        description=_l("Due dates are set and shown on its clocks."),
    )
    band = SelectField(_l("Age group"), choices=bands)
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
        """Return what was chosen in a valid form."""
        band = int(self.band.data) if self.band.data else None
        return GroupSettings(self.clean_name, self.zone.data, band, self.seats.data)


class DuplicateForm(ThrottledForm):
    """The name of a copy, and by how many weeks its dates are later."""

    refusals: ClassVar = {TooManyGroups: GroupForm.refusals[TooManyGroups]}
    name = StringField(_l("Name"), [InputRequired(NO_NAME)])
    weeks = NumberField(
        _l("How many weeks later?"),
        [InputRequired(NO_WEEKS), NumberRange(0, MOST_WEEKS, NO_WEEKS)],
        refusal=NO_WEEKS,
        description=_l("All dates move by whole weeks, so that a Friday stays a Friday."),
    )

    def validate_name(self, field: StringField) -> None:
        self.clean_name = clean_name(field)


class NewGroupForm(GroupForm):
    """A new class or team, with what cannot be changed later."""

    pseudonymous = BooleanField(
        _l("Use pseudonyms"),
        description=_l(
            "For accounts that you make in it: each gets two words as its name, and no name from your list ever comes"
            " to this site. You keep the list of who is who. This cannot be changed later."
        ),
    )


class GroupSettingsForm(GroupForm):
    """What leaders may change of a group; `version` is the one that they saw."""

    takes_help_requests = BooleanField()
    version = HiddenField()

    @property
    def settings(self) -> GroupSettings:
        """Return what was chosen in a valid form."""
        chosen = super().settings
        return GroupSettings(chosen.name, chosen.zone, chosen.band, chosen.seats, self.takes_help_requests.data)

    @property
    def seen_version(self) -> int:
        """Return the version that the page showed; 0, which no group has, for anything else."""
        return read_digits(self.version.data) or 0
