"""Finals: the items of their banks against the guide, the keys of a bank, and whether every item can be drawn."""

from typing import get_args

from learnapp.content.checks.evidence import NumberChecker, check_item_numbers
from learnapp.content.checks.quizzes.answers import check_silent_feedback
from learnapp.content.checks.quizzes.bank import check_longest, check_positions
from learnapp.content.checks.quizzes.items import check_feedback, check_wording
from learnapp.content.checks.quizzes.talks import check_turn, turns_of
from learnapp.content.finals import build_finals
from learnapp.content.load.drafts import BankDraft, CourseDraft
from learnapp.content.load.schemas import ProgramsFile
from learnapp.content.load.validate import ModelFile
from learnapp.content.problems import EVIDENCE, FACTS, SOURCE, Report
from learnapp.content.programs import FormKind
from learnapp.quiz.selection import NoFormFits, draw_form
from learnapp.quiz.types.single import Single

DRAWN = 300  # forms of each kind, each after the one before: enough that an item of a bank of 15 is missed by no chance
UNSEEN = 0.5


def check_finals(draft: CourseDraft, report: Report) -> None:
    """Hold the banks of finals against the guide, each item and all together."""
    if draft.programs is None:
        return
    numbers = NumberChecker(draft.ledger, report)
    known = all(draft.ledger.is_known(path) for path in (SOURCE, FACTS, EVIDENCE))
    taught = numbers.course_numbers(draft) if known else set()
    for item in draft.bank_items():
        check_feedback(item, report)
        check_wording(item, report)
        check_silent_feedback(item, report)
        for turn in turns_of(item):
            check_turn(turn, report)
        if known:
            check_item_numbers(item, taught, numbers)
        if item.item.hints:
            report.error(item.place("hints"), "final-hint", "a final gives no hints; remove them")
        if item.item.pieces:
            report.error(item.place("pieces"), "final-pieces", "a final has no lesson at hand; show what it asks about")
    for bank in draft.banks:
        _check_unseen(bank, report)
    singles = [(item, item.item) for item in draft.bank_items() if isinstance(item.item, Single)]
    check_positions(singles, report)
    check_longest(singles, report)
    if not report.errors:
        _check_forms(draft, draft.programs, report)


def _check_unseen(bank: BankDraft, report: Report) -> None:
    items = bank.file.model.items
    recall = [item for item in bank.items() if item.item.is_recall]
    if len(recall) > (1 - UNSEEN) * len(items):
        words = f"{len(items) - len(recall)} of {len(items)} items show something unseen; at least half are wanted"
        report.error(recall[-1].place(), "stimulus-share", words)


def _check_forms(draft: CourseDraft, programs: ModelFile[ProgramsFile], report: Report) -> None:
    """Report a form that cannot be drawn by its rules, and an item that never is."""
    finals = build_finals(draft)
    drawn: set[str] = set()
    for number, program in enumerate(programs.model.programs):
        for kind in get_args(FormKind):
            bank = finals[f"{program.slug}/{kind}"]
            before: tuple[str, ...] = ()
            place = programs.document.key("programs", number, kind)
            for seed in range(DRAWN):
                try:
                    before = draw_form(bank.quiz.revision, bank.quiz.strata, bank.traits, bank.rules, seed, before)
                except NoFormFits:
                    words = "no form of these banks has as many dated figures, voices and as few strong facts as asked"
                    report.error(place, "form-rules", words)
                    drawn.update(bank.traits)  # which may be drawn once its form can
                    break
                drawn.update(before)
    for item in draft.bank_items():
        if item.item.id not in drawn:
            report.error(item.place("id"), "never-drawn", f"{item.item.id} was in none of {DRAWN} forms")
