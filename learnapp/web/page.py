"""Pages: the layout around each of them (language, display, menu, way out, foot), and the filters of templates."""

from __future__ import annotations

import inspect
from collections.abc import Callable, MutableMapping
from contextvars import Context
from dataclasses import dataclass, replace
from datetime import date
from types import ModuleType
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.templating import Environment
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from jinja2 import FileSystemBytecodeCache
from markupsafe import Markup, escape

from learnapp.config.derived_keys import keyed_digests
from learnapp.config.settings import current_settings
from learnapp.content.facts import Source
from learnapp.content.load.markdown import keep_names_on_one_line
from learnapp.content.problems import Problem
from learnapp.web import forms, i18n
from learnapp.web.browser.form_tokens import form_token
from learnapp.web.copies import copied_for, is_copy
from learnapp.web.display import Display, current_display
from learnapp.web.login import GUEST
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
    MenuEntry("groups.groups", _l("Classes and teams"), GROUPS["leader"]),
    MenuEntry("library.people", _l("People")),
    MenuEntry("library.search", _l("Search")),
    MenuEntry("authoring.dashboard", _l("Authoring"), frozenset({"author", "admin"})),
    MenuEntry("accounts.sign_in", _l("Sign in"), GROUPS["signed_out"]),
    MenuEntry("accounts.account", None, GROUPS["member"]),
)
FOOT = (
    MenuEntry("library.search", _l("Search")),
    MenuEntry("library.glossary", _l("Glossary")),
    MenuEntry("library.sources", _l("Sources")),
    MenuEntry("web.support", _l("Get support")),
    MenuEntry("web.about", _l("About")),
    MenuEntry("teaching.for_teachers", _l("For teachers")),
    MenuEntry("training.training", _l("For volunteers")),
    MenuEntry("own_data.privacy", _l("Privacy")),
    MenuEntry("web.contact", _l("Contact")),
    MenuEntry("own_data.display", _l("Display and text")),
    MenuEntry("offline.device", _l("Without a network")),
    MenuEntry("own_data.data", _l("What is kept about me"), frozenset({GUEST})),
    MenuEntry("own_data.forget", _l("Forget what I did here"), frozenset({GUEST})),
)
# What the foot of a lesson or a quiz does without: who is there has found in, and its module's page leads to the rest.
ENTRANCES = {"teaching.for_teachers", "training.training", "offline.device"}
# Under which entry a page stands where the menu has none of its own.
ABOVE = {"groups.groups": "lessons.me", "training.training": "lessons.me"}
STYLE_GUIDE = MenuEntry("styleguide.guide", _l("Style guide"))


@dataclass(frozen=True, slots=True)
class Layout:
    """The surroundings of a page; `root` is the path below which the app is served, `day` the reader's today."""

    lang: str
    dir: str
    display: Display
    root: str
    role: str
    name: str
    site_name: str
    source: Source | None
    problems: tuple[Problem, ...]
    day: date

    @property
    def menu(self) -> tuple[MenuEntry, ...]:
        """Return the entries that this role sees."""
        return tuple(entry for entry in MENU if self.role in entry.roles)

    def menu_entry(self, endpoint: str) -> str:
        """Return the endpoint of the entry under which a page stands for this role."""
        return endpoint if any(entry.endpoint == endpoint for entry in self.menu) else ABOVE.get(endpoint, endpoint)

    @property
    def foot(self) -> tuple[MenuEntry, ...]:
        entries = (*FOOT, STYLE_GUIDE) if current_settings().debug else FOOT
        return tuple(entry for entry in entries if self.role in entry.roles)

    @property
    def brief_foot(self) -> tuple[MenuEntry, ...]:
        """Return the entries below a lesson or a quiz."""
        return tuple(entry for entry in self.foot if entry.endpoint not in ENTRANCES)


