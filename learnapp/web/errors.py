"""Errors: one table turns each into a status and a page, or into JSON for a script that asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from flask import Flask, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, SecurityError

from learnapp.database import db, outages
from learnapp.web import logs
from learnapp.web.browser.form_tokens import CookiesBlocked, FormExpired, LoginEnded, is_of_ended_login
from learnapp.web.http.addresses import same_site_path
from learnapp.web.http.requests import wants_json
from learnapp.web.login import give_up_user

Text: TypeAlias = str | LazyString


class SignInFirst(Exception):
    """The page needs an account."""


class OwnPasswordFirst(Exception):
    """The password was handed out: before anything else its person chooses another."""


class NotFound(Exception):
    """There is no such thing, or it is somebody else's: the answer is the same."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an error becomes: a status, a heading, what to do, seconds until another try, (endpoint, words) of links."""

    status: int
    title: Text
    text: Text
    retry_after: int | None = None
    links: tuple[tuple[str, Text], ...] = ()


_PAGES = (
    ErrorPage(
        400, _l("We could not read that"), _l("What was sent was not complete or not clear. Go back and try again.")
    ),
    ErrorPage(401, _l("Sign in first"), _l("This page is for people with an account.")),
    ErrorPage(
        403,
        _l("Your account cannot open this page"),
        _l(
            "It is for people who teach here, write the lessons or look after this site. Nothing is wrong with your"
            " account. If you are one of them, sign in with the account that you have for it, or ask whoever runs this"
            " site."
        ),
    ),
    ErrorPage(
        404,
        _l("There is nothing at this address"),
        _l("The address may have a typing error, or the page may belong to somebody else."),
    ),
    ErrorPage(405, _l("That does not work here"), _l("Open the page from a link and use its buttons.")),
    ErrorPage(
        409, _l("Something newer was saved"), _l("Another window or device was faster. Open the page again to see it.")
    ),
    ErrorPage(410, _l("This is over"), _l("It lasted for a while only, or was used already. Ask for it anew.")),
    ErrorPage(413, _l("That is too much at once"), _l("Go back, shorten the text and send it again.")),
    ErrorPage(422, _l("Something is missing"), _l("Go back, fill in what is missing and send it again.")),
    ErrorPage(429, _l("Too many tries in a short time"), _l("Wait a little, then try again."), retry_after=60),
    ErrorPage(
        500,
        _l("Something broke on our side"),
        _l("It is not your fault. What was shown as saved is still there. Please try again."),
    ),
    ErrorPage(
        503,
        _l("We cannot save anything just now"),
        _l("This should pass soon. What was shown as saved is still there. Try again in a few seconds."),
        retry_after=5,
    ),
)
_OWN_PASSWORD = ErrorPage(
    403,
    _l("Choose a password of your own first"),
    _l("Yours was handed out, so others may know it. Open the page again."),
)
_SIGNED_OUT = ErrorPage(
    401,
    _l("You are signed out"),
    _l("That happens by itself after a while without a request. Open the page again, sign in, and send it once more."),
)
ERROR_PAGES = {page.status: page for page in _PAGES}
_named_pages = {
    NotFound: ERROR_PAGES[404],
    FormExpired: ErrorPage(
        400,
        _l("This form has expired"),
        _l("You may have signed in or out since you opened it. Open the page again and send it once more."),
    ),
    LoginEnded: _SIGNED_OUT,
    CookiesBlocked: ErrorPage(
        400,
        _l("This page needs cookies"),
        _l(
            "Your browser sent none with this form, so we cannot tell that it comes from you. Allow cookies for this"
            " site, then open the page again and send it once more. We use none to follow you."
        ),
    ),
}


def register_error_page(
    error: type[Exception], status: int, *words: Text, told: Callable[[Any], str] | None = None, **more: Any
) -> None:
    """Add a feature's named error to the table; without words (title and text) it has those of its status.

    `told` makes the text of the error itself, for one that knows more; its `seconds` are those until another try.
    """
    usual = ERROR_PAGES[status]
    title, *text = words or (usual.title, usual.text)
    _named_pages[error] = replace(usual, title=title, text=text[0] if text else usual.text, **more)
    if told is not None:
        _told[error] = told


