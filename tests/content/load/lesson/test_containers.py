"""What stands between ::: and ::: in a lesson: pieces of evidence, a guess, a judgment, what is unknown."""

import pytest

from learnapp.content.load.body import read_body
from learnapp.content.load.lesson.blocks import BodyDraft, GapDraft, GuessDraft, JudgeDraft, PieceDraft
from learnapp.content.problems import Problem, Report

HEADING = '{section="tides"}\n## The tide\n\n{facts="tides.01"}\nIt comes in.\n\n'


def read(text: str) -> tuple[BodyDraft, tuple[Problem, ...]]:
    report = Report()
    return read_body(HEADING + text, "tide.md", 1, report), report.problems


def sound(text: str) -> BodyDraft:
    body, problems = read(text)
    assert problems == ()
    return body


def test_a_piece_has_its_title_and_paragraphs_with_how_they_stand_to_others() -> None:
    body = sound(
        '::: piece She names a river\n{facts="tides.01"}\nA river.\n\n'
        '{facts="tides.02" rel="Fits A."}\nA bank.\n:::\n\n::: piece Others look\n{facts="tides.03"}\nThey look.\n:::\n'
    )

    first, second = body.blocks(PieceDraft)
    assert (first.title, second.title) == ("She names a river", "Others look")
    assert [(one.facts, one.rel) for one in first.paragraphs] == [(("tides.01",), None), (("tides.02",), "Fits A.")]
    assert [paragraph.text for paragraph, card in body.paragraphs()] == [
        "It comes in.",
        "A river.",
        "A bank.",
        "They look.",
    ]


def test_a_guess_has_a_question_answers_and_what_is_said_once_it_is_kept() -> None:
    body = sound("::: guess whom-to-ask\nWhom would you *ask*?\n\n- A keeper\n- A sailor\n\nKept, see part 2.\n:::\n")

    (guess,) = body.blocks(GuessDraft)
    assert (guess.name, guess.question.html) == ("whom-to-ask", "Whom would you <em>ask</em>?")
    assert guess.choices is not None
    assert guess.choices.text.split("\n") == ["A keeper", "A sailor"]
    assert guess.kept is not None
    assert guess.kept.text == "Kept, see part 2."
    assert "Whom would you ask?" in body.text()


def test_a_guess_without_answers_is_a_line_to_type() -> None:
    (guess,) = sound("::: guess how-high\nHow high?\n:::\n").blocks(GuessDraft)
    assert (guess.choices, guess.kept) == (None, None)

    (kept,) = sound("::: guess how-high\nHow high?\n\nYou will see.\n:::\n").blocks(GuessDraft)
    assert kept.choices is None
    assert kept.kept is not None


def test_judgment_and_gap_stand_where_they_are_written() -> None:
    body = sound('::: judge\n:::\n\n::: gap\n{facts="tides.01"}\nHow high tonight.\n\n{own="Ours."}\nNor why.\n:::\n')

    assert len(body.blocks(JudgeDraft)) == 1
    (gap,) = body.blocks(GapDraft)
    assert [paragraph.text for paragraph in gap.paragraphs] == ["How high tonight.", "Nor why."]


def test_a_notice_stands_on_a_paragraph() -> None:
    body = sound('{notice="The next paragraph tells of a wreck." facts="tides.02"}\nIt sank.\n')

    (_, (paragraph, _)) = list(body.paragraphs())
    assert paragraph.notice == "The next paragraph tells of a wreck."
    assert paragraph.beside() == ("The next paragraph tells of a wreck.",)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('::: piece\n{facts="tides.01"}\nA river.\n:::\n', "markup-block"),
        ("::: piece A river\n:::\n", "markup-block"),
        ("::: piece A river\nNo facts.\n:::\n", "paragraph-facts"),
        ('::: piece A river\n{own="Ours."}\nNo facts.\n:::\n', "paragraph-facts"),
        ('::: piece A ~river~\n{facts="tides.01"}\nA river.\n:::\n', "plain-text"),
        ('{facts="tides.01" rel="Fits A."}\nNot in a piece.\n', "markup-attribute"),
        ('::: gap\n{facts="tides.01" rel="Fits A."}\nNot in a piece.\n:::\n', "markup-attribute"),
        ('::: piece A river\n{facts="tides.01" rel=" "}\nA river.\n:::\n', "paragraph-note"),
        ('{facts="tides.01" notice=""}\nIt sank.\n', "paragraph-note"),
        ("::: judge\nWhat do you think?\n:::\n", "markup-block"),
        ("::: judge now\n:::\n", "markup-block"),
        ("::: gap\n:::\n", "markup-block"),
        ("::: guess\nWho?\n:::\n", "markup-block"),
        ("::: guess Whom To Ask\nWho?\n:::\n", "markup-block"),
        ("::: guess who\n- A\n- B\n:::\n", "markup-block"),
        ("::: guess who\n:::\n", "markup-block"),
        ("::: guess who\nWho?\n\n- A\n- B\n\nOne.\n\nTwo.\n:::\n", "markup-block"),
        ("::: guess who\nWho?\n\n- A\n- B\n- C\n- D\n- E\n- F\n:::\n", "markup-block"),
        ("::: guess who\nWho?\n\n- A\n- A\n:::\n", "markup-block"),
        (f"::: guess who\nWho?\n\n- A\n- {'b' * 121}\n:::\n", "markup-block"),
        ('::: guess who\n{facts="tides.01"}\nWho?\n:::\n', "markup-braces"),
        ("::: gap\n::: guess who\nWho?\n:::\n", "markup-block"),
    ],
)
def test_each_fault_of_a_block_is_found(text: str, rule: str) -> None:
    _, problems = read(text)
    assert rule in [problem.rule for problem in problems]
