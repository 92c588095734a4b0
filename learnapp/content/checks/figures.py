"""Figures: words short enough to stand in a drawing, on a phone."""

from learnapp.content.figures import Figure
from learnapp.content.figures.base import Where, parts_of
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import Position, Report
from learnapp.content.readability import words_in

LABEL_WORDS, DETAIL_WORDS = 5, 16
# Where a kind has its labels; other kinds give them room.
LABELS = {
    "timeline": {"rows", "events"},
    "mechanism": {"steps"},
    "series": {"marks"},
    "ranges": {"rows"},
    "map": {"spots", "areas", "borders"},
}


def check_figures(draft: CourseDraft, report: Report) -> None:
    """Report labels and details that are too long for a drawing."""
    for lesson in draft.lessons:
        for where, figure in lesson.front.figures():
            for inside, key, text in drawn_words(figure):
                limit = DETAIL_WORDS if key in {"detail", "asked"} else LABEL_WORDS
                _check_words(text, limit, lesson.document.place(*where, *inside, key), report)


def drawn_words(figure: Figure) -> list[tuple[Where, str, str]]:
    """List the words that stand in a drawing: where, under which key, and the words."""
    groups = LABELS.get(figure.kind, set())
    parts = [(where, part) for where, part in parts_of(figure) if where[0] in groups]
    texts = (
        (where, key, getattr(part, key, None)) for where, part in parts for key in ("actor", "label", "detail", "asked")
    )
    return [(where, key, text) for where, key, text in texts if text]


def _check_words(text: str, limit: int, place: Position, report: Report) -> None:
    if (count := len(words_in(text))) > limit:
        report.error(place, "figure-words", f"“{text}” has {count} words; {limit} is the most here")
