"""Swedish first, English by ``?lang=en``: carried in links, never in a cookie."""

from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from portal.paths import TRANSLATIONS

LOCALES = {"sv": "sv", "en": "en_GB"}


def language() -> str:
    """``sv`` or ``en``, for this request."""
    if not has_request_context():
        return "sv"
    chosen: str = g.get("language") or request.args.get("lang", "sv")
    return chosen if chosen in LOCALES else "sv"


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
