"""Recipients: to whom of a group something goes, as a form asks it: everybody in it, or some, each a box to tick."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput

from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.groups.values import Member

ALL, SOME = "all", "some"


class MembersField(SelectMultipleField):  # type: ignore[misc]
    """Members to choose, each a box to tick."""

    option_widget = CheckboxInput()


class RecipientsForm(ThrottledForm):
    """A form of what goes to everybody in a group, or to some."""

    who = RadioField(_l("Who"), default=ALL)
    members = MembersField(_l("Some of them"), coerce=int)

    def offer(self, everybody: str, members: Sequence[Member]) -> None:
        """Offer everybody, in these words, or some of the members."""
        self.who.choices = [SelectChoice(ALL, everybody), SelectChoice(SOME, _("Some of them"))]
        self.members.choices = [SelectChoice(member.user_id, member.name) for member in members]

    def check_recipients(self) -> None:
        """Note where nobody is chosen, or some where it goes to everybody."""
        if self.who.data == ALL and self.members.data:
            self.who.errors = [_("Some are chosen below. Choose “Some of them”, or nobody below.")]
        if self.for_some and not self.members.data and not self.members.errors:
            self.members.errors = [_("Choose at least one, or all.")]

    @property
    def for_some(self) -> bool:
        """Tell whether it goes to some only."""
        return bool(self.who.data == SOME)

    @property
    def recipients(self) -> frozenset[int]:
        """Return to whom it goes that does not go to everybody."""
        return frozenset(self.members.data) if self.for_some else frozenset()
