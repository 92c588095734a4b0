"""Citations: margin notes and "what this rests on", short sentences made from the ledger."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from learnapp.content.catalog import RestsRow
from learnapp.content.facts import Fact, FactVoice, Section, Source
from learnapp.content.figures.base import LedgerFact
from learnapp.content.figures.readings import readings as read_numbers
from learnapp.content.problems import enumeration
from learnapp.content.vocabulary import Voice

Notes = tuple[tuple[Voice, str], ...]
VOICES: tuple[FactVoice, ...] = ("page", "said", "un", "ngo")
YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")
_SPEAKER = re.compile(r"Testimony: (?P<name>[^,(]+?)(?:, (?P<rest>[^(]+?))?(?: ?\((?P<remark>[^)]*)\))?$")
# A speaker of whom nothing but the year is told.
_LEFT = re.compile(r"Testimony: (?P<name>[^,(]+?), escaped (?P<year>(?:1[89]|20)[0-9]{2})(?: ?\([^)]*\))?")
_COUNT = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True, slots=True)
class CitationFormatter:
    """Words notes for facts; `cites` are an author's own words by attribution."""

    source: Source
    sections: Mapping[str, Section]
    cites: Mapping[str, str]

    def notes(self, facts: Sequence[Fact], own: str | None, note: str | None) -> Notes:
        """Return (voice, words) in the order in which facts speak, `own` last; `note` replaces the words for facts."""
        voices: dict[Voice, list[Fact]] = {}
        for fact in facts:
            voices.setdefault(fact.voice, []).append(fact)
        notes = [(voice, note or self.cite(speaking)) for voice, speaking in voices.items()]
        return (*notes, ("own", own)) if own else tuple(notes)

    def cite(self, facts: Iterable[Fact]) -> str:
        """Return the sentences that say where these facts come from, each once."""
        sources: dict[tuple[str, ...], list[Fact]] = {}
        for fact in facts:
            years = YEAR.findall(fact.dated or "") if fact.voice in {"un", "ngo"} else []
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

    def ledger_facts(self, facts: Iterable[Fact]) -> dict[str, LedgerFact]:
        """Return what figures take from these facts: their numbers, their voice and who is cited."""
        return {
            fact.id: LedgerFact(read_numbers(fact.figures), fact.voice, self._citation([fact]))
            for fact in facts
            if fact.section in self.sections
        }

    def _citation(self, facts: Sequence[Fact]) -> str:
        fact = facts[0]
        titles = dict.fromkeys(f"“{self.sections[cited.section].title}”" for cited in facts)
        if own_words := self.cites.get(fact.attribution):
            return _sentence(own_words.replace("{section}", enumeration(list(titles))))
        if fact.voice == "page":
            where = f"{self.source.name}, {enumeration(list(titles))}, {self.source.when}."
            return f"{where} {_source_behind(fact.attribution)}".strip()
        if fact.voice == "said":
            return speaker(fact.attribution)
        years = [year for year in YEAR.findall(fact.dated or "") if year not in fact.attribution]
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
            return _people(dict.fromkeys(fact.attribution for fact in facts))
        years = sorted({year for fact in facts for year in YEAR.findall(fact.dated or "")})
        dating = f"From {enumeration(years)}." if years else "Undated."
        return dating if voice == "un" else f"{dating} Figures change; give the year with them."


def speaker(attribution: str) -> str:
    """Say who speaks: "Testimony: Ada Lamb, escaped 1998" gives "Ada Lamb, who left in 1998."."""
    if match := _LEFT.fullmatch(attribution):
        return f"{match['name']}, who left in {match['year']}."
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


def _people(attributions: Iterable[str]) -> str:
    """Count the speakers and say when they left: "Two people, who left in 2006 and 2008."."""
    people = list(attributions)
    departures = [match["year"] for person in people if (match := _LEFT.fullmatch(person))]
    years, dated = sorted(set(departures)), len(departures)
    count = _COUNT[len(people)] if len(people) < len(_COUNT) else str(len(people))
    noun = "person" if len(people) == 1 else "people"
    if not years:
        return f"{count} {noun}. The page does not say when they left."
    when = f"in {enumeration(years)}" if len(years) < 4 else f"between {years[0]} and {years[-1]}"
    if dated == len(people):
        return f"{count} {noun}, who left {when}."
    return f"{count} {noun}. {_COUNT[dated] if dated < len(_COUNT) else dated} left {when}."


def _sentence(words: str) -> str:
    """End words with a full stop."""
    text = words.strip()
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
