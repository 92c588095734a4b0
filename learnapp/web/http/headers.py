"""Headers: what a browser may load from here, and to whom it may tell where it was."""

from typing import Any

from learnapp.config.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"


def hsts(settings: Settings) -> str:
    """Return for how long browsers shall demand https, and for which names."""
    return f"{HSTS}; includeSubDomains" if settings.hsts_subdomains else HSTS


def add_to_file(settings: Settings, headers: Any) -> None:
    """Add the headers to a static file."""
    for name, value in ALWAYS.items():
        headers[name] = value
    if settings.secure:
        headers["Strict-Transport-Security"] = hsts(settings)
