"""A program for the island course, which has none of its own: who shows visitors the light, and asks its final."""

from tests.courses.harbor import EVIDENCE, EVIDENCE_TEXT, PEOPLE, PEOPLE_TEXT
from tests.courses.island import Island

PROGRAMS = "modules/programs.yaml"
LIGHT, SEA, STORMS = (f"quizzes/final/{name}.yaml" for name in ("1-light", "1-sea", "storms"))

PROGRAMS_TEXT = """\
safety:
  - id: storms
    title: When a storm comes up
    when: A visitor wants to row out.
    steps: [Keep the boat on land., Ring the bell.]
    why: The sea is stronger than it looks from a table.
programs:
  - slug: keeper
    title: Keeper
    lead: For whoever shows visitors the light.
    can: [Say who speaks of the light]
    modules: [1-light, 1-sea]
    final:
      strata:
        1-light: 2
        1-sea: 1
        storms: 1
      pass_points: 3
      dated_least: 1
      strong_most: 1
      voices: [page]
    renewal:
      strata: {1-light: 1, storms: 1}
      pass_points: 2
      opens_days: 60
    valid_months: 12
    updates:
      - id: new-glass
        asked_from: 2026-12-01
        title: The lamp has new glass
        text: It was changed in the fall.
        facts: [lamp.02]
"""
WHY = "These are more than twelve words about the light and the people who kept it burning."
TURNS = f"""\
      - id: start
        says: May I row out?
        replies:
          - {{text: Please stay here until the sky is clear again., rating: best, next: end, feedback: {WHY}}}
          - {{text: Ask the keeper., rating: weak, next: end, feedback: {WHY}}}
          - {{text: Yes., rating: worse, next: end, feedback: {WHY}}}
      - id: end
        says: And tomorrow?
        replies:
          - {{text: Come and ask., rating: best, feedback: {WHY}}}
          - {{text: Nobody knows about tomorrow., rating: weak, feedback: {WHY}}}
          - {{text: No., rating: worse, feedback: {WHY}}}
"""
SIGN = "{kind: sign, text: Mind the step, made_up: true}"
NIGHTS = "Where did Harbor Watch count 31 dark nights in 2012?"


def single(name: str, key: int, facts: str, stem: str = "What fits the light?", stimulus: str = SIGN) -> str:
    """Write a question with three options, one of which is the key; without a stimulus it asks what was read."""
    shown = f"    stimulus: {stimulus}\n" if stimulus else ""
    options = "".join(
        f"      - {{text: {text}, key: {'true' if at == key else 'false'}, feedback: {WHY}}}\n"
        for at, text in enumerate(("In the tower", "On the beach", "By the rocks"))
    )
    return f"  - id: {name}\n    type: single\n{shown}    stem: {stem}\n    facts: [{facts}]\n    options:\n{options}"


def talk(name: str, facts: str) -> str:
    """Write a conversation of two turns; in the first one the best reply is the longest."""
    return f"  - id: {name}\n    type: scenario\n    stem: At the pier.\n    facts: [{facts}]\n    turns:\n{TURNS}"


BANKS = {
    LIGHT: [
        single("light-a", 0, "light.01"),
        single("light-b", 1, "lamp.03", NIGHTS),
        single("light-c", 2, "lamp.03", NIGHTS, ""),
        single("light-d", 0, "keepers.03", stimulus=""),
        single("light-e", 1, "light.02"),
    ],
    SEA: [
        single("sea-a", 2, "wreck.05"),
        single("sea-b", 0, "wreck.02", stimulus=""),
        single("sea-c", 1, "lamp.03", NIGHTS),
    ],
    STORMS: [talk(f"storms-{letter}", "wreck.05") for letter in "abc"],
}


def with_programs(island: Island) -> Island:
    """Give the island course its program and banks, which are without fault."""
    island.write(PROGRAMS, PROGRAMS_TEXT)
    for path, items in BANKS.items():
        island.write(path, "items:\n" + "".join(items))
    return island


CARD_TEXT = """\
card:
  figures:
    - {figure: 1 lamp, words: "turned every night, a survey of 2016 found", fact: ev.harbor.lamp}
  openings:
    - {text: "Have you seen the light?", facts: [light.01]}
    - {text: "Who told you of it?", facts: []}
    - {text: "May I show you the tower?", facts: []}
    - {text: "What would you ask the keeper?", facts: []}
    - {text: "Have you been here before?", facts: []}
  wordings:
    - {avoid: They are robots, instead: They keep the light}
  unknown:
    - {text: How many ships passed., facts: [keepers.03]}
"""


def with_card(island: Island) -> Island:
    """Give the island course a field card, with its program if it has none yet, all without fault."""
    if not (island.root / PROGRAMS).exists():
        with_programs(island)
    island.edit(PROGRAMS, "programs:\n", f"{CARD_TEXT}programs:\n")
    island.write(EVIDENCE, EVIDENCE_TEXT)
    island.write(PEOPLE, PEOPLE_TEXT)
    return island


PRACTICE = "quizzes/practice/pier.yaml"
PRACTICE_TEXT = """\
title: At the pier
visitor: Somebody with an oar
context: You stand at the pier, and the sky is dark.
anticipate: What may they want?
meant: Perhaps they want to see the light from the water.
safety: storms
turns:
  - id: start
    says: May I row out?
    replies:
      - {id: wait, text: Please wait until the sky is clear., rating: best, reaction: They wait.,
         why: It is safer., facts: [light.01], next: tomorrow}
      - {id: ask, text: "Ask the keeper, who knows the sky here.", rating: weak, reaction: They look up.,
         why: The keeper is busy., facts: [], next: tomorrow}
      - {id: go, text: Yes., rating: worse, reaction: They push off.,
         why: Nobody should row now., facts: [], next: oar}
  - id: tomorrow
    says: And tomorrow?
    replies:
      - {id: come, text: Come and ask me then., rating: best, reaction: They nod, cost: They come twice.,
         why: Nobody knows the sky of tomorrow., facts: [], next: end}
      - {id: bell, text: Listen for the bell., rating: best, reaction: They listen., cost: They may not hear it.,
         why: It rings in storms., facts: [lamp.02], next: end}
      - {id: surely, text: "Surely, it will be fine, do not worry.", rating: worse, reaction: They frown.,
         why: Nobody can promise it., facts: [], next: oar}
  - id: oar
    says: Was that right?
    replies:
      - {id: no, text: No., rating: best, reaction: They come back., why: It is mended., facts: [], next: end}
      - {id: perhaps, text: Perhaps not quite., rating: weak, reaction: They row on., why: They need a no.,
         facts: [], next: end}
      - {id: hm, text: "Hm, what do you think yourself?", rating: weak, reaction: They shrug., why: They ask you.,
         facts: [], next: end}
reflect: When did you last wait for the sky?
"""


def with_practice(island: Island) -> Island:
    """Give the island course its program with a conversation, both without fault."""
    with_programs(island).edit(PROGRAMS, "    final:\n", "    practice: [pier]\n    final:\n")
    island.write(PRACTICE, PRACTICE_TEXT)
    return island
