"""Item bank: patterns across quizzes that let a learner guess; while there are few items, looser bounds hold."""

from learnapp.content.load.drafts import CourseDraft, ItemDraft
from learnapp.content.problems import Report
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse

ENOUGH_SINGLES = 15
ENOUGH_VERDICTS = 10
POSITION = (0.26, 0.40)  # 33 % and 7 % to either side
POSITION_FEW = 0.6
LONGEST = 0.40
LONGEST_FEW = 0.6
TRUE = (0.40, 0.60)
LETTERS = "ABCDEFGHIJKL"
RUN = 3


def check_bank(draft: CourseDraft, report: Report) -> None:
    """Report the item that tips the balance, the last of those that are too many; nothing of half a bank."""
    if not draft.has_every_quiz:
        return
    items = [item for lesson in draft.lessons for item in lesson.items()]
    singles = [(item, item.item) for item in items if isinstance(item.item, Single)]
    check_positions(singles, report)
    check_longest(singles, report)
    _check_verdicts([(item, item.item) for item in items if isinstance(item.item, TrueFalse)], report)


def check_positions(singles: list[tuple[ItemDraft, Single]], report: Report) -> None:
    """Report keys that stand in one place too often, or three times in a row."""
    total, places = len(singles), [key_position(item) for _, item in singles]
    for number in range(RUN - 1, total):
        if len(set(places[number - RUN + 1 : number + 1])) == 1:
            words = f"{LETTERS[places[number]]} is the key three times in a row; move this one"
            report.error(singles[number][0].place("options"), "key-run", words)
    for position in range(3):
        at_position = [draft for (draft, _), place in zip(singles, places, strict=True) if place == position]
        share = len(at_position) / total if total else 0.0
        if total >= ENOUGH_SINGLES and not POSITION[0] <= share <= POSITION[1]:
            words = f"{LETTERS[position]} is the key in {share:.0%} of {total} items; 26 to 40 % is wanted"
            report.error((at_position or [singles[-1][0]])[-1].place("options"), "key-position", words)
        elif total < ENOUGH_SINGLES and len(at_position) > max(2, round(total * POSITION_FEW)):
            words = f"{LETTERS[position]} is the key in {len(at_position)} of {total} items"
            report.error(at_position[-1].place("options"), "key-position", words)


def check_longest(singles: list[tuple[ItemDraft, Single]], report: Report) -> None:
    """Report a bank whose keys are the longest options too often."""
    total, longest = len(singles), [draft for draft, item in singles if key_is_longest(item)]
    if len(longest) > (total * LONGEST if total >= ENOUGH_SINGLES else max(2, round(total * LONGEST_FEW))):
        words = f"the key is the longest option in {len(longest)} of {total} items; shorten some"
        report.error(longest[-1].place("options"), "key-longest", words)


def _check_verdicts(verdicts: list[tuple[ItemDraft, TrueFalse]], report: Report) -> None:
    total, true = len(verdicts), sum(item.key for _, item in verdicts)
    if total >= ENOUGH_VERDICTS and not TRUE[0] <= true / total <= TRUE[1]:
        words = f"true is the key in {true / total:.0%} of {total} true/false items; 40 to 60 % is wanted"
        report.error(verdicts[-1][0].place("key"), "true-share", words)
    elif RUN <= total < ENOUGH_VERDICTS and true in {0, total}:
        words = f"{'true' if true else 'false'} is the key of all {total} true/false items"
        report.error(verdicts[-1][0].place("key"), "true-share", words)


def key_position(item: Single) -> int:
    """Return where the key stands in the file, from 0."""
    return next(number for number, option in enumerate(item.options) if option.key)


def key_is_longest(item: Single) -> bool:
    """Tell whether the key is longer than every other option."""
    key = next(option for option in item.options if option.key)
    return all(len(option.text) < len(key.text) for option in item.options if option is not key)
