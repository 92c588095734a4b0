"""Invisible characters and look-alike letters are found by what Unicode says of them."""

import sys
import unicodedata
from pathlib import Path

import pytest

from learnapp.content.load.characters import look, odd_characters
from learnapp.content.load.files import Folder
from learnapp.content.load.yaml import parse
from learnapp.content.problems import Position, Report


def places(text: str) -> list[int]:
    return [odd.at for odd in odd_characters(text)]


@pytest.mark.parametrize(
    "odd",
    [
        "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u061c",
        "\ufeff", "\u034f", "\u115f", "\u3164", "\uffa0", "\u2800", "\u180e", "\u2028", "\x07", "\x85", "\ue000",
        "\U000e0041", "\ufe0f", "\ufe00", "\U000e0100", "\u2003", "\u3000", "\u2009", "\u1680",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_found_inside_a_word(odd: str) -> None:
    assert places(f"a la{odd}mp") == [4]


@pytest.mark.slow
def test_no_format_or_control_character_of_unicode_was_forgotten() -> None:
    unseen = (chr(code) for code in range(0x80, sys.maxunicode + 1))
    missed = [one for one in unseen if unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp"} and not places(f"a{one}b")]

    assert missed == []


@pytest.mark.parametrize("text", ["caf\ufffd", "cafÃ©", "cafâ€™s", "cafÂ·", "cafÃŸ", "caf\ufffd\ufffd!"])
def test_what_a_wrong_encoding_left_of_a_letter_is_found(text: str) -> None:
    assert places(text) == [3]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("\xa0 lamp", 0),
        ("lamp\xa0", 4),
        ("a \xa0lamp", 2),
        ("\u0301lamp", 0),
        ("a \u0301lamp", 2),
        ("l\u0430mp", 1),
        ("\u0410da", 0),
        ("lam\u03c1", 3),
        ("\u0430\u0440\u0435", 0),
        ("\uff0astar", 0),
        ("\U0001d41bold", 0),
    ],
)
def test_what_looks_like_something_else_is_found_at_its_place(text: str, at: int) -> None:
    assert places(text) == [at]


@pytest.mark.parametrize(
    "text",
    [
        "Kim’s café, “10 – 20” families … 5 °C, ½, x²",
        "about\xa0100\u202fkm",
        "한국, 北朝鮮, подвал, Γιώργος",
        "❤\ufe0f 👩\u200d🔬",
        "cafe\u0301",
        "می\u200cخواهم",
        "tab\tand\nline",
    ],
)
def test_what_people_write_in_any_language_may_stand(text: str) -> None:
    assert places(text) == []


def test_a_word_as_long_as_a_file_is_looked_at_once() -> None:
    assert places("a" * 1_000_000 + " café") == []  # some hours, if it were looked at from each of its letters


def test_the_file_is_refused_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text("one “lamp”\nt\u200bwo l\u0430mp", encoding="utf-8")
    report = Report()

    assert Folder(tmp_path).read("odd.md", Position("odd.md"), report) is None
    assert [(one.line, one.column, one.rule) for one in report.problems] == [
        (2, 2, "file-character"),
        (2, 7, "file-character"),
    ]


def test_an_escape_in_yaml_brings_nothing_in_that_a_file_may_not_hold() -> None:
    report = Report()

    parse('a: fine\nb: "la\\u200bmp"\nc: "l\\u0430mp"\n', "odd.yaml", report)

    assert [(one.line, one.column) for one in report.problems] == [(2, 4), (3, 4)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Egg", " egg "),
        ("Egg", "Egg."),
        ("Egg", "\uff25gg"),
        ("Egg", "E\u200bgg"),
        ("A hen", "A\xa0hen"),
        ("A hen", "A  hen"),
        ("copa", "\u0441\u043e\u0440\u0430"),
        ("It’s “so”", 'It\'s "so"'),
        ("10-20", "10–20"),
        ("1O", "10"),
        ("straße", "STRASSE"),
        ("fish", "\ufb01sh"),
    ],
)
def test_two_texts_that_a_reader_takes_for_one_look_alike(one: str, other: str) -> None:
    assert look(one) == look(other)


def test_texts_that_differ_look_different() -> None:
    texts = ["Egg", "Eggs", "Egg?", "cafe", "café", "fail", "fall", "10", "11", "-5", "5"]

    assert len({look(text) for text in texts}) == len(texts)
