"""Lists as frozen values: a table, the people in it, what is wrong with it, and what must be asked before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
