import pytest

from learnapp.content.load.body import read_body
from learnapp.content.load.lesson.blocks import BodyDraft, CardDraft, FigureDraft, ParagraphDraft
from learnapp.content.problems import Problem, Report

HEADING = '{section="tides"}\n## The tide\n\n'
LATER = '{section="tides"}\n## The ebb\n\n'
PARAGRAPH = '{facts="tides.01"}\nIt comes in.\n'


def read(text: str, first_line: int = 1) -> tuple[BodyDraft, tuple[Problem, ...]]:
    report = Report()
    return read_body(text, "tide.md", first_line, report), report.problems


def sound(text: str, first_line: int = 1) -> BodyDraft:
    body, problems = read(text, first_line)
    assert problems == ()
    return body


def only_problem(text: str) -> tuple[int, int, str]:
    _, problems = read(text)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0].line, problems[0].column, problems[0].rule


def first_paragraph(text: str) -> ParagraphDraft:
    block = sound(HEADING + text).sections[0].blocks[0]
    assert isinstance(block, ParagraphDraft)
    return block


def test_a_section_has_its_anchor_title_and_sources() -> None:
    (section,) = sound('{#high section="tides moon"}\n## High and low\n\n' + PARAGRAPH).sections

    assert (section.id, section.title, section.sources) == ("high", "High and low", ("tides", "moon"))
    assert (section.place.line, section.attributes_at.line) == (2, 1)


def test_a_heading_without_an_anchor_gets_one_from_its_words() -> None:
    assert sound('{section="tides"}\n## What’s at sea?\n\n' + PARAGRAPH).sections[0].id == "whats-at-sea"


def test_a_paragraph_has_its_facts_words_and_lines_of_the_file() -> None:
    body = sound(HEADING + '{facts="tides.01 tides.02"}\nIt comes *in*\nand goes.\n', first_line=20)
    (paragraph,) = body.sections[0].blocks

    assert isinstance(paragraph, ParagraphDraft)
    assert paragraph.facts == ("tides.01", "tides.02")
    assert paragraph.html == "It comes <em>in</em>\nand goes."
    assert paragraph.text == "It comes in and goes."
    assert paragraph.lines == ("It comes *in*", "and goes.")
    assert (paragraph.attributes_at.line, paragraph.place.line) == (23, 24)


def test_our_own_comment_may_stand_alone_or_beside_facts() -> None:
    assert first_paragraph('{own="Ours \\"alone\\"."}\nLook.\n').own == 'Ours "alone".'
    both = first_paragraph('{facts="tides.01" own="Ours."}\nLook.\n')
    assert (both.facts, both.own) == (("tides.01",), "Ours.")


def test_a_note_replaces_the_words_for_facts() -> None:
    assert first_paragraph('{facts="tides.01" note="Harbor log."}\nLook.\n').note == "Harbor log."


def test_figures_and_cards_stand_where_they_are_written() -> None:
    text = HEADING + PARAGRAPH + "\n::: figure\n:::\n\n::: card Who was lost\n" + PARAGRAPH + ":::\n"

    _, figure, card = sound(text).sections[0].blocks

    assert isinstance(figure, FigureDraft)
    assert isinstance(card, CardDraft)
    assert card.title == "Who was lost"
    assert [paragraph.facts for paragraph in card.paragraphs] == [("tides.01",)]


def test_short_version_and_pause_come_last() -> None:
    end = "::: short\n" + PARAGRAPH + ":::\n\n::: pause\nRest.\n\n- Call somebody.\n- Wait.\n:::\n"

    body = sound(HEADING + PARAGRAPH + "\n" + end)

    assert [paragraph.text for paragraph in body.short] == ["It comes in."]
    assert body.pause is not None
    assert [(text.tag, text.html) for text in body.pause] == [
        ("p", "Rest."),
        ("ul", "<li>Call somebody.</li><li>Wait.</li>"),
    ]
    assert body.short_pause is None
    own = sound(HEADING + PARAGRAPH + "\n" + end.replace("::: pause", "::: short-pause\nWait.\n:::\n\n::: pause"))
    assert own.short_pause is not None
    assert [text.html for text in own.short_pause] == ["Wait."]
    assert read(HEADING + PARAGRAPH + "\n::: short-pause\nWait.\n:::")[1][0].rule == "body-order"
    assert read(HEADING + PARAGRAPH + "\n" + end + "\n" + PARAGRAPH)[1][0].rule == "body-order"
    assert read(HEADING + PARAGRAPH + "\n" + end + "\n" + LATER + PARAGRAPH)[1][0].rule == "body-order"
    assert read(HEADING + PARAGRAPH + "\n" + end + "\n" + end)[1][0].rule == "body-order"


