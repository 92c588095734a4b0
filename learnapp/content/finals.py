"""Finals: the banks of programs as quizzes to be drawn from, with what each of their items is like. Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from learnapp.content.checks.numbers import numbers_in
from learnapp.content.checks.words import FEEDBACK, document_words
from learnapp.content.facts import Fact
from learnapp.content.load.drafts import CourseDraft, ItemDraft
from learnapp.content.programs import FinalBank, FinalBlueprint, FormKind
from learnapp.content.vocabulary import YEAR, years_in
from learnapp.quiz.quiz import QuizVersion, revised
from learnapp.quiz.selection import ItemTraits, Stratum

READ_AFTER_THE_END = FEEDBACK | {"source", "cost"}  # keys of an item


def build_finals(draft: CourseDraft) -> Mapping[str, FinalBank]:
    """Return the bank of each form of each program, by program and kind of form: "helper/final"."""
    programs = draft.programs.model.programs if draft.programs else ()
    traits = {item.item.id: item_traits(item, draft.ledger.facts) for item in draft.bank_items()}
    finals = {
        f"{program.slug}/{kind}": _bank(draft, program.form(kind), traits)
        for program in programs
        for kind in get_args(FormKind)
    }
    return MappingProxyType(finals)


def _bank(draft: CourseDraft, form: FinalBlueprint, traits: Mapping[str, ItemTraits]) -> FinalBank:
    banks = [bank for bank in draft.banks if bank.name in form.strata]
    safety = {point.id for point in draft.programs.model.safety} if draft.programs else set()
    strata = tuple(
        Stratum(
            name=bank.name,
            count=form.strata[bank.name],
            full_marks=bank.name in safety,
            items=tuple(item.id for item in bank.file.model.items),
        )
        for bank in banks
    )
    quiz = QuizVersion(
        behaviour="deferred",
        certainty=True,
        pass_mark=100 * form.pass_points // form.total,
        pass_points=form.pass_points,
        strata=strata,
        items=tuple(item for bank in banks for item in bank.file.model.items),
    )
    own = {item.id: traits[item.id] for item in quiz.items}
    return FinalBank(revised(quiz), form.rules, MappingProxyType(own))


def item_traits(draft: ItemDraft, facts: Mapping[str, Fact]) -> ItemTraits:
    """Return what a form is balanced by; an item is dated where it shows or asks a figure of its facts with a year."""
    shown = draft.item.stimulus.evidence if draft.item.stimulus else ()
    rests_on = [facts[name] for name in dict.fromkeys((*draft.item.facts, *shown)) if name in facts]
    words = [words for words in document_words(draft.document, draft.where) if words.key not in READ_AFTER_THE_END]
    seen = " ".join(words.text for words in words)
    figures = {number for fact in rests_on for figure in fact.figures for number in numbers_in(YEAR.sub("", figure))}
    numbers = {*numbers_in(YEAR.sub("", seen)), *draft.item.right_numbers[:1]}
    return ItemTraits(
        dated=bool(years_in(seen)) and not figures.isdisjoint(numbers),
        strong=any(fact.sensitivity == "strong" for fact in rests_on),
        voices=frozenset(fact.voice for fact in rests_on),
    )
