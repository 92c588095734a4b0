"""How each route is called by somebody who may, and what comes of it; a route left out fails a test."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from learnapp.groups.roster.lists.forms import carried
from learnapp.web.policy import GROUPS, MEMBERS, Policy, policy_of
from tests.actors.people import OTHER, PASSWORD
from tests.courses.practice import SUGAR
from tests.whole.cast import AHEAD, MISSING_ID, WINDOW_CODE, Cast, Person
from tests.whole.trained import NEXT, PASSED, UPDATE, VERIFIED

Form = dict[str, Any]
LESSON = {"module": "1-tea", "lesson": "1-leaf"}
NO_LESSON = ({"module": "1-tea", "lesson": "9-sand"}, {"module": "9-sand", "lesson": "1-leaf"})
NO_LOOK_AHEAD = ({"module": "1-tea"}, {"module": "9-sand"})  # a strong lesson, and nothing at all
TALK = {"conversation": SUGAR}
NO_TALK = ({"conversation": "x"}, {"conversation": "0"})
NO_NAME_OF_A_TALK = ({"conversation": "X"}, {"conversation": "a" * 200})  # words beside one that is gone are kept
NO_PROGRAM = ({"program": "x"}, {"program": "0"})
TAUGHT = {"module": "1-tea", "slug": "1-leaf"}  # leaders see all that is served
WRITTEN = {"module": "cut-off", "slug": "people-before-politics"}  # authors see the files
SIGN_IN, HOME = "/account/sign-in", "/"


@dataclass(frozen=True)
class Call:
    """One route and method: who may (as its policy says), the status then, and what to send.

    `own` says which of the caller's own things (fields of Person) stand in the address, by the names that its parts
    have there; `missing` are addresses of nothing; `strangers` is the status for whoever has left nothing here yet,
    where that differs; `leaves` is the table in which it is noted that a page was shown.
    """

    who: str
    status: int
    form: Callable[[Person], Form] | None = None
    args: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Mapping[str, Any], ...] = ()
    before: Callable[[Cast, Person], None] | None = None
    strangers: int | None = None
    leaves: str | None = None

    @property
    def roles(self) -> frozenset[str]:
        return frozenset().union(*(GROUPS.get(name, frozenset({name})) for name in self.who.split()))

    def address(self, app: Flask, key: str, who: Person, **instead: object) -> str:
        """Return the path at which `who` calls the own thing, or what is named instead of parts of it."""
        return self.path(app, key, {**self.args, **self.things(who), **instead})

    def things(self, who: Person) -> dict[str, object]:
        """Return the numbers of the own things that stand in the address."""
        return {name: getattr(who, thing) for name, thing in self.own.items()}

    def nowhere(self, who: Person) -> list[dict[str, object]]:
        """Return what leads to nothing: where the own things are nested, each of them in turn."""
        own = self.things(who)
        gone = [{name: number} for name in own for number in (MISSING_ID, 0, 2**31, "9" * 400)]
        return [{**self.args, **own, **args} for args in (*self.missing, *gone)]

    def path(self, app: Flask, key: str, args: Mapping[str, Any]) -> str:
        """Return the path for these arguments, also for those that a converter would refuse."""
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == key.split()[1])
        return re.sub(r"<(?:[^>]*:)?(\w+)>", lambda found: str(args[found[1]]), rule.rule)

    def passes(self, role: str) -> bool:
        """Tell whether this role comes past the policy, and past the door where one must have been here before."""
        return role in self.roles and not (self.own and role == "anonymous")

    def expected(self, role: str, *, json: bool = False) -> tuple[int, str | None]:
        """Return status and, where it is a refusal that redirects, the path it leads to."""
        if self.passes(role):
            return (self.strangers if role == "anonymous" and self.strangers else self.status), None
        if role not in MEMBERS:
            return (401, None) if json else (302, SIGN_IN)
        visitors_only = not self.roles & MEMBERS
        return (302, HOME) if visitors_only and not json else (403, None)


def nothing(_who: Person) -> Form:
    return {}


def answer(_who: Person) -> Form:
    return {"item": "tea-single", "seq": 0, "action": "check", "choice": 0, "certainty": 2, "flagged": 1}


def card_answer(who: Person) -> Form:
    form = {"card": who.card, "version": who.version, "seq": 0, "action": "check"}
    return {**form, "blank-0": "leaf", "blank-1": "mud", "certainty": 2}


def guesses(who: Person) -> Form:
    return {"asked": who.ahead, **{f"q{number}-choice": 1 for number in range(1, len(AHEAD.quiz.items) + 1)}}


def soon() -> str:
    return (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def look(_who: Person) -> Form:
    return {"theme": "dark", "contrast": "more", "text": "large", "language": "en", "neutral_titles": "y"}


def settings(who: Person) -> Form:
    return {**look(who), "time_zone": "Asia/Seoul", "band": "18"}


def newcomer(who: Person) -> Form:
    return {"name": f"Dora {who.account}", "password": OTHER, "email": "dora@example.org", "stay": "y"}


def new_group(_who: Person) -> Form:
    return {"name": "10A", "zone": "Asia/Seoul", "band": "14", "seats": 30, "pseudonymous": "y"}


def changed_group(who: Person) -> Form:
    return {**new_group(who), "takes_help_requests": "y", "version": 1}


def at_window(who: Person) -> Form:
    return {"code": WINDOW_CODE, "name": who.account_name, "password": PASSWORD, "stay": "y"}


def come_by_code(cast: Cast, who: Person) -> None:
    cast.come_by_code(who)


def lead_together(cast: Cast, who: Person) -> None:
    cast.lead_together(who)


def leave(cast: Cast, who: Person) -> None:
    cast.leave(who)


def assigned(_who: Person) -> Form:
    about = {"target": f"lesson:{LESSON['module']}/{LESSON['lesson']}", "who": "all", "tries": 2, "version": 1}
    return {**about, "due_on": soon(), "due_at": "18:00", "feedback": "at_once"}


def new_team(_who: Person) -> Form:
    return {"name": "Sunday team", "zone": "Asia/Seoul", "seats": 12}


def planned(_who: Person) -> Form:
    about = {"title": "Open day", "day": soon(), "starts": "10:00", "zone": "Europe/Berlin", "place": "Town hall"}
    return {**about, "program": PASSED, "places": 4, "who": "all", "version": 1}


def close_event(cast: Cast, who: Person) -> None:
    cast.close_event(who)


def went_offline(_who: Person) -> Form:
    return {"before": "", "path": "offer", "note": "tea", "anticipated": "sugar"}


def brought(_who: Person) -> Form:
    return {"carried": carried(b"username,firstname,lastname\ndora,Dora,D.\n")}


def looked_at(who: Person) -> Form:
    """Return what stands for the list as it was shown, for whoever is shown it."""
    shown = re.search(r'name="digest" value="(\w+)"', who.client.get(f"/groups/{who.led}/list/{who.staged}").text)
    return {"digest": shown[1] if shown else ""}


def come_by_link(cast: Cast, who: Person) -> None:
    cast.follow_link(who)


def read_everything(cast: Cast, who: Person) -> None:
    if who.id:
        cast.read_everything(who.id)


def pass_next(cast: Cast, who: Person) -> None:
    if who.id:
        cast.pass_next(who.id)


def come_by_a_class(cast: Cast, who: Person) -> None:
    cast.manage(who)


OPEN, FINISHED = {"attempt_id": "open"}, {"attempt_id": "finished"}
LED, JOINED = {"group_id": "led"}, {"group_id": "joined"}
INVITED = {"group_id": "invited"}
CERTIFICATE = {"certificate_id": "certificate"}
CO_LEADER = {**LED, "user_id": "ada"}
PUPIL = {**LED, "user_id": "pupil"}
STAGED, TAKEN_IN = {**LED, "list_id": "staged"}, {**LED, "list_id": "taken_in"}
ASKED, GIVEN = {**LED, "assignment_id": "assignment"}, {**JOINED, "assignment_id": "given"}
ASKED_OF_PUPIL = {**ASKED, "user_id": "pupil"}
TEAM = {"group_id": "team"}
EVENT, EXPECTED_AT = {**TEAM, "event_id": "event"}, {"group_id": "team_joined", "event_id": "event_joined"}

CALLS: dict[str, Call] = {
    "GET lessons.home": Call("everyone", 200),
    "GET lessons.course": Call("everyone", 200, args={"course": "tea"}, missing=({"course": "sand"}, {"course": "0"})),
    "GET lessons.module": Call(
        "everyone", 200, args={"module": "1-tea"}, missing=({"module": "9-sand"}, {"module": "0"})
    ),
    "GET lessons.lesson": Call("everyone", 200, args=LESSON, missing=NO_LESSON),
    "POST lessons.place": Call("learning", 303, lambda _: {"anchor": "p2"}, args=LESSON, missing=NO_LESSON),
    "POST lessons.route": Call("learning", 303, lambda _: {"route": "short"}, args=LESSON, missing=NO_LESSON),
    "GET own_words.guess": Call("learning", 303, args=LESSON, missing=NO_LESSON),
    "GET own_words.judgment": Call("learning", 303, args=LESSON, missing=NO_LESSON),
    "POST own_words.remove": Call("guest member", 303, lambda _: {"lesson": "1-tea/1-leaf", "kind": "guess"}),
    "POST own_words.guess": Call("learning", 303, lambda _: {"guess": "Mia"}, args=LESSON, missing=NO_LESSON),
    "POST own_words.judgment": Call(
        "learning", 303, lambda _: {"judgment": "Hot.", "version": "judgment"}, args=LESSON, missing=NO_LESSON
    ),
    "POST lessons.read": Call("learning", 303, nothing, args=LESSON, missing=NO_LESSON),
    "GET lessons.quiz": Call("learning", 200, args=LESSON, missing=NO_LESSON),
    "POST lessons.quiz": Call(
        "learning", 303, lambda _: {"kind": "short", "from": "lesson"}, args=LESSON, missing=NO_LESSON
    ),
    "GET attempts.attempt": Call("learning", 200, own=OPEN),
    "POST attempts.answers": Call("learning", 303, answer, own=OPEN),
    "POST attempts.finish": Call("learning", 303, nothing, own=OPEN),
    "POST attempts.missed": Call("learning", 303, nothing, own=FINISHED),
    "GET lessons.me": Call("learning", 200),
    "GET endings.module_end": Call("everyone", 200, args={"module": AHEAD.module}, missing=({"module": "x"},)),
    "GET endings.course_end": Call("everyone", 200, args={"course": "tea"}, missing=({"course": "x"},)),
    "GET pretest.pretest": Call("learning", 200, args={"module": AHEAD.module}, missing=NO_LOOK_AHEAD),
    "POST pretest.pretest": Call("learning", 303, guesses, args={"module": AHEAD.module}, missing=NO_LOOK_AHEAD),
    "GET review.review": Call("learning", 200),
    "GET review.ahead": Call("learning", 200),
    "POST review.answers": Call("learning", 303, card_answer, strangers=404),
    "POST review.aim": Call("learning", 303, lambda _: {"aim_on": soon(), "action": "keep"}),
    "POST review.later": Call("learning", 303, lambda who: {"card": who.card}, strangers=404),
    "POST review.add_missing_cards": Call("learning", 303, nothing),
    "GET library.glossary": Call("everyone", 200),
    "GET library.sources": Call("everyone", 200),
    "GET library.section": Call("everyone", 200, args={"section": "tea"}, missing=({"section": "x"},)),
    "GET library.all_evidence": Call("everyone", 200),
    "GET library.evidence": Call("everyone", 200, args={"name": "ev.tea.cup"}, missing=({"name": "x"},)),
    "GET library.search": Call("everyone", 200),
    "GET library.people": Call("everyone", 200),
    "POST library.search": Call("everyone", 200, lambda _: {"q": "tea"}),
    "GET practice.practice": Call("everyone", 200),
    "GET practice.conversation": Call("everyone", 200, args=TALK, missing=NO_TALK),
    "GET practice.talk": Call("learning", 303, args=TALK, missing=NO_TALK),
    "GET practice.reply": Call("learning", 303, args=TALK, missing=NO_TALK),
    "GET practice.back": Call("learning", 303, args=TALK, missing=NO_TALK),
    "GET practice.note": Call("learning", 303, args=TALK, missing=NO_TALK),
    "POST practice.talk": Call("learning", 303, lambda _: {"anticipated": "tea"}, args=TALK, missing=NO_TALK),
    "POST practice.reply": Call(
        "learning", 303, lambda _: {"at": "0", "turn": "start", "reply": "offer"}, args=TALK, missing=NO_TALK
    ),
    "POST practice.back": Call("learning", 303, lambda _: {"to": "0"}, args=TALK, missing=NO_TALK),
    "POST practice.note": Call("learning", 303, lambda _: {"note": "tea", "seen": ""}, args=TALK, missing=NO_TALK),
    "GET offline_practice.talk": Call("learning", 200, args=TALK, missing=NO_TALK, strangers=303),
    "POST offline_practice.path": Call("guest member", 200, went_offline, args=TALK, missing=NO_NAME_OF_A_TALK),
    "POST practice.remove": Call("guest member", 303, lambda _: {"conversation": SUGAR, "kind": "note", "seen": ""}),
    "GET offline.manifest": Call("everyone", 200),
    "GET offline.worker": Call("everyone", 200),
    "GET offline.unreachable": Call("everyone", 200),
    "GET offline.device": Call("learning", 200),
    "POST offline.device": Call("learning", 303, lambda _: {"device": "own"}),
    "GET offline.contact": Call("everyone", 200),
    "POST offline.read": Call("guest member", 200, lambda _: LESSON),
    "GET offline.basics": Call("guest member", 200),
    "POST offline.module": Call(
        "guest member", 200, nothing, args={"module": "1-tea"}, missing=({"module": "9-sand"}, {"module": "0"})
    ),
    "GET field_card.card": Call("everyone", 200),
    "GET field_card.file": Call("everyone", 200),
    "GET training.training": Call("everyone", 200),
    "GET training.safety": Call("everyone", 200),
    "GET training.program": Call("everyone", 200, args={"program": PASSED}, missing=NO_PROGRAM),
    "GET readiness.day": Call("member", 200, args={"program": PASSED}, missing=NO_PROGRAM),
    "POST training.begin": Call(
        "member", 303, nothing, args={"program": NEXT}, missing=NO_PROGRAM, before=read_everything
    ),
    "POST training.updates": Call(
        "member", 303, lambda _: {"update": UPDATE}, args={"program": PASSED}, missing=NO_PROGRAM
    ),
    "GET finals.result": Call("member", 200, own={"attempt_id": "final"}),
    "GET certificates.claim": Call("member", 200, args={"program": NEXT}, missing=NO_PROGRAM, before=pass_next),
    "POST certificates.claim": Call(
        "member", 303, lambda _: {"name": "Ben"}, args={"program": NEXT}, missing=NO_PROGRAM, before=pass_next
    ),
    "GET certificates.certificate": Call("member", 200, own=CERTIFICATE),
    "GET certificates.paper": Call("member", 200, own=CERTIFICATE),
    "GET certificates.check": Call("everyone", 200),
    "GET certificates.verify": Call(
        "everyone", 200, args={"certificate_id": VERIFIED}, missing=({"certificate_id": "x"}, {"certificate_id": "0"})
    ),
    "GET credentials.credential": Call("member", 200, own=CERTIFICATE),
    "GET credentials.jwks": Call("everyone", 200),
    "GET credentials.key": Call("everyone", 404, args={"thumbprint": "of-no-key"}),
    "GET credentials.issuer": Call("everyone", 200),
    "GET credentials.achievement": Call("everyone", 200, args={"program": PASSED}, missing=NO_PROGRAM),
    "GET credentials.status": Call("everyone", 200),
    "GET authoring.dashboard": Call("author admin", 200),
    "GET authoring.problems": Call("author admin", 200),
    "GET authoring.coverage": Call("author admin", 200),
    "GET authoring.bank": Call("author admin", 200),
    "GET authoring.stale": Call("author admin", 200),
    "GET authoring.lesson": Call("author admin", 200, args=WRITTEN),
    "GET authoring.quiz": Call("author admin", 200, args=WRITTEN),
    "GET teaching.for_teachers": Call("everyone", 200),
    "GET teaching.lessons": Call("leader", 200),
    "GET teaching.lesson": Call("leader", 200, args=TAUGHT),
    "GET teaching.quiz": Call("leader", 200, args=TAUGHT),
    "GET teaching.key": Call("leader", 200, args=TAUGHT),
    "GET groups.groups": Call("member", 200),
    "GET leaders.leaders": Call("leader", 200, own=LED),
    "POST leaders.leaders": Call("leader", 303, lambda who: {"who": who.name}, own=LED),
    "GET leaders.hand_over": Call("leader", 200, own=LED),
    "POST leaders.hand_over": Call("leader", 303, lambda who: {"who": who.name}, own=LED),
    "POST leaders.take_back": Call("leader", 303, nothing, own=LED),
    "POST leaders.leave": Call("leader", 303, nothing, own=LED, before=lead_together),
    "POST leaders.remove": Call("leader", 303, nothing, own=CO_LEADER, before=lead_together),
    "GET membership.code": Call("leader", 200, own=LED),
    "POST membership.code": Call("leader", 303, lambda _: {"days": "7"}, own=LED),
    "POST membership.close": Call("leader", 303, nothing, own=LED),
    "GET membership.poster": Call("leader", 200, own=LED),
    "GET membership.invite": Call("leader", 200, own=LED),
    "POST membership.invite": Call("leader", 303, lambda who: {"who": who.name}, own=LED),
    "POST membership.leave": Call("member", 303, nothing, own=JOINED),
    "POST membership.remove": Call("leader", 303, nothing, own=PUPIL),
    "GET window.window": Call("leader", 200, own=LED),
    "POST window.open_window": Call("leader", 303, nothing, own=LED),
    "POST window.close_window": Call("leader", 303, nothing, own=LED),
    "GET window.sign_in": Call("signed_out", 200),
    "POST window.sign_in": Call("signed_out", 302, at_window),
    "GET join.code": Call("everyone", 200),
    "POST join.code": Call("everyone", 422, lambda _: {"code": "0000-0000-1"}),
    "GET join.confirm": Call("everyone", 200, before=come_by_code),
    "POST join.enter": Call("member", 303, nothing, before=come_by_code),
    "GET invitations.invitation": Call("member", 200, own=INVITED),
    "POST invitations.accept": Call("member", 303, nothing, own=INVITED),
    "POST invitations.decline": Call("member", 303, nothing, own=INVITED),
    "GET story.looks": Call("member", 200),
    "GET groups.new": Call("leader", 200),
    "POST groups.new": Call("leader", 303, new_group),
    "GET groups.new_team": Call("leader", 200),
    "POST groups.new_team": Call("leader", 303, new_team),
    "GET events.new": Call("leader", 200, own=TEAM),
    "POST events.new": Call("leader", 303, planned, own=TEAM),
    "GET events.edit": Call("leader", 200, own=EVENT),
    "POST events.edit": Call("leader", 303, planned, own=EVENT),
    "GET events.delete": Call("leader", 200, own=EVENT),
    "POST events.delete": Call("leader", 303, nothing, own=EVENT),
    "GET standings.event": Call("member", 200, own=EXPECTED_AT),
    "GET standings.paper": Call("leader", 200, own=EVENT),
    "GET standings.file": Call("leader", 200, own=EVENT),
    "POST standings.partner": Call("leader", 303, lambda who: {"volunteer": who.volunteer}, own=EVENT),
    "POST standings.close": Call("leader", 303, nothing, own=EVENT),
    "POST standings.reopen": Call("leader", 303, nothing, own=EVENT, before=close_event),
    "GET board.board": Call("leader", 200, own=LED),
    "POST board.handled": Call("leader", 303, lambda _: {"action": "handled", "sort": "name"}, own=PUPIL),
    "GET story.story": Call("leader", 200, own=PUPIL, leaves="looks"),
    "GET gradebook.marks": Call("leader", 200, own=LED),
    "GET gradebook.canvas": Call("leader", 200, own=LED),
    "POST gradebook.canvas": Call("leader", 422, nothing, own=LED),
    "GET gradebook.canvas_file": Call("leader", 200, own=LED),
    "POST gradebook.canvas_file": Call(
        "leader", 200, lambda who: {"identities": f"Student,SIS Login ID\r\n{who.name},x\r\n"}, own=LED
    ),
    "GET groups.group": Call("member", 200, own=JOINED),
    "GET groups.members": Call("leader", 200, own=LED),
    "GET groups.settings": Call("leader", 200, own=LED),
    "POST groups.settings": Call("leader", 303, changed_group, own=LED),
    "GET groups.duplicate": Call("leader", 200, own=LED),
    "POST groups.duplicate": Call("leader", 303, lambda _: {"name": "9D", "weeks": 52}, own=LED),
    "POST groups.archive": Call("leader", 303, nothing, own=LED),
    "POST groups.bring_back": Call("leader", 303, nothing, own=LED),
    "GET groups.end": Call("leader", 200, own=LED),
    "POST groups.end": Call("leader", 303, lambda _: {"password": PASSWORD}, own=LED),
    "GET assignments.new": Call("leader", 200, own=LED),
    "POST assignments.new": Call("leader", 303, assigned, own=LED),
    "GET assignments.assignment": Call("leader", 200, own=ASKED),
    "GET assignments.edit": Call("leader", 200, own=ASKED),
    "POST assignments.edit": Call("leader", 303, assigned, own=ASKED),
    "POST assignments.state": Call("leader", 303, lambda _: {"action": "archive"}, own=ASKED),
    "GET assignments.copy": Call("leader", 200, own=ASKED),
    "POST assignments.copy": Call("leader", 303, lambda who: {"group": who.led, "weeks": 1}, own=ASKED),
    "GET assignments.extension": Call("leader", 200, own=ASKED_OF_PUPIL),
    "POST assignments.extension": Call("leader", 303, lambda _: {"excused": "y", "reason": "ill"}, own=ASKED_OF_PUPIL),
    "POST assignments.remove_extension": Call("leader", 303, nothing, own=ASKED_OF_PUPIL),
    "GET assignments.standing": Call("leader", 200, own=PUPIL),
    "POST assignments.standing": Call("leader", 303, lambda _: {"days": 2}, own=PUPIL),
    "POST help.ask": Call("member", 303, lambda _: {"action": "ask"}, own=JOINED),
    "GET roster.accounts": Call("leader", 200, own=LED),
    "GET roster.make": Call("leader", 200, own=LED),
    "POST roster.make": Call("leader", 303, lambda who: {"user-0": f"dora.{who.id}", "full-0": "Dora D."}, own=LED),
    "GET roster.rename": Call("leader", 200, own=PUPIL),
    "POST roster.rename": Call("leader", 303, lambda who: {"name": f"dora.{who.id}"}, own=PUPIL),
    "GET lists.upload": Call("leader", 200, own=LED),
    "POST lists.upload": Call("leader", 303, brought, own=LED),
    "GET lists.preview": Call("leader", 200, own=STAGED),
    "POST lists.apply": Call("leader", 303, looked_at, own=STAGED),
    "GET lists.done": Call("leader", 200, own=TAKEN_IN),
    "POST lists.undo": Call("leader", 303, nothing, own=TAKEN_IN),
    "GET cards.cards": Call("leader", 200, own=LED),
    "POST cards.cards": Call("leader", 200, lambda who: {"who": "ticked", f"user-{who.pupil}": "on"}, own=LED),
    "GET roster.own": Call("member", 200, before=come_by_a_class),
    "POST roster.own": Call("member", 303, lambda _: {"password": PASSWORD}, before=come_by_a_class),
    "GET own_data.age": Call("learning", 200),
    "POST own_data.age": Call("learning", 303, lambda _: {"band": "16"}),
    "GET accounts.sign_up": Call("signed_out", 200),
    "POST accounts.sign_up": Call("signed_out", 302, newcomer),
    "GET accounts.sign_in": Call("signed_out", 200),
    "POST accounts.sign_in": Call(
        "signed_out", 302, lambda who: {"name": who.account_name, "password": PASSWORD, "stay": "y"}
    ),
    "GET guest.left": Call("member", 303),  # in these browsers nobody was before
    "POST guest.left": Call("member", 303, lambda _: {"choice": "take"}),
    "GET own_data.forget": Call("signed_out", 200),
    "POST own_data.forget": Call("signed_out", 303, nothing),
    "POST accounts.sign_out": Call("everyone", 303, nothing),
    "GET accounts.sign_out_everywhere": Call("member", 200),
    "POST accounts.sign_out_everywhere": Call("member", 303, lambda _: {"password": PASSWORD}),
    "POST accounts.end_session": Call("member", 404, lambda _: {"session": "4711"}),
    "POST email.send_confirmation": Call("member", 303, nothing),
    "GET email.link": Call("everyone", 302, args={"token": "made-up"}),
    "GET email.confirm": Call("everyone", 410),
    "POST email.confirm": Call("everyone", 410, nothing),
    "GET accounts.signed_out": Call("everyone", 200),
    "GET accounts.account": Call("member", 200),
    "GET own_data.settings": Call("member", 200),
    "POST own_data.settings": Call("member", 302, settings),
    "GET email.address": Call("member", 200),
    "POST email.address": Call("member", 302, lambda _: {"email": "me@example.org", "password": PASSWORD}),
    "GET passwords.change_password": Call("member", 200),
    "POST passwords.change_password": Call("member", 302, lambda _: {"password": PASSWORD, "new_password": OTHER}),
    # Whoever has a password of their own is led on.
    "GET passwords.first_password": Call("member", 302),
    "POST passwords.first_password": Call("member", 302, lambda _: {"new_password": OTHER}),
    "GET own_data.data": Call("guest member", 200),
    "POST own_data.data": Call("guest member", 303, lambda _: {"password": PASSWORD}, before=leave),
    "GET own_data.export_data": Call("guest member", 200),
    "GET own_data.deleted": Call("everyone", 200),
    "GET passwords.reset": Call("everyone", 200),
    "POST passwords.reset": Call("everyone", 302, lambda who: {"name": who.account_name}),
    "GET passwords.reset_sent": Call("everyone", 200),
    "GET passwords.reset_link": Call("everyone", 302, args={"token": "a-token-of-nobody"}),
    "GET passwords.choose_password": Call("everyone", 200, before=come_by_link),
    "POST passwords.choose_password": Call("everyone", 302, lambda _: {"new_password": OTHER}, before=come_by_link),
    "GET teachers.sign_up": Call("signed_out", 200),
    "POST teachers.sign_up": Call("signed_out", 302, newcomer),
    "GET teachers.link": Call("everyone", 302, args={"token": "a-token-of-nobody"}),
    "GET teachers.invited": Call("everyone", 410),
    "POST teachers.invited": Call("everyone", 410, newcomer),
    "GET web.healthz": Call("everyone", 200),
    "GET web.readyz": Call("everyone", 503),  # the tables of these tests were made without migrations
    "GET monitoring.metrics": Call("everyone", 404),  # there for operators only, where it is switched on
    "GET web.about": Call("everyone", 200),
    "GET web.contact": Call("everyone", 200),
    "GET own_data.privacy": Call("everyone", 200),
    "GET web.favicon": Call("everyone", 302),
    "GET web.robots": Call("everyone", 200),
    "GET web.support": Call("everyone", 200),
    "GET own_data.display": Call("everyone", 200),
    "POST own_data.display": Call("everyone", 302, look),
    "GET styleguide.guide": Call("everyone", 404),  # there in debug only
}
POSTS = [key for key in CALLS if key.startswith("POST")]


def stated(app: Flask, key: str) -> Policy:
    """Return the policy of the view behind a call."""
    found = policy_of(app, key.split()[1])
    assert found is not None
    return found
