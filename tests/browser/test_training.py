"""Training in a browser: Vera takes the final on a phone by keyboard alone, goes on elsewhere, and is certified."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import begin_write, db
from learnapp.learning.models import Attempt
from learnapp.quiz.types.scenario import ScenarioResponse
from learnapp.web import clock
from tests.actors.attempt_pages import fields_of
from tests.actors.training import read_all
from tests.browser.keyboard import BY_NAME, BY_PART, ITSELF, tab_to
from tests.browser.learner import Site, asking, sign_in, sign_up
from tests.browser.test_every_page import look, sideways
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, SPILLS, bank_items, program, training_course, update
from tests.quiz.samples import make
from tests.quiz.strategies import key_of

Device = Callable[..., Page]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DAY = timedelta(days=1)
PROGRAM = f"/training/{SERVER}"
PAGES = ["/training", PROGRAM, "/training/safety", "/me"]
FINAL = {"strata": {"1-tea": 1, "2-pot": 2, SPILLS: 1}, "pass_points": 3}
RENEWAL = {"strata": {"1-tea": 1, SPILLS: 1}, "pass_points": 1, "opens_days": 60}
BANKS = {
    "1-tea": tuple(make("single", id=f"final-leaf-{n}") for n in range(2)),
    "2-pot": tuple(make("multiple", id=f"final-pot-{n}") for n in range(4)),
    SPILLS: bank_items(SPILLS, 2),
}


@pytest.fixture(autouse=True)
def training(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the tea course with a program."""
    asked = [update("new-kettle", f"{clock.now() - DAY:%Y-%m-%d}").model_dump()]
    catalog = training_course(program(final=FINAL, renewal=RENEWAL, updates=asked), banks=BANKS)
    serve_catalog(site.app, monkeypatch, catalog)


def volunteer(site: Site, page: Page) -> None:
    """Have Vera make her account, and complete every lesson."""
    sign_up(page, "Vera")
    with site.app.app_context():
        who = db.session.scalars(select(User.id)).one()
        read_all(site.app.extensions["catalog"].get(), who, clock.now())


