"""Every page, as everybody may need it: axe in light and dark, narrow, with large text, right to left."""

import re
from collections.abc import Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from learnapp.accounts.models import User
from learnapp.database.db import db
from learnapp.learning.attempts.answer import take_action
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.start import start_attempt
from learnapp.learning.attempts.store import attempt_detail, find_attempt_item
from learnapp.learning.progress.service import course_progress
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from tests.actors.attempts import giving
from tests.browser.learner import FIRST, SECOND, THIRD, Site, begin, sign_up
from tests.quiz.strategies import key_of
from tests.shares import LONG

# Attributes that make another kind of element by their value, not only by being there.
KINDLY = re.compile("class|type|role|aria-current|lang|dir")
NO_PAGES = {"/healthz", "/readyz", "/account/data/export", "/training/card/field-card.html"}
SCRIPT = Axe().axe_script
# What the theme and the width can change, and each part shows by itself: asked once of a part, in light and dark.
OF_PARTS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
OPENED = "for (const one of document.querySelectorAll('details')) one.open = true"
# How far the page is wider than the window: read left to right and right to left, with text of a size.
# Words that a name or a mark would cut into cells, since they stand in a grid or beside each other by themselves.
CUT = """() => [...document.querySelectorAll("main *")].filter(one =>
  /flex|grid/.test(getComputedStyle(one).display) &&
  one.querySelector(":scope > :is(.nowrap, em, strong, dfn, mark, q)") &&
  [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
).map(one => one.outerHTML.slice(0, 120))"""
WIDE = """ways => ways.map(([side, text]) => {
  const root = document.documentElement;
  [root.dir, root.style.fontSize] = [side, text];
  const over = root.scrollWidth - innerWidth;
  [root.dir, root.style.fontSize] = ["ltr", ""];
  return over;
})"""
LAYOUTS = {1280: [("rtl", "100%"), ("ltr", "200%")], 360: [("ltr", "200%")], 320: [("ltr", "100%"), ("rtl", "100%")]}
# What a page is made of: every kind of element, told by all that a style or a rule may ask of it.
KINDS = """
  const kind = one =>
    [one.localName, one.type, one.getAttribute("role"), one.ariaCurrent, ...one.classList].join(".");
  const all = () => [...document.body.querySelectorAll("*")];
"""
FOUND = f"() => {{ {KINDS} return [...new Set(all().map(kind))] }}"
# Of what is repeated, so many are enough, unless there is a kind of element in it that was not among them: axe
# takes 20 s for all sources.
ENOUGH = 3 if LONG else 1
SHORTEN = f"""() => {{ {KINDS}
  const kept = new Set();
  const shorten = parent => {{
    const count = {{}};
    for (const child of [...parent.children]) {{
      const name = [child.localName, ...child.classList].join(".");
      count[name] = (count[name] ?? 0) + 1;
      const known = [child, ...child.querySelectorAll("*")].every(one => kept.has(kind(one)));
      if (count[name] > {ENOUGH} && known) child.remove();
      else {{ kept.add(kind(child)); shorten(child); }}
    }}
  }};
  for (const main of document.querySelectorAll("main")) shorten(main);
}}"""
# The parts of the page that are new: an element of a kind never seen within one of its parent's kind, and all in it.
PARTS = f"""seen => {{ {KINDS}
  const known = new Set(seen), fresh = new Set(), places = new Set();
  for (const one of all()) {{
    const place = `${{kind(one.parentElement)}} > ${{kind(one)}}`;
    places.add(place);
    if (fresh.has(one.parentElement) || !known.has(place)) fresh.add(one);
  }}
  window.fresh = [...fresh].filter(one => !fresh.has(one.parentElement));
  return [...places];
}}"""
RUN_AXE = """([where, rules]) =>
  axe.run(window[where] ?? document, {resultTypes: ['violations'], preload: false, ...rules})
  .then(found => found.violations)"""


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Give the kinds of elements that were looked at, to be added to: nothing is looked at twice."""
    return set()


def own_pages(site: Site) -> list[str]:
    """Return the address of every page that takes no argument, whichever feature it belongs to."""
    rules = site.app.url_map.iter_rules()
    found = {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments}
    return sorted(found - NO_PAGES)


def differing(site: Site, page: Page, paths: Iterable[str]) -> list[str]:
    """Return the pages whose main part is another one here than for visitors, who look at all of them."""

    def main_of(text: str) -> list[str]:
        return re.findall("<main.*</main>", text, re.DOTALL)

    visitor = site.app.test_client()
    return [path for path in paths if main_of(page.request.get(path).text()) != main_of(visitor.get(path).text)]


def tags(text: str) -> set[str]:
    """Return the kinds of tags of a page as it is sent: what styles, rules and scripts may ask of an element."""
    return {
        " ".join([tag, *sorted(f"{name}={value}" if KINDLY.fullmatch(name) else name for name, value in found)])
        for tag, rest in re.findall(r"<([a-z]\w*)([^>]*)>", text)
        for found in [re.findall(r"([\w-]+)(?:=\"([^\"]*)\")?", rest)]
    }


def look(page: Page, paths: Iterable[str], seen: set[str]) -> list[str]:
    """Open each page that has a kind of element not `seen` before in every way; return what is wrong."""
    found = []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    for path in paths:
        answer = page.request.get(path, max_redirects=0)
        assert answer.status < 500, path
        if 300 <= answer.status < 400 or "html" not in answer.headers.get("content-type", ""):
            continue
        sent = tags(answer.text())
        if sent <= seen:
            continue
        seen |= sent
        page.goto(path)
        found += [f"{path}: {line}" for line in violations(page, seen)]
    return found


def violations(page: Page, seen: set[str]) -> list[str]:
    """Return what is wrong with the page that is open, if it has a kind of element not `seen` before."""
    page.wait_for_load_state()  # a press ends when the next page begins, which has no element yet
    page.evaluate(OPENED)
    kinds = set(page.evaluate(FOUND))
    if kinds <= seen:
        return []
    found = [f"cut into cells: {one}" for one in page.evaluate(CUT)]
    if LONG:
        found += sideways(page)
    page.evaluate(SHORTEN)
    if not LONG:
        found += sideways(page)
    places = page.evaluate(PARTS, list(seen))
    seen |= kinds.union(places)
    page.emulate_media(color_scheme="dark")
    found += axe(page, "dark", parts=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    return [*found, *axe(page, "light", parts=True), *axe(page, "whole", parts=False)]


def axe(page: Page, how: str, *, parts: bool) -> list[str]:
    """Ask axe about the new parts of the page, or about all that is not a matter of one part."""
    if page.evaluate("!window.axe"):
        page.evaluate(SCRIPT)
    if parts and not page.evaluate("fresh.length"):
        return []
    asked = {"runOnly": OF_PARTS} if parts else {"rules": {rule: {"enabled": False} for rule in OF_PARTS}}
    found = page.evaluate(RUN_AXE, ["fresh" if parts else "none", asked])
    return [f"{how} {one['id']} at {one['nodes'][0]['target']} ({len(one['nodes'])})" for one in found]


def sideways(page: Page) -> list[str]:
    """Return the ways in which the page would have to be scrolled to the side; the narrowest window stays."""
    found = []
    for width, ways in LAYOUTS.items():
        page.set_viewport_size({"width": width, "height": 800})
        for (side, text), over in zip(ways, page.evaluate(WIDE, ways), strict=True):
            if over > 0:
                found.append(f"{side} {width} px, text {text}: {over} px too wide")
    return found


@pytest.mark.scaled
def test_a_page_of_each_kind(site: Site, page: Page, seen: set[str]) -> None:
    """What `make test` looks at of all that follows: the course, a lesson, a form, a question."""
    assert look(page, ["/", FIRST, "/account/sign-up"], seen) == []
    begin(page)
    assert look(page, [page.url.removeprefix(site.url)], seen) == []


@pytest.mark.long
def test_pages_for_visitors(site: Site, page: Page, noticed: list[str], seen: set[str]) -> None:
    course = ["/courses/north-korean-people", "/modules/cut-off", FIRST, SECOND, f"{FIRST}/quiz"]
    assert look(page, [*own_pages(site), *course, "/none"], seen) == []
    refused = ("403", "404", "410")
    assert all(any(code in line for code in refused) for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_pages_for_learners(site: Site, page: Page, noticed: list[str], seen: set[str]) -> None:
    sign_up(page, "Ben")
    finished = take(site, FIRST, finish=True)
    site.finish_lessons("cut-off/people-before-politics", "cut-off/closed-borders")
    own = differing(site, page, own_pages(site))
    assert {"/", "/me", "/account", "/search"} & set(own) == {"/", "/me", "/account"}
    paths = [*own, "/modules/cut-off", SECOND, THIRD, f"{FIRST}/quiz", finished]
    assert look(page, paths, seen) == []
    refused = ("403", "404", "410")
    assert all(any(code in line for code in refused) for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_pages_of_a_quiz(site: Site, page: Page, noticed: list[str], seen: set[str]) -> None:
    begin(page)
    site.finish_lessons("cut-off/people-before-politics", "cut-off/closed-borders")
    for lesson in (SECOND, THIRD):
        look_through_quiz(site, page, lesson, seen)
    assert all("422" in line for line in noticed)
    noticed.clear()


def look_through_quiz(site: Site, page: Page, lesson: str, seen: set[str]) -> None:
    """Look at each question of a quiz: open, with something missing, and with its verdict."""
    begin(page, lesson)
    attempt = page.url.split("?")[0].removeprefix(site.url)
    total = page.locator(".jump li").count()
    questions = [f"{attempt}?q={number}" for number in range(1, total + 1)]
    assert look(page, [*questions, f"{attempt}?q=end", f"{lesson}/quiz"], seen) == []
    for path in questions:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(path)
        if page.locator(".order").count():
            continue  # entries stand in an order from the start, and nothing can be missing
        page.locator("[data-key=enter]").click()
        page.locator(".errors").wait_for()
        assert violations(page, seen) == []
    take(site, lesson)
    assert look(page, questions, seen) == []


def take(site: Site, lesson: str, *, finish: bool = False) -> str:
    """Answer every question of the one person's quiz but the last one rightly; return its address."""
    with site.app.app_context():
        catalog, now = current_catalog(), clock.now()
        who = db.session.query(User).one().id
        found = catalog.lessons["/".join(lesson.split("/")[2:4])]
        progress = course_progress(db.session, catalog.course_of(found), who).of(found)
        attempt = start_attempt(db.session, who, progress, "main", 7, now)
        for attempt_item in attempt_detail(db.session, who, attempt).items:
            one = find_attempt_item(db.session, who, attempt, attempt_item.item.id)
            if not one.state.submitted:
                take_action(db.session, one, "check", giving(one, key_of(one.item)), one.summary.seq, now)
        if finish:
            finish_attempt(db.session, who, attempt, now)
        db.session.commit()
    return f"/attempts/{attempt}"