def register_error_pages(status: int, *errors: type[Exception]) -> None:
    """Add named errors that views answer beside what they are about; where one does not, the status has words."""
    for error in errors:
        register_error_page(error, status)


_told: dict[type[Exception], Callable[[Any], str]] = {}
MACHINE_FIELDS = {"csrf_token", "form_key", "next", "seq", "item", "action", "kind", "from", "submit", "carried"}
SECRET_WORDS = ("password", "token", "secret", "code")


def submitted_text() -> list[tuple[str, str]]:
    """Return (label, text) of what the failed form carried and a person may have typed, to be given back."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except RequestEntityTooLarge:  # whoever may not open the page is refused before the form is read
        return []
    texts = []
    for name, value in fields:
        name = name or ""  # a part of a multipart form may come without one
        plain = name.lower()
        if plain in MACHINE_FIELDS or any(word in plain for word in SECRET_WORDS):
            continue
        if any(sign.isalpha() for sign in value) and value not in {"true", "false"}:
            texts.append((name.replace("_", " ").replace("-", " ").capitalize(), value))
    return texts[:50]


def show(page: ErrorPage) -> ResponseReturnValue:
    """Return an error's page, or its JSON where a script asked."""
    headers = {"Retry-After": str(page.retry_after)} if page.retry_after else {}
    if wants_json():
        body = jsonify(status=page.status, error=str(page.title), text=str(page.text))
        return body, page.status, headers
    if page.status >= 500:
        give_up_user()
    try:
        html = _render(page)
    except SQLAlchemyError:
        give_up_user()
        html = _render(page)
    return html, page.status, headers


def _render(page: ErrorPage) -> str:
    back = same_site_path(request.referrer) if request.method == "POST" else None
    about = {"submitted": submitted_text(), "back": back, "request_id": g.get("request_id")}
    return render_template("errors/error.html", error=page, **about)


def init_app(app: Flask) -> None:
    """Answer every error by the table."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SignInFirst, _sign_in)
    app.register_error_handler(OwnPasswordFirst, _own_password)
    app.register_error_handler(SQLAlchemyError, _database)
    for error, page in _named_pages.items():
        app.register_error_handler(error, lambda raised, page=page: show(_about(page, raised)))


def _about(page: ErrorPage, raised: Exception) -> ErrorPage:
    """Return the page of an error with what this one knows of itself."""
    told = _told.get(type(raised))
    if told is None:
        return page
    return replace(page, text=told(raised), retry_after=getattr(raised, "seconds", page.retry_after))


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):  # with a Host that is not ours no link can be made
        return "This address is not served here.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if error.code == 413:
        request.form = ImmutableMultiDict()  # or whoever looks at it from here on would meet the same error
    usual = ERROR_PAGES.get(error.code) or replace(ERROR_PAGES[400 if error.code < 500 else 500], status=error.code)
    response = make_response(show(usual))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _sign_in(_error: SignInFirst) -> ResponseReturnValue:
    if wants_json():
        return show(ERROR_PAGES[401])
    if submitted_text() and is_of_ended_login():
        return show(_SIGNED_OUT)
    return redirect(url_for("accounts.sign_in", next=_page_asked_for()))


def _own_password(_error: OwnPasswordFirst) -> ResponseReturnValue:
    if wants_json():
        return show(_OWN_PASSWORD)
    return redirect(url_for("passwords.first_password", next=_page_asked_for()))


def _page_asked_for() -> str | None:
    """Return the address of the page that somebody asked for, or on which the form stands that they sent."""
    if request.method in ("GET", "HEAD"):
        return request.script_root + request.full_path.rstrip("?")
    return same_site_path(request.referrer)


def _database(error: SQLAlchemyError) -> ResponseReturnValue:
    """Answer 503 while the database cannot serve, 404 where a thing is gone meanwhile; the rest is a fault of ours."""
    db.db.session.rollback()
    if outages.is_owner_gone(error):
        return show(ERROR_PAGES[404])
    reason = outages.why_unavailable(error)
    if reason is None:
        raise error
    logs.log.warning("the database is %s", reason, extra={"fields": logs.request_fields()})
    return show(ERROR_PAGES[503])
