"""Skeletons: a new lesson and its quiz as files that load, with what is to be written in their place.

What stands in them is in `new_lesson.md` and `new_quiz.yaml` beside this file.
"""

import re
from pathlib import Path
from string import Template

from click import ClickException

from learnapp.content.facts import PageFact
from learnapp.content.lesson_key import LessonKey
from learnapp.content.load.drafts import CourseDraft
from learnapp.quiz.model import SLUG


class CannotWrite(ClickException):
    """A skeleton that cannot be written; the message says why, for an author."""


def write_lesson(root: Path, draft: CourseDraft, module: str, name: str, section: str | None) -> list[Path]:
    """Write a lesson with its quiz and list it last in its module; return the files. Raises CannotWrite.

    It is built from the section of the source that is named, else from the first that no lesson has.
    """
    found = next((each for each in draft.modules if each.slug == module), None)
    key = LessonKey.of(module, name)
    if found is None:
        raise CannotWrite(f"there is no module {module}; list it in modules/course.yaml and give it a module.yaml")
    if re.fullmatch(SLUG, name) is None:
        raise CannotWrite(f"“{name}” is no name: use small letters, digits and single hyphens")
    if key in {*draft.renamed_lessons(), *(lesson.key for lesson in draft.lessons)}:
        raise CannotWrite(f"{key} is or was another lesson")
    if re.match(r"[0-9]+-", name):
        raise CannotWrite(
            f"“{name}” begins with a position, which stands in module.yaml; name what the lesson is about"
        )
    facts = _section_facts(draft, section)
    opening, *rest = [f'{{facts="{fact.id}"}}\n{fact.text}' for fact in facts]
    lesson = _write(
        root / f"modules/{key}.md",
        "new_lesson.md",
        title=name.replace("-", " ").capitalize(),
        section=facts[0].section,
        facts=", ".join(fact.id for fact in facts),
        opening=opening,
        rest="\n\n".join(rest or ['{own="Our own words."}\nGo on here.']),
    )
    quiz = [] if (root / f"quizzes/{key}.yaml").exists() else [_write_quiz(root, draft, key, facts[0].id)]
    listed = root / found.document.path
    listed.write_text(_with_entry(listed.read_text(encoding="utf-8"), name), encoding="utf-8")
    return [lesson, *quiz, listed]


def write_quiz(root: Path, draft: CourseDraft, module: str, name: str) -> list[Path]:
    """Write the quiz of a lesson that has none yet; return its file. Raises CannotWrite."""
    key = LessonKey.of(module, name)
    lesson = next((lesson for lesson in draft.lessons if lesson.key == key), None)
    if lesson is None:
        raise CannotWrite(f"there is no lesson {key} that can be read")
    return [_write_quiz(root, draft, key, lesson.front.facts[0])]


def _write_quiz(root: Path, draft: CourseDraft, key: LessonKey, fact: str) -> Path:
    earlier = draft.lessons[0].front.facts[0] if draft.lessons and draft.lessons[0].key != key else None
    review = "true" if earlier else "false"
    return _write(root / f"quizzes/{key}.yaml", "new_quiz.yaml", fact=fact, earlier=earlier or fact, review=review)


def _section_facts(draft: CourseDraft, section: str | None) -> list[PageFact]:
    """Return facts that may be told and asked openly: of this section, else of the first that no lesson has."""
    fronts = [lesson.front for lesson in draft.lessons]
    facts = [fact for fact in draft.ledger.facts.values() if isinstance(fact, PageFact) and fact.quizzable]
    if section is None:
        if not facts:
            raise CannotWrite("the ledger has no fact to build a lesson from")
        used = {name for front in fronts for name in front.sections}
        section = next((fact.section for fact in facts if fact.section not in used), facts[0].section)
    gated = {fact for front in fronts for fact in front.gated}
    found = [fact for fact in facts if fact.section == section and fact.id not in gated]
    if not found:
        raise CannotWrite(f"the ledger has no fact of the section {section} that a quiz may ask")
    return found


def _with_entry(text: str, name: str) -> str:
    """Return a module's file with one more lesson in its list."""
    flow = re.sub(r"(?m)^(lessons: *\[[^\]]*)\]", rf"\1, {name}]", text, count=1)
    if flow != text:
        return flow
    return re.sub(r"(?m)^(lessons:.*\n(?:( *)- .*\n?)+)", rf"\1\2- {name}\n", text, count=1)


def _write(file: Path, template: str, **values: str) -> Path:
    """Write a new file from a template; raises CannotWrite where there is one."""
    text = Template(Path(__file__).with_name(template).read_text(encoding="utf-8")).substitute(values)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise CannotWrite(f"{file.name} exists already") from None
    return file
