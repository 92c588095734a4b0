"""Learnapp: lessons with provenance, quizzes that explain, progress that is never lost."""

import gc

# What is imported stays. To search it for garbage again and again would take a seventh of the time to start.
gc.disable()

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from learnapp.accounts import views as accounts_views
from learnapp.accounts.email import views as email_views
from learnapp.accounts.guests import views as guest_views
from learnapp.accounts.own_data import views as own_data_views
from learnapp.accounts.passwords import views as passwords_views
from learnapp.accounts.teachers import views as teachers_views
from learnapp.authoring import views as authoring_views
from learnapp.config.secret_file import make_private_folder
from learnapp.config.settings import Settings, read_settings
from learnapp.database import db
from learnapp.groups import views as groups_views
from learnapp.groups.assignments import views as assignments_views
from learnapp.groups.leaders import views as leaders_views
from learnapp.groups.membership import invitations_views, join_views, window_views
from learnapp.groups.membership import views as membership_views
from learnapp.groups.outcomes import help_views
from learnapp.groups.roster import cards_views
from learnapp.groups.roster import views as roster_views
from learnapp.groups.roster.lists import views as lists_views
from learnapp.learning.attempts import views as attempts_views
from learnapp.learning.endings import views as endings_views
from learnapp.learning.lessons import pretest_views
from learnapp.learning.lessons import views as lessons_views
from learnapp.learning.lessons.own_words import views as own_words_views
from learnapp.learning.review import views as review_views
from learnapp.library import views as library_views
from learnapp.offline import views as offline_views
from learnapp.reports.board import views as board_views
from learnapp.reports.gradebook import views as gradebook_views
from learnapp.reports.story import views as story_views
from learnapp.teaching import views as teaching_views
from learnapp.teams.events import views as events_views
from learnapp.teams.standings import views as standings_views
from learnapp.training.certificates import views as certificates_views
from learnapp.training.credentials import views as credentials_views
from learnapp.training.field_card import views as field_card_views
from learnapp.training.final import views as finals_views
from learnapp.training.overview import views as training_views
from learnapp.training.practice import offline_practice_views
from learnapp.training.practice import views as practice_views
from learnapp.training.readiness import views as readiness_views
from learnapp.web import catalog, errors, i18n, page, policy
from learnapp.web import views as web_views
from learnapp.web.browser import form_tokens
from learnapp.web.http import assets, hosts, requests, uploads
from learnapp.web.monitoring import views as monitoring_views
from learnapp.web.styleguide import views as styleguide_views

FEATURES = (
    accounts_views,
    passwords_views,
    lessons_views,
    own_words_views,
    attempts_views,
    review_views,
    library_views,
    authoring_views,
    groups_views,
    lists_views,
    membership_views,
    leaders_views,
    assignments_views,
    help_views,
    roster_views,
    board_views,
    gradebook_views,
    story_views,
    finals_views,
    certificates_views,
    credentials_views,
    practice_views,
    field_card_views,
    training_views,
    readiness_views,
    events_views,
    standings_views,
    teaching_views,
    offline_views,
)
# Views that need nothing before the first request.
PAGES = (
    web_views.bp,
    monitoring_views.bp,
    styleguide_views.bp,
    own_data_views.bp,
    email_views.bp,
    guest_views.bp,
    teachers_views.bp,
    pretest_views.bp,
    offline_practice_views.bp,
    endings_views.bp,
    join_views.bp,
    invitations_views.bp,
    window_views.bp,
    cards_views.bp,
)


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the app; lower-case overrides replace settings, upper-case ones Flask's; raises ConfigurationError."""
    changes = dict(overrides or {})
    settings = read_settings(**{name: value for name, value in changes.items() if name.islower()})
    make_private_folder(settings.instance_path)
    app = requests.SiteFlask(__name__, static_folder=None, instance_path=str(settings.instance_path))
    app.debug, app.own_hosts = settings.debug, tuple(settings.hosts)
    app.request_class, app.jinja_environment = uploads.MemoryRequest, page.PageEnvironment
    app.config.update(flask_config(settings))
    app.config.update({name: value for name, value in changes.items() if name.isupper()})

    # The order counts: what begins and ends a request wraps all, then who may pass, then whether the form is ours.
    requests.init_app(app)
    db.init_app(app, settings)
    i18n.init_app(app)
    policy.init_app(app)
    form_tokens.init_app(app)
    for part in (assets, catalog, page):
        part.init_app(app)
    for bp in PAGES:
        app.register_blueprint(bp)
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
        feature.init_app(app)
    errors.init_app(app)
    policy.require_policies(app)
    if settings.prefix:
        app.wsgi_app = hosts.below_path(settings, app.wsgi_app)  # type: ignore[assignment,method-assign]
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    return app


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return Flask's and its extensions' configuration for our settings."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret,
        "SECRET_KEY_FALLBACKS": settings.secrets[1:],
        "WTF_CSRF_SECRET_KEY": [*reversed(settings.secrets[1:]), settings.secret],  # the last one signs
        "SESSION_COOKIE_NAME": settings.cookie_name("session"),
        "SESSION_COOKIE_PATH": settings.prefix or "/",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 500,
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "SQLALCHEMY_ENGINE_OPTIONS": db.engine_options(settings.database, settings.connections),
    }


gc.freeze()
gc.enable()
