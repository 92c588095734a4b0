"""The harbor: evidence and people for the island course, which has none of its own."""

from tests.courses.island import LAMP, Island

EVIDENCE, PEOPLE = "modules/evidence.yaml", "modules/people.yaml"

EVIDENCE_TEXT = """\
evidence:
  - id: ev.harbor.lamp
    statement: A harbor survey of 2016 found that the lamp turned every night.
    figures: [1 lamp]
    voice: study
    source: {author: Harbor Office, title: Lamps, date: May 2016, place: page 3}
    cite: Harbor Office, Lamps, page 3, May 2016.
    by: Harbor Office, 2016
    knows: They counted from a boat
    where: ["https://www.harbor.example/lamps"]
    verified: {on: 2026-11, how: Its page 3 gives the nights.}
    corroborates: [lamp.01]
    topics: [lamp]
    dated: May 2016
    sensitivity: none
    quizzable: true
    person: cora-light
    caveat: The survey of 1999 counted otherwise.
    note: It counted in May only.
  - id: ev.harbor.wreck
    statement: The insurer wrote in 1920 what the sea had done.
    voice: press
    source: {author: Harbor News, title: The wreck, date: 4 March 1920}
    cite: Harbor News, 4 March 1920.
    copy: In the harbor's own archive.
    verified: {on: 2026-11-02, how: The page was read.}
    corroborates: [lamp.01]
    corrects: [ev.harbor.lamp]
    sensitivity: strong
    quizzable: false
  - id: ev.harbor.rumor
    statement: Somebody says that the lamp was blue.
    voice: said
    source: {author: Somebody, title: A talk, date: n.d.}
    cite: Somebody, in a talk.
    copy: None was seen.
    verified: no
    corroborates: [lamp.01]
    sensitivity: none
    quizzable: false
"""
PEOPLE_TEXT = """\
people:
  - id: cora-light
    name: Cora Light
    changed: no
    pronoun: she
    pronoun_source: The harbor's paper
    act: counted the nights of the lamp
    may_tell: Her name and her count.
    facts: [ev.harbor.lamp]
"""


def with_harbor(island: Island) -> Island:
    """Give the island course the evidence of the harbor, which its first lesson lists and cites."""
    island.write(EVIDENCE, EVIDENCE_TEXT)
    island.write(PEOPLE, PEOPLE_TEXT)
    island.edit(LAMP, "lamp.03, keepers.01]", "lamp.03, keepers.01, ev.harbor.lamp]")
    island.edit(LAMP, '{facts="light.01"}', '{facts="light.01 ev.harbor.lamp"}')
    return island
