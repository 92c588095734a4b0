"""Decoding: by the mark at the beginning or as strict UTF-8; anything else is asked, and no text is refused."""

import pytest

from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.decode import OFFERED, decode, peek, possible_texts

TEXT = "Name,Login\nZoë Łuk,zoe\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_how_it_is_written_is_not_asked(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf_16_is_known_in_both_orders() -> None:
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le")) == TEXT
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize(("encoding", "name"), [("cp949", "김민아"), ("cp1252", "Zoë"), ("latin-1", "Zoë")])
def test_older_encodings_are_asked_and_read_as_chosen(encoding: str, name: str) -> None:
    content = f"Name\n{name}\n".encode(encoding)
    assert decode(content) is None
    assert decode(content, encoding) == f"Name\n{name}\n"


def test_a_choice_that_is_not_on_offer_is_asked_again() -> None:
    assert decode("Zoë".encode("latin-1"), "utf-7") is None
    assert decode("Zoë".encode("latin-1"), "rot13") is None


def test_a_choice_changes_nothing_where_the_file_is_clear() -> None:
    assert decode(TEXT.encode(), "cp949") == TEXT


def test_only_encodings_that_allow_the_bytes_are_offered() -> None:
    assert set(possible_texts("Zoë".encode("latin-1"))) == {"cp1252", "latin-1"}
    assert set(possible_texts("김".encode("cp949"))) == set(OFFERED)


@pytest.mark.parametrize(
    ("content", "reason", "row"),
    [
        (b"Name\nMina\n\0Kaya\n", "nul", 3),
        (TEXT.encode("utf-16-le"), "nul", 1),
        (b"\xff\xfeN\0\0\0", "nul", 1),
        (b"\xff\xfeN", "broken_letters", None),
        (b"\xef\xbb\xbfZo\xeb", "broken_letters", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "workbook", None),
        (b"%PDF-1.7", "pdf", None),
        (b"{\\rtf1", "text_document", None),
    ],
)
def test_what_is_no_text_is_refused_in_words(content: bytes, reason: str, row: int | None) -> None:
    with pytest.raises(ListRefused) as caught:
        decode(content, "latin-1")
    assert [(one.reason, one.row) for one in caught.value.problems] == [(reason, row)]


def test_a_look_at_the_beginning_fails_for_nothing() -> None:
    assert peek(b"\xff\xfeN\0\0") == "N�"
    assert peek(b"Zo\xeb") == "Zo�"
