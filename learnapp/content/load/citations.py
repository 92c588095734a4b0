"""Citations: margin notes and "what this rests on", short sentences made from the ledger."""

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from learnapp.content.blocks import AlsoFound
from learnapp.content.catalog import RestsRow
from learnapp.content.evidence import BY_MAX, Evidence
from learnapp.content.facts import Fact, PageFact, Section, Source
from learnapp.content.problems import enumeration
from learnapp.content.vocabulary import FactVoice, Voice, years_in

Shown = Callable[[str], bool]
VOICES: tuple[FactVoice, ...] = ("page", "said", "un", "law", "state", "study", "ngo", "press")
CHANGING = frozenset({"study", "ngo"})  # what these count is soon out of date
_SPEAKER = re.compile(r"Testimony: (?P<name>[^,(]+?)(?:, (?P<rest>[^(]+?))?(?: ?\((?P<remark>[^)]*)\))?$")
# A speaker of whom nothing but the year is told.
_ESCAPED = re.compile(r"Testimony: (?P<name>[^,(]+?), escaped (?P<year>(?:1[89]|20)[0-9]{2})(?: ?\([^)]*\))?")
_COUNT = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


class Note(NamedTuple):
    """A margin note before it is known which paragraphs share it; its parts are those of a `VoiceNote`."""

    voice: Voice
    text: str
    by: str = ""
    facts: tuple[str, ...] = ()
    also: tuple[AlsoFound, ...] = ()
    in_part: bool = False

    @property
    def words(self) -> tuple[object, ...]:
        """Return what readers see of it: paragraphs whose notes have the same words share them."""
        return self.voice, self.text, self.also, self.in_part


Notes = tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class CitationFormatter:
    """Words notes for facts; `cites` and `bylines` are an author's own words by attribution, long and in brief.

    `found_by` has the verified evidence that found the same as a fact, `people` whose a fact is.
    """

    source: Source
    sections: Mapping[str, Section]
    cites: Mapping[str, str]
    bylines: Mapping[str, str] = field(default_factory=dict)
    found_by: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def notes(self, facts: Sequence[Fact], own: str | None, note: str | None, shown: Shown = bool) -> Notes:
        """Return the notes in the order in which facts speak, `own` last; `note` replaces the words for facts.

        `shown` tells of a piece of evidence whether readers of the note may be told that it found the same.
        """
        voices: dict[Voice, list[Fact]] = {}
        for fact in facts:
            voices.setdefault(fact.voice, []).append(fact)
        notes = [self._note(voice, speaking, note, shown) for voice, speaking in voices.items()]
        return (*notes, Note("own", own)) if own else tuple(notes)

    def _note(self, voice: Voice, facts: Sequence[Fact], note: str | None, shown: Shown) -> Note:
        found = {fact.id: [one for one in self.found_by.get(fact.id, ()) if shown(one.id)] for fact in facts}
        also = dict.fromkeys(AlsoFound(one.id, one.by) for entries in found.values() for one in entries)
        return Note(
            voice=voice,
            text=note or self.cite(facts),
            by=_brief_list(self._by(fact) for fact in facts),
            facts=tuple(fact.id for fact in facts),
            also=tuple(also),
            in_part=bool(also) and not all(found.values()),
        )

    def _by(self, fact: Fact) -> str:
        """Return who said something and when, in a few words."""
        if isinstance(fact, Evidence):
            return fact.by
        if given := self.bylines.get(fact.attribution):
            return given
        if fact.voice == "page":
            return self.source.when[:1].upper() + self.source.when[1:]
        if match := _SPEAKER.fullmatch(fact.attribution):
            return match["name"]
        name, years = fact.attribution.partition(",")[0], years_in(fact.dated or "")[-1:]
        return ", ".join([textwrap.shorten(name, BY_MAX - 6, placeholder="…"), *years])

    def cite(self, facts: Iterable[Fact]) -> str:
        """Return the sentences that say where these facts come from, each once."""
        sources: dict[tuple[str, ...], list[Fact]] = {}
        for fact in facts:
            dated = isinstance(fact, PageFact) and fact.voice in {"un", "ngo"}
            years = years_in(fact.dated or "") if dated else []
            sources.setdefault((fact.attribution, *years), []).append(fact)
        sentences: dict[str, None] = {}
        for same in sources.values():
            sentences[self._citation(same)] = None
            for fact in same:
                if (fact.dated or "").lower().startswith("estimate"):
                    sentences["An estimate."] = None
                if fact.note:
                    sentences[_sentence(fact.note)] = None
        return " ".join(sentences)

    def can_cite(self, fact: Fact) -> bool:
        """Tell whether the outline has what a note for this fact names."""
        return fact.section is None or fact.section in self.sections

    def _citation(self, facts: Sequence[Fact]) -> str:
        fact = facts[0]
        if isinstance(fact, Evidence):
            return _sentence(fact.cite)
        sections = dict.fromkeys(cited.section for cited in facts if isinstance(cited, PageFact))
        titles = [f"“{self.sections[section].title}”" for section in sections]
        if own_words := self.cites.get(fact.attribution):
            return _sentence(own_words.replace("{section}", enumeration(titles)))
        if fact.voice == "page":
            where = f"{self.source.name}, {enumeration(titles)}, {self.source.when}."
            return f"{where} {_source_behind(fact.attribution)}".strip()
        if fact.voice == "said":
            return speaker(fact.attribution)
        years = [year for year in years_in(fact.dated or "") if year not in fact.attribution]
        return _sentence(", ".join([fact.attribution.rstrip("."), *dict.fromkeys(years)]))

    def rests(self, facts: Sequence[Fact], words: Mapping[FactVoice, str]) -> tuple[RestsRow, ...]:
        """Return a line for each voice that speaks in a lesson, an author's `words` going first."""
        voices = {voice: [fact for fact in facts if fact.voice == voice] for voice in VOICES}
        return tuple(
            RestsRow(voice, len(speaking), words.get(voice) or self._keep_in_mind(voice, speaking))
            for voice, speaking in voices.items()
            if speaking
        )

    def _keep_in_mind(self, voice: FactVoice, facts: Sequence[Fact]) -> str:
        if voice == "page":
            return _sentence(self.source.date_note[:1].upper() + self.source.date_note[1:])
        if voice == "said":
            return _people(facts, self.people)
        years = sorted({year for fact in facts for year in years_of(fact)})
        dating = f"From {enumeration(years)}." if years else "Undated."
        return f"{dating} Figures change; give the year with them." if voice in CHANGING else dating


