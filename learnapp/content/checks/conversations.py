"""Conversations: graphs that always end and can be repaired, short lines, reasons, and facts that may be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import islice

from learnapp.content.checks.ledger import ReferenceChecker
from learnapp.content.checks.replies import check_turns_together
from learnapp.content.conversations import END, PracticeReply, PracticeTurn, way_words, ways, word_count
from learnapp.content.load.drafts import ConversationDraft, CourseDraft
from learnapp.content.problems import Position, Report

LINE_WORDS, CONTEXT_WORDS, WAY_WORDS = 60, 90, 600
WAYS_MAX = 500


def check_conversations(draft: CourseDraft, report: Report) -> None:
    """Report conversations that somebody could get lost in, or that tell what nobody may tell at a table."""
    checker = ReferenceChecker(draft, report)
    points = {point.id for point in draft.programs.model.safety} if draft.programs else set()
    for conversation in draft.conversations:
        _ConversationChecker(conversation, checker).check(points)


def check_conversations_together(draft: CourseDraft, report: Report) -> None:
    """Report a best reply that its length gives away too often, and too few choices between goods."""
    turns = [
        (one.file.document.place("turns", number), turn)
        for one in draft.conversations
        for number, turn in enumerate(one.file.model.turns)
    ]
    check_turns_together(turns, report, "all conversations")


@dataclass(frozen=True, slots=True)
class _ConversationChecker:
    """One conversation against the rules, each broken one reported where it stands."""

    draft: ConversationDraft
    checker: ReferenceChecker

    @property
    def report(self) -> Report:
        return self.checker.report

    def place(self, *inside: str | int) -> Position:
        return self.draft.file.document.place(*inside)

    def replies(self) -> Iterator[tuple[int, int, PracticeTurn, PracticeReply]]:
        """Yield each reply with its turn and their numbers."""
        for turn_number, turn in enumerate(self.draft.file.model.turns):
            for number, reply in enumerate(turn.replies):
                yield turn_number, number, turn, reply

    def check(self, points: set[str]) -> None:
        conversation = self.draft.file.model
        if conversation.safety and conversation.safety not in points:
            self.report.error(self.place("safety"), "unknown-safety", f"“{conversation.safety}” is no safety point")
        self._check_names()
        self._check_ratings()
        self._check_words()
        self._check_facts()
        leads, ends = self._leads_everywhere(), self._ends()
        if leads and ends:
            self._check_ways()

    def _check_names(self) -> None:
        """Report a turn or a reply that has the name of another, and a turn that is called like the end."""
        turns = [turn.id for turn in self.draft.file.model.turns]
        for number, name in enumerate(turns):
            if name == END or name in turns[:number]:
                words = f"“{name}” is " + ("what ends a conversation" if name == END else "another turn")
                self.report.error(self.place("turns", number, "id"), "name-taken", f"{words}; give a new name")
        for at, number, turn, reply in self.replies():
            if reply.id in [one.id for one in turn.replies[:number]]:
                place = self.place("turns", at, "replies", number, "id")
                self.report.error(place, "name-taken", f"“{reply.id}” is another reply of this turn")

    def _check_ratings(self) -> None:
        """Report turns without a best reply, or with several that do not say what each costs, and nothing to mend."""
        for number, turn in enumerate(self.draft.file.model.turns):
            place = self.place("turns", number)
            if not turn.best:
                self.report.error(place, "no-best", f"rate one reply of turn “{turn.id}” as `best`")
            if len(turn.best) == len(turn.replies):
                self.report.error(place, "all-best", f"rate a reply of turn “{turn.id}” as `weak` or `worse`")
            for at, reply in enumerate(turn.replies):
                if reply.rating == "best" and len(turn.best) > 1 and reply.cost is None:
                    words = "two replies are best here: rate one as `weak`, or say under `cost` what each of them costs"
                    self.report.error(self.place("turns", number, "replies", at), "two-best", words)
                if reply.cost is not None and (reply.rating != "best" or len(turn.best) == 1):
                    words = "write `cost` only where two replies are best"
                    self.report.error(self.place("turns", number, "replies", at, "cost"), "cost-alone", words)

        if not any(reply.rating == "worse" for _at, _number, _turn, reply in self.replies()):
            words = "rate a reply as `worse`, so that there is something to mend"
            self.report.error(self.place("turns"), "nothing-worse", words)

    def _check_words(self) -> None:
        """Report lines that nobody would say in one breath."""
        conversation = self.draft.file.model
        self._check_length(conversation.context, CONTEXT_WORDS, "context")
        self._check_length(conversation.meant, LINE_WORDS, "meant")
        for number, turn in enumerate(conversation.turns):
            self._check_length(turn.says, LINE_WORDS, "turns", number, "says")
        for at, number, _turn, reply in self.replies():
            for key in ("text", "reaction", "why", "cost"):
                self._check_length(getattr(reply, key) or "", LINE_WORDS, "turns", at, "replies", number, key)

    def _check_length(self, text: str, most: int, *inside: str | int) -> None:
        if (count := word_count(text)) > most:
            words = f"{count} words are too many to be said or read at once; {most} are the most"
            self.report.error(self.place(*inside), "line-long", words)

    def _check_facts(self) -> None:
        """Report facts that are unknown, gated, never asked or strong."""
        facts = self.checker.ledger.facts
        for at, number, _turn, reply in self.replies():
            for n, fact in enumerate(reply.facts):
                place = self.place("turns", at, "replies", number, "facts", n)
                if fact in reply.facts[:n]:
                    self.report.error(place, "fact-twice", f"{fact} is listed already")
                if not self.checker.require_fact(fact, place) or fact not in facts:
                    continue
                if fact in self.checker.gating_files:
                    self.report.error(place, "gated-reply", f"{fact} is gated; nobody tells it at a table")
                elif not facts[fact].quizzable:
                    self.report.error(place, "not-quizzable", f"{fact} is never asked (`quizzable: false`)")
                elif facts[fact].sensitivity == "strong":
                    self.report.error(place, "strong-reply", f"{fact} is strong; nobody tells it at a table")

    def _leads_everywhere(self) -> bool:
        """Tell whether every reply leads to a turn or the end, and something to every turn; report what does not."""
        turns = [turn.id for turn in self.draft.file.model.turns]
        led_to = {turns[0]}
        sound = True
        for at, number, _turn, reply in self.replies():
            if reply.next != END and reply.next not in turns:
                place = self.place("turns", at, "replies", number, "next")
                words = f"a dead end: “{reply.next}” is no turn; name one, or write `next: {END}`"
                self.report.error(place, "dead-end", words)
                sound = False
            led_to.add(reply.next)
        for number, name in enumerate(turns):
            if name not in led_to:
                words = f"no reply leads to turn “{name}”; let one, or remove the turn"
                self.report.error(self.place("turns", number, "id"), "unreachable", words)
                sound = False
        return sound

    def _ends(self) -> bool:
        """Tell whether no turns lead round in a circle; report the reply that closes one."""
        leads = {turn.id: {reply.next for reply in turn.replies} for turn in self.draft.file.model.turns}
        try:
            TopologicalSorter(leads).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            first, last = circle[0], circle[-2]
            place = next(
                self.place("turns", at, "replies", number, "next")
                for at, number, turn, reply in self.replies()
                if turn.id == last and reply.next == first
            )
            self.report.error(place, "circle", f"these turns lead round in a circle: {' -> '.join(circle)}")
            return False
        return True

    def _check_ways(self) -> None:
        """Report ways that are too many, too short or too long, and bad replies after which nothing can be mended."""
        conversation = self.draft.file.model
        all_ways = list(islice(ways(conversation), WAYS_MAX + 1))
        if len(all_ways) > WAYS_MAX:
            words = f"there are more than {WAYS_MAX} ways through this conversation; let more replies lead to one turn"
            self.report.error(self.place("turns"), "ways-many", words)
            return
        mended = {step.turn.id for way in all_ways if way[-1].reply.rating == "best" for step in way}
        for at, number, turn, reply in self.replies():
            place = self.place("turns", at, "replies", number, "next")
            if reply.next == END and turn is conversation.turns[0]:
                words = "a conversation has 2 turns or more on every way; let this reply lead to one"
                self.report.error(place, "one-turn", words)
            if reply.rating == "worse" and reply.next not in mended:
                words = "after a reply that does not help, let the visitor give a chance: lead to a turn that ends well"
                self.report.error(place, "no-repair", words)
        longest = max(all_ways, key=way_words)
        if (count := way_words(longest)) > WAY_WORDS:
            names = ", ".join(f"{step.turn.id}/{step.reply.id}" for step in longest)
            words = f"{count} words on one way ({names}); {WAY_WORDS} are the most"
            self.report.error(self.place("turns"), "way-long", words)
