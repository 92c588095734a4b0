"""Citations: margin notes and "what this rests on", short sentences made from the ledger."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from learnapp.content.catalog import RestsRow
from learnapp.content.facts import Fact, FactVoice, Section, Source
from learnapp.content.figures.base import LedgerFact
from learnapp.content.figures.readings import readings as read_numbers
from learnapp.content.vocabulary import Voice

Notes = tuple[tuple[Voice, str], ...]
VOICES: tuple[FactVoice, ...] = ("page", "said", "un", "ngo")
YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")
_SPEAKER = re.compile(r"Testimony: (?P<name>[^,(]+?)(?:, (?P<rest>[^(]+?))?(?: ?\((?P<remark>[^)]*)\))?$")
_COUNT = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True, slots=True)
class CitationFormatter:
    """Words notes for facts; `cites` are an author's own words by attribution."""

    source: Source
    sections: Mapping[str, Section]
    cites: Mapping[str, str]

    def notes(self, facts: Sequence[Fact], own: str | None, note: str | None) -> Notes:
        """Return (voice, words) for a paragraph, in the order in which its facts speak, our own comment last.

        `note` replaces the words for the facts.
        """
        voices: dict[Voice, list[Fact]] = {}
        for fact in facts:
            voices.setdefault(fact.voice, []).append(fact)
        notes = [(voice, note or self.cite(speaking)) for voice, speaking in voices.items()]
        return (*notes, ("own", own)) if own else tuple(notes)

    def cite(self, facts: Iterable[Fact]) -> str:
        """Return the sentences that say where these facts come from, each once."""
        sources: dict[str, list[Fact]] = {}
        for fact in facts:
            sources.setdefault(self._kind(fact), []).append(fact)
        sentences: dict[str, None] = {}
        for same in sources.values():
            sentences[self._sentence(same)] = None
            for fact in same:
                if (fact.dated or "").lower().startswith("estimate"):
                    sentences["An estimate."] = None
                if fact.note:
                    sentences[_stop(fact.note)] = None
        return " ".join(sentences)

    def ledger_facts(self, facts: Iterable[Fact]) -> dict[str, LedgerFact]:
        """Return what figures take from these facts: their numbers, their voice and who is cited."""
        return {
            fact.id: LedgerFact(read_numbers(fact.figures), fact.voice, self._sentence([fact]))
            for fact in facts
            if fact.section in self.sections
        }

    def _kind(self, fact: Fact) -> str:
        """Return what facts must share to be cited in one sentence."""
        years = YEAR.findall(fact.dated or "") if fact.voice in {"un", "ngo"} else []
        return "|".join([fact.attribution, *years])

    def _sentence(self, facts: Sequence[Fact]) -> str:
        fact = facts[0]
        titles = dict.fromkeys(f"“{self.sections[cited.section].title}”" for cited in facts)
        if own_words := self.cites.get(fact.attribution):
            return _stop(own_words.replace("{section}", _and(list(titles))))
        if fact.voice == "page":
            where = f"{self.source.name}, {_and(list(titles))}, {self.source.when}."
            return f"{where} {_backing(fact.attribution)}".strip()
        if fact.voice == "said":
            return speaker(fact.attribution)
        years = [year for year in YEAR.findall(fact.dated or "") if year not in fact.attribution]
        return _stop(", ".join([fact.attribution.rstrip("."), *dict.fromkeys(years)]))

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
            return _stop(self.source.date_note[:1].upper() + self.source.date_note[1:])
        if voice == "said":
            return _people(dict.fromkeys(fact.attribution for fact in facts))
        years = sorted({year for fact in facts for year in YEAR.findall(fact.dated or "")})
        known = f"From {_and(years)}." if years else "Undated."
        return known if voice == "un" else f"{known} Figures change; give the year with them."


def speaker(attribution: str) -> str:
    """Say who speaks: "Testimony: Ada Lamb, escaped 1998" gives "Ada Lamb, who left in 1998."."""
    match = _SPEAKER.fullmatch(attribution)
    if not match:
        return _stop(attribution.removeprefix("Testimony: "))
    name, rest, remark = match["name"], match["rest"] or "", match["remark"] or ""
    if year := _year_of_leaving(attribution):
        return f"{name}, who left in {year}."
    words = _stop(", ".join(filter(None, [name, rest])))
    return f"{words} The page gives no year." if "no year" in remark else words


def _year_of_leaving(attribution: str) -> str | None:
    """Return the year, where the attribution says nothing else of the speaker."""
    match = _SPEAKER.fullmatch(attribution)
    left = re.fullmatch(r"escaped ((?:1[89]|20)[0-9]{2})", match["rest"] or "") if match else None
    return left[1] if left else None


def _backing(attribution: str) -> str:
    """Say what the page leans on, from the ledger's attribution."""
    if "no source" in attribution.lower():
        return "No source given there."
    if match := re.search(r"\b(?:citing|reporting) (.+)$", attribution):
        return f"It cites {_stop(match[1])}"
    return ""


def _people(attributions: Iterable[str]) -> str:
    """Count the speakers and say when they left: "Two people, who left in 2006 and 2008."."""
    people = list(attributions)
    known = [year for person in people if (year := _year_of_leaving(person))]
    years, dated = sorted(set(known)), len(known)
    count = _COUNT[len(people)] if len(people) < len(_COUNT) else str(len(people))
    noun = "person" if len(people) == 1 else "people"
    if not years:
        return f"{count} {noun}. The page does not say when they left."
    when = f"in {_and(years)}" if len(years) < 4 else f"between {years[0]} and {years[-1]}"
    if dated == len(people):
        return f"{count} {noun}, who left {when}."
    return f"{count} {noun}. {_COUNT[dated] if dated < len(_COUNT) else dated} left {when}."


def _and(words: Sequence[str]) -> str:
    """Join words as a sentence does."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _stop(sentence: str) -> str:
    """End a sentence with its full stop."""
    text = sentence.strip()
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."