def page_layout() -> Layout:
    """Return the layout of this request's page, made once."""
    if "layout" not in g:
        locale, holder = get_locale(), current_app.extensions["catalog"]
        user = current_user._get_current_object()
        g.layout = Layout(
            lang=str(locale).replace("_", "-"),
            dir=locale.text_direction,  # type: ignore[union-attr]  # every request has a locale
            display=replace(current_display(), language="", time_zone=""),
            root=request.script_root,
            role=user.role,
            name=user.name,
            site_name=current_settings().site_name,
            source=holder.source,
            problems=holder.problems if holder.reload else (),  # readers can mend nothing
            day=i18n.today(),
        )
    return cast(Layout, g.layout)


def person_tags() -> str:
    """Return names for the current user by which scripts tell whose a thing in the browser is; "" for a visitor.

    With spaces between: the present name, then those that former secrets made, under which answers may still wait.
    Each begins with the path below which the app is served: other sites of this host share the browser's storage.
    A copy has those of the person on whose device it is kept.
    """
    if is_copy():
        return copied_for()
    user_id = current_user.id
    if user_id is None:
        return ""
    return " ".join(f"{request.script_root}/{digest}" for digest in keyed_digests("person", str(user_id)))


def render_isolated(layout: Layout, render: Callable[[], T]) -> T:
    """Return what `render` makes of a layout and its own arguments, with no reader in reach.

    It runs in an empty context, in a request that nobody sent: no cookie, session, user, message or token of
    the current request can get into what it returns, whatever a template asks for.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    address = f"http://{current_settings().hosts[0]}{layout.root}/"

    def render_in_empty_request() -> T:
        with app.test_request_context(base_url=address):
            g.layout, g.display = layout, replace(layout.display, language=layout.lang)
            g.is_kept = True
            return render()

    return Context().run(render_in_empty_request)


class PageEnvironment(Environment):
    """Flask's template environment, in which templates share one dictionary of globals.

    Jinja layers two and compares them at each import of macros, which is a fifteenth of the time of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: those of all, and its own where it has any."""
        return {**self.globals, **d} if d else self.globals


def add_template_functions(app: Flask, *modules: ModuleType) -> None:
    """Give templates every public function that is defined in one of these modules of words.

    Templates know them by name alone: raises ValueError where two modules have a function of one name.
    """
    for module in modules:
        public = inspect.getmembers(module, inspect.isfunction)
        own = {name: function for name, function in public if function.__module__ == module.__name__}
        words = {name: own[name] for name in own if not name.startswith("_")}
        if taken := words.keys() & app.jinja_env.globals.keys():
            raise ValueError(f"templates know another {', '.join(sorted(taken))}")
        app.jinja_env.globals.update(words)


def names_on_one_line(text: str) -> Markup:
    """Return plain text as HTML in which hyphened names stay on one line."""
    return Markup(keep_names_on_one_line(str(escape(text))))  # noqa: S704 - escaped here


def pct(value: float) -> str:
    """Return a length in percent for SVG, with at most two decimals: "33.33%"."""
    return f"{round(value, 2) + 0:g}%"


def init_app(app: Flask) -> None:
    """Give templates `page_layout()`, their filters, and a folder of the instance where they are kept compiled."""
    # Compiled templates are read again by later processes: to compile one takes as long as to send ten pages.
    compiled = app.config["SETTINGS"].instance_path / "templates"
    compiled.mkdir(mode=0o700, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    app.jinja_env.globals.update(
        page_layout=page_layout, csrf_token=form_token, form_key=forms.form_key, is_copy=is_copy
    )
    app.jinja_env.globals.update(person_tags=person_tags, chosen_zone=i18n.chosen_zone, zone_name=i18n.zone_name)
    filters = app.jinja_env.filters
    filters.update(
        names_on_one_line=names_on_one_line, pct=pct, problems=forms.problems, field_attributes=forms.field_attributes
    )
    filters.update(
        time_words=i18n.time_words, date=i18n.date_words, duration=i18n.duration, enumeration=i18n.enumeration
    )
