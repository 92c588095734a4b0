"""Classes of a school's export: who of its people is in which, by the files beside that of the people.

OneRoster and School Data Sync write them alike: classes, enrollments, and in newer versions the roles of people.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from learnapp.groups.roster.lists.reading.formats import STUDENTS, column_key
from learnapp.groups.roster.lists.values import ListedClass, ListedPerson, ListTable

_OPEN = frozenset({"", "active"})
Roles = Mapping[str, Collection[str]]


def has_classes(people: ListTable, enrollments: ListTable) -> bool:
    """Tell whether a table says which of these people are in which class."""
    wanted = {"classsourcedid", "usersourcedid"}
    return wanted <= set(map(column_key, enrollments.header)) and "sourcedid" in map(column_key, people.header)


def listed_classes(classes: ListTable | None, enrollments: ListTable) -> list[ListedClass]:
    """Return the classes that have somebody in them, by name, with the number of their students."""
    about = {one["sourcedid"]: one for one in _records(classes) if "sourcedid" in one} if classes else {}
    students: dict[str, set[str]] = {}
    for one in _open_records(enrollments):
        of_class = students.setdefault(one["classsourcedid"], set())
        if one.get("role", "").casefold() in STUDENTS:
            of_class.add(one["usersourcedid"])
    listed = [
        ListedClass(number, about.get(number, {}).get("title") or number, len(members))
        for number, members in students.items()
        if about.get(number, {}).get("status", "").casefold() in _OPEN
    ]
    return sorted(listed, key=lambda one: (one.name.casefold(), one.id))


def roles_in_class(enrollments: ListTable, class_id: str) -> Roles:
    """Return who is in a class, by the school's number, with their roles there."""
    return _roles(one for one in _open_records(enrollments) if one["classsourcedid"] == class_id)


def roles_in_school(roles: ListTable) -> Roles:
    """Return who has which roles, by the school's number."""
    return _roles(one for one in _open_records(roles) if "usersourcedid" in one)


def rows_of(table: ListTable, numbers: Collection[str]) -> ListTable:
    """Return the rows of those people alone."""
    place = [column_key(name) for name in table.header].index("sourcedid")
    kept = [which for which, row in enumerate(table.rows) if row[place] in numbers]
    return ListTable(
        table.header, tuple(table.rows[which] for which in kept), tuple(table.numbers[which] for which in kept)
    )


def with_roles(people: Iterable[ListedPerson], roles: Roles) -> tuple[ListedPerson, ...]:
    """Return people with their roles looked at: who has none, or none of a student, is left out."""
    return tuple(_with_roles(person, roles.get(person.source_id, ())) for person in people)


def _with_roles(person: ListedPerson, roles: Collection[str]) -> ListedPerson:
    if person.left_out or any(role.casefold() in STUDENTS for role in roles):
        return person
    return replace(person, left_out="role" if roles else "no_role", said=next(iter(roles), ""))


def _roles(records: Iterable[Mapping[str, str]]) -> Roles:
    found: dict[str, list[str]] = {}
    for one in records:
        found.setdefault(one["usersourcedid"], []).append(one.get("role", ""))
    return found


def _open_records(table: ListTable) -> Iterator[Mapping[str, str]]:
    return (one for one in _records(table) if one.get("status", "").casefold() in _OPEN)


def _records(table: ListTable) -> Iterator[Mapping[str, str]]:
    keys = [column_key(name) for name in table.header]
    return (dict(zip(keys, row, strict=True)) for row in table.rows)