def speaker(attribution: str) -> str:
    """Say who speaks: "Testimony: Ada Lamb, escaped 1998" gives "Ada Lamb, who escaped in 1998."."""
    if match := _ESCAPED.fullmatch(attribution):
        return f"{match['name']}, who escaped in {match['year']}."
    match = _SPEAKER.fullmatch(attribution)
    if not match:
        return _sentence(attribution.removeprefix("Testimony: "))
    words = _sentence(", ".join(filter(None, [match["name"], match["rest"]])))
    return f"{words} The page gives no year." if "no year" in (match["remark"] or "") else words


def _source_behind(attribution: str) -> str:
    """Say what the page leans on, from the ledger's attribution."""
    if "no source" in attribution.lower():
        return "No source given there."
    if match := re.search(r"\b(?:citing|reporting) (.+)$", attribution):
        return f"It cites {_sentence(match[1])}"
    return ""


def _people(facts: Iterable[Fact], people: Mapping[str, str]) -> str:
    """Count the speakers and say when they escaped: "Two people, who escaped in 2006 and 2008."."""
    speakers = {people.get(fact.id) or _said_by(fact): fact for fact in facts}
    count = _COUNT[len(speakers)] if len(speakers) < len(_COUNT) else str(len(speakers))
    noun = "person" if len(speakers) == 1 else "people"
    if any(isinstance(fact, Evidence) for fact in speakers.values()):
        return f"{count} {noun}. Each of them tells one life." if len(speakers) > 1 else f"{count} {noun}, one life."
    said_by = map(_said_by, speakers.values())
    departures = [match["year"] for person in said_by if (match := _ESCAPED.fullmatch(person))]
    years, dated = sorted(set(departures)), len(departures)
    if not years:
        return f"{count} {noun}. The page does not say when they escaped."
    when = f"in {enumeration(years)}" if len(years) < 4 else f"between {years[0]} and {years[-1]}"
    if dated == len(speakers):
        return f"{count} {noun}, who escaped {when}."
    return f"{count} {noun}. {_COUNT[dated] if dated < len(_COUNT) else dated} escaped {when}."


def _said_by(fact: Fact) -> str:
    return fact.person or fact.cite if isinstance(fact, Evidence) else fact.attribution


def years_of(fact: Fact) -> list[str]:
    """Return the years that a fact is dated; of evidence without a date of its own, those of its source."""
    years = years_in(fact.dated or "")
    return years or (years_in(fact.source.date) if isinstance(fact, Evidence) else [])


def _brief_list(names: Iterable[str]) -> str:
    """Join who speaks, each once, in few words: "UN inquiry, 2014; HRNK, 2003 and others"."""
    first, second, *others = [*dict.fromkeys(filter(None, names)), "", ""]
    return "; ".join(filter(None, [first, second])) + (" and others" if any(others) else "")


def _sentence(words: str) -> str:
    """End words with a full stop."""
    text = words.strip()
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
