"""Samples of the course for the home page: a few words of a lesson with the voice beside them. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from learnapp.content.blocks import Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog

SAMPLE_WORDS = 40


@dataclass(frozen=True, slots=True)
class VoiceSample:
    """A few words from a lesson with the voice beside them, to show how a page here looks."""

    text: str
    note: VoiceNote


@lru_cache(maxsize=1)
def voice_samples(catalog: Catalog) -> list[VoiceSample]:
    """Return the shortest testimony and UN finding (else page claim) of the lessons that are not strong."""
    lessons = [lesson for lesson in catalog.lessons.values() if lesson.sensitivity != "strong"]
    samples = [
        VoiceSample(_first_words(block.items[0].html), block.notes[0])
        for block in (block for lesson in lessons for block in lesson.blocks)
        if isinstance(block, Paragraphs) and len(block.notes) == 1 and len(block.items) == 1
    ]

    def shortest(voice: str) -> list[VoiceSample]:
        return sorted((one for one in samples if one.note.voice == voice), key=lambda one: len(one.text))[:1]

    return [*shortest("said"), *(shortest("un") or shortest("page"))]


def _first_words(html: str) -> str:
    """Return whole sentences from the start, one at least, as many as a small sample holds."""
    sample: list[str] = []
    text = Markup(html).striptags()  # noqa: S704 - cleaned at load
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if sample and len(" ".join([*sample, sentence]).split()) > SAMPLE_WORDS:
            break
        sample.append(sentence)
    return " ".join(sample)
