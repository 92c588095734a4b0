"""Without a network: what is kept is read and answered, and every answer arrives once and only once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from learnapp.accounts.models import LoginSession
from learnapp.content.blocks import Card
from learnapp.content.catalog import Catalog, Module
from learnapp.database.db import begin_write, db
from learnapp.learning.models import Attempt, Progress, Response
from learnapp.training.models import PracticeRun
from learnapp.web.catalog import current_catalog
from tests.actors.people import People, hashed
from tests.browser.learner import FIRST, PASSWORD, SECOND, Site, asking, begin, sign_in
from tests.browser.own_device import (
    KEPT,
    NOTHING,
    choose_own,
    inventory,
    keep,
    kept_pages,
    own_browser,
    plug_in,
    stored,
    unplug,
    version_kept,
    wait_for_nothing,
    wait_for_pages,
)
from tests.browser.test_answers_ahead import keep_answer, make_cards, reviews
from tests.courses.serving import serve_catalog
from tests.shares import left

Open = Callable[[], BrowserContext]
COPY = re.compile("^A copy on this device, kept ")
HOUR_MS = 3_600_000


@pytest.fixture
def open_browser(
    playwright: Playwright, site: Site, tmp_path: Path, browser_type_launch_args: dict[str, Any]
) -> Iterator[Open]:
    """Start a browser of one's own; started again, it has been closed in between and keeps what it kept."""
    running: list[Any] = []

    def start() -> BrowserContext:
        stop()
        manager = own_browser(playwright, site, tmp_path / "browser", **browser_type_launch_args)
        running.append(manager)
        return manager.__enter__()

    def stop() -> None:
        while running:
            running.pop().__exit__(None, None, None)

    yield start
    stop()


@pytest.fixture
def context(lend: Callable[..., BrowserContext]) -> BrowserContext:
    """Give a device of its own to each test: a service worker of the one before might still be at work."""
    return lend(fresh=True)


@pytest.fixture
def own(site: Site, page: Page) -> Page:
    """Give a page of a browser that keeps the first module."""
    choose_own(page)
    keep(page)
    return page


def answer_somehow(page: Page) -> None:
    """Fill in the question in front, with whatever fits its fields."""
    page.locator("form[data-answer]").evaluate("""form => {
      const fields = "input:not([type=hidden], [name=certainty], [name=flagged]), select";
      for (const name of new Set([...form.querySelectorAll(fields)].map((one) => one.name))) {
        const [first] = form.querySelectorAll(`[name="${name}"]`);
        if (first.matches(".pick")) first.checked = true;
        else first.value ||= first.matches("select") ? first.options[1].value : "7";
      }
    }""")


def answer_without_network(page: Page, number: int) -> bool:
    """Answer the question in front and go on to the next one; a conversation has to wait."""
    expect(page.locator("#question-n")).to_have_text(asking(number))
    is_talk = page.locator("form[data-autosave=off]").count() > 0
    if is_talk:
        page.get_by_role("button", name="Come back later").click()
        expect(page.locator("#question-n")).not_to_have_text(asking(number))
        return False
    answer_somehow(page)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_text("Kept on this device. It is checked when there is a connection")).to_be_visible()
    page.get_by_role("link", name=re.compile("^(Next question|Go on)$")).click()
    return True


