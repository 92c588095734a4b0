"""Bounds of lessons: length, grade, sentences, parts, pieces, care, and that each teaches what it lists."""

import re

from learnapp.content.load.drafts import CourseDraft, LessonDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.lesson.blocks import CardDraft, PieceDraft
from learnapp.content.problems import Report
from learnapp.content.readability import measure, words_in

GRADE_MAX = 9
SENTENCE_MAX = 18.0
WORDS = (400, 900)
LONG_SENTENCE = 34
PARTS = (4, 6)
PIECES = (2, 4)
ADVISORY_WORDS = 60
CLAIM = re.compile(r"\b(safe|protects?|prevents?|less upset\w*)\b", re.IGNORECASE)
OF_CARDS = re.compile(r"\bclosed (?:cards?|parts?)\b", re.IGNORECASE)
STRONG_AGE = 16
ITEMS_LEFT = 3  # of the main quiz, where a reader's age leaves out what rests on gated facts


def check_bounds(draft: CourseDraft, report: Report) -> None:
    """Hold each lesson against the guide's measures."""
    explained_terms: set[str] = set()
    for lesson in draft.lessons:
        _check_length(lesson, report)
        _check_parts(lesson, report)
        _check_care(lesson, report)
        _check_core(lesson, report)
        if draft.has_every_lesson:  # else an earlier lesson that cannot be read may explain a term
            _check_terms(lesson, draft.ledger, explained_terms, report)


def _check_length(lesson: LessonDraft, report: Report) -> None:
    body, (least, most) = lesson.body, WORDS
    text = measure(body.text())
    if not least <= text.words <= most:
        report.error(body.place, "length", f"the lesson has {text.words} words; {least} to {most} are wanted")
    if text.grade > GRADE_MAX:
        words = f"reading grade {text.grade}; {GRADE_MAX} is the most: shorter sentences and words help"
        report.error(body.place, "grade", words)
    if text.mean_sentence > SENTENCE_MAX:
        words = f"sentences have {text.mean_sentence:.1f} words on average; {SENTENCE_MAX:.0f} is the most"
        report.error(body.place, "sentences", words)
    for paragraph, _ in body.paragraphs():
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph.text):
            if (count := len(words_in(sentence))) > LONG_SENTENCE:
                words = f"a sentence of {count} words: “{' '.join(sentence.split()[:5])} ...”; make two of it"
                report.warning(paragraph.place, "long-sentence", words)


def _check_parts(lesson: LessonDraft, report: Report) -> None:
    count, (least, most) = len(lesson.body.sections), PARTS
    if count and not least <= count <= most:
        report.error(lesson.body.place, "parts", f"the lesson has {count} parts; {least} to {most} are wanted")
    pieces = len(lesson.body.blocks(PieceDraft))
    if not PIECES[0] <= pieces <= PIECES[1]:
        words = f"the lesson has {pieces} pieces of evidence; {PIECES[0]} to {PIECES[1]} are wanted"
        report.error(lesson.body.place, "pieces", words)
    sources = {slug for section in lesson.body.sections for slug in section.sources}
    for place, slug in lesson.listed("sections"):
        if slug not in sources:
            report.error(place, "section-not-told", f"no part of the lesson is tied to “{slug}”")
    shown = {*lesson.cited(), *lesson.shown()}
    for place, fact in lesson.listed("facts"):
        if fact not in shown:
            report.error(place, "fact-not-told", f"no paragraph or figure of the lesson has {fact}")


def _check_care(lesson: LessonDraft, report: Report) -> None:
    """Report ages that do not fit, and an advisory that is long, claims to protect or tells all of closed cards."""
    front, at = lesson.front, lesson.document.place
    if front.sensitivity == "strong" and front.age.full < STRONG_AGE:
        report.error(at("age", "full"), "age", f"a strong lesson is whole from {STRONG_AGE} on")
    if front.gated and front.age.core == front.age.full:
        report.error(at("age"), "age", "gated cards are left out below `full`, so `core` must be younger or null")
    whole = " ".join(filter(None, [front.advisory, front.advisory_cards]))
    if front.sensitivity != "strong" and whole:
        words = f"an advisory stands before strong lessons only; this one is {front.sensitivity}"
        report.error(at("advisory"), "advisory-needless", words)
    if len(words_in(whole)) > ADVISORY_WORDS:
        report.warning(at("advisory"), "advisory-long", f"an advisory has at most {ADVISORY_WORDS} words")
    if match := CLAIM.search(whole):
        words = f"“{match[0]}”: an advisory says what comes; it does not claim to protect"
        report.warning(at("advisory"), "advisory-claim", words)
    if not front.gated:
        return
    if front.advisory and (not front.advisory_cards or OF_CARDS.search(front.advisory)):
        words = "not every reader gets the closed cards: say what they tell only in `advisory_cards`"
        report.error(at("advisory"), "advisory-cards", words)
    for paragraph, card in lesson.body.paragraphs() if front.age.core is not None else ():
        if card is None and OF_CARDS.search(f"{paragraph.own} {paragraph.note}"):
            words = "not every reader gets the closed cards: do not point to them in the margin"
            report.warning(paragraph.attributes_at, "advisory-cards", words)


def _check_core(lesson: LessonDraft, report: Report) -> None:
    """Report a lesson that without its gated cards does not teach what it asks, or asks too little."""
    front, gated = lesson.front, set(lesson.front.gated)
    if not gated or front.age.core is None:
        return
    cards = [card for card in lesson.body.blocks(CardDraft) if not gated.isdisjoint(card.facts())]
    outside = {fact for paragraph, card in lesson.body.paragraphs() if card not in cards for fact in paragraph.facts}
    for card in cards:
        for fact in card.facts():
            if fact not in gated | outside:
                words = f"{fact} is told only in a gated card: gate it too, or tell it outside the card"
                report.error(card.place, "gated-only-there", words)
    if lesson.quiz is not None:
        item_count = sum(gated.isdisjoint(item.facts) for item in lesson.quiz.model.items)
        if item_count < ITEMS_LEFT:
            words = f"{item_count} items are left without those on gated facts; {ITEMS_LEFT} are wanted"
            report.error(lesson.quiz.document.key("items"), "gated-left", words)


def _check_terms(lesson: LessonDraft, ledger: Ledger, explained_terms: set[str], report: Report) -> None:
    """Warn where a glossary term is used that neither this lesson nor an earlier one explains up to there."""
    paragraphs = [paragraph for paragraph, _ in lesson.body.paragraphs()]
    marked = {mark.slug for paragraph in paragraphs for mark in paragraph.terms}
    for slug, term in ledger.glossary.items():
        pattern = re.compile(rf"\b{re.escape(term.term)}\b", re.IGNORECASE)
        used = next((n for n, paragraph in enumerate(paragraphs) if pattern.search(paragraph.text)), None)
        if slug in explained_terms or used is None:
            continue
        matches = ((place, pattern.search(line)) for place, line in paragraphs[used].written())
        places = (place._replace(column=match.start() + 1) for place, match in matches if match)
        place = next(places, paragraphs[used].place)
        if slug not in marked:
            words = f'“{term.term}” is used without its mark: [{term.term.lower()}]{{term="{slug}"}}'
            report.warning(place, "term-unmarked", words)
        elif not any(mark.slug == slug for earlier in paragraphs[: used + 1] for mark in earlier.terms):
            report.warning(place, "term-late", f"“{term.term}” is used here before it is explained")
    explained_terms |= marked
