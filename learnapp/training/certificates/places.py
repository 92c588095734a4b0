"""Places in the list of statuses: a random one for each certificate, which tells nothing of who came when.

A place stays taken when its certificate is gone, so that what was signed for it is never valid again.
"""

import secrets

from learnapp.database.db import AnySession, execute, insert, table_of
from learnapp.training.errors import NoPlaceLeft
from learnapp.training.models import STATUS_PLACES, CredentialStatus

TRIES = 200  # in a list that is nine tenths full, one certificate in a billion finds none
_PLACE = table_of(CredentialStatus).c.place


def reserve_place(session: AnySession, certificate_id: str) -> int:
    """Give a certificate that has just been written a random place of its own, and return it; raises NoPlaceLeft.

    For the transaction that writes the certificate. The database decides who gets a place that two draw at once.
    """
    for _try in range(TRIES):
        place = secrets.randbelow(STATUS_PLACES)
        row = insert(session, CredentialStatus).values(place=place, certificate_id=certificate_id)
        if_free = row.on_conflict_do_nothing(index_elements=["place"]).returning(_PLACE)
        if execute(session, if_free, {}).first():
            return place
    raise NoPlaceLeft(certificate_id)
