"""The address of the page that a refusal stands on: to reload the answer to a POST would send the form again."""

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException

from portal.web.fault_words import way_on


def init_own_page(app: Flask) -> None:
    """Let every layout ask for it."""
    app.jinja_env.globals["own_page"] = own_page


def own_page() -> str:
    """Where it is opened: a form is sent to its own page, or to an address below it. The reader's start page, where there is
    none above."""
    routes, path = current_app.url_map.bind(""), request.path
    while path.strip("/"):
        try:
            routes.match(path, method="GET")
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return path
    return way_on()[0]
