"""Pages and files of what a device keeps: the manifest, the service worker, packs, and the page of this device."""

from flask import Blueprint, Flask, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.database.db import db
from learnapp.learning.access import current_band, current_progress, current_terms, require_open_lesson
from learnapp.learning.attempts.results_views import settled_module_or_404
from learnapp.learning.progress.service import mark_read
from learnapp.learning.review.pages import current_queue
from learnapp.offline import copies, files, packs
from learnapp.offline.wording import waiting_words
from learnapp.web import clock
from learnapp.web.browser.form_tokens import form_token
from learnapp.web.catalog import current_catalog
from learnapp.web.display import current_display
from learnapp.web.http.requests import wants_json
from learnapp.web.page import page_layout, person_tags
from learnapp.web.policy import policy

bp = Blueprint("offline", __name__)
MOST_MODULES = 50
PRACTICE = "practice"  # no module may be called so


@bp.get("/manifest.webmanifest")
@policy("everyone", handed_out=True)
def manifest() -> ResponseReturnValue:
    """Say how the site looks as an app; where titles are to tell nothing, its name tells nothing either."""
    assets, root = current_app.extensions["assets"], f"{request.script_root}/"
    name = _("Notes") if current_display().neutral_titles else page_layout().site_name
    any_size = {"src": assets["img/icon.svg"], "sizes": "any", "type": "image/svg+xml"}
    icons = [
        {"src": assets[f"img/icon-{size}.png"], "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    about = {"name": name, "short_name": name, "id": root, "start_url": root, "scope": root, "display": "minimal-ui"}
    colors = {"background_color": "#faf7f0", "theme_color": "#faf7f0"}
    response = jsonify({**about, **colors, "lang": page_layout().lang, "icons": [any_size, *icons]})
    response.mimetype = "application/manifest+json"
    return response


@bp.get("/service-worker.js")
@policy("everyone", handed_out=True)
def worker() -> ResponseReturnValue:
    """Send the service worker; browsers ask each time whether it has changed."""
    headers = {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache"}
    return Response(files.worker_text(), headers=headers)


@bp.get("/offline")
@policy("everyone", handed_out=True)
def unreachable() -> ResponseReturnValue:
    """Show what stands in place of a page that is not kept where there is no connection."""
    return render_template("offline/unreachable.html")


@bp.route("/device", methods=["GET", "POST"])
@policy("learning")
def device() -> ResponseReturnValue:
    """Ask whose device this is and what it shall keep; who says that it is theirs becomes somebody we know."""
    if request.method == "POST":
        get_or_create_user()
        db.session.commit()
        return contact() if wants_json() else redirect(url_for("offline.device"), 303)
    courses = [current_progress(course) for course in current_catalog().courses.values()]
    return render_template("offline/device.html", courses=courses, talks=len(current_catalog().conversations))


@bp.get("/device/contact")
@policy("everyone")
def contact() -> ResponseReturnValue:
    """Tell a device who is here, and in which version it should have what it keeps; null for what is gone."""
    names = request.args.get("modules", "").split(",")[:MOST_MODULES]
    known = {"person": person_tags(), "band": current_band() or 0, "now": clock.now().isoformat()}
    if current_user.id is None:
        return jsonify(known)
    basics = packs.device_version_of_basics(current_queue())
    modules = {name: current_version(name) for name in names if name}
    return jsonify(**known, token=form_token(), basics=basics, modules=modules, words=waiting_words())


@bp.get("/device/basics")
@policy("guest", "member")
def basics() -> ResponseReturnValue:
    """Tell what everybody keeps who keeps anything, and the files that all pages need."""
    pack = packs.basic_pack()
    version = packs.device_version_of_basics(current_queue())
    return jsonify(version=version, pages=pack.pages, instead=pack.instead, title="", files=files.page_files())


@bp.post("/device/modules/<module>")
@policy("guest", "member")
def module(module: str) -> ResponseReturnValue:
    """Tell what to keep of a module, with an attempt that waits for the answers to each of its quizzes; of practice."""
    if module == PRACTICE:
        talks = packs.practice_pack()
        return jsonify(version=talks.version, pages=talks.pages, instead=talks.instead, title=talks.title)
    now = clock.now()
    _course, progress = settled_module_or_404(module)
    terms = current_terms(now)
    attempts = packs.keep_quizzes(db.session, current_user.id, progress, terms, now)
    db.session.commit()
    pack, version = packs.module_pack(progress, attempts), packs.device_version_of_module(progress, attempts, terms)
    return jsonify(version=version, pages=pack.pages, instead=pack.instead, title=pack.title)


@bp.post("/device/read")
@policy("guest", "member")
def read() -> ResponseReturnValue:
    """Note that a lesson was read on a device without a network; sent again, nothing changes."""
    progress = require_open_lesson(request.form.get("module", ""), request.form.get("lesson", ""))
    mark_read(db.session, current_user.id, progress, g.arrived_at)
    db.session.commit()
    return jsonify(read=progress.lesson.key)


def current_version(name: str) -> str | None:
    """Return the version of a module for the current user, None where there is none or nothing of it is open."""
    if name == PRACTICE:
        return packs.practice_pack().version if current_catalog().conversations else None
    found = current_catalog().modules.get(name)
    if found is None:
        return None
    progress = current_progress(current_catalog().course_of(found.lessons[0])).module(name)
    if not any(one.open for one in progress.lessons):
        return None
    terms = current_terms(clock.now())
    attempts = packs.attempts_to_keep(db.session, current_user.id, progress, terms)
    return packs.device_version_of_module(progress, attempts, terms)


def init_app(app: Flask) -> None:
    """Let the listed pages be copied: all views are there by now."""
    copies.init_app(app)
