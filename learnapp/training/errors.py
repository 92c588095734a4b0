"""Training errors: what can go wrong, one name each; `web/errors.py` turns them into pages."""

from datetime import datetime


class TrainingError(Exception):
    """Every error of this feature; its arguments say what it is about."""


class UpdateNotFound(TrainingError):
    """A program has no such update: to be answered with 404."""


class ReplyNotOpen(TrainingError):
    """A conversation is at another turn than that of the reply, or this turn has no such reply."""


class StaleNote(TrainingError):
    """Another note was kept since the page was sent that this one comes from; nothing was changed.

    `kind` is "note", or "anticipated" for what was written before the talk.
    """

    def __init__(self, newer: str, kind: str = "note") -> None:
        super().__init__("a newer note is kept")
        self.newer, self.kind = newer, kind


class StalePath(TrainingError):
    """A conversation came another way since the page that a path goes on from; nothing was changed."""

    def __init__(self, newer: tuple[str, ...]) -> None:
        super().__init__("the conversation came another way")
        self.newer = newer


class FinalNotOpen(TrainingError):
    """The final cannot be begun now: something of the program comes first, or its certificate is valid for long yet."""


class FinalWaits(TrainingError):
    """A further form of the final can be begun only from a moment on."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(f"again at {again_at}")
        self.again_at = again_at


class NothingToCertify(TrainingError):
    """There is no passed final for which a certificate could be issued."""


class CertificateNotFound(TrainingError):
    """No such certificate, or somebody else's: to be answered with the same 404."""


class NoPlaceLeft(TrainingError):
    """The list of statuses is so full that no free place was found."""


class CredentialKeyRefused(TrainingError):
    """The key that signs credentials cannot be used; the message says why, and nothing of what is in its file."""