def press(page: Page, words: str) -> None:
    """Come to a link or a button by Tab, see that the focus is seen, and press Enter."""
    tab_to(page, words, BY_PART, most=90)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of the circles of a name, or one box, by keyboard."""
    field = page.locator(f"form[data-answer] [name='{name}'][value='{value}']")
    if field.get_attribute("type") == "checkbox":
        tab_to(page, field.element_handle(), ITSELF)
        page.keyboard.press("Space")
    else:
        tab_to(page, name, BY_NAME)
        page.keyboard.press("Space")
        while not field.is_checked():
            page.keyboard.press("ArrowDown")
    expect(field).to_be_checked()


def answer(site: Site, page: Page, *, well: bool = True, certainty: str = "3") -> None:
    """Answer the question in front by keyboard, a conversation to its end, and go on."""
    number = site.attempt_item(page).number
    while True:
        item = site.attempt_item(page)
        key = item.item.parse_stored(key_of(item.item))
        step, replies = 0, tuple[int, ...]((0,))
        if isinstance(key, ScenarioResponse):
            replies = key.replies
            step = item.item.steps_taken(item.state.response)
            choose(page, "reply", str(item.presentation.replies[step].index(replies[step])))
        else:
            for name, values in fields_of(item, key).items():
                for value in values:
                    choose(page, name, value if well else str((int(value) + 1) % 3))
        choose(page, "certainty", certainty)
        with page.expect_response(lambda one: one.url.endswith("/answers") and "json" not in str(one.headers)):
            press(page, "Say this" if item.item.stepwise else "Keep my answer and go on")
        if not item.item.stepwise or step == len(replies) - 1:
            break
        page.locator(f"input[name=turn][value='{step + 1}']").wait_for(state="attached")
    expect(page.locator("#question-n")).to_have_text(asking(number + 1) if number < 4 else "Finish the final")


@pytest.mark.long
def test_the_final_by_keyboard_on_a_phone_then_on_another_device_whose_clock_is_wrong(
    site: Site, open_device: Device
) -> None:
    phone = open_device(**PHONE)
    volunteer(site, phone)
    phone.goto(PROGRAM)
    press(phone, "Begin")
    expect(phone.get_by_role("heading", level=1, name=asking(1))).to_be_visible()
    expect(phone).to_have_title(re.compile("^Question 1 of 4 · Final: Tea server"))
    phone.keyboard.press("f")
    answer(site, phone, well=False, certainty="1")
    answer(site, phone, certainty="2")
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    laptop = open_device(fresh=True)
    laptop.clock.set_fixed_time(clock.now() + 400 * DAY)
    sign_in(laptop, "Vera")
    laptop.goto("/training")
    press(laptop, "Go on")
    expect(laptop.get_by_role("heading", level=1, name=asking(2))).to_be_visible()
    expect(laptop.locator("[name=certainty][value='2']")).to_be_checked()
    laptop.keyboard.press("p")
    expect(laptop.get_by_role("heading", level=1, name=asking(1))).to_be_visible()
    expect(laptop.locator("[name=flagged]")).to_be_checked()
    expect(laptop.locator("[name=certainty][value='1']")).to_be_checked()
    for number in (2, 3):
        laptop.keyboard.press("n")
        expect(laptop.get_by_role("heading", level=1, name=asking(number))).to_be_visible()
    answer(site, laptop)
    answer(site, laptop)
    expect(laptop.get_by_text("All questions are answered.")).to_be_visible()
    press(laptop, "Finish and see my result")
    expect(laptop.get_by_role("heading", name="Passed", exact=True)).to_be_visible()
    expect(laptop.get_by_text("3 of 4 points. Full marks on all safety points.")).to_be_visible()
    over = laptop.get_by_role("region", name="Worth going over again")
    expect(over.get_by_role("heading", level=3)).to_have_text(re.compile(r"Tea\s+0 of 1"))
    expect(laptop.get_by_role("region", name="By theme").get_by_role("listitem")).to_have_count(3)
    expect(laptop.get_by_role("row", name=re.compile("^A guess.*0 of 1"))).to_be_visible()
    expect(laptop.locator("details.again")).to_have_count(4)

    # The phone, which still shows a question, is led to the result, and on to the certificate.
    phone.reload()
    expect(phone.get_by_role("heading", name="Your final")).to_be_visible()
    press(phone, "See what comes next")
    expect(phone.get_by_role("heading", name="You have passed: get your certificate")).to_be_visible()
    press(phone, "Get the certificate")
    expect(phone.get_by_role("heading", level=1, name="Get your certificate")).to_be_visible()
    tab_to(phone, "name", BY_NAME)
    phone.keyboard.type("Vera Light")
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile("/training/certificates/"))
    expect(phone.get_by_text("Vera Light").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def look_at(page: Page, seen: set[str], *more: str) -> None:
    """Look at the pages of training as they stand now, and at these."""
    assert look(page, [*PAGES, *more], seen) == []


def begin(page: Page) -> str:
    """Begin the final, and return the address of the form."""
    page.goto(PROGRAM)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/attempts/\d+"))
    return f"/attempts/{re.findall(r'/attempts/([0-9]+)', page.url)[0]}"


def let_pass(site: Site, days: int) -> None:
    """Let days pass since whatever was begun or finished."""
    with site.app.app_context():
        begin_write(db.session)
        for row in db.session.scalars(select(Attempt)):
            row.started_at -= days * DAY
            if row.finished_at is not None:
                row.finished_at -= days * DAY
        db.session.commit()


@pytest.mark.long
def test_every_page_of_training_in_every_way(site: Site, page: Page) -> None:
    """Of whoever only looks, learns, has a form open, waits, had one set aside, has passed, and is certified."""
    seen: set[str] = set()
    look_at(page, seen)
    volunteer(site, page)
    look_at(page, seen)
    form = begin(page)
    questions = [f"{form}?q={number}" for number in (1, 2, 3, 4, "end")]
    look_at(page, seen, *questions)
    page.goto(f"{form}?q=end")
    page.get_by_role("button", name="Finish and see my result").click()
    expect(page.get_by_role("heading", name="Not there yet")).to_be_visible()
    result = page.url.removeprefix(site.url)
    look_at(page, seen, result)
    let_pass(site, 2)
    form = begin(page)
    let_pass(site, 30)
    look_at(page, seen, form.replace("attempts", "training/finals"))
    page.goto(PROGRAM)
    assert sideways(page) == []  # what became of it is told in the longest words of all
    let_pass(site, 2)
    page.set_viewport_size({"width": 1280, "height": 800})
    begin(page)
    for _question in range(4):
        answer(site, page)
    page.get_by_role("button", name="Finish and see my result").click()
    expect(page.get_by_role("heading", name="Passed", exact=True)).to_be_visible()
    look_at(page, seen, page.url.removeprefix(site.url), f"{PROGRAM}/certificate")
    page.goto(f"{PROGRAM}/certificate")
    page.get_by_label("Name on the certificate").fill("Vera Light")
    page.get_by_role("button", name="Issue the certificate").click()
    page.wait_for_url(re.compile("/training/certificates/"))
    look_at(page, seen, page.url.removeprefix(site.url))
    let_pass(site, 3)
    page.goto(PROGRAM)
    expect(page.get_by_role("heading", name="What has changed")).to_be_visible()
    look_at(page, seen)


@pytest.mark.long
def test_an_answer_to_a_form_that_is_over_is_told_and_stays_on_the_page(
    site: Site, page: Page, noticed: list[str]
) -> None:
    volunteer(site, page)
    begin(page)
    let_pass(site, 30)
    page.locator("label.option").first.click()
    expect(page.locator("[data-save-status]")).to_contain_text("Not saved")
    page.get_by_role("button", name="Keep my answer and go on").click()
    expect(page.locator("main")).to_contain_text("takes no more answers")
    assert all("409" in line for line in noticed)
    noticed.clear()
