"""Skeletons: a new lesson and its quiz as files that load, with what is to be written in their place."""

import re
from collections.abc import Sequence
from pathlib import Path

from learnapp.content.facts import Fact
from learnapp.content.lesson_key import LessonKey
from learnapp.content.load.drafts import CourseDraft, ModuleDraft
from learnapp.quiz.model import SLUG

LESSON = """\
---
title: {title}
lead: Say in one sentence what the lesson is about.
minutes: 6
sections: [{section}]
facts: [{facts}]
objectives:
  - Say what a reader can tell afterwards
sensitivity: none
age: {{core: 12, full: 12}}
key_points:
  - Say what matters most
  - Say what else is worth keeping
---

{{section="{section}"}}
## {title}

{opening}

{{section="{section}"}}
## What else the source says

{rest}
"""
QUIZ = """\
items:
  - id: what-the-page-says
    type: multiple
    stem: What does the lesson say? Choose each statement that it makes.
    facts: [{fact}]
    options:
      - {{text: A first thing that it says, key: true, feedback: {why}}}
      - {{text: A second thing that it says, key: true, feedback: {why}}}
      - {{text: A thing that it does not say, feedback: {why}}}
  - id: true-or-not
    type: true-false
    stem: Write a statement that is true or not.
    facts: [{fact}]
    key: false
    reasons:
      - {{text: The reason that holds, key: true, feedback: {why}}}
      - {{text: A reason people give, feedback: {why}}}
    feedback: {{"true": {why}, "false": {why}}}
  - id: in-order
    type: ordering
    stem: Put the steps in order, from the earliest point to the latest.
    facts: [{fact}]
    entries:
      - {{text: The first step, feedback: {why}}}
      - {{text: The second step, feedback: {why}}}
      - {{text: The third step, feedback: {why}}}
  - id: term
    type: cloze
    stem: Complete the sentence with one word.
    facts: [{fact}]
    text: Write a sentence that lacks a [[1]].
    blanks:
      - {{accept: [word], feedback: {why}}}
  - id: look-back
    type: multiple
    stem: A look back at an earlier lesson. Choose each statement that it makes.
    facts: [{earlier}]
    review: {review}
    options:
      - {{text: A first thing that it says, key: true, feedback: {why}}}
      - {{text: A second thing that it says, key: true, feedback: {why}}}
      - {{text: A thing that it does not say, feedback: {why}}}
"""
WHY = '"Say why this is right or not, and what the lesson tells about it, in a whole sentence."'


class CannotWrite(ValueError):
    """A skeleton that cannot be written; the message says why, for an author."""


def write_lesson(root: Path, draft: CourseDraft, module: str, name: str, section: str | None) -> list[Path]:
    """Write a lesson with its quiz and list it last in its module; return the files. Raises CannotWrite.

    It is built from the section of the source that is named, else from the first that no lesson has.
    """
    found = _module(draft, module)
    key = LessonKey.of(module, name)
    if re.fullmatch(SLUG, name) is None:
        raise CannotWrite(f"“{name}” is no name: use small letters, digits and single hyphens")
    if key in {*draft.renamed_lessons(), *(lesson.key for lesson in draft.lessons)}:
        raise CannotWrite(f"{key} is or was another lesson")
    section = section or _free_section(draft)
    facts = _facts(draft, section)
    paragraphs = [f'{{facts="{fact.id}"}}\n{fact.text}' for fact in facts]
    text = LESSON.format(
        title=name.replace("-", " ").capitalize(),
        section=section,
        facts=", ".join(fact.id for fact in facts),
        opening=paragraphs[0],
        rest="\n\n".join(paragraphs[1:] or ['{own="Our own words."}\nGo on here.']),
    )
    files = [_write(root / f"modules/{key}.md", text)]
    if not (root / f"quizzes/{key}.yaml").exists():
        files.append(_write_quiz(root, draft, key, facts[0].id))
    listed = root / found.document.path
    listed.write_text(_with_entry(listed.read_text(encoding="utf-8"), name), encoding="utf-8")
    return [*files, listed]


def write_quiz(root: Path, draft: CourseDraft, module: str, name: str) -> Path:
    """Write the quiz of a lesson that has none yet; return its file. Raises CannotWrite."""
    key = LessonKey.of(module, name)
    lesson = next((lesson for lesson in draft.lessons if lesson.key == key), None)
    if lesson is None:
        raise CannotWrite(f"there is no lesson {key} that can be read")
    return _write_quiz(root, draft, key, lesson.front.facts[0])


def _write_quiz(root: Path, draft: CourseDraft, key: LessonKey, fact: str) -> Path:
    earlier = draft.lessons[0].front.facts[0] if draft.lessons and draft.lessons[0].key != key else None
    review = "true" if earlier else "false"
    text = QUIZ.format(fact=fact, earlier=earlier or fact, review=review, why=WHY)
    return _write(root / f"quizzes/{key}.yaml", text)


def _module(draft: CourseDraft, name: str) -> ModuleDraft:
    found = next((module for module in draft.modules if module.slug == name), None)
    if found is None:
        raise CannotWrite(f"there is no module {name}; list it in modules/course.yaml and give it a module.yaml")
    return found


def _free_section(draft: CourseDraft) -> str:
    """Return the first section with facts that no lesson is built from, else the first with facts."""
    used = {section for lesson in draft.lessons for section in lesson.front.sections}
    sections = dict.fromkeys(fact.section for fact in draft.ledger.facts.values() if fact.quizzable)
    if not sections:
        raise CannotWrite("the ledger has no fact to build a lesson from")
    return next((section for section in sections if section not in used), next(iter(sections)))


def _facts(draft: CourseDraft, section: str) -> Sequence[Fact]:
    """Return facts of a section that may be told and asked openly."""
    gated = {fact for lesson in draft.lessons for fact in lesson.front.gated}
    facts = [fact for fact in draft.ledger.facts.values() if fact.section == section and fact.quizzable]
    found = [fact for fact in facts if fact.id not in gated]
    if not found:
        raise CannotWrite(f"the ledger has no fact of the section {section} that a quiz may ask")
    return found


def _with_entry(text: str, name: str) -> str:
    """Return a module's file with one more lesson in its list."""
    flow = re.sub(r"(?m)^(lessons: *\[[^\]]*)\]", rf"\1, {name}]", text, count=1)
    if flow != text:
        return flow
    return re.sub(r"(?m)^(lessons:.*\n(?:( *)- .*\n?)+)", rf"\1\2- {name}\n", text, count=1)


def _write(file: Path, text: str) -> Path:
    """Write a new file; raises CannotWrite where there is one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise CannotWrite(f"{file.name} exists already") from None
    return file
