"""Formats of lists: by which columns each school program's file is known, and what is taken of it.

What stands under no name here is never read: passwords, birth dates, gender, phones, guardians among it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Columns = Mapping[str, tuple[str, ...]]

FIELDS = ("full_name", "given_name", "family_name", "user_name", "email", "number", "source_id")
STUDENTS = frozenset({"student", "learner"})
_KOLIBRI = re.compile(r".*(\([A-Z_]+\))", re.S)


@dataclass(frozen=True, slots=True)
class ListFormat:
    """One program's file.

    `marks` are columns that it has, of a tuple at least one; `takes` are for each field the columns in which it may
    stand, the first that is filled counts. Rows are left out whose `role` is filled and no student's, or whose
    `status` is filled and not active, or that are not `enabled`.
    """

    name: str
    marks: tuple[tuple[str, ...], ...]
    takes: Columns
    role: str = ""
    status: str = ""
    enabled: str = ""
    # Rows that are no people, by what stands in their first cells.
    skips: frozenset[str] = field(default_factory=frozenset)

    def fits(self, columns: Iterable[str]) -> bool:
        """Tell whether a file with these columns is of this format."""
        found = set(columns)
        return all(found.intersection(some) for some in self.marks)


def column_key(header: str) -> str:
    """Return what columns are compared by: Kolibri's by the code at the end, as the words before are translated."""
    if code := _KOLIBRI.fullmatch(header.strip()):
        return code[1].lower()
    return " ".join(header.casefold().split())


_ONEROSTER: Columns = {
    # A preferred name before the given one; one program in the wild misspells it.
    "given_name": ("preferredgivenname", "prefferedgivenname", "givenname"),
    "family_name": ("preferredfamilyname", "prefferedfamilyname", "familyname"),
    "user_name": ("username",),
    "email": ("email",),
    "source_id": ("sourcedid",),
}
_SDS: Columns = {
    "given_name": ("first name",),
    "family_name": ("last name",),
    "user_name": ("username",),
    "email": ("secondary email",),
    "source_id": ("sis id", "id"),
}
_CANVAS: Columns = {
    "full_name": ("full_name", "short_name"),
    "given_name": ("first_name",),
    "family_name": ("last_name",),
    "user_name": ("login_id",),
    "email": ("email",),
    "source_id": ("user_id",),
}
_CANVAS_GRADEBOOK: Columns = {
    "full_name": ("student",),
    "given_name": ("firstname",),
    "family_name": ("lastname",),
    "user_name": ("sis login id",),
    "source_id": ("id", "sis user id"),
}
_KOLIBRI_EXPORT: Columns = {
    "full_name": ("(full_name)",),
    "user_name": ("(username)",),
    "number": ("(identifier)",),
    "source_id": ("(uuid)",),
}
_MOODLE: Columns = {
    "given_name": ("firstname",),
    "family_name": ("lastname",),
    "user_name": ("username",),
    "email": ("email",),
}

# The first that fits counts, so what asks for more columns stands before what asks for fewer.
FORMATS = (
    ListFormat("School Data Sync 2.1", (("sourcedid",), ("activedirectorymatchid",)), _ONEROSTER, role="role"),
    ListFormat("School Data Sync 2", (("sourcedid",), ("grade",), ("username",)), _ONEROSTER, role="role"),
    *(
        ListFormat(
            f"OneRoster {version}", (("sourcedid",), ("givenname",), mark), _ONEROSTER, "role", "status", "enableduser"
        )
        for version, mark in (("1.2", ("usermasteridentifier",)), ("1.0", ("userid",)), ("1.1", ("familyname",)))
    ),
    ListFormat("School Data Sync 1", (("sis id",), ("school sis id",), ("username",)), _SDS, status="status"),
    ListFormat("School Data Sync (UK)", (("id",), ("school dfe number",), ("username",)), _SDS, status="status"),
    ListFormat("Canvas SIS", (("user_id",), ("login_id",)), _CANVAS, role="declared_user_type", status="status"),
    ListFormat(
        "Canvas",
        (("student", "lastname"), ("student", "firstname"), ("id", "sis login id"), ("section",)),
        _CANVAS_GRADEBOOK,
        skips=frozenset({"points possible", "student, test", "manual posting", "muted"}),
    ),
    ListFormat("Kolibri", (("(username)",), ("(user_type)",)), _KOLIBRI_EXPORT, role="(user_type)"),
    ListFormat("Moodle", (("username",), ("firstname",), ("lastname",)), _MOODLE),
)

# By these names a table of no known format may call its columns; what is chosen on the page counts.
_LIKELY: Columns = {
    "full_name": ("name", "full name", "student", "student name", "pupil", "learner", "display name"),
    "given_name": ("first name", "firstname", "given name", "givenname", "forename", "first"),
    "family_name": ("last name", "lastname", "surname", "family name", "familyname", "last"),
    "user_name": ("user name", "username", "login", "user"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail"),
    "number": ("number", "student number", "student id", "id", "id number", "identifier"),
}


def find_format(header: Iterable[str]) -> ListFormat | None:
    """Return the format whose columns these are, None where they are of no known one."""
    keys = [column_key(name) for name in header]
    return next((one for one in FORMATS if one.fits(keys)), None)


def likely_columns(header: Iterable[str]) -> dict[str, int]:
    """Return which columns of a table may hold what, by their names."""
    keys = [column_key(name) for name in header]
    places = {name: next((keys.index(one) for one in names if one in keys), None) for name, names in _LIKELY.items()}
    return {name: place for name, place in places.items() if place is not None}