@pytest.mark.long
def test_an_hour_without_a_network_and_a_restart_lose_nothing_and_double_nothing(
    site: Site, open_browser: Open
) -> None:
    context = open_browser()
    page = context.pages[0]
    begin(page, SECOND)
    make_cards(site, 3)
    choose_own(page)
    keep(page)
    keep(page, "practice")
    unplug(site, context)
    page.clock.install()
    page.goto(FIRST)
    expect(page.get_by_text(COPY)).to_be_visible()
    page.locator("form[action$='/quiz'] button").first.click()
    expect(page.locator("#question-n")).to_have_text(asking(1))
    given = sum(answer_without_network(page, number) for number in (1, 2, 3))
    page.goto("/me/review")
    expect(page).to_have_url(re.compile("/me/review/ahead$"))
    cards = [keep_answer(page)]
    page.clock.fast_forward(HOUR_MS)

    context = open_browser()
    unplug(site, context)
    page = context.pages[0]
    page.goto(f"{FIRST}/quiz")
    total = len(site.lesson(FIRST).quiz.items)
    for number in range(4, total + 1):
        page.goto(re.sub(r"q=\w+.*", f"q={number}", page.url))
        given += answer_without_network(page, number)
    expect(page.get_by_text("waits on this device, and is sent when there is one")).to_be_visible()
    page.goto("/me/review")
    cards += [keep_answer(page) for _card in range(2)]
    page.goto("/practice/two-minutes")
    expect(page).to_have_url(re.compile("/practice/two-minutes/offline$"))
    ways = talk_to_the_end(page)
    page.goto(FIRST)
    expect(page.get_by_text(f"Answers that wait here: {given + 3 + 1}.")).to_be_visible()
    assert not any(stored(site).values())
    assert (reviews(site), practiced(site)) == ([], [])

    site.loss.begin(0.3, seed=1)
    plug_in(site, context)
    page.goto("/support")
    expect(page.get_by_text("All answers that waited on this device have arrived.")).to_be_visible(timeout=90_000)
    assert sum(site.loss.lost) > 2
    site.loss.end()
    with site.app.app_context():
        key = FIRST.removeprefix("/modules/")
        (attempt,) = db.session.query(Attempt).filter_by(state="open", lesson=key)
        rows = db.session.query(Response).filter_by(attempt_id=attempt.id).all()
        assert len(rows) == len({row.item_id for row in rows}) == given == attempt.seq
        assert all(row.response is not None for row in rows)
        assert db.session.get_one(Progress, (attempt.user_id, key)).read_at is not None  # its quiz was begun from it
    assert sorted(reviews(site)) == sorted(int(card) for card in cards)
    assert practiced(site) == [(ways, True)]
    page.get_by_role("link", name="See your cards").click()
    expect(page.locator("#answered li")).to_have_count(3)
    page.wait_for_function("() => Object.keys(localStorage).every((name) => !/unsaved.*[.]\\d+[.]/.test(name))")


def talk_to_the_end(page: Page) -> list[str]:
    """Go through a conversation by the first reply each time; return the replies that were given."""
    page.get_by_role("button", name=re.compile("Begin the talk|Skip|Start")).first.click()
    said: list[str] = []
    while page.locator("[data-replies] input[name=reply]").count():
        first = page.locator("[data-replies] input[name=reply]").first
        said.append(first.get_attribute("value") or "")
        first.check(force=True)
        page.get_by_role("button", name="Say this").click()
    expect(page.get_by_role("heading", name="Look back", exact=True)).to_be_visible()
    return said


def practiced(site: Site) -> list[tuple[list[str], bool]]:
    """Return the path of every conversation that is stored, and whether its end was reached."""
    with site.app.app_context():
        return [(list(one.path), one.done_at is not None) for one in db.session.query(PracticeRun)]


def attempt_of(site: Site, page: Page) -> str:
    """Return the address of the kept attempt at the first quiz."""
    (address,) = {one.partition("?")[0] for one in kept_pages(page) if one.startswith("/attempts/")} & {
        f"/attempts/{number}" for number in attempts_at(site, FIRST)
    }
    return address


def gated_lesson(site: Site) -> tuple[str, str]:
    """Return a lesson with a card that the youngest do not get, and what the card is called."""
    with site.app.app_context():
        found = ((one.key, block) for one in current_catalog().lessons.values() for block in one.blocks)
        return next((key, block.title) for key, block in found if isinstance(block, Card) and block.gated)


