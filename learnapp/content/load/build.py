"""Build: lesson and course drafts without errors become the frozen Catalog."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain, groupby
from types import MappingProxyType

from learnapp.content.blocks import Ask, Block, BodySection, Card, FigureSlot, Paragraph, Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog, Course, Lesson, LessonEnd, Module
from learnapp.content.facts import Term
from learnapp.content.load.citations import CitationFormatter, Notes
from learnapp.content.load.drafts import AskDraft, BlockDraft, CardDraft, CourseDraft, LessonDraft, ParagraphDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.schemas import CourseFile, LessonFront, ShortFront
from learnapp.content.readability import words_in
from learnapp.quiz.quiz import main_version, short_version

# Fields of a lesson that are copied unchanged from its front matter; its former names are worked out, and what stands
# under `short` there goes to the end of the short version.
FROM_FRONT = {field.name for field in fields(Lesson) if field.name in LessonFront.model_fields} - {"was", "short"}
NotedParagraph = tuple[Paragraph, Notes, tuple[Term, ...]]


def build_catalog(file: CourseFile, draft: CourseDraft, citations: CitationFormatter) -> Catalog:
    """Return the whole course as pages show it."""
    ledger = draft.ledger
    moved = {f"/modules/{old}": f"/modules/{new}" for old, new in draft.renamed_names().items()}
    modules: dict[str, Module] = {}
    for module in draft.modules:
        lessons = tuple(build_lesson(lesson, ledger, citations, moved) for lesson in module.lessons)
        modules[module.slug] = Module(module.slug, module.number, module.entry.title, module.entry.lead, lessons)
    courses: dict[str, Course] = {}
    for entry in file.courses:
        taught = tuple(modules[slug] for slug in entry.modules)
        courses[entry.slug] = Course(entry.slug, entry.title, entry.lead, entry.sequencing, taught)
    everything = (citations.source, ledger.sections, ledger.facts, ledger.glossary, file.courses, modules)
    return Catalog(
        source=citations.source,
        differences=ledger.differences,
        courses=MappingProxyType(courses),
        modules=MappingProxyType(modules),
        sections=MappingProxyType(dict(ledger.sections)),
        facts=MappingProxyType(dict(ledger.facts)),
        glossary=MappingProxyType(dict(ledger.glossary)),
        lessons=MappingProxyType({lesson.key: lesson for module in modules.values() for lesson in module.lessons}),
        digest=hashlib.sha256(repr(everything).encode()).hexdigest(),
        renamed_modules=MappingProxyType(draft.renamed_modules()),
        renamed_lessons=MappingProxyType(draft.renamed_lessons()),
    )


def build_lesson(draft: LessonDraft, ledger: Ledger, citations: CitationFormatter, moved: Mapping[str, str]) -> Lesson:
    """Return the lesson as pages show it; `moved` are current addresses of pages by former ones."""
    if draft.quiz is None:
        raise ValueError(f"{draft.document.path} has no quiz that could be read")
    front = draft.front
    body, short = (_BlockBuilder(front, prefix, ledger, citations, moved) for prefix in ("p", "s"))
    sections = tuple(
        BodySection(section.id, section.title, body.blocks(section.blocks)) for section in draft.body.sections
    )
    shared = {name: getattr(front, name) for name in FROM_FRONT}
    return Lesson(
        **shared,
        module=draft.module,
        slug=draft.slug,
        number=draft.number,
        body=sections,
        end=_end(front, draft.cited(), draft.body.pause, ledger, citations),
        short=short.blocks(draft.body.short),
        short_end=_end(front.short or ShortFront(), draft.cited_short(), draft.body.short_pause, ledger, citations),
        quiz=main_version(draft.quiz.model),
        short_quiz=short_version(draft.quiz.model),
        words=len(words_in(draft.body.text())),
        was=draft.former,
    )


def _end(
    front: LessonFront | ShortFront,
    cited: Iterable[str],
    pause: Iterable[ParagraphDraft] | None,
    ledger: Ledger,
    citations: CitationFormatter,
) -> LessonEnd:
    return LessonEnd(
        key_points=front.key_points,
        rests=citations.rests([ledger.facts[fact] for fact in cited], front.keep_in_mind),
        rests_note=front.rests_note,
        pause_html=None if pause is None else "".join(f"<{text.tag}>{text.html}</{text.tag}>" for text in pause),
    )


@dataclass(slots=True)
class _BlockBuilder:
    """Numbers paragraphs through a lesson and gives neighbours with the same notes one margin."""

    lesson: LessonFront
    prefix: str
    ledger: Ledger
    citations: CitationFormatter
    moved: Mapping[str, str]
    paragraphs: int = 0
    cards: int = 0
    figures: int = 0

    def blocks(self, drafts: Sequence[BlockDraft]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        waiting: list[NotedParagraph] = []
        for draft in drafts:
            if isinstance(draft, ParagraphDraft):
                waiting.append(self.paragraph(draft))
                continue
            blocks += _grouped(waiting)
            waiting = []
            if isinstance(draft, AskDraft):
                blocks.append(Ask(draft.question.html))
            elif isinstance(draft, CardDraft):
                blocks.append(self.card(draft))
            else:
                _, figure = self.lesson.figures()[self.figures]
                self.figures += 1
                blocks.append(FigureSlot(figure, self.figures))
        return (*blocks, *_grouped(waiting))

    def card(self, draft: CardDraft) -> Card:
        self.cards += 1
        inside = [self.paragraph(paragraph) for paragraph in draft.paragraphs]
        return Card(
            title=draft.title,
            anchor=f"card-{self.cards}",
            numbers=tuple(paragraph.number for paragraph, _, _ in inside),
            blocks=_grouped(inside),
            gated=not set(self.lesson.gated).isdisjoint(draft.facts()),
        )

    def paragraph(self, draft: ParagraphDraft) -> NotedParagraph:
        self.paragraphs += 1
        number = self.paragraphs
        facts = [self.ledger.facts[fact] for fact in draft.facts]
        html = draft.html
        for link in draft.links:
            page, mark, anchor = link.partition("#")
            if new := self.moved.get(page.rstrip("/")):
                html = html.replace(f'href="{link}"', f'href="{new}{mark}{anchor}"')
        return (
            Paragraph(number, f"{self.prefix}{number}", html, number == 1, draft.facts, draft.tag),
            self.citations.notes(facts, draft.own, draft.note),
            tuple(self.ledger.glossary[mark.slug] for mark in draft.terms),
        )


def _grouped(paragraphs: Iterable[NotedParagraph]) -> tuple[Paragraphs, ...]:
    """Join neighbours whose notes are the same."""
    groups: list[Paragraphs] = []
    for notes, same in groupby(paragraphs, key=lambda noted: noted[1]):
        items, _, glosses = zip(*same, strict=True)
        numbers = tuple(paragraph.number for paragraph in items)
        margin = tuple(VoiceNote(voice, numbers, text) for voice, text in notes)
        groups.append(Paragraphs(items, margin, tuple(chain.from_iterable(glosses))))
    return tuple(groups)
