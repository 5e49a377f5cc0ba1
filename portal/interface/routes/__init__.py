"""The open interface. What it says and the library that describes it are loaded at the first question to a process."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from flask import Blueprint

from portal.web.guards import public

interface = Blueprint("interface", __name__, url_prefix="/api/v1")

View = Callable[..., Any]


def written(view: View) -> View:
    """The view as it is written and described. The description finds it by ``__wrapped__``."""
    view.__wrapped__ = getattr(import_module("portal.interface.routes.ads"), view.__name__)  # type: ignore[attr-defined]
    found: View = view.__wrapped__  # type: ignore[attr-defined]
    view.__doc__ = found.__doc__
    return found


def _at_the_first_question(name: str) -> View:
    def view(**values: Any) -> Any:
        return written(view)(**values)

    view.__name__ = name
    return public(view)


for path, name in (("/ads", "ads"), ("/ads/<reference>", "ad"), ("/openapi.json", "openapi")):
    interface.add_url_rule(path, name, _at_the_first_question(name), methods=["GET"])
