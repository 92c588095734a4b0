"""Pages of the library: glossary, sources, search. They read nothing from the database but the reader."""

from typing import Any

from flask import Blueprint, Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.library import cache, wording
from learnapp.library.cache import current_library, reader_age
from learnapp.library.search import QUERY_MAX, tidy_query
from learnapp.library.sources import count_voices, differences, path_to
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("library", __name__)


@bp.get("/glossary")
@policy("everyone")
def glossary() -> ResponseReturnValue:
    """Show every term from A to Z: what it means, where it is used first, what that rests on."""
    library, age = current_library(), reader_age()
    terms = library.glossary(age)
    body = library.rendered("glossary", age, lambda: cached_macros().terms(terms))
    return render_template("library/glossary.html", glossary=terms, body=body)


@bp.get("/sources")
@policy("everyone")
def sources() -> ResponseReturnValue:
    """Show the outline of the source with its facts and lessons, and where its copies differ."""
    library, age = current_library(), reader_age()
    catalog, nodes = library.catalog, library.outline(age)
    return render_template(
        "library/sources.html",
        catalog=catalog,
        body=library.rendered("sources", age, lambda: cached_macros().tree(nodes, catalog.source)),
        voices=count_voices(catalog),
        differences=differences(catalog),
        hidden=library.hidden_facts(age),
    )


@bp.get("/sources/<section>")
@policy("everyone")
def section(section: str) -> ResponseReturnValue:
    """Show one section of the source, all of it open but what is hard to read."""
    library, age = current_library(), reader_age()
    catalog, path = library.catalog, path_to(library.outline(age), section)
    if not path:
        raise NotFound
    node, order = path[-1], [None, *catalog.sections.values(), None]
    number = list(catalog.sections).index(section) + 1
    return render_template(
        "library/section.html",
        catalog=catalog,
        node=node,
        number=number,
        path=[above.section for above in path[:-1]],
        before=order[number - 1],
        after=order[number + 1],
        body=library.rendered(f"section {section}", age, lambda: cached_macros().facts(node, catalog.source)),
    )


@bp.get("/search")
@policy("everyone")
def search() -> ResponseReturnValue:
    """Find words in lessons, glossary and facts. The query stands in the page and nowhere else."""
    library, age = current_library(), reader_age()
    query = tidy_query(request.args.get("q", ""))
    page = render_template(
        "library/search.html",
        query=query,
        results=library.search_index(age).search(query) if query else None,
        catalog=library.catalog,
        hidden=library.hidden_facts(age),
        longest=QUERY_MAX,
    )
    return make_response(page, {"X-Robots-Tag": "noindex"})


def cached_macros() -> Any:
    """Return the macros of the parts that are cached; they see no request and no reader."""
    return current_app.jinja_env.get_template("library/_cached.html").module


def init_app(app: Flask) -> None:
    """Give the app its library, and templates the words for it."""
    cache.init_app(app)
    wording.init_app(app)
