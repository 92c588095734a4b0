"""Pages of the library: glossary, sources, search. They read nothing from the database but the reader."""

from flask import Blueprint, Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.library import cache
from learnapp.library.cache import current_library
from learnapp.library.search import QUERY_MAX, tidy_query
from learnapp.library.sources import count_voices, differences, path_to
from learnapp.web.browser.form_tokens import tokenless
from learnapp.web.errors import NotFound
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
        body=library.render_part("sources", "tree", library.outline, catalog.source),
        voices=count_voices(catalog),
        differences=differences(catalog),
        hidden=library.hidden_facts,
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
    return render_template(
        "library/section.html",
        catalog=catalog,
        node=node,
        number=number,
        strong=any(fact.sensitivity == "strong" for fact in catalog.facts.values() if fact.section == section),
        path=[above.section for above in path[:-1]],
        before=order[number - 1],
        after=order[number + 1],
        body=library.render_part(f"section {section}", "facts", node, catalog.source),
    )


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
    """Give the app its library."""
    cache.init_app(app)
