"""Build: lesson and course drafts without errors become the frozen Catalog."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from string import ascii_uppercase
from types import MappingProxyType

from learnapp.content.ages import FactUse, fact_ages
from learnapp.content.blocks import BodySection, VoiceNote
from learnapp.content.catalog import Catalog, Course, Lesson, LessonEnd, Module
from learnapp.content.conversations import Conversation, minutes_of
from learnapp.content.facts import Fact, is_verified
from learnapp.content.lesson_parts import LessonPerson
from learnapp.content.load.citations import CitationFormatter
from learnapp.content.load.drafts import ConversationDraft, CourseDraft, LessonDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.lesson.blocks import ParagraphDraft, PieceDraft
from learnapp.content.load.lesson.builder import BlockBuilder
from learnapp.content.load.lesson.front import PersonFront, ShortFront
from learnapp.content.load.schemas import CourseEntry, CourseFile, LessonFront
from learnapp.content.programs import FinalBank
from learnapp.content.readability import words_in
from learnapp.quiz.quiz import main_version, short_version

# Fields of a lesson that are copied unchanged from its front matter; its former names are worked out, what it
# answers goes to the end of the text, and what stands under `short` there to the end of the short version.
FROM_FRONT = {field.name for field in fields(Lesson)} & LessonFront.model_fields.keys() - {"was", "short", "person"}


def build_catalog(
    file: CourseFile, draft: CourseDraft, citations: CitationFormatter, finals: Mapping[str, FinalBank]
) -> Catalog:
    """Return the whole course as pages show it, with the banks of finals by program and kind of form."""
    ledger = draft.ledger
    moved = {f"/modules/{old}": f"/modules/{new}" for old, new in draft.renamed_names().items()}
    ages = fact_ages(ledger.facts, map(fact_use, draft.lessons))
    modules: dict[str, Module] = {}
    for module in draft.modules:
        lessons = tuple(build_lesson(lesson, ledger, citations, moved, ages) for lesson in module.lessons)
        entry = module.entry
        modules[module.slug] = Module(module.slug, module.number, entry.title, entry.lead, lessons, entry.emblem)
    courses = MappingProxyType({entry.slug: _build_course(entry, modules) for entry in file.courses})
    cited = (citations.source, ledger.sections, ledger.facts, ledger.people, ledger.glossary)
    training = draft.programs.model if draft.programs else None
    talks = {draft.slug: _build_conversation(draft, ledger, citations, ages) for draft in draft.conversations}
    everything = (*cited, file.courses, modules, training, talks, [bank.quiz.revision for bank in finals.values()])
    digest = hashlib.sha256(repr(everything).encode()).hexdigest()
    return Catalog(
        source=citations.source,
        differences=ledger.differences,
        courses=courses,
        modules=MappingProxyType(modules),
        sections=MappingProxyType(dict(ledger.sections)),
        # What nobody has verified is cited nowhere, and no page shows it.
        facts=MappingProxyType({name: fact for name, fact in ledger.facts.items() if is_verified(fact)}),
        glossary=MappingProxyType(dict(ledger.glossary)),
        people=MappingProxyType(dict(ledger.people)),
        lessons=MappingProxyType({lesson.key: lesson for module in modules.values() for lesson in module.lessons}),
        digest=digest,
        renamed_modules=MappingProxyType(draft.renamed_modules()),
        renamed_lessons=MappingProxyType(draft.renamed_lessons()),
        programs=MappingProxyType({program.slug: program for program in training.programs} if training else {}),
        safety=training.safety if training else (),
        finals=MappingProxyType({name: bank.of_course(digest) for name, bank in finals.items()}),
        conversations=MappingProxyType(talks),
        card=training.card if training else None,
    )


def _build_conversation(
    draft: ConversationDraft, ledger: Ledger, citations: CitationFormatter, ages: Mapping[str, int]
) -> Conversation:
    file = draft.file.model
    replies = {(turn.id, reply.id): reply.facts for turn in file.turns for reply in turn.replies}
    opens = max((ages[fact] for facts in replies.values() for fact in facts), default=0)
    notes = {name: _notes([ledger.facts[fact] for fact in facts], citations) for name, facts in replies.items()}
    return Conversation(**dict(file), slug=draft.slug, opens=opens, minutes=minutes_of(file), notes=notes)


def _notes(facts: Sequence[Fact], citations: CitationFormatter) -> tuple[VoiceNote, ...]:
    """Return who says these facts; what else found them is told where they are taught."""
    notes = citations.notes(facts, None, None, lambda _name: False)
    return tuple(VoiceNote(note.voice, (), note.text, note.by, note.facts) for note in notes)


def fact_use(lesson: LessonDraft) -> FactUse:
    """Return a lesson as far as it decides from which age on facts are shown."""
    front = lesson.front
    return FactUse(front.age, front.sections, (*front.facts, *lesson.cited()), front.gated)


def _build_course(entry: CourseEntry, modules: Mapping[str, Module]) -> Course:
    taught = tuple(modules[slug] for slug in entry.modules)
    places = MappingProxyType(dict(entry.places))
    return Course(entry.slug, entry.title, entry.lead, entry.sequencing, taught, places, entry.abilities)


def build_lesson(
    draft: LessonDraft, ledger: Ledger, citations: CitationFormatter, moved: Mapping[str, str], ages: Mapping[str, int]
) -> Lesson:
    """Return the lesson as pages show it.

    `moved` are current addresses of pages by former ones, `ages` from which age each fact is shown.
    """
    if draft.quiz is None:
        raise ValueError(f"{draft.document.path} has no quiz that could be read")
    front = draft.front
    letters = ascii_uppercase[: len(draft.body.blocks(PieceDraft))]
    body, short = (BlockBuilder(front, prefix, ledger, citations, moved, ages, letters) for prefix in ("p", "s"))
    sections = tuple(
        BodySection(section.id, section.title, body.blocks(section.blocks)) for section in draft.body.sections
    )
    shared = {name: getattr(front, name) for name in FROM_FRONT}
    told = draft.cited_short()
    return Lesson(
        **shared,
        module=draft.module,
        slug=draft.slug,
        number=draft.number,
        body=sections,
        end=_end(front, (draft.cited(), draft.cited_openly()), draft.body.pause, ledger, citations),
        short=short.blocks(draft.body.short),
        short_end=_end(front.short, (told, told), draft.body.short_pause, ledger, citations)
        if front.short
        else LessonEnd(),
        quiz=main_version(draft.quiz.model),
        short_quiz=short_version(draft.quiz.model),
        words=len(words_in(draft.body.text())),
        person=_person(front.person, ledger),
        short_minutes=front.short.minutes if front.short else None,
        was=draft.former,
        strong_evidence=_strong_evidence(draft, ledger),
    )


def _strong_evidence(draft: LessonDraft, ledger: Ledger) -> tuple[str, ...]:
    """Return what the items show of strong evidence, each once."""
    stimuli = [item.item.stimulus for item in draft.items()]
    shown = dict.fromkeys(fact for stimulus in stimuli if stimulus for fact in stimulus.evidence)
    return tuple(fact for fact in shown if ledger.facts[fact].sensitivity == "strong")


def _person(front: PersonFront | None, ledger: Ledger) -> LessonPerson | None:
    if front is None:
        return None
    person = ledger.people[front.id]
    return LessonPerson(front.id, person.name, front.act or person.act, front.drawing, front.drawing_alt)


def _end(
    front: LessonFront | ShortFront,
    cited: tuple[Iterable[str], Iterable[str]],
    pause: Iterable[ParagraphDraft] | None,
    ledger: Ledger,
    citations: CitationFormatter,
) -> LessonEnd:
    """Return an end; `cited` are the facts that its text cites, and those of them that stand outside of gated cards."""
    facts, open_facts = ([ledger.facts[fact] for fact in names] for names in cited)
    rests = citations.rests(facts, front.keep_in_mind)
    # An author's words are about all facts of a voice: where some of these are gated, the rule words the open ones.
    counted = {row.voice: row.count for row in rests}
    voices = Counter(fact.voice for fact in open_facts)
    words = {voice: words for voice, words in front.keep_in_mind.items() if voices[voice] == counted.get(voice)}
    return LessonEnd(
        key_points=front.key_points,
        rests=rests,
        open_rests=citations.rests(open_facts, words),
        rests_note=front.rests_note,
        answer=front.answer,
        pause_html=None if pause is None else "".join(f"<{text.tag}>{text.html}</{text.tag}>" for text in pause),
    )
