"""What we compare with: the least that Flask does for a page with a user, and for a form with a token.

The page loads one user through the ORM and renders a Jinja template as apps have them (a base, parts in
loops, a macro, some links), as long as our lesson page, with about as many values to fill in as that has
elements. The form checks its token and commits one transaction that inserts a row and updates another.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from learnapp.accounts.models import User
from learnapp.config.settings import read_settings
from learnapp.database import db

LINES_A_PART = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page."""

    anchor: str
    kind: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines under a title."""

    anchor: str
    title: str
    lines: tuple[Line, ...]


def parts(count: int) -> tuple[Part, ...]:
    """Return so many lines in their parts."""
    lines = [Line(f"line-{n}", "even" if n % 2 else "odd", TEXT, "A note" if n % 3 else "") for n in range(count)]
    groups = [tuple(lines[start : start + LINES_A_PART]) for start in range(0, count, LINES_A_PART)]
    return tuple(Part(f"part-{n}", f"Part {n}", group) for n, group in enumerate(groups, start=1))


TEXT = "margin " * 29
settings = read_settings()
app = Flask(__name__)
app.config.update(
    SECRET_KEY=settings.secret,
    SESSION_COOKIE_NAME="minimal",
    SQLALCHEMY_DATABASE_URI=settings.database,
    SQLALCHEMY_ENGINE_OPTIONS=db.engine_options(settings.database, settings.connections),
    WTF_CSRF_TIME_LIMIT=None,
    PARTS=parts(int(os.environ.get("BENCH_LINES", "1"))),
)
db.init_app(app, settings)
CSRFProtect(app)


class Tables(DeclarativeBase):
    """The form's own tables, beside ours in the same file."""


class Answer(Tables):
    """What the form inserts."""

    __tablename__ = "bench_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    choice: Mapped[str] = mapped_column(sa.String(10))
    saved_at: Mapped[datetime] = mapped_column(db.UtcDateTime)


class Counter(Tables):
    """What the form updates."""

    __tablename__ = "bench_counters"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


with app.app_context():
    Tables.metadata.create_all(db.db.engine)


@app.get("/healthz")
def healthz() -> ResponseReturnValue:
    return "ok"


@app.get("/enter/<int:user_id>")
def enter(user_id: int) -> ResponseReturnValue:
    """Sign somebody in and hand out the form's token."""
    session["user_id"] = user_id
    db.begin_write(db.db.session)
    db.db.session.merge(Counter(user_id=user_id, count=0))
    db.db.session.commit()
    return f'<input type="hidden" name="csrf_token" value="{generate_csrf()}">'


@app.get("/page")
def page() -> ResponseReturnValue:
    """Show a page to one user."""
    user = db.db.session.get(User, session["user_id"])
    return render_template("page.html", user=user, parts=app.config["PARTS"])


@app.post("/save")
def save() -> ResponseReturnValue:
    """Keep an answer: one durable transaction of an insert and an update."""
    db.begin_write(db.db.session)
    user_id = session["user_id"]
    db.db.session.add(Answer(user_id=user_id, choice=request.form["choice"], saved_at=datetime.now(UTC)))
    db.db.session.execute(sa.update(Counter).where(Counter.user_id == user_id).values(count=Counter.count + 1))
    db.db.session.commit()
    return {"saved": True}
