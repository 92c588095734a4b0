"""Pages to look things up: glossary, sources, search. No statement to the database beyond who asks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.library import cache
from learnapp.library import sources as sources_of
from learnapp.library.cache import current_stock, reader_age
from learnapp.library.search import QUERY_MAX, tidy_query
from learnapp.library.search import search as find
from learnapp.library.snippets import snippet
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("library", __name__)


@bp.get("/glossary")
@policy("everyone")
def glossary() -> ResponseReturnValue:
    """Show every term from A to Z: what it means, where it is used first, what that rests on."""
    library, age = current_stock(), reader_age()
    found = library.glossary(age)
    body = library.page("glossary", age, lambda: parts().terms(found))
    return render_template("library/glossary.html", glossary=found, body=body)


@bp.get("/sources")
@policy("everyone")
def sources() -> ResponseReturnValue:
    """Show the outline of the source with its facts and lessons, and where its copies differ."""
    library, age = current_stock(), reader_age()
    catalog, nodes = library.catalog, library.outline(age)
    return render_template(
        "library/sources.html",
        catalog=catalog,
        body=library.page("sources", age, lambda: parts().tree(nodes, catalog.source)),
        voices=sources_of.voices(catalog),
        differences=sources_of.differences(catalog),
        gone=sum(one > age for one in library.ages.facts.values()),
    )


@bp.get("/sources/<section>")
@policy("everyone")
def section(section: str) -> ResponseReturnValue:
    """Show one section of the source, all of it open but what is hard to read."""
    library, age = current_stock(), reader_age()
    catalog, way = library.catalog, sources_of.path_to(library.outline(age), section)
    if not way:
        raise NotFound
    node, order = way[-1], list(catalog.sections.values())
    at = node.section.number - 1
    return render_template(
        "library/section.html",
        catalog=catalog,
        node=node,
        path=[above.section for above in way[:-1]],
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        body=library.page(f"section {section}", age, lambda: parts().facts(node, catalog.source)),
    )


@bp.get("/search")
@policy("everyone")
def search() -> ResponseReturnValue:
    """Find words in lessons, glossary and facts. What was typed stands in the page and nowhere else."""
    library, age = current_stock(), reader_age()
    query = tidy_query(request.args.get("q", ""))
    return unlisted(
        render_template(
            "library/search.html",
            query=query,
            found=find(library.index, query, age) if query else None,
            catalog=library.catalog,
            whole=not any(one > age for one in library.ages.facts.values()),
            longest=QUERY_MAX,
        )
    )


def parts() -> Any:
    """Return the macros of the parts that are kept; they see no reader."""
    return current_app.jinja_env.get_template("library/_cached.html").module


def unlisted(page: str) -> Response:
    """Ask search engines to leave a page out."""
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def init_app(app: Flask) -> None:
    """Give templates `snippet`, and the app its library."""
    cache.init_app(app)
    app.jinja_env.globals["snippet"] = snippet
