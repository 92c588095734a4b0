"""Paragraphs and lists become clean HTML and words with their places; what lessons do not have is reported."""

import pytest
from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.inline import InlineReader, slugify
from learnapp.content.load.lesson.blocks import ParagraphDraft
from learnapp.content.load.markdown import BODY
from learnapp.content.problems import Problem, Report


def read(text: str) -> tuple[ParagraphDraft | None, tuple[Problem, ...]]:
    """Read the first block of a text."""
    report = Report()
    (block, *_others) = SyntaxTreeNode(BODY.parse(text)).children
    return InlineReader(text, "tide.md", report).text(block), report.problems


def sound(text: str) -> ParagraphDraft:
    draft, problems = read(text)
    assert problems == ()
    assert draft is not None
    return draft


def test_a_term_is_marked_and_has_its_column() -> None:
    paragraph = sound('At [ebb]{term="ebb"} it\nshows the [bar]{term=bar}.\n')

    assert paragraph.html.startswith('At <dfn class="term" id="term-ebb">ebb</dfn> it')
    assert [(mark.slug, mark.place.line, mark.place.column) for mark in paragraph.terms] == [
        ("ebb", 1, 10),
        ("bar", 2, 17),
    ]
    assert paragraph.text == "At ebb it shows the bar."


def test_plain_lists_are_paragraphs_too() -> None:
    paragraph = sound("- one\n- **two**\n")

    assert (paragraph.tag, paragraph.html) == ("ul", "<li>one</li><li><strong>two</strong></li>")
    assert sound("1. one\n2. two\n").tag == "ol"


@pytest.mark.parametrize(
    ("text", "line", "column", "rule"),
    [
        ("It <b>comes</b> in.", 1, 4, "markup-html"),
        ("It comes in\nand <b>out</b>.", 2, 5, "markup-html"),
        ("[a](javascript:alert(1))", 1, 3, "markup-link"),
        ("See [a](http://example.org).", 1, 7, "markup-link"),
        ("See [a](//example.org).", 1, 7, "markup-link"),
        ("See [a](mailto:a@example.org).", 1, 7, "markup-link"),
        ("![a](https://example.org/a.png)", 1, 1, "markup-inline"),
        ("Type `x`.", 1, 6, "markup-inline"),
        ("| a | b |", 1, 1, "markup-table"),
        ("> It comes.", 1, 1, "markup-block"),
        ("```\nx\n```", 1, 1, "markup-block"),
        ("- a\n  - b", 1, 1, "markup-list"),
        ("1994. It came in.", 1, 1, "markup-list"),
        ("3. It came in.\n4. It went.", 1, 1, "markup-list"),
    ],
)
def test_what_lessons_do_not_have_is_reported_where_it_stands(text: str, line: int, column: int, rule: str) -> None:
    _draft, problems = read(text)

    assert (line, column, rule) in {(one.line, one.column, one.rule) for one in problems}, "\n".join(map(str, problems))


def test_a_title_makes_an_anchor_of_letters_digits_and_hyphens() -> None:
    assert slugify("What’s at sea?") == "whats-at-sea"
    assert slugify("Ünïcode & more!") == "unicode-more"
