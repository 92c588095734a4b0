"""Words of the library's pages: what is hidden and why, and what a search found."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.library.search import SearchResults
from learnapp.library.search_text import Kind
from learnapp.library.sources import CountsByAge, SectionNode


def fact_count(node: SectionNode) -> str:
    """Return how many facts of a section the reader gets."""
    total, shown = node.total, len(node.facts)
    if shown == total:
        return str(ngettext("%(num)s fact", "%(num)s facts", total))
    return str(ngettext("%(shown)s of %(num)s fact", "%(shown)s of %(num)s facts", total, shown=shown))


def hidden_facts_note(counts: CountsByAge) -> str:
    """Return from which ages on the hidden facts of a section are shown, and where they stand."""
    ages = [
        ngettext("%(num)s fact is for readers of %(age)s or older.",
                 "%(num)s facts are for readers of %(age)s or older.", count, age=age)
        for age, count in counts
    ]  # fmt: skip
    where = ngettext(
        "It stands in a closed part of a lesson, or in a lesson for older readers.",
        "They stand in a closed part of a lesson, or in a lesson for older readers.",
        sum(count for _age, count in counts),
    )
    return " ".join([*ages, where])


def results_summary(results: SearchResults) -> str:
    """Return how many results there are, and whether they have all of the words and are all shown."""
    words = [
        ngettext("%(num)s result for “%(query)s”.", "%(num)s results for “%(query)s”.",
                 results.total, query=results.quotable_query)
    ]  # fmt: skip
    if results.partial:
        words.append(_("None has all of the words; these have the most."))
    if results.shown < results.total:
        best = _("The best %(num)s are shown; another word in the search narrows it down.", num=results.shown)
        words.append(best)
    return " ".join(words)


def not_shown(results: SearchResults, kind: Kind) -> str:
    """Return how many more results of a kind there are, or nothing."""
    rest = results.totals[kind] - len(results.hits[kind])
    return str(ngettext("%(num)s more is not shown.", "%(num)s more are not shown.", rest)) if rest else ""


def init_app(app: Flask) -> None:
    """Give templates these words."""
    functions = (fact_count, hidden_facts_note, not_shown, results_summary)
    app.jinja_env.filters.update({function.__name__: function for function in functions})
