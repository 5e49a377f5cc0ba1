"""create_app: settings, extensions, blueprints and error pages; nothing else."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.ads.queries import published_parties
from portal.config import Settings
from portal.db import Base, engine_options, init_database
from portal.documents.engines.places import share_places
from portal.features import BLUEPRINTS, DEMO_BLUEPRINTS
from portal.instance import own_folder
from portal.jobs.tasks import init_queue
from portal.mail.engines import open_sender
from portal.operations.metrics import count_repeated, init_metrics
from portal.organisations.identity import init_identity, party_hues
from portal.paths import STATIC, TEMPLATES
from portal.scope import raise_walls
from portal.vault.services import init_vault
from portal.web.addresses import Addresses, BuiltLate
from portal.web.arrival import ArrivalStamp
from portal.web.assets import init_assets
from portal.web.bodies import BodyGate, PortalRequest, init_bodies
from portal.web.compiled import init_compiled
from portal.web.errors import init_errors
from portal.web.filters import init_filters
from portal.web.form_sentences import init_form_sentences
from portal.web.headers import init_headers
from portal.web.language import init_language
from portal.web.logs import init_logs
from portal.web.navigation import init_navigation
from portal.web.own_page import init_own_page
from portal.web.ready_answers import init_ready_answers
from portal.web.signing import SignedCookie

csrf = CSRFProtect()


class Portal(Flask):
    """The application. Its requests keep uploads in memory, within limits."""

    request_class = PortalRequest
    url_map_class = Addresses
    url_rule_class = BuiltLate
    session_interface = SignedCookie()


def create_app(settings: Settings | None = None) -> Flask:
    """An application for these settings, or for those of the environment. Raises `Misconfigured`."""
    settings = settings or Settings.from_environment()
    own_folder(settings.instance_path)
    app = Portal(
        "portal", template_folder=str(TEMPLATES), static_folder=None, instance_path=str(settings.instance_path)
    )
    _configure(app, settings)
    init_compiled(app, settings.instance_path / "templates", settings.secret_key)
    init_database(app)
    raise_walls(app)
    init_bodies(app)
    csrf.init_app(app)  # it reads the form, so only after what may refuse to read it
    init_vault(app, settings)
    init_queue(app, settings)
    share_places(settings.instance_path)
    app.extensions["mail_sender"] = open_sender(settings.smtp_url)
    init_logs(app)
    init_metrics(app)
    init_language(app)
    init_form_sentences(app)
    init_filters(app)
    init_own_page(app)
    init_navigation(app)
    init_headers(app, https=settings.https)
    init_errors(app)
    init_identity(app)
    for blueprint in (*BLUEPRINTS, *(DEMO_BLUEPRINTS if settings.demo else ())):
        app.register_blueprint(blueprint)
    init_assets(app, folder=STATIC, hues=party_hues(published_parties()), staff_hues=party_hues())
    init_ready_answers(app)
    count_repeated(app)
    app.wsgi_app = BodyGate(app.wsgi_app)  # type: ignore[method-assign]
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    app.wsgi_app = ArrivalStamp(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        DEBUG=False,  # whatever FLASK_DEBUG says: a fault's page would show what it met
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_ENGINES={"default": {"url": settings.database_url, **engine_options(settings.database_url)}},
        METADATA=Base.metadata,
        SESSION_COOKIE_NAME="__Host-portal" if settings.https else "portal",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session: a long letter is never too old to send
        MAX_FORM_MEMORY_SIZE=256_000,
        MAX_FORM_PARTS=400,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
    )
    app.jinja_options["autoescape"] = lambda name: name is None or not name.endswith(".txt")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
