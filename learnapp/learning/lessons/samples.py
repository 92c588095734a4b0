"""Samples of the course for the home page: a few words of a lesson with the voice beside them. Pure."""

import re
from functools import lru_cache

from markupsafe import Markup

from learnapp.content.blocks import Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog

SAMPLE_WORDS = 40


@lru_cache(maxsize=1)
def voice_samples(catalog: Catalog) -> list[tuple[str, VoiceNote]]:
    """Return the shortest testimony and UN finding (else page claim) of the lessons that are not strong."""
    lessons = [lesson for lesson in catalog.lessons.values() if lesson.sensitivity != "strong"]
    samples = [
        (_first_words(block.items[0].html), block.notes[0])
        for block in (block for lesson in lessons for block in lesson.blocks)
        if isinstance(block, Paragraphs) and len(block.notes) == 1 and len(block.items) == 1
    ]
    samples.sort(key=lambda sample: len(sample[0]))
    said, un, page = (
        [sample for sample in samples if sample[1].voice == voice][:1] for voice in ("said", "un", "page")
    )
    return said + (un or page)


def _first_words(html: str) -> str:
    """Return whole sentences from the start, one at least, as many as a small sample holds."""
    sample: list[str] = []
    text = Markup(html).striptags()  # noqa: S704 - cleaned at load
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if sample and len(" ".join([*sample, sentence]).split()) > SAMPLE_WORDS:
            break
        sample.append(sentence)
    return " ".join(sample)
