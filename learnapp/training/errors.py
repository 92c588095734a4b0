"""Training errors: what can go wrong, one name each; `web/errors.py` turns them into pages."""


class CertificateNotFound(Exception):
    """No such certificate, or somebody else's: to be answered with the same 404."""


class NoPlaceLeft(Exception):
    """The list of statuses is so full that no free place was found."""


class CredentialKeyRefused(Exception):
    """The key that signs credentials cannot be used; the message says why, and nothing of what is in its file."""
