"""Lists as frozen values: a table, the people in it, what is wrong with it, and what must be asked before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListProblem:
    """Something that must be mended in the file: `reason` chooses the words, `about` holds what they name."""

    reason: str
    row: int | None = None
    column: str = ""
    about: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListTable:
    """The cells of a file; `numbers` are the rows' numbers as a spreadsheet shows them, the header's is 1."""

    header: Row
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]

    def with_first_row(self) -> "ListTable":
        """Return the table of a file without a header, whose first row is one of people."""
        return ListTable(("",) * len(self.header), (self.header, *self.rows), (1, *self.numbers))


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of a list, with what may be kept of them; `left_out` says why they are not offered, if so."""

    row: int
    full_name: str
    user_name: str = ""
    email: str = ""
    source_id: str = ""
    number: str = ""
    left_out: str = ""
    said: str = ""  # the word in the file for which they are left out

    @property
    def identity(self) -> str:
        """Return what the same person has in the next list, too; the kinds are told apart."""
        for kind, text in (("id", self.source_id), ("number", self.number), ("mail", self.email.casefold())):
            if text:
                return f"{kind}:{text}"
        return f"user:{self.user_name.casefold()}" if self.user_name else f"name:{self.full_name.casefold()}"


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list that was read: of which format, whom it holds, which columns were left alone, and what is wrong."""

    format: str
    people: tuple[ListedPerson, ...]
    not_taken: tuple[str, ...]
    problems: tuple[ListProblem, ...] = ()
    class_name: str = ""
    without_classes: bool = False


@dataclass(frozen=True, slots=True)
class ListedClass:
    """A class of a school's export, with how many students it has there."""

    id: str
    name: str
    students: int


@dataclass(frozen=True, slots=True)
class ListAnswers:
    """What was chosen about a file: how its letters are written, which class, which column holds what."""

    encoding: str = ""
    class_id: str = ""
    columns: Mapping[str, int] | None = None
    headless: bool = False


@dataclass(frozen=True, slots=True)
class EncodingQuestion:
    """A file whose letters may be read in several ways: the first rows for each."""

    previews: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """A school's export of several classes."""

    classes: tuple[ListedClass, ...]


@dataclass(frozen=True, slots=True)
class ColumnsQuestion:
    """A table of no known format: its first rows, and which column may hold what, by its name."""

    header: Row
    rows: tuple[Row, ...]
    likely: Mapping[str, int]


ListReading = PeopleList | EncodingQuestion | ClassQuestion | ColumnsQuestion


@dataclass(frozen=True, slots=True)
class StagedPerson:
    """A person of a list between preview and its end: no number or address of the school's but what the preview shows.

    `keys` stand for who this is in the class's lists; `account_name` is the user name of the account that would be
    made. `full_name` is shown to leaders alone.
    """

    row: int
    full_name: str
    account_name: str
    user_name: str
    email: str
    keys: tuple[str, ...]
    left_out: str
    said: str


@dataclass(frozen=True, slots=True)
class StagedList:
    """A list as it was read, for an hour."""

    format: str
    class_name: str
    without_classes: bool
    not_taken: tuple[str, ...]
    people: tuple[StagedPerson, ...]
    problems: tuple[ListProblem, ...]


@dataclass(frozen=True, slots=True)
class ClassState:
    """What decides about the rows of a list: who is in the class, is invited, or has an account.

    Accounts are those that have an address of the list, confirmed, or exactly one of its user names, by their keys.
    """

    members: frozenset[int]
    leaders: frozenset[int]
    invited: frozenset[int]
    by_key: Mapping[str, int]
    by_email: Mapping[str, frozenset[int]]
    by_name: Mapping[str, int]
    taken: frozenset[str]
    free_seats: int


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What becomes of one row: `outcome` and its `reason`; of which account, where there is one."""

    person: StagedPerson
    outcome: str
    reason: str = ""
    account: int | None = None


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a list comes to in a class at this moment; `digest` stands for all of it."""

    rows: tuple[PreviewRow, ...]
    absent: frozenset[int]
    free_seats: int
    has_problems: bool
    digest: str

    def count(self, outcome: str) -> int:
        """Return for how many rows this is the outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    def of(self, outcome: str) -> list[PreviewRow]:
        """Return the rows with this outcome, in the order of the file."""
        return [row for row in self.rows if row.outcome == outcome]


@dataclass(frozen=True, slots=True)
class AppliedList:
    """A list that was carried out: whom it made an account for, and how many it invited."""

    id: int
    applied_at: datetime
    accounts: tuple[int, ...]
    invited: tuple[int, ...]
