"""Reviews by authors: modules/reviewed.yaml, the state of facts and sections at each lesson's last review."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field

from learnapp.content.load.files import Folder
from learnapp.content.load.validate import read_model
from learnapp.content.problems import REVIEWED, Position, Report
from learnapp.quiz.model import FrozenModel

HEAD = """\
# Against which state of its facts and sections each lesson was last reviewed, and the glossary of its facts.
# Written by `flask content reviewed`; `flask content stale` lists what has changed since.
"""

Digests = dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]]


class LessonReview(FrozenModel):
    """What somebody found right: the digests of the sections and facts that a lesson and its quiz rest on."""

    sections: Digests = Field(default={}, max_length=200)
    facts: Digests = Field(default={}, max_length=2000)


class CourseReviews(FrozenModel):
    """modules/reviewed.yaml: the last review of each lesson ("module/lesson"), and of the glossary."""

    lessons: dict[str, LessonReview] = Field(default={}, max_length=1000)
    glossary: Digests = Field(default={}, max_length=2000)


def read_reviews(root: Path, report: Report) -> CourseReviews:
    """Read the reviews below a content root; none where the file is missing or, which is reported, broken."""
    there = (root / REVIEWED).is_file()
    file = read_model(CourseReviews, REVIEWED, Folder(root), Position(REVIEWED), report) if there else None
    return file.model if file else CourseReviews()


def write_reviews(root: Path, reviews: CourseReviews) -> None:
    """Write the file in one step; the same reviews make the same text."""
    lines = [HEAD + ("lessons:" if reviews.lessons else "lessons: {}")]
    for key, review in reviews.lessons.items():
        lines.append(f"  {key}:")
        lines += _block("sections", review.sections, 4)
        lines += _block("facts", review.facts, 4)
    lines += _block("glossary", reviews.glossary, 0)
    file = root / REVIEWED
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.replace(file)


def _block(name: str, digests: Digests, indent: int) -> list[str]:
    space = " " * indent
    if not digests:
        return [f"{space}{name}: {{}}"]
    # In quotes, for a digest may look like a number.
    return [f"{space}{name}:", *(f'{space}  {key}: "{value}"' for key, value in sorted(digests.items()))]
