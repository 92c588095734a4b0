"""Programs: their modules, forms and updates against the course, and their banks against the ledger."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil

from learnapp.content.checks.ledger import ReferenceChecker
from learnapp.content.checks.quizzes.stimuli import evidence_of
from learnapp.content.load.drafts import CourseDraft, ItemDraft
from learnapp.content.load.schemas import ProgramsFile
from learnapp.content.load.validate import ModelFile
from learnapp.content.load.yaml import Where
from learnapp.content.problems import Position, Report
from learnapp.content.programs import FinalBlueprint, Program

RESERVED = ("final", "practice")  # folders of quizzes that are no module's
ADDRESSES = ("card", "certificates", "finals", "safety")  # pages below /training that are no program's
LEAST_SHARE = 0.6  # of the points: less is nearly what guessing earns
SHORTEST_MONTH = 28  # days
FORMS_IN_A_ROW = 2  # that share no item, so a bank has enough for so many


def check_programs(draft: CourseDraft, report: Report) -> None:
    """Report programs that nobody could finish, forms that cannot be drawn, and items that rest on nothing taught."""
    for module in draft.modules:
        if module.slug in RESERVED:
            words = f"“{module.slug}” is a folder of other quizzes; give the module another name"
            report.error(module.document.place(), "name-taken", words)
    if draft.programs is None:
        return
    checker = ReferenceChecker(draft, report)
    for number, program in enumerate(draft.programs.model.programs):
        _ProgramChecker(draft, draft.programs, checker, number, program).check()
    _check_unique(draft, draft.programs, report)
    taught = frozenset(
        fact for lesson in draft.lessons for fact in (*lesson.front.facts, *lesson.cited(), *lesson.cited_short())
    )
    for item in draft.bank_items():
        _check_item(item, taught, checker)


@dataclass(frozen=True, slots=True)
class _ProgramChecker:
    """One program, the one of this number in its file."""

    draft: CourseDraft
    file: ModelFile[ProgramsFile]
    checker: ReferenceChecker
    number: int
    program: Program

    def place(self, *inside: str | int) -> Position:
        return self.file.document.key("programs", self.number, *inside)

    def check(self) -> None:
        report, modules = self.checker.report, {module.slug for module in self.draft.modules}
        for number, slug in enumerate(self.program.modules):
            if slug not in modules and self.draft.has_every_lesson:
                report.error(self.place("modules", number), "unknown-module", f"“{slug}” is no module of a course")
            if slug in self.program.modules[:number]:
                report.error(self.place("modules", number), "duplicate-entry", f"there is a “{slug}” already")
            elif slug not in self.program.final.strata:
                words = f"the final asks nothing of “{slug}”; give it a stratum, or leave the module out"
                report.error(self.place("modules", number), "module-not-asked", words)
        if self.program.renewal.opens_days >= SHORTEST_MONTH * self.program.valid_months:
            words = "a certificate could be renewed on the day of its issue; use fewer days, or more `valid_months`"
            report.error(self.place("renewal", "opens_days"), "renewal-early", words)
        self._check_form("final", self.program.final)
        self._check_form("renewal", self.program.renewal)
        for number, update in enumerate(self.program.updates):
            for at, fact in enumerate(update.facts):
                self.checker.require_fact(fact, self.place("updates", number, "facts", at))

    def _check_form(self, kind: str, form: FinalBlueprint) -> None:
        """Report a stratum that is neither of the program's modules nor a safety point, or whose bank is too small."""
        report, points = self.checker.report, {point.id for point in self.file.model.safety}
        banks = {bank.name: bank for bank in self.draft.banks}
        if form.pass_points < form.total * LEAST_SHARE:
            least = ceil(form.total * LEAST_SHARE)
            words = f"{form.pass_points} of {form.total} points are few; ask for {least} or more"
            report.error(self.place(kind, "pass_points"), "passed-easily", words)
        for name, count in form.strata.items():
            place = self.place(kind, "strata", name)
            if name not in points and name not in self.program.modules:
                words = f"“{name}” is neither a module of the program nor a safety point"
                report.error(place, "unknown-stratum", words)
            bank = banks.get(name)
            wanted = FORMS_IN_A_ROW * count
            if bank and len(bank.file.model.items) < wanted:
                words = f"{len(bank.file.model.items)} items in quizzes/final/{name}.yaml, {wanted} are wanted"
                report.error(place, "bank-small", f"{words}: two forms in a row share none")
        for name in sorted(points - form.strata.keys()):
            report.error(self.place(kind, "strata"), "safety-missing", f"ask something of the safety point “{name}”")


def _check_unique(draft: CourseDraft, programs: ModelFile[ProgramsFile], report: Report) -> None:
    """Report a program, a safety point or an update that has the name of another, of a module, or of a page."""
    file, document = programs.model, programs.document
    lists: list[tuple[Where, str, Collection[str]]] = [
        (("programs",), "slug", [program.slug for program in file.programs]),
        (("safety",), "id", [point.id for point in file.safety]),
    ]
    for number, program in enumerate(file.programs):
        lists.append((("programs", number, "updates"), "id", [update.id for update in program.updates]))
    for where, key, names in lists:
        for at, name in enumerate(names):
            if name in list(names)[:at]:
                report.error(document.place(*where, at, key), "duplicate-entry", f"there is a “{name}” already")
    for number, program in enumerate(file.programs):
        if program.slug in ADDRESSES:
            words = f"“{program.slug}” is the address of another page; give the program another name"
            report.error(document.place("programs", number, "slug"), "name-taken", words)
        names = [name for other in file.programs for name in other.names]
        for at, name in enumerate(program.was):
            if names.count(name) > 1 or name in ADDRESSES:
                words = f"“{name}” is the name of another program, or of a page; a name in `was` belongs to one alone"
                report.error(document.place("programs", number, "was", at), "name-taken", words)
    modules = {module.slug for module in draft.modules}
    for number, point in enumerate(file.safety):
        if point.id in modules:
            report.error(document.place("safety", number, "id"), "name-taken", f"“{point.id}” is a module")


def _item_facts(item: ItemDraft) -> Iterator[tuple[Position, str]]:
    yield from item.tested_facts()
    yield from item.see_facts()
    yield from evidence_of(item)


def _check_item(item: ItemDraft, taught: Collection[str], checker: ReferenceChecker) -> None:
    """Report an item on facts that are never asked, that are gated, or that no lesson teaches."""
    facts, report = checker.ledger.facts, checker.report
    shown = {fact for _place, fact in evidence_of(item)}
    for place, fact in _item_facts(item):
        if not checker.require_fact(fact, place) or fact not in facts:
            continue
        if not facts[fact].quizzable:
            report.error(place, "not-quizzable", f"{fact} is never asked (`quizzable: false`)")
        elif fact in checker.gating_files:
            report.error(place, "gated-item", f"{fact} is gated; no final rests on it")
        elif fact not in taught and fact not in shown and checker.draft.has_every_lesson:
            report.error(place, "not-taught", f"no lesson teaches {fact}")
        elif fact in shown and facts[fact].sensitivity == "strong":
            report.error(place, "strong-stimulus", f"{fact} is strong; no final shows it")
