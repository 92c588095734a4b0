"""Pages of the library: glossary, sources, search. They read nothing from the database but the reader."""

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, Flask, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact
from learnapp.library import cache, people_wording
from learnapp.library.cache import current_library
from learnapp.library.search import QUERY_MAX, tidy_query
from learnapp.library.sources import count_voices, differences, path_to
from learnapp.web.browser.form_tokens import tokenless
from learnapp.web.errors import NotFound
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("library", __name__)


@bp.get("/glossary")
@policy("everyone")
def glossary() -> ResponseReturnValue:
    """Show every term from A to Z: what it means, where it is used first, what that rests on."""
    library = current_library()
    body = library.render_part("glossary", "terms", library.glossary)
    return render_template("library/glossary.html", glossary=library.glossary, body=body)


@bp.get("/sources")
@policy("everyone")
def sources() -> ResponseReturnValue:
    """Show the outline of the source with its facts and lessons, and where its copies differ."""
    library = current_library()
    catalog = library.catalog
    return render_template(
        "library/sources.html",
        catalog=catalog,
        body=library.render_part("sources", "tree", library.outline, catalog.source, library.evidence),
        voices=count_voices(catalog),
        differences=differences(catalog),
        hidden=library.hidden_facts,
        evidence=len(library.evidence.evidence),
    )


@bp.get("/sources/<section>")
@policy("everyone")
def section(section: str) -> ResponseReturnValue:
    """Show one section of the source, all of it open but what is hard to read."""
    library = current_library()
    catalog, path = library.catalog, path_to(library.outline, section)
    if not path:
        raise NotFound
    node, order = path[-1], [None, *catalog.sections.values(), None]
    number = list(catalog.sections).index(section) + 1
    others = library.evidence.on_section(section)
    return render_template(
        "library/section.html",
        evidence=library.render_part(f"on {section}", "short", others, file="_evidence") if others else "",
        catalog=catalog,
        node=node,
        number=number,
        strong=any(fact.sensitivity == "strong" for fact in catalog.facts.values() if fact.section == section),
        path=[above.section for above in path[:-1]],
        before=order[number - 1],
        after=order[number + 1],
        body=library.render_part(f"section {section}", "facts", node, catalog.source, library.evidence),
    )


@bp.get("/sources/evidence")
@policy("everyone")
def all_evidence() -> ResponseReturnValue:
    """Show all evidence of other sources than the page, by who says it."""
    library = current_library()
    body = library.render_part("evidence", "by_voice", library.evidence.by_voice(), file="_evidence")
    return render_template("library/all_evidence.html", body=body, hidden=library.evidence.hidden)


@bp.get("/sources/evidence/<name>")
@policy("everyone")
def evidence(name: str) -> ResponseReturnValue:
    """Show one piece of evidence with its source, or only from which age it is shown."""
    library = current_library()
    if name not in library.evidence.evidence:
        raise NotFound
    opens = library.evidence.opens(name)
    entry = library.evidence.entry(name) if opens <= library.age else None
    return render_template(
        "library/evidence.html",
        entry=entry,
        opens=opens,
        sections=[library.catalog.sections[slug] for slug in entry.fact.topics] if entry else (),
        body=library.render_part(f"evidence {name}", "page", entry, file="_evidence") if entry else "",
    )


def fact_url(fact: Fact) -> str:
    """Return the address at which a fact or a piece of evidence stands with its source."""
    if isinstance(fact, Evidence):
        return url_for("library.evidence", name=fact.id)
    anchor = f"hard-{fact.section}" if fact.sensitivity == "strong" else fact.id
    return url_for("library.section", section=fact.section, _anchor=anchor)


def fact_name(fact: Fact) -> str:
    """Return what links call a fact or a piece of evidence."""
    return fact.by if isinstance(fact, Evidence) else _("Fact %(name)s", name=fact.id)


def site_of(address: str) -> str:
    """Return the name of the site that an address leads to."""
    return urlsplit(address).netloc.removeprefix("www.")


def month_words(on: str) -> str:
    """Return the month of a date such as "2026-11" or "2026-11-02" in the reader's language."""
    year, month = map(int, on.split("-")[:2])
    return str(format_date(date(year, month, 1), "LLLL yyyy"))


@bp.get("/people")
@policy("everyone")
def people() -> ResponseReturnValue:
    """Show the people of the course with what they did, and the lessons in which one meets them."""
    library = current_library()
    hidden = library.hidden_people
    return render_template("library/people.html", people=library.people, hidden=hidden)


@bp.route("/search", methods=["GET", "POST"])
@policy("everyone")
@tokenless
def search() -> ResponseReturnValue:
    """Find words in lessons, glossary and facts. The query stands in the page and nowhere else.

    So the form is posted. An older address with a query fills in the field, and is passed on to no page.
    """
    library = current_library()
    posted = request.method == "POST"
    query = tidy_query((request.form if posted else request.args).get("q", ""))
    page = render_template(
        "library/search.html",
        query=query,
        results=library.search_index.search(query) if posted and query else None,
        catalog=library.catalog,
        hidden=library.hidden_facts,
        longest=QUERY_MAX,
    )
    headers = {"X-Robots-Tag": "noindex"}
    if request.args:
        headers["Referrer-Policy"] = "no-referrer"
    return make_response(page, headers)


def init_app(app: Flask) -> None:
    """Give the app its library, and templates the words about people."""
    add_template_functions(app, people_wording)
    cache.init_app(app)
    app.jinja_env.globals.update(fact_url=fact_url, fact_name=fact_name)
    app.jinja_env.globals.update(site_of=site_of, month_words=month_words)
