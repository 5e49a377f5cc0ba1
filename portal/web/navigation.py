"""The addresses that every layout links to, for the features that are there."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for

from portal.web.language import language

PLACES = {
    "ads": "ads.open_ads",
    "how": "pages.how",
    "accessibility": "pages.accessibility",
    "privacy": "pages.privacy",
    "security": "pages.security",
    "contact": "pages.contact",
    "todo": "desk.start",
    "recruitments": "ads.recruitments",
    "kept": "privacy.kept",
    "arrivals": "disclosure.register",
    "employments": "contracts.employments",
    "posts": "posts.own",
    "ledger": "posts.lines",
    "people": "organisations.people",
    "requests": "privacy.requests",
    "installation": "organisations.installation",
    "papers": "organisations.data_protection",
    "account": "organisations.account",
    "logout": "accounts.log_out",
}


class Links:
    """Looks an address up when a template asks for it. A feature that is not there, or a page whose guard would not let
    the person in, gives none: no link leads to a 404."""

    def __getattr__(self, name: str) -> str:
        if name == "home":
            return "/?lang=en" if language() == "en" else "/"
        if name == "language":
            return _other_language()
        endpoint = PLACES.get(name, "")
        view = current_app.view_functions.get(endpoint)
        return url_for(endpoint) if view is not None and _may_enter(view) else ""


def _may_enter(view: Any) -> bool:
    guard = view.__guard__
    if guard.kind != "staff" or guard.predicate is None:
        return True
    return "actor" in g and bool(guard.predicate(g.actor))


def _other_language() -> str:
    """The same page with what was chosen on it, where the page says that something can be."""
    chosen = {name: value for name, value in g.get("asked_for", {}).items() if value}
    wanted = urlencode(chosen if language() == "en" else {"lang": "en", **chosen})
    return request.path + (f"?{wanted}" if wanted else "")


def init_navigation(app: Flask) -> None:
    """Give every template ``links`` and ``lang``."""

    @app.context_processor
    def links() -> dict[str, Any]:
        return {"links": Links(), "lang": language()}
