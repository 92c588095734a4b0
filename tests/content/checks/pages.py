"""What the check says of one rule about the island, and a hint to say something about."""

from tests.courses.island import LAMP_QUIZ, Island

STEM = "    stem: Who says it?\n"
TURN = "      - id: repair\n        says: So you do not know either?\n"


def said(island: Island, rule: str) -> list[tuple[str, int, str]]:
    """Return (file, line, message) of what is reported under a rule."""
    return [(one.path, one.line, one.message) for one in island.checked() if one.rule == rule]


def messages(island: Island, rule: str) -> list[str]:
    return [message for _path, _line, message in said(island, rule)]


def hint(island: Island, words: str, before: str = STEM) -> int:
    """Put a hint before a stem of the lamp's quiz, and return its line."""
    island.edit(LAMP_QUIZ, before, f'    hints:\n      - "{words}"\n{before}')
    return island.line(LAMP_QUIZ, words)