@pytest.mark.parametrize(
    ("text", "line", "column", "rule"),
    [
        ("It comes in.", 1, 1, "paragraph-facts"),
        ('{facts=""}\nIt comes in.', 2, 1, "paragraph-facts"),
        ('{own="x" note="y"}\nIt comes in.', 1, 1, "paragraph-note"),
        ('{facts="tides.01" note=" "}\nIt comes in.', 1, 1, "paragraph-note"),
        ('{facts="tides.01" style="color:red"}\nIt comes in.', 1, 1, "markup-attribute"),
        ('{.wide facts="tides.01"}\nIt comes in.', 1, 1, "markup-attribute"),
        ('{facts="tides.01" onclick="x()"}\nIt comes in.', 1, 1, "markup-attribute"),
        ('{#here facts="tides.01"}\nIt comes in.', 1, 1, "markup-attribute"),
        ('{facts="tides.01"}\nA [word]{.x}.', 2, 8, "markup-attribute"),
        ('{facts="tides.01"}\nA [word]{term="ebb" onclick="x"}.', 2, 8, "markup-attribute"),
        ('{facts="tides.01"}\n{own="x"}\nIt comes in.', 1, 1, "markup-braces"),
        ('{facts="tides.01"}\nIt comes in.\n{facts="tides.02"}\nIt goes.', 3, 1, "markup-braces"),
        ('{facts="tides.01"}\nIt comes [in]{term="ebb}.', 2, 14, "markup-braces"),
        ('{facts="tides.01"}\nIt comes in.\n\n{facts="tides.02"}', 4, 1, "markup-braces"),
        ('{facts="tides.01"}\n::: guess who\nWho?\n:::', 1, 1, "markup-braces"),
        ('::: guess who\n{own="x"}\nWho?\n:::', 2, 1, "markup-braces"),
        ('{facts="tides.01"}\nIt comes.\n\n    indented', 4, 5, "markup-block"),
        ('{facts="tides.01"}\nIt comes.\n\n***', 4, 1, "markup-block"),
        ("::: guess who\nWho?", 1, 1, "markup-block"),
        ("::: gap now\n" + PARAGRAPH + ":::", 1, 1, "markup-block"),
        ("::: card\n" + PARAGRAPH + ":::", 1, 1, "markup-block"),
        ("::: card Empty\n:::", 1, 1, "markup-block"),
        ("::: card One\n::: guess who\nWho?\n:::\n" + PARAGRAPH + ":::", 2, 1, "markup-block"),
        ("::: figure\nwords\n:::", 1, 1, "markup-block"),
        ('{own="x"}\n::: aks\nWho?\n:::', 2, 1, "markup-block"),
        ('{section="tides"}\n### Small\n\n' + PARAGRAPH, 2, 1, "body-heading"),
        ('{section="tides"}\n## *Big*\n\n' + PARAGRAPH, 2, 1, "body-heading"),
        ("## Untied\n\n" + PARAGRAPH, 1, 1, "section-source"),
        ('{#the-tide section="tides"}\n## Again\n\n' + PARAGRAPH, 1, 1, "section-id"),
        ('{#p7 section="tides"}\n## Again\n\n' + PARAGRAPH, 1, 1, "section-id"),
        ('{#points section="tides"}\n## Again\n\n' + PARAGRAPH, 1, 1, "section-id"),
        ('{#Big section="tides"}\n## Again\n\n' + PARAGRAPH, 1, 1, "section-id"),
        ('{#a section="tides" class="x"}\n## Again\n\n' + PARAGRAPH, 1, 1, "markup-attribute"),
        ("::: pause\n" + PARAGRAPH + ":::", 2, 1, "markup-braces"),
    ],
)
def test_whatever_lessons_do_not_have_is_reported_where_it_stands(text: str, line: int, column: int, rule: str) -> None:
    """Lines are counted from the first one of `text`."""
    before = HEADING + PARAGRAPH + "\n"

    _, problems = read(before + text)

    found = {(one.line - before.count("\n"), one.column, one.rule) for one in problems}
    assert (line, column, rule) in found, "\n".join(map(str, problems))


def test_text_before_the_first_heading_is_an_error() -> None:
    assert only_problem(PARAGRAPH + "\n" + HEADING + PARAGRAPH) == (2, 1, "body-heading")


def test_a_part_without_text_and_a_lesson_without_parts_are_errors() -> None:
    assert only_problem(HEADING) == (2, 1, "body-heading")
    assert only_problem("") == (1, 1, "body-empty")


def test_all_problems_are_found_in_one_reading() -> None:
    text = HEADING + 'No facts.\n\n> Quoted.\n\n{facts="tides.01"}\nA <i>tag</i> and `code`.\n'

    assert [problem.rule for problem in read(text)[1]] == [
        "paragraph-facts",
        "markup-block",
        "markup-html",
        "markup-inline",
    ]
