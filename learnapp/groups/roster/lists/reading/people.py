"""People of lists: the rows of a table to persons, what is wrong with each, and who is left out for what reason."""

from collections.abc import Iterable, Iterator, Mapping

from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.names.rules import clean
from learnapp.groups.models import FULL_NAME_ROOM
from learnapp.groups.roster.lists.reading.formats import FIELDS, STUDENTS, ListFormat, column_key
from learnapp.groups.roster.lists.values import ListedPerson, ListProblem, ListTable, PeopleList, Row
from learnapp.web.spreadsheets import typed_cell

_ACTIVE, _OFF = frozenset({"", "active"}), frozenset({"false", "0", "no"})
# What two people of one list cannot both have, in the order in which it is told.
_OF_ONE = ("source_id", "number", "user_name", "email")


def people_of_format(table: ListTable, known: ListFormat) -> PeopleList:
    """Return the people of a table of a known format."""
    keys = [column_key(name) for name in table.header]
    places = {key: place for place, key in reversed(list(enumerate(keys)))}
    columns = {field: tuple(places[name] for name in names if name in places) for field, names in known.takes.items()}
    special = {name: places.get(getattr(known, name), -1) for name in ("role", "status", "enabled")}
    people = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        if row[0].casefold() in known.skips or (known.skips and not row[0]):
            continue
        said = {name: row[place] if place >= 0 else "" for name, place in special.items()}
        people.append(_person(number, row, columns, *_why_left_out(said)))
    used = {place for some in columns.values() for place in some} | set(special.values())
    return _list(known.name, table.header, columns, people, used)


def people_of_columns(table: ListTable, columns: Mapping[str, int]) -> PeopleList:
    """Return the people of a table whose columns somebody has named: the place of each field."""
    places = {field: (columns[field],) for field in FIELDS if field in columns}
    people = [_person(number, row, places) for number, row in zip(table.numbers, table.rows, strict=True)]
    return _list("", table.header, places, people, set(columns.values()))


def _person(
    number: int, row: Row, columns: Mapping[str, tuple[int, ...]], left_out: str = "", said: str = ""
) -> ListedPerson:
    """Return the person of a row; the first filled column of each field counts."""
    cells = {
        field: next((text for place in places if (text := clean(typed_cell(row[place])))), "")
        for field, places in columns.items()
    }
    name = cells.get("full_name") or f"{cells.get('given_name', '')} {cells.get('family_name', '')}".strip()
    user_name, email = cells.get("user_name", ""), cells.get("email", "")
    if "@" in user_name:  # many schools' user names are addresses
        email, user_name = email or user_name, ""
    name = name or user_name or email.partition("@")[0]
    if not left_out and not name:
        left_out = "no_name"
    ids = {field: cells.get(field, "") for field in ("source_id", "number")}
    return ListedPerson(number, name, user_name, email, **ids, left_out=left_out, said=said)


def _why_left_out(said: Mapping[str, str]) -> tuple[str, str]:
    """Return the reason for which a row is left out, and the file's word for it; nothing where it is not."""
    if said["role"] and said["role"].casefold() not in STUDENTS:
        return "role", said["role"]
    if said["status"].casefold() not in _ACTIVE:
        return "status", said["status"]
    return ("enabled", "") if said["enabled"].casefold() in _OFF else ("", "")


def _list(
    name: str, header: Row, columns: Mapping[str, tuple[int, ...]], people: Iterable[ListedPerson], used: set[int]
) -> PeopleList:
    people = tuple(people)
    titles = {field: header[places[0]] for field, places in columns.items() if places}
    not_taken = tuple(title for place, title in enumerate(header) if title and place not in used)
    return PeopleList(name, people, not_taken, tuple(problems_of(people, titles)))


def problems_of(people: Iterable[ListedPerson], titles: Mapping[str, str]) -> Iterator[ListProblem]:
    """Yield what must be mended in the rows of people who are offered; `titles` are the columns' names in the file."""
    rows: dict[tuple[str, str], int] = {}
    for person in people:
        if person.left_out:
            continue
        name_column = titles.get("full_name") or titles.get("family_name") or titles.get("user_name", "")
        if len(person.full_name) > FULL_NAME_ROOM:
            about = {"length": len(person.full_name), "most": FULL_NAME_ROOM}
            yield ListProblem("long_name", person.row, name_column, about)
        if person.email and not email_key(person.email):
            yield ListProblem("no_email", person.row, titles.get("email") or titles.get("user_name", ""))
        known = {field: getattr(person, field) for field in _OF_ONE if getattr(person, field)}
        for field, text in (known or {"full_name": person.full_name}).items():
            first = rows.setdefault((field, clean(text).casefold()), person.row)
            if first != person.row:
                yield ListProblem("twice", person.row, titles.get(field, ""), {"first": first})
                break
