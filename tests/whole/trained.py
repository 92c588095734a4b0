"""Programs of the cast: one whose certificate everybody has who has an account, and one that nobody has begun."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from learnapp.content.catalog import Catalog
from learnapp.database.db import AnySession, Base, insert
from learnapp.learning.attempts.store import store_revision
from learnapp.learning.models import FINAL, FINISHED, Attempt, Progress
from learnapp.training.final.store import final_name
from learnapp.training.models import Certificate, CredentialStatus
from tests.courses.field_card import CARD, FACT
from tests.courses.practice import conversation, with_practice
from tests.courses.training import FORMS, program, update, with_programs
from tests.factories.base import NOON

Add = Callable[[type[Base], Mapping[str, Any]], int]
PASSED, NEXT = "pouring", "steeping"
UPDATE = "new-kettle"
VERIFIED = "VerifiedByAnybody00000"  # Ada's


def with_training(catalog: Catalog) -> Catalog:
    """Return a catalog with both programs."""
    modules = list(catalog.modules)
    change = update(UPDATE, "2026-11-21").model_copy(update={"facts": tuple(catalog.facts)[:1]})
    pouring = program(PASSED, title="Pouring tea", modules=modules, updates=[change])
    trained = with_programs(catalog, pouring, program(NEXT, title="Steeping tea", modules=modules))
    facts = {FACT.id: FACT, **catalog.facts}
    return replace(with_practice(trained, conversation()), facts=facts, card=CARD)


def pass_final(session: AnySession, add: Add, catalog: Catalog, user_id: int, slug: str) -> int:
    """Have somebody have passed a final without an answer that is kept; return the attempt's number."""
    quiz, form = catalog.finals[f"{slug}/final"].quiz, FORMS["final"]["strata"]
    items = [item for stratum in quiz.strata for item in stratum.items[: form[stratum.name]]]
    store_revision(session, final_name(slug), quiz, NOON)
    row = {
        "user_id": user_id,
        "lesson": final_name(slug),
        "kind": FINAL,
        "state": FINISHED,
        "revision": quiz.revision,
        "item_ids": items,
        "seed": 1,
        "current_item": items[0],
        "started_at": NOON,
        "saved_at": NOON,
        "finished_at": NOON,
        "points": 6.0,
        "max_points": 6.0,
        "passed": True,
    }
    return add(Attempt, row)


def certify(add: Add, user_id: int, attempt_id: int, place: int, number: str = "") -> str:
    """Give somebody a certificate; its number has digits only, as numbers of other things do, unless one is named."""
    number = number or f"{user_id:022d}"
    row = {
        "id": number,
        "user_id": user_id,
        "attempt_id": attempt_id,
        "program": PASSED,
        "program_title": "Pouring tea",
        "name_shown": "Ben Holder",
        "content_version": "v1",
        "statements": {"lead": "Tea for all.", "can": ["Pour tea"], "safety": ["Spills"]},
        "issued_at": NOON,
        "valid_until": NOON.date() + timedelta(days=365),
        "zone": "Europe/Berlin",
        "subject": UUID(int=user_id).urn,
    }
    add(Certificate, row)
    add(CredentialStatus, {"place": place, "certificate_id": number})
    return number


def read_everything(session: AnySession, catalog: Catalog, user_id: int) -> None:
    """Have somebody have completed every lesson."""
    done = dict.fromkeys(("read_at", "passed_at", "completed_at"), NOON)
    rows = [{"user_id": user_id, "lesson": key, **done} for key in catalog.lessons]
    keys = ["user_id", "lesson"]
    session.execute(insert(session, Progress).values(rows).on_conflict_do_update(index_elements=keys, set_=done))
