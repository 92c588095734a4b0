"""Page layout: what surrounds every page, which is language, look, menu, way out and foot.

A layout is a frozen value. `render_isolated` renders from such a value alone, for parts of pages that are
kept and sent to many readers.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from types import ModuleType
from typing import TypeVar

from flask import Flask, current_app, g, request
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from jinja2 import FileSystemBytecodeCache

from learnapp.config import current_settings
from learnapp.content.facts import Source
from learnapp.content.problems import Problem
from learnapp.web import display
from learnapp.web.policy import GROUPS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A link of the menu or the foot; without a label it carries the current user's name."""

    endpoint: str
    label: LazyString | None
    roles: frozenset[str] = GROUPS["everyone"]


MENU = (
    MenuEntry("lessons.home", _l("Course")),
    MenuEntry("lessons.me", _l("My learning")),
    MenuEntry("library.search", _l("Search")),
    MenuEntry("authoring.dashboard", _l("Authoring"), frozenset({"author", "admin"})),
    MenuEntry("accounts.sign_in", _l("Sign in"), GROUPS["visitor"]),
    MenuEntry("accounts.account", None, GROUPS["member"]),
)
FOOT = (
    MenuEntry("library.search", _l("Search")),
    MenuEntry("library.glossary", _l("Glossary")),
    MenuEntry("library.sources", _l("Sources")),
    MenuEntry("web.support", _l("Get support")),
    MenuEntry("own_data.display", _l("Display and text")),
)
STYLE_GUIDE = MenuEntry("styleguide.guide", _l("Style guide"))


@dataclass(frozen=True, slots=True)
class Layout:
    """The surroundings of a page; `root` is the path below which the app is served."""

    lang: str
    dir: str
    theme: str
    contrast: str
    text: str
    neutral: bool
    root: str
    role: str
    name: str
    source: Source | None
    problems: tuple[Problem, ...]

    @property
    def menu(self) -> tuple[MenuEntry, ...]:
        """Return the entries that this role sees."""
        return tuple(entry for entry in MENU if self.role in entry.roles)

    @property
    def foot(self) -> tuple[MenuEntry, ...]:
        return (*FOOT, STYLE_GUIDE) if current_settings().debug else FOOT


def page_layout() -> Layout:
    """Return the layout of this request's page, made once."""
    if "layout" not in g:
        chosen, locale = display.current_display(), get_locale()
        holder = current_app.extensions["catalog"]
        user = current_user._get_current_object()
        g.layout = Layout(
            lang=str(locale).replace("_", "-"),
            dir=locale.text_direction,  # type: ignore[union-attr]  # every request has a locale
            theme=chosen.theme,
            contrast=chosen.contrast,
            text=chosen.text,
            neutral=chosen.neutral_titles,
            root=request.script_root,
            role=user.role,
            name=user.name,
            source=holder.source,
            problems=holder.problems,
        )
    layout: Layout = g.layout
    return layout


def render_isolated(layout: Layout, render: Callable[[], T]) -> T:
    """Return what `render` makes of a layout and its own arguments, with no reader in reach.

    It runs in an empty context, in a request that nobody sent: no cookie, session, user, message or token of
    the current request can get into what it returns, whatever a template asks for.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return Context().run(_in_empty_request, app, layout, render)


def _in_empty_request(app: Flask, layout: Layout, render: Callable[[], T]) -> T:
    host = app.config["SETTINGS"].hosts[0]
    with app.test_request_context(base_url=f"http://{host}{layout.root}/"):
        g.layout = layout
        g.display = display.Display(language=layout.lang)
        return render()


def add_template_functions(app: Flask, *modules: ModuleType) -> None:
    """Give templates every public function that is defined in one of these modules of words."""
    for module in modules:
        public = inspect.getmembers(module, inspect.isfunction)
        own = {name: function for name, function in public if function.__module__ == module.__name__}
        app.jinja_env.globals.update({name: own[name] for name in own if not name.startswith("_")})


def init_app(app: Flask) -> None:
    """Give templates `page_layout()`, and a folder of the instance where they are kept compiled."""
    # Compiled templates are read again by later processes: to compile one takes as long as to send ten pages.
    compiled = app.config["SETTINGS"].instance_path / "templates"
    compiled.mkdir(mode=0o700, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    app.jinja_env.globals["page_layout"] = page_layout
