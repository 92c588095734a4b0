"""Own-data forms: display choices with time zone and age band, deletion."""

import re
from functools import cache
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.own_data.holds import AccountHeld
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.config.settings import current_settings
from learnapp.config.values import TIME_ZONES
from learnapp.web.forms import DisplayForm, choices_of

PLACE = re.compile("(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/(.+)")
BAND_WORDS = {
    "12": _l("Under 14"),
    "14": _l("14 or 15"),
    "16": _l("16 or 17"),
    "18": _l("18 or older"),
    "": _l("I would rather not say"),
}


def band_words(band: int) -> str:
    """Return the words for an age band: 14 or 15."""
    return str(BAND_WORDS[str(band)])


def bands() -> list[SelectChoice]:
    """Return the age bands to choose from, and the choice to tell none."""
    return choices_of(BAND_WORDS)


def zone_choices() -> list[SelectChoice]:
    """Return the site's usual time zone, UTC, and the zones that are called after a place."""
    usual = _l("As on this site: %(zone)s", zone=current_settings().time_zone)
    return [*choices_of({"": usual, "UTC": "UTC"}), *place_choices()]


@cache
def place_choices() -> tuple[SelectChoice, ...]:
    """Return the time zones that are called after a place, by continent."""
    zones = filter(None, map(PLACE.fullmatch, sorted(TIME_ZONES)))
    return tuple(
        SelectChoice(zone[0], zone[2].replace("_", " ").replace("/", ", "), optgroup=zone[1]) for zone in zones
    )


class AgeForm(ThrottledForm):
    """Which age band fits."""

    band = RadioField(_l("Which fits you?"), choices=bands, validate_choice=False)

    def validate_band(self, field: RadioField) -> None:
        """Take one of the choices, of which the last tells nothing."""
        if not field.raw_data or field.data not in BAND_WORDS:
            raise ValidationError(_l("Choose one. The last one tells nothing."))


class SettingsForm(ThrottledForm, DisplayForm):
    """Display choices, time zone, age band."""

    time_zone = SelectField(
        _l("Time zone"), choices=zone_choices, description=_l("Times on all pages are shown in it.")
    )
    band = SelectField(
        _l("Your age group"), choices=bands, description=_l("Some lessons have parts that we keep for older readers.")
    )


def band_of(form: AgeForm | SettingsForm) -> int | None:
    """Return the youngest age of the band chosen in a valid form, None where nothing was said."""
    return int(form.band.data) if form.band.data else None


class DeleteForm(ThrottledForm):
    """The owner's confirmation that everything shall be deleted."""

    refusals: ClassVar = {
        **ThrottledForm.refusals,
        AccountHeld: ("", _l("You alone lead what stands below, so your account cannot be deleted yet.")),
    }
    password = PasswordField(_l("Your password"), [InputRequired(_l("Enter your password."))])
