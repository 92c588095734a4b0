"""A small course with a program whose final is served by a real server, and Vera, who has read all of it."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from learnapp.accounts.models import User
from learnapp.learning.models import Progress
from tests.courses.island import Island
from tests.factories.base import NOON
from tests.faults.browser import Browser
from tests.faults.learner import lessons
from tests.faults.serving import Server
from tests.quiz.samples import raw

LAMP, STORM = "1-light", "storm"
FINAL = f"/training/{LAMP}/final"


def course_with_final(folder: Path) -> Path:
    """Write the island course into a folder, with a program whose final asks three questions; return the folder."""
    island = Island.copy_to(folder)
    form: dict[str, Any] = {"strata": {LAMP: 2, STORM: 1}, "pass_points": 2}
    about = {"slug": LAMP, "title": "Keeper", "lead": "For whoever climbs.", "can": ["Light it"], "modules": [LAMP]}
    forms = {"final": form, "renewal": {**form, "opens_days": 60}, "valid_months": 12}
    point = {
        "id": STORM,
        "title": "In a storm",
        "when": "It blows.",
        "steps": ["Stay in.", "Wait."],
        "why": "It blows.",
    }
    island.write("modules/programs.yaml", json.dumps({"safety": [point], "programs": [{**about, **forms}]}))
    for name, count in ((LAMP, 8), (STORM, 4)):
        items = [raw("single", id=f"final-{name}-{n}", facts=["lamp.01"]) for n in range(count)]
        island.write(f"quizzes/final/{name}.yaml", json.dumps({"items": items}))
    return folder


def vera_ready(server: Server, engine: sa.Engine) -> Browser:
    """Return the browser in which Vera has made her account; she has completed every lesson."""
    browser = server.browser()
    browser.get("/account/sign-up")
    password = "a kettle, two cups and a window"
    made = browser.post("/account/sign-up", {"name": "Vera", "password": password, "again": password})
    assert made.status in (302, 303), made.text
    with Session(engine) as session:
        vera = session.scalars(sa.select(User).where(User.name == "Vera")).one()
        for lesson in lessons(server.content):
            done = {"read_at": NOON, "passed_at": NOON, "completed_at": NOON}
            session.add(Progress(user_id=vera.id, lesson=lesson.key, **done))
        session.commit()
    assert browser.get(f"/training/{LAMP}").status == 200
    return browser
