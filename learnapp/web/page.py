"""What surrounds every page: language, look, menu, way out, foot.

Templates ask for `frame()`, and base.html for the parts of the shell around a page. The parts are the
same for everybody with the same name, role, language and look, so each is rendered once and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Flask, current_app, g, get_template_attribute, request, url_for
from flask_babel import LazyString, lazy_gettext
from flask_login import current_user
from markupsafe import Markup

from learnapp.content.catalog import Source
from learnapp.content.problems import Problem
from learnapp.web import display, i18n
from learnapp.web.policy import ROLES

Label: TypeAlias = str | LazyString | Callable[[Any], str]
KEPT = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu or the foot; `label` may be a function of the current user (to show a name)."""

    endpoint: str
    label: Label
    roles: frozenset[str] = frozenset(ROLES)
    debug_only: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as a template needs it."""

    endpoint: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One page's surroundings."""

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
    def home(self) -> str:
        """Return where the name of the site leads."""
        return url_for(current_app.config["HOME"])

    @property
    def leave(self) -> str:
        """Return where the way out leads."""
        return str(current_app.config["SETTINGS"].leave_url)

    @property
    def menu(self) -> tuple[Link, ...]:
        return _links(current_app.config["MENU"])

    @property
    def foot(self) -> tuple[Link, ...]:
        return _links((*current_app.config["FOOT"], *FOOT))


FOOT = (
    Entry("web.support", lazy_gettext("Get support")),
    Entry("web.display", lazy_gettext("Display and text")),
    Entry("styleguide.guide", lazy_gettext("Style guide"), debug_only=True),
)


def frame() -> Frame:
    """Return this request's frame, made once."""
    if "frame" not in g:
        chosen = display.chosen()
        holder = current_app.extensions["catalog"]
        user = current_user._get_current_object()
        g.frame = Frame(
            lang=i18n.language_tag(),
            dir=i18n.direction(),
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
    made: Frame = g.frame
    return made


def shell(part: str, here: str = "") -> Markup:
    """Return a part of the shell (root, head, top, foot) for the page `here`; see _macros/shell.html."""
    site = frame()
    kept: dict[Any, Markup] = current_app.extensions["shell"]
    key = (part, here, site)
    if key not in kept:
        if len(kept) >= KEPT or current_app.config["SETTINGS"].debug:
            kept.clear()
        kept[key] = Markup(get_template_attribute("_macros/shell.html", part)(site, here).strip())  # noqa: S704
    return kept[key]


def _links(entries: tuple[Entry, ...]) -> tuple[Link, ...]:
    """Return the entries that this role sees, with their addresses."""
    role, debug = current_user.role, current_app.config["SETTINGS"].debug
    return tuple(
        Link(one.endpoint, url_for(one.endpoint), _text(one.label))
        for one in entries
        if role in one.roles and (debug or not one.debug_only)
    )


def _text(label: Label) -> str:
    return label(current_user) if callable(label) and not isinstance(label, LazyString) else str(label)


def init_app(app: Flask) -> None:
    """Give templates `frame()` and `shell(part, here)`."""
    app.extensions["shell"] = {}
    app.jinja_env.globals.update(frame=frame, shell=shell)
