"""Samples of the course for the home page: a few words of a lesson with the voice beside them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from learnapp.content.blocks import Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog, once_a_catalog

SAMPLE_WORDS = 40


@dataclass(frozen=True, slots=True)
class VoiceSample:
    """A few words from a lesson with the voice beside them, to show how a page here looks."""

    text: str
    note: VoiceNote


@once_a_catalog
def voice_samples(catalog: Catalog) -> list[VoiceSample]:
    """Return the shortest testimony and UN finding (else page claim) of the lessons that are not strong."""
    shortest: dict[str, VoiceSample] = {}
    for lesson in catalog.lessons.values():
        blocks = [block for section in lesson.body for block in section.blocks]
        for block in blocks if lesson.sensitivity != "strong" else ():
            if isinstance(block, Paragraphs) and len(block.notes) == 1 and len(block.items) == 1:
                sample = VoiceSample(_first_words(block.items[0].html), block.notes[0])
                known = shortest.get(sample.note.voice)
                if known is None or len(sample.text) < len(known.text):
                    shortest[sample.note.voice] = sample
    voices = ["said", "un" if "un" in shortest else "page"]
    return [shortest[voice] for voice in voices if voice in shortest]


def _first_words(html: str) -> str:
    """Return whole sentences from the start, as many as a small sample holds."""
    kept: list[str] = []
    text = Markup(html).striptags()  # noqa: S704 - cleaned at load
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if kept and len(" ".join([*kept, sentence]).split()) > SAMPLE_WORDS:
            break
        kept.append(sentence)
    return " ".join(kept)
