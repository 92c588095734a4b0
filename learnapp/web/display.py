"""Display choices: theme, contrast, text size, language, time zone; in a cookie and, for accounts, a row."""

from dataclasses import asdict, dataclass
from typing import cast
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from flask import Response, g, has_request_context
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.config.settings import current_settings
from learnapp.config.values import TIME_ZONES
from learnapp.web.browser import cookies

COOKIE = "display"
YEAR = 365 * 24 * 3600
DEVICE = _l("As on this device")
THEMES = {"auto": DEVICE, "light": _l("Light"), "dark": _l("Dark")}
CONTRASTS = {"auto": DEVICE, "more": _l("More contrast")}
TEXT_SIZES = {"normal": DEVICE, "large": _l("Larger"), "larger": _l("Much larger")}


@dataclass(frozen=True, slots=True)
class Display:
    """One reader's choices; "auto" leaves it to the device, an empty language to the browser."""

    theme: str = "auto"
    contrast: str = "auto"
    text: str = "normal"
    language: str = ""
    time_zone: str = ""
    neutral_titles: bool = False


def current_display() -> Display:
    """Return the current user's choices: from this device for visitors, from the account for others."""
    if "display" not in g:
        device = _from_cookie()
        user = current_user._get_current_object()  # the proxy looks itself up for each attribute
        if user.is_authenticated:
            device = Display(
                theme=user.theme,
                contrast=user.contrast,
                text=device.text,
                language=user.language if user.language in current_settings().language_codes else "",
                time_zone=user.time_zone or "",
                neutral_titles=user.neutral_titles,
            )
        g.display = device
    return cast(Display, g.display)


def zone() -> ZoneInfo:
    """Return the current user's time zone, or the server's setting outside of a request."""
    name = current_display().time_zone if has_request_context() else ""
    return ZoneInfo(name if name in TIME_ZONES else current_settings().time_zone)


def set_cookie(response: Response, display: Display) -> None:
    """Keep the choices in a cookie on this device, and for the rest of this request."""
    values = {name: ("1" if value is True else value) for name, value in asdict(display).items() if value}
    cookies.set_cookie(response, COOKIE, urlencode(values), YEAR)
    g.display = display


def _from_cookie() -> Display:
    """Read the cookie; whatever is not one of our choices falls back to the default."""
    cookie = cookies.sent_cookie(COOKIE)
    if not cookie:
        return Display()
    values = dict(parse_qsl(cookie[:400]))
    codes = current_settings().language_codes
    offered = {"theme": THEMES, "contrast": CONTRASTS, "text": TEXT_SIZES, "language": codes, "time_zone": TIME_ZONES}
    choices = {name: values[name] for name, known in offered.items() if values.get(name) in known}
    return Display(**choices, neutral_titles=values.get("neutral_titles") == "1")
