"""A reader who goes through the whole course in a browser, each answer being searched for canaries."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.content.catalog import Catalog, Course, Lesson
from learnapp.content.closed_cards import closed_facts
from learnapp.database.db import db
from learnapp.learning.attempts.answer import take_action
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.models import Attempt, Progress
from learnapp.quiz.item import Item
from learnapp.web import clock
from tests.actors.attempts import giving
from tests.courses.canaries import CANARY, card_canary, cards, item_canary, items, rests_on_gated
from tests.quiz.strategies import key_of

LINK = re.compile(r'href="([^"]*)"')


def differs(lesson: Lesson) -> bool:
    """Tell whether a lesson is another one by age or by route."""
    return bool(lesson.gated or lesson.short_quiz or lesson.advisory) or lesson.age.core != lesson.age.full


@dataclass
class Walker:
    """A reader of an age band (None: not told) who takes one of the three routes wherever it is offered.

    A `thorough` one goes through every lesson. The others leave out what is the same for everybody: quizzes
    of lessons that differ neither by age nor by route, and, but on the route `all`, those lessons themselves.
    """

    app: Flask
    band: int | None
    route: str
    thorough: bool = False
    client: FlaskClient = field(init=False)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        if self.band is not None:
            self.post("/account/age", band=str(self.band))

    @cached_property
    def catalog(self) -> Catalog:
        found: Catalog = self.app.extensions["catalog"].get()
        return found

    @cached_property
    def course(self) -> Course:
        return next(iter(self.catalog.courses.values()))

    @property
    def age(self) -> int:
        """Return the youngest age of the band; who has told none is taken for the youngest reader."""
        return 12 if self.band is None else self.band

    def gets_all(self, lesson: Lesson) -> bool:
        return self.age >= lesson.age.full

    def opens(self, lesson: Lesson) -> bool:
        return self.gets_all(lesson) or (lesson.age.core is not None and self.age >= lesson.age.core)

    @cached_property
    def allowed(self) -> set[str]:
        """Return the canaries of this band; all others must never come."""
        own = (number for number, one in enumerate(self.course.lessons, 1) if self.gets_all(one))
        return {word for number in own for word in (card_canary(number), item_canary(number))}

    def expected(self) -> set[str]:
        """Return the canaries that must have come: of cards, and of items where the quiz was the main one."""
        found = set()
        for number, lesson in enumerate(self.course.lessons, 1):
            if self.gets_all(lesson) and any(gated for _card, gated in cards(lesson)):
                found.add(card_canary(number))
            gated_items = [item for item in items(lesson) if rests_on_gated(lesson, item)]
            if self.kind(lesson) == "main" and any(self.is_asked(lesson, item) for item in gated_items):
                found.add(item_canary(number))
        return found

    def kind(self, lesson: Lesson) -> str:
        return "short" if self.route == "short" and lesson.short_quiz else "main"

    def get(self, path: str) -> TestResponse:
        return self.heard(self.client.get(path), f"GET {path}")

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.heard(self.client.post(path, data=fields), f"POST {path}")

    def heard(self, answer: TestResponse, what: str) -> TestResponse:
        """Search an answer, headers and body, and take note of what it holds."""
        heard = f"{answer.headers}{answer.data.decode(errors='replace')}"
        words = {one.lower() for one in CANARY.findall(heard)}
        assert words <= self.allowed, f"{what} as {self.band}, {self.route}: {words - self.allowed}"
        self.seen |= words
        return answer

    def walk(self) -> None:
        """Go through every lesson in the order of the course."""
        for lesson in self.course.lessons:
            if self.opens(lesson):
                self.learn(lesson)
            else:
                self.be_refused(lesson)

    def learn(self, lesson: Lesson) -> None:
        """Read the lesson by the chosen route and answer its quiz, every question right."""
        if not (self.thorough or differs(lesson)):
            if self.route == "all":
                assert self.get(f"/modules/{lesson.key}").status_code == 200
            self.complete(lesson)
            return
        address = f"/modules/{lesson.key}"
        page = self.get(address)
        assert page.status_code == 200
        assert 'name="from" value="lesson"' in page.text, lesson.key
        if lesson.advisory:
            assert self.post(f"{address}/route", route=self.route).location == f"{address}#keep"
            page = self.get(address)
            if self.route == "short":
                assert not CANARY.search(page.text)
        assert ('class="folded"' in page.text) is (self.kind(lesson) == "main" and self.has_cards(lesson))
        assert f'name="kind" value="{self.kind(lesson)}"' in page.text
        started = self.post(f"{address}/quiz", kind=self.kind(lesson), **{"from": "lesson"})
        assert started.status_code == 303, lesson.key
        self.answer(lesson, started.location)

    def has_cards(self, lesson: Lesson) -> bool:
        return any(self.gets_all(lesson) or not gated for _card, gated in cards(lesson))

    def is_asked(self, lesson: Lesson, item: Item) -> bool:
        """Tell whether an item is asked: nothing gated, and what only cards tell where everything is read."""
        told = self.route == "all" or closed_facts(lesson).isdisjoint(item.rests_on)
        return told and (self.gets_all(lesson) or not rests_on_gated(lesson, item))

    def answer(self, lesson: Lesson, address: str) -> None:
        """Look at every question, answer each, finish, and look at the result with all its reasons."""
        attempt_id = int(address.rpartition("/")[2])
        with self.app.app_context():
            owner = db.session.get_one(Attempt, attempt_id).user_id
            attempt = attempt_detail(db.session, owner, attempt_id)
        quiz = lesson.short_quiz if self.kind(lesson) == "short" else lesson.quiz
        assert quiz is not None
        fits = [one.id for one in quiz.items if self.is_asked(lesson, one)]
        assert list(attempt.summary.item_ids) == fits
        assert len(fits) >= 3, lesson.key
        # Each question is looked at before it is answered.
        for attempt_item in attempt.items:
            assert self.get(f"{address}?q={attempt_item.number}").status_code == 200
        with self.app.app_context():
            for number in range(len(attempt.items)):
                attempt_item = attempt_detail(db.session, owner, attempt_id).items[number]
                take_action(
                    db.session,
                    attempt_item,
                    "check",
                    giving(attempt_item, key_of(attempt_item.item)),
                    attempt_item.summary.seq,
                    clock.now(),
                )
            db.session.commit()
        self.post(f"{address}/finish")
        result = self.get(address)
        assert "answered right. The quiz is passed. The lesson is done." in words(result.text), lesson.key
        self.follow(result.text)

    def complete(self, lesson: Lesson) -> None:
        """Have the lesson done without its quiz."""
        assert self.post(f"/modules/{lesson.key}/read").status_code == 303
        with self.app.app_context():
            row = db.session.scalars(select(Progress).where(Progress.lesson == lesson.key)).one()
            row.passed_at = row.completed_at = clock.now()
            db.session.commit()

    def follow(self, page: str) -> None:
        """Make sure that every link into a lesson leads to something that this reader gets."""
        for address in LINK.findall(page):
            parts = urlsplit(address)
            _, area, *names = f"{parts.path}//".split("/")[:4]
            lesson = self.catalog.lesson(*names) if area == "modules" else None
            if lesson is not None and parts.fragment:
                assert self.opens(lesson), address
                gated = {card.anchor for card, is_gated in cards(lesson) if is_gated}
                assert self.gets_all(lesson) or parts.fragment not in gated, address

    def be_refused(self, lesson: Lesson) -> None:
        """Ask for a lesson that is not for this band, politely and by force."""
        address = f"/modules/{lesson.key}"
        for path in (address, f"{address}/quiz"):
            page = words(self.get(path).text)
            assert ("Which fits you?" if self.band is None else "We keep this lesson for older readers.") in page
            assert " instead" in page
        for kind in ("main", "short"):
            assert self.post(f"{address}/quiz", kind=kind).status_code == 403
        assert self.post(f"{address}/route", route="all").status_code == 403
        assert self.post(f"{address}/read").status_code == 403

    def look_around(self) -> None:
        """Open every page that needs no argument, and those about the course and its modules."""
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments:
                self.get(rule.rule)
        for module in self.course.modules:
            self.get(f"/modules/{module.slug}")
        for lesson in self.course.lessons:
            for card, gated in cards(lesson):
                if gated:
                    self.post("/search", q=CANARY.sub("", card.title))


def words(page: str) -> str:
    """Return the text of a page on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
