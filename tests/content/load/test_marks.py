"""What would be shown as it was typed is found, whichever sign it is; plain punctuation is not."""

from string import punctuation

import pytest

from learnapp.content.load.body import read_body
from learnapp.content.load.markdown import inline_tokens
from learnapp.content.load.marks import faults_in, typed_mark
from learnapp.content.problems import Report

START = '{section="tides"}\n## The tide\n\n{facts="tides.01"}\n'

# What common kinds of Markdown, or what people take for it, make something of.
MARKED = (
    "deep <!-- TODO --> water",
    "<!-- only this -->",
    "~~struck~~ out",
    "~one~ wave",
    "a note[^a] here",
    "[^a]: the note",
    "==marked== words",
    "x^2^ and H~2~O",
    "<b>raw</b>",
    "line<br>break",
    "a < b",
    "&nbsp;space",
    "fish &amp; chips",
    "&#8217;",
    "a | b",
    "| a | b |\n|---|---|",
    "a ***strong end",
    "*open emphasis",
    "open emphasis*",
    "**strong*",
    "snake _case",
    "in*side*ways",
    "[text]( https://example.org",
    "[text](",
    "[a plain bracket]",
    "<https://example.org>",
    "see https://example.org",
    "see www.example.org",
    "mail me@example.org",
    "a back\\slash",
    "\\*not em\\*",
    "words {#id}",
    "words {.class}",
    "{{ variable }}",
    "$x+y$ is math",
    "$$x$$",
    "a :smile: face",
    "happy :-) face",
    "- [ ] to do",
    "- one thing",
    "+ one thing",
    "* one thing",
    "# heading",
    "> quoted",
    "++inserted++",
    "a -- dash",
    "a - dash",
    ": a definition",
    "!!! note",
    "%% a comment %%",
    "(c) 2020",
    "#topic",
    "`code`",
    "ends in two  \nspaces",
    "ends in a stroke\\\nhere",
    "“never closed",
    "never opened”",
    "”the wrong way“",
    "don‘t",
    "TODO write this",
    "the lamp FIXME: how high",
    "Lorem ipsum dolor",
    "in the year ???",
    "some ''other'' words",
    "hello %name% there",
    "• one thing",
    "– one thing",
    '[page](/glossary "The glossary")',
)
PLAIN = (
    "",
    "Ada Lamb’s well-known lamp, 20-40 families; 5% (of all) is “so”: yes!",
    "It cost $1,700 and $1.74 billion, or about $5–$6 (“$20” then).",
    "At 12:30, from 18+ on, 3/180 and he/she; R&D, fish & chips.",
    "2. Obey without conditions",
    "A to-do list at 5% interest – is it so?",
    "1994. That was the year of the frog.",
    "What now? “Who?” … “Nobody.”",
    "x = y, −5 degrees, 5 °C, 한국",
)


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_is_found_wherever_markdown_is_read(text: str) -> None:
    assert list(faults_in(inline_tokens(text), text))


@pytest.mark.parametrize("text", [text for text in MARKED if text != "ends in two  \nspaces"])
def test_a_mark_is_found_where_none_is_read(text: str) -> None:
    assert typed_mark(text) or "\\" in text or "*" in text


@pytest.mark.parametrize("text", MARKED)
def test_a_mark_in_a_lesson_is_a_problem(text: str) -> None:
    report = Report()

    read_body(f"{START}{text}\n", "tide.md", 1, report)

    assert report.errors


@pytest.mark.parametrize(
    "text",
    ["deep <!-- so --> water", "~~out~~", "*open", "a **strong** word", "[page](/glossary)", "`code`", "TODO", "• one"],
)
@pytest.mark.parametrize(
    "line", ['{own="%s"}\nIt rains.', '{facts="tides.01" note="%s"}\nIt rains.', "::: card %s\nIt rains.\n:::"]
)
def test_a_mark_in_the_margin_or_in_the_title_of_a_card_is_a_problem_in_its_line(line: str, text: str) -> None:
    report = Report()

    read_body(f"{START}It rains.\n\n{line % text}\n", "tide.md", 1, report)

    assert {problem.line for problem in report.problems if problem.rule == "plain-text"} == {7}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_punctuation_is_no_mark(text: str) -> None:
    assert typed_mark(text) is None
    assert not list(faults_in(inline_tokens(text), text))


@pytest.mark.parametrize("sign", sorted(set(punctuation) - set("!\"%'(),./;?")))
def test_no_sign_of_the_keyboard_was_forgotten(sign: str) -> None:
    """Each either never stands in a text or not around a word, as it does in some Markdown."""
    assert typed_mark(f"a {sign}{sign}word{sign}{sign} b")


def test_emphasis_and_links_are_no_leftovers() -> None:
    text = "A *small* and **strong** [page](/modules/light) of [ours](https://example.org/a_b)"

    assert not list(faults_in(inline_tokens(text), text))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("It comes <!-- in -->.", 5, 10),
        ("It comes\nin ~~and out~~.", 6, 4),
        ("It comes[^a] in.", 5, 9),
        ("It is &nbsp; far.", 5, 7),
        ("*It* comes *in.", 5, 12),
    ],
)
def test_a_mark_is_reported_at_its_line_and_column(text: str, line: int, column: int) -> None:
    report = Report()

    read_body(f"{START}{text}\n", "tide.md", 1, report)

    assert [(problem.line, problem.column) for problem in report.problems] == [(line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "1994. That was the year of the frog.",
        "1994) That was the year.",
        "1. April was wet.",
        "It rained in\n1. April.",
        "- 5 degrees.",
        "+ 5 degrees.",
        "* a star.",
        "It froze at\n- 5 degrees.",
        "1994. The frog.\n1995. The toad.",
        "1. One.\n3. Three.",
        "2. Two.\n3. Three.",
        "# 1 of the list.",
        "> 5 degrees.",
    ],
)
def test_a_paragraph_that_begins_like_a_list_becomes_none_silently(text: str) -> None:
    report = Report()

    read_body(f"{START}{text}\n", "tide.md", 1, report)

    assert {problem.rule for problem in report.problems} & {"markup-list", "markup-block", "body-heading"}


@pytest.mark.parametrize("text", ["- one\n- two", "1. one\n2. two\n3. three"])
def test_a_list_that_counts_from_one_is_a_list(text: str) -> None:
    report = Report()

    read_body(f"{START}{text}\n", "tide.md", 1, report)

    assert report.problems == ()