def with_title(catalog: Catalog, key: str, title: str) -> Catalog:
    """Return the course with another title for a lesson."""
    changed = replace(catalog.lessons[key], title=title)

    def changed_in(module: Module) -> Module:
        return replace(module, lessons=tuple(changed if one.key == key else one for one in module.lessons))

    modules = {slug: changed_in(module) for slug, module in catalog.modules.items()}
    courses = {
        slug: replace(course, modules=tuple(modules[one.slug] for one in course.modules))
        for slug, course in catalog.courses.items()
    }
    lessons = {**catalog.lessons, key: changed}
    return replace(catalog, courses=courses, modules=modules, lessons=lessons, digest="another")


def attempts_at(site: Site, lesson: str) -> list[int]:
    with site.app.app_context():
        return [one.id for one in db.session.query(Attempt).filter_by(lesson=lesson.removeprefix("/modules/"))]


def pick(page: Page, number: int) -> None:
    page.locator("form[data-answer] .option").nth(number).click()


@pytest.mark.long
def test_a_conflict_is_asked_once_and_on_the_question_that_it_is_about(
    site: Site, own: Page, open_device: Callable[..., Page], noticed: list[str]
) -> None:
    attempt = attempt_of(site, own)
    unplug(site, own.context)
    own.goto(f"{attempt}?q=1")
    pick(own, 2)
    own.get_by_role("button", name="Check my answer").click()
    own.goto("/support")
    plug_in_later = own.context.storage_state()
    site.gate.unplugged = False
    other = open_device(storage_state={"cookies": plug_in_later["cookies"], "origins": []})
    other.goto(f"{FIRST}/quiz")
    other.get_by_role("button", name=re.compile("quiz")).first.click()
    pick(other, 0)
    expect(other.locator("[data-save-status]")).to_have_text(re.compile("Saved at"))

    plug_in(site, own.context)
    own.goto("/glossary")
    own.get_by_text("Question 1 was answered in another window or on another device, too.").wait_for()
    own.get_by_role("link", name="Choose which answer to keep").click()
    expect(own.get_by_text("Another window or device answered question 1 since you opened it here.")).to_be_visible()
    own.get_by_role("button", name="Keep what I have here for question 1").click()
    expect(own.locator("#question-n")).to_have_text(asking(1, answered=True))
    own.goto("/glossary")
    own.wait_for_load_state("networkidle")
    expect(own.locator("#waiting")).to_have_count(0)
    with site.app.app_context():
        (row,) = db.session.query(Response)
        assert row.submitted_at is not None
    noticed.clear()


def test_a_shared_computer_keeps_nothing_and_does_not_know_that_it_was_asked(site: Site, page: Page) -> None:
    page.goto("/device")
    expect(page.get_by_label("Others use it, too")).to_be_checked()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Nothing is kept on this device.")).to_be_visible()
    page.goto(FIRST)
    page.wait_for_load_state("networkidle")
    assert inventory(page) == NOTHING
    assert site.people() == 0


def by_forgetting(page: Page) -> None:
    page.goto("/account/forget")
    page.get_by_role("button", name="Forget everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything is deleted")


def by_signing_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")


def by_deleting_the_account(page: Page) -> None:
    page.goto("/account/data")
    page.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Delete")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything is deleted")


