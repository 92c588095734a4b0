"""A program for the island course, which has none of its own: who shows visitors the light, and asks its final."""

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
