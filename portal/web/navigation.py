"""The addresses that every layout links to, for the features that are there."""

from typing import Any

from flask import Flask, current_app, request, url_for

from portal.web.language import language

PLACES = {
    "ads": "ads.open_ads",
    "how": "pages.how",
    "accessibility": "pages.accessibility",
    "privacy": "pages.privacy",
    "contact": "pages.contact",
    "todo": "desk.start",
    "recruitments": "ads.recruitments",
    "employments": "contracts.employments",
    "account": "accounts.account",
    "logout": "accounts.log_out",
}


class Links:
    """Looks an address up when a template asks for it; a feature that is not there gives none."""

    def __getattr__(self, name: str) -> str:
        if name == "home":
            return "/?lang=en" if language() == "en" else "/"
        if name == "language":
            return _other_language()
        endpoint = PLACES.get(name, "")
        return url_for(endpoint) if endpoint in current_app.view_functions else ""


def _other_language() -> str:
    other = "sv" if language() == "en" else "en"
    return request.path + ("?lang=en" if other == "en" else "")


def init_navigation(app: Flask) -> None:
    """Give every template ``links`` and ``lang``."""

    @app.context_processor
    def links() -> dict[str, Any]:
        return {"links": Links(), "lang": language()}