def by_the_way_out(page: Page) -> None:
    page.route("**/wiki/**", lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    page.locator("#leave").click()
    page.wait_for_url("**/wiki/**")
    page.goto("/robots.txt")


def by_escape(page: Page) -> None:
    page.route("**/wiki/**", lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/wiki/**")
    page.goto("/robots.txt")


def by_removing_all(page: Page) -> None:
    page.goto("/device")
    page.get_by_role("button", name="Remove everything from this device").click()
    expect(page.get_by_text("Everything that was kept on this device is removed.")).to_be_visible()


GUESTS = [by_forgetting, by_the_way_out, by_escape, by_removing_all]
ACCOUNTS = [by_signing_out, by_deleting_the_account]


@pytest.mark.parametrize("way", [left(way) if way is not by_the_way_out else way for way in [*GUESTS, *ACCOUNTS]])
def test_all_that_is_kept_goes_with_whoever_goes(
    site: Site, page: Page, noticed: list[str], way: Callable[[Page], None]
) -> None:
    if way in ACCOUNTS:
        People(site.app).add("Ben", password_hash=hashed(PASSWORD))
        sign_in(page, "Ben")
    choose_own(page)
    keep(page)
    unplug(site, page.context)
    page.goto(f"{attempt_of(site, page)}?q=1")
    pick(page, 1)
    expect(page.get_by_text("Kept on this device until there is a connection.")).to_be_visible()
    assert any("unsaved" in name for name in inventory(page)["names"])
    site.gate.unplugged = False
    page.context.set_offline(False)

    way(page)
    wait_for_nothing(page)
    page.wait_for_timeout(500)  # nothing that was under way brings anything back
    assert inventory(page) == NOTHING
    noticed.clear()


@pytest.mark.long
def test_a_session_that_was_ended_elsewhere_leaves_nothing_to_read(site: Site, page: Page, noticed: list[str]) -> None:
    People(site.app).add("Ben", password_hash=hashed(PASSWORD))
    sign_in(page, "Ben")
    choose_own(page)
    keep(page)
    with site.app.app_context():
        begin_write(db.session)
        db.session.query(LoginSession).delete()
        db.session.commit()
    unplug(site, page.context)
    page.goto(FIRST)  # the device cannot know: what it shows is the course's own text
    assert "Ben" not in page.locator("body").inner_text()
    plug_in(site, page.context)
    page.goto("/support")
    wait_for_nothing(page)
    unplug(site, page.context)
    with pytest.raises(Error, match="ERR_"):
        page.goto(FIRST)
    noticed.clear()


@pytest.mark.long
def test_another_person_at_the_same_browser_finds_nothing_of_the_one_before(
    site: Site, own: Page, noticed: list[str]
) -> None:
    People(site.app).add("Cleo", password_hash=hashed(PASSWORD))
    own.context.clear_cookies()
    sign_in(own, "Cleo")
    wait_for_nothing(own)
    noticed.clear()


@pytest.mark.long
def test_what_was_spoiled_or_half_written_is_not_shown_and_heals(site: Site, own: Page, noticed: list[str]) -> None:
    own.evaluate(
        """async (address) => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) {
          if (url.endsWith(address)) {
            await cache.put(url, new Response("<h1>poison</h1>", { headers: { "Content-Type": "text/html" } }));
          }
          if (url.endsWith("/closed-borders")) await cache.delete(url);
        }
      }
      await (await caches.open("learnapp::module:half")).put("/modules/fear", new Response("half"));
    }""",
        FIRST,
    )
    unplug(site, own.context)
    own.goto(FIRST)
    expect(own.get_by_role("heading", level=1)).to_have_text("No connection")
    plug_in(site, own.context)
    own.goto("/support")
    wait_for_pages(own, FIRST, SECOND)
    unplug(site, own.context)
    for address in (FIRST, SECOND):
        own.goto(address)
        expect(own.get_by_text(COPY)).to_be_visible()
    noticed.clear()


@pytest.mark.long
def test_a_spoiled_record_heals_by_itself(site: Site, own: Page, noticed: list[str]) -> None:
    own.evaluate("""async () => (await caches.open("learnapp::record")).put("/record", new Response("rubbish"))""")
    own.goto("/device")
    expect(own.locator("[data-module=cut-off] [data-state]")).to_have_text(KEPT, timeout=30_000)
    assert len([name for name in inventory(own)["pages"] if ":module:" in name]) == 1
    noticed.clear()


@pytest.mark.long
@pytest.mark.parametrize(("band", "there"), [(12, False), (18, True)])
def test_what_the_age_group_may_not_read_is_never_kept(site: Site, page: Page, band: int, there: bool) -> None:
    strong, words = gated_lesson(site)
    People(site.app).add("Ben", password_hash=hashed(PASSWORD), band=band)
    sign_in(page, "Ben")
    choose_own(page)
    keep(page, strong.split("/")[0])
    texts = page.evaluate("""async () => {
      const texts = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const one of await cache.keys()) texts.push(await (await cache.match(one)).text());
      }
      return texts;
    }""")
    assert any(words in text for text in texts) is there


@pytest.mark.long
def test_who_tells_a_younger_age_group_finds_nothing_of_the_older_one(
    site: Site, page: Page, noticed: list[str]
) -> None:
    strong, words = gated_lesson(site)
    People(site.app).add("Ben", password_hash=hashed(PASSWORD), band=18)
    sign_in(page, "Ben")
    choose_own(page)
    keep(page, strong.split("/")[0])
    page.goto("/account/age")
    page.get_by_label(re.compile("Under 14")).check()
    page.get_by_role("button", name="Keep").click()
    page.goto("/support")
    page.wait_for_load_state("networkidle")
    page.goto(f"/device#{strong.split('/')[0]}")
    expect(page.locator(f"[data-module={strong.split('/')[0]}] [data-state]")).to_have_text(re.compile("^Kept"))
    unplug(site, page.context)
    page.goto(f"/modules/{strong}")
    assert words not in page.content()
    noticed.clear()


@pytest.mark.long
def test_a_change_of_the_course_reaches_the_device(
    site: Site, own: Page, monkeypatch: pytest.MonkeyPatch, noticed: list[str]
) -> None:
    title = "A title that was changed today"
    before, version = site.app.extensions["catalog"].get(), version_kept(own)
    serve_catalog(site.app, monkeypatch, with_title(before, FIRST.removeprefix("/modules/"), title))
    own.goto("/support")
    for _second in range(30):
        if version_kept(own) != version:
            break
        own.wait_for_timeout(1000)
    unplug(site, own.context)
    own.goto(FIRST)
    expect(own.get_by_role("heading", level=1)).to_have_text(title)
    noticed.clear()


@pytest.mark.long
def test_pages_that_are_opened_are_kept_within_the_bound_and_chosen_ones_stay(
    site: Site, own: Page, noticed: list[str]
) -> None:
    own.goto(SECOND.replace("cut-off/closed-borders", "scarcity"))
    own.wait_for_load_state("networkidle")
    own.wait_for_function("async () => (await (await caches.open('learnapp::opened')).keys()).length > 0")
    tools = own.context.new_cdp_session(own)
    used = own.evaluate("async () => (await navigator.storage.estimate()).usage")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": site.url, "quotaSize": used + 200_000})
    own.goto("/device")
    row = own.locator("[data-module=leaving]")
    row.get_by_role("button", name="Keep on this device").click()
    expect(row.locator("[data-state]")).to_have_text(re.compile("There is no room for it."), timeout=30_000)
    expect(own.locator("[data-module=cut-off] [data-state]")).to_have_text(KEPT)
    assert [name for name in inventory(own)["pages"] if ":module:leaving" in name] == []
    tools.send("Storage.overrideQuotaForOrigin", {"origin": site.url})
    noticed.clear()


@pytest.mark.long
def test_two_windows_keep_and_send_as_one(site: Site, own: Page, noticed: list[str]) -> None:
    attempt = attempt_of(site, own)
    other = own.context.new_page()
    unplug(site, own.context)
    for number, page in ((1, own), (site.another(), other)):
        page.goto(f"{attempt}?q={number}")
        pick(page, 0)
        page.get_by_role("button", name="Check my answer").click()
        expect(page.get_by_text("Kept on this device. It is checked")).to_be_visible()
    for page in (own, other):
        page.goto("/support")
    plug_in(site, own.context)
    own.wait_for_function("() => !Object.keys(localStorage).some((name) => name.includes('unsaved'))", timeout=30_000)
    assert sorted(map(len, stored(site).values())) == [0, 0, 2]
    for page in (own, other):
        page.goto("/device")
        expect(page.locator("[data-module=cut-off] [data-state]")).to_have_text(KEPT)
    assert len([name for name in inventory(own)["pages"] if ":module:" in name]) == 1
    noticed.clear()
