"""The ledger's own files point to what is there, and nobody cites what nobody has verified."""

import pytest

from learnapp.content.load.files import Folder
from learnapp.content.load.ledger import read_ledger
from learnapp.content.problems import Report
from tests.courses.harbor import EVIDENCE, EVIDENCE_TEXT, PEOPLE, with_harbor
from tests.courses.island import FACTS, GLOSSARY, LAMP, WRECK, Island, at


def test_a_course_may_do_without_evidence_and_people(island: Island) -> None:
    report = Report()
    found = read_ledger(Folder(island.root), report)

    assert (found.evidence, found.people, report.problems) == ((), {}, ())
    assert found.is_known(EVIDENCE)


def test_evidence_is_cited_as_facts_are(island: Island) -> None:
    with_harbor(island)

    assert island.checked() == ()
    assert island.lesson("1-light", "1-the-lamp").facts[-1] == "ev.harbor.lamp"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LAMP, '{facts="light.01 ev.harbor.lamp"}', '{facts="light.01 ev.harbor.lamp ev.harbor.rumor"}'),
        (LAMP, "  facts: [lamp.01, lamp.03]\n", "  facts: [lamp.01, lamp.03, ev.harbor.rumor]\n"),
        (GLOSSARY, "slug: strait\n", "slug: strait\n    facts: [ev.harbor.rumor]\n"),
        (FACTS, "fact: The lamp turns once in twenty seconds.\n", "fact: The lamp.\n    also: [ev.harbor.rumor]\n"),
        (PEOPLE, "facts: [ev.harbor.lamp]", "facts: [ev.harbor.lamp, ev.harbor.rumor]"),
    ],
)
def test_nobody_cites_what_nobody_has_verified(island: Island, path: str, old: str, new: str) -> None:
    with_harbor(island)
    if path == GLOSSARY:
        text = island.text(GLOSSARY)
        entry = text[text.index("slug: strait") :]
        island.write(GLOSSARY, text.replace(entry, entry.replace("    facts: []\n", "", 1)))
    island.edit(path, old, new)

    found = [problem for problem in island.problems() if problem.rule == "unverified"]

    assert [(problem.path, problem.line) for problem in found] == [(path, island.line(path, "ev.harbor.rumor"))]


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        (EVIDENCE, "corrects: [ev.harbor.lamp]", "corrects: [ev.harbor.mast]", "unknown-fact"),
        (EVIDENCE, "corrects: [ev.harbor.lamp]", "corrects: [lamp.77]", "unknown-fact"),
        (EVIDENCE, "corrects: [ev.harbor.lamp]", "corrects: [ev.harbor.wreck]", "evidence-itself"),
        (EVIDENCE, "topics: [lamp]", "topics: [moon]", "unknown-section"),
        (EVIDENCE, "person: cora-light", "person: vera-light", "unknown-person"),
        (EVIDENCE, "id: ev.harbor.wreck", "id: ev.harbor.lamp", "duplicate-entry"),
        (PEOPLE, "    pronoun_source: The harbor's paper\n", "", "pronoun"),
        (PEOPLE, "pronoun: she", "pronoun: they", "schema-literal-error"),
        (PEOPLE, "facts: [ev.harbor.lamp]", "facts: [ev.harbor.mast]", "unknown-fact"),
    ],
)
def test_entries_that_point_nowhere_are_reported(island: Island, path: str, old: str, new: str, rule: str) -> None:
    with_harbor(island)
    island.edit(path, old, new)

    problems = [problem for problem in island.problems() if problem.rule == rule]

    assert [problem.path for problem in problems] == [path]


def test_evidence_in_a_file_that_cannot_be_read_may_be_right(island: Island) -> None:
    with_harbor(island)
    island.write(EVIDENCE, EVIDENCE_TEXT.replace("voice: study", "voice: tv"))

    assert at(island.only_finding()) == (EVIDENCE, island.line(EVIDENCE, "voice: tv"), "schema-literal-error")


def test_nobody_is_shown_what_nobody_has_verified(island: Island) -> None:
    facts = with_harbor(island).catalog().facts

    assert [name for name in facts if name.startswith("ev.")] == ["ev.harbor.lamp", "ev.harbor.wreck"]


def test_a_word_that_the_short_version_alone_marks_is_used(island: Island) -> None:
    entry = "  - slug: boats\n    term: House of boats\n    meaning: a shed for boats.\n    facts: []\n  - slug: strait"
    island.edit(GLOSSARY, "  - slug: strait", entry)
    assert [problem.rule for problem in island.checked()] == ["term-unused"]

    island.edit(
        WRECK, "It makes the next rescue a little easier. A", 'It makes a [house of boats]{term="boats"} easier. A'
    )

    assert "term-unused" not in [problem.rule for problem in island.checked()]
