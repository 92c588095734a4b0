"""Training errors: what can go wrong, one name each; `web/errors.py` turns them into pages."""


class CertificateNotFound(Exception):
    """No such certificate, or somebody else's: to be answered with the same 404."""
