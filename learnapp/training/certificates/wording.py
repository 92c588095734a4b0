"""Words and drawings of certificates: how one stands, how long that is, and the square that leads to its check."""

from datetime import datetime
from functools import lru_cache

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from learnapp.config.settings import current_settings
from learnapp.training.certificates.dates import local_day
from learnapp.training.certificates.values import CertificateStatus, IssuedCertificate
from learnapp.web.i18n import date_words
from learnapp.web.qr import QRCode, qr_code

STATUS_WORDS = {
    "valid": _l("Valid today"),
    "expired": _l("Expired"),
    "revoked": _l("Withdrawn"),
    "renewed": _l("Renewed by a newer one"),
}


def certificate_status_words(status: CertificateStatus) -> str:
    """Return how a certificate stands, in words."""
    return str(STATUS_WORDS[status])


def issued_words(certificate: IssuedCertificate) -> str:
    """Return the day on which it was issued, as days are in its zone."""
    return date_words(local_day(certificate.issued_at, certificate.zone))


def valid_until_words(certificate: IssuedCertificate) -> str:
    """Return the last day on which it is valid."""
    return date_words(certificate.valid_until)


def public_details(certificate: IssuedCertificate, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return the five things that anybody is told of a certificate, each with its label."""
    return (
        (_("Today"), certificate_status_words(certificate.status(now))),
        (_("Program"), certificate.program_title),
        (_("Name"), certificate.name_shown),
        (_("Issued on"), issued_words(certificate)),
        (_("Valid until"), valid_until_words(certificate)),
    )


def verify_address(certificate_id: str) -> str:
    """Return the address at which anybody checks a certificate; the operator names its host, never a request."""
    return f"{current_settings().address}/verify/{certificate_id}"


def verify_square(certificate_id: str) -> QRCode:
    """Return that address as a square to be photographed."""
    return _square(verify_address(certificate_id))


def check_address() -> str:
    """Return where a number is typed in to be checked, without what every browser puts before it."""
    return f"{current_settings().address}/verify".partition("://")[2]


@lru_cache(maxsize=64)
def _square(address: str) -> QRCode:
    return qr_code(address)
