"""Previews of lists: what becomes of each row, decided by who is in the class and has an account; pure."""

import hashlib
from collections.abc import Iterator

from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.names import rules as names
from learnapp.groups.roster.lists.values import ClassState, ListPreview, PreviewRow, StagedList, StagedPerson

NEW, INVITED, WAITING, HERE, LEFT_OUT, ERROR = "new", "invited", "waiting", "here", "left_out", "error"
OUTCOMES = (ERROR, NEW, INVITED, WAITING, HERE, LEFT_OUT)


def preview_of(staged: StagedList, state: ClassState) -> ListPreview:
    """Return what a list comes to: nothing of it may be carried out while a row has a problem or seats are lacking."""
    rows = tuple(_rows(staged, state))
    here = {row.account for row in rows if row.outcome == HERE}
    absent = frozenset(state.members - here)
    seats_lack = sum(row.outcome == NEW for row in rows) > state.free_seats
    has_problems = seats_lack or any(row.outcome == ERROR for row in rows)
    seen = ([(row.person, row.outcome, row.account) for row in rows], sorted(state.members), state.free_seats)
    digest = hashlib.sha256(repr(seen).encode()).hexdigest()
    return ListPreview(rows, absent, state.free_seats, has_problems, digest)


def _rows(staged: StagedList, state: ClassState) -> Iterator[PreviewRow]:
    faulty = {problem.row for problem in staged.problems}
    met: set[int] = set()
    for person in staged.people:
        if person.left_out:
            yield PreviewRow(person, LEFT_OUT, person.left_out)
        elif person.row in faulty:
            yield PreviewRow(person, ERROR)
        else:
            row = _decide(person, state)
            if row.account is not None and row.account in met:
                row = PreviewRow(person, ERROR, "same_account")
            met |= {row.account} if row.account is not None else set()
            yield row


def _decide(person: StagedPerson, state: ClassState) -> PreviewRow:
    """Return what becomes of a person without a problem.

    An account that exists is never taken in without being asked; only the school's own key says that somebody who is
    here already is meant.
    """
    of_list = next((state.by_key[key] for key in person.keys if key in state.by_key), None)
    found = state.by_email.get(email_key(person.email), frozenset()) if person.email else frozenset()
    named = state.by_name.get(names.key(person.user_name)) if person.user_name else None
    if len(found) > 1 and named not in found and of_list is None:
        return PreviewRow(person, LEFT_OUT, "several_accounts")
    if of_list is not None:
        account = of_list
    elif len(found) == 1:
        (account,) = found
    elif named is not None:
        account = named
    else:
        return PreviewRow(person, NEW)
    if account in state.leaders:
        return PreviewRow(person, LEFT_OUT, "leads", account)
    if account in state.members:
        return PreviewRow(person, HERE, account=account)
    return PreviewRow(person, WAITING if account in state.invited else INVITED, account=account)
