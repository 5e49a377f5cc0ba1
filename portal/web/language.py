"""Swedish first, English by ``?lang=en``: carried in links, never in a cookie. The staff's pages are in Swedish only."""

from typing import Any

from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel

from portal.paths import TRANSLATIONS

LOCALES = {"sv": "sv", "en": "en_GB"}
_ASKED = "portal.language"


def language() -> str:
    """``sv`` or ``en``: of the letter that is being written (``g.language``), or of this request."""
    chosen: str = g.get("language", "") if has_app_context() else ""
    if not chosen and has_request_context():
        chosen = _of_request()
    return chosen if chosen in LOCALES else "sv"


def _of_request() -> str:
    """Asked for every date of a long list, so it is found out once."""
    if _ASKED not in request.environ:
        request.environ[_ASKED] = "sv" if _is_for_staff() else request.args.get("lang", "sv")
    found: str = request.environ[_ASKED]
    return found


def _is_for_staff() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    guard = getattr(view, "__guard__", None)
    return guard is not None and guard.kind == "staff"


def init_language(app: Flask) -> None:
    """Choose the language of each request and carry it in every link the request makes."""
    Babel(
        app,
        locale_selector=lambda: LOCALES[language()],
        default_locale="sv",
        default_timezone="Europe/Stockholm",
        default_translation_directories=str(TRANSLATIONS),
    )

    @app.url_defaults
    def carry(endpoint: str, values: dict[str, Any]) -> None:
        if language() == "en" and not endpoint.startswith("assets."):
            values.setdefault("lang", "en")

    app.jinja_env.globals["language"] = language
