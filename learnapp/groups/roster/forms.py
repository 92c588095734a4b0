"""Roster forms: names of people who get accounts, the user names shown for them, another user name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.errors import InvalidInput, NameTaken
from learnapp.accounts.forms import NAME_PROBLEMS
from learnapp.accounts.names.rules import clean, look_key, validate_name
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.config.settings import current_settings
from learnapp.groups.models import FULL_NAME_ROOM
from learnapp.groups.roster.pseudonyms import is_pseudonym
from learnapp.groups.roster.service import ACCOUNTS_AT_ONCE
from learnapp.groups.roster.user_names import FindTaken
from learnapp.groups.roster.values import NewAccount

USER_NAME_TAKEN = _l("Somebody here has this name, or one that looks the same. Choose another.")
NO_NAMES = _l("Type at least one name.")
NO_COUNT = _l("Type a number from 1 to %(most)s.", most=ACCOUNTS_AT_ONCE)
NO_PSEUDONYM = _l("Take two words such as those that are proposed: no name of a person may stand here.")
LONGEST_LINE = 50 * FULL_NAME_ROOM  # what is longer is not worth cleaning
PROBLEMS_AT_ONCE = 5


class RoomForm(ThrottledForm):
    """A form that makes accounts; `room` is how many seats are left."""

    room = 0

    def require_room(self, count: int) -> None:
        """Raise ValidationError for more than fit, in the class or at once."""
        if count > self.room:
            asked = ngettext("You asked for %(num)s account.", "You asked for %(num)s accounts.", count)
            raise ValidationError(f"{asked} {seats_left(self.room)}")
        if count > ACCOUNTS_AT_ONCE:
            raise ValidationError(_("Make at most %(most)s accounts at once.", most=ACCOUNTS_AT_ONCE))


class NamesForm(RoomForm):
    """Names, one a line; `listed` are the clean ones."""

    names = TextAreaField(
        _l("Names, one a line"),
        [InputRequired(NO_NAMES)],
        description=_l("As your list has them. You see these names, the others in the class do not."),
    )
    listed: Sequence[str] = ()

    def validate_names(self, field: TextAreaField) -> None:
        lines = [clean(line[:LONGEST_LINE]) for line in (field.data or "").splitlines()]
        self.listed = [name for name in lines if name]
        if not self.listed:
            raise ValidationError(NO_NAMES)
        problems = [
            _("Line %(line)s: %(problem)s", line=number, problem=problem)
            for number, name in enumerate(lines, 1)
            if (problem := _full_name_problem(name))
        ]
        if problems:
            raise ValidationError(" ".join(problems[:PROBLEMS_AT_ONCE]))
        self.require_room(len(self.listed))


class PseudonymsForm(RoomForm):
    """How many accounts with pseudonyms."""

    count = IntegerField(_l("How many accounts"), [InputRequired(NO_COUNT)])

    def validate_count(self, field: IntegerField) -> None:
        if not field.data or field.data < 1:
            raise ValidationError(NO_COUNT)
        self.require_room(field.data)


class UserNameForm(ThrottledForm):
    """Another user name for an account."""

    refusals: ClassVar = {NameTaken: ("name", USER_NAME_TAKEN)}
    name = StringField(_l("User name"), [InputRequired(_l("Choose a user name."))])
    pseudonymous = False

    def validate_name(self, field: StringField) -> None:
        if problem := _user_name_problem(field.data or "", self.pseudonymous):
            raise ValidationError(problem)

    @property
    def clean_name(self) -> str:
        """Return the name of a valid form as it is kept."""
        return clean(self.name.data)


def seats_left(room: int) -> str:
    """Return the words for how many more may come in."""
    return ngettext("There is %(num)s seat left.", "There are %(num)s seats left.", room)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the page on which new accounts are shown before they are made; `problem` is what is wrong with it."""

    full_name: str
    user_name: str
    problem: str = ""


def read_rows(find_taken: FindTaken, *, pseudonymous: bool) -> list[AccountRow]:
    """Return the lines as this request's form has them, ACCOUNTS_AT_ONCE at most, each with what is wrong with it.

    A pseudonymous class takes no name of a list, and no user name but of two words of ours.
    """
    typed: list[tuple[str, str]] = []
    while len(typed) < ACCOUNTS_AT_ONCE and f"user-{len(typed)}" in request.form:
        number = len(typed)
        full_name = "" if pseudonymous else clean(request.form.get(f"full-{number}", "")[:LONGEST_LINE])
        typed.append((full_name, request.form[f"user-{number}"][:LONGEST_LINE]))
    problems = [_full_name_problem(full) or _user_name_problem(user, pseudonymous) for full, user in typed]
    named = zip(typed, problems, strict=True)
    taken = find_taken([clean(user) for (_full, user), problem in named if not problem])
    rows, seen = [], set()
    for (full_name, user_name), problem in zip(typed, problems, strict=True):
        if not problem and (clean(user_name) in taken or look_key(user_name) in seen):
            problem = str(USER_NAME_TAKEN)
        seen.add(look_key(user_name))
        rows.append(AccountRow(full_name, user_name if problem else clean(user_name), problem))
    return rows


def new_accounts(rows: Sequence[AccountRow]) -> list[NewAccount]:
    """Return what lines without problems ask for."""
    return [NewAccount(row.user_name, row.full_name or None) for row in rows]


def _full_name_problem(name: str) -> str:
    """Return what is wrong with a name of a list, "" for nothing."""
    if len(name) > FULL_NAME_ROOM:
        return _("A name has at most %(most)s characters.", most=FULL_NAME_ROOM)
    return _("Type a name, not an e-mail address.") if "@" in name else ""


def _user_name_problem(typed: str, pseudonymous: bool = False) -> str:
    if pseudonymous and not is_pseudonym(clean(typed)):
        return str(NO_PSEUDONYM)
    try:
        validate_name(typed, site=current_settings().site_name)
    except InvalidInput as error:
        return str(NAME_PROBLEMS[error.reason] % error.numbers)
    return ""
