"""Readings in the log: a route that shows a person's data says so below its guard, and each page shown leaves a line.

The line is there before anything of the page is sent: where it cannot be written, the page is not shown. A form that is sent
back shows the page it stands on, which is the nearest above its address, and is read as that (`of_form`).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, g, make_response, request
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.audit.services import CANDIDATE, person_actor, record_reading

View = Callable[..., Any]
SHOWN = (200, 409, 422)  # a form that is sent back shows what its page shows


def reads(verb: str, *, of: str = "") -> Callable[[View], View]:
    """For one of the staff: who, ``verb``, and the id that the address has under the name ``of``, in their own chain."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(*args: Any, **values: Any) -> Any:
            answer = make_response(view(*args, **values))
            if answer.status_code in SHOWN and not g.get("shows_nobody"):
                _note(verb, of)
            return answer

        return _marked(shown, verb, of)

    return decorate


def reads_own(verb: str) -> Callable[[View], View]:
    """For the candidate, whose view is given the application first. One's own is shown also while nothing can be written."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(application: Any, *args: Any, **values: Any) -> Any:
            chain, id = application.party_id, application.id
            answer = make_response(view(application, *args, **values))
            if answer.status_code in SHOWN:
                with suppress(OperationalError):
                    record_reading(chain=chain, at=clock.now(), actor=CANDIDATE, verb=verb, object_id=id)
            return answer

        return _marked(shown, verb)

    return decorate


def of_form(answer: Any) -> Response:
    """What one of the staff is answered who has sent a form: a page is a reading like any other, of the page that the form
    stands on. What leads on was none; a route that is a page itself says for itself what it shows."""
    sent = make_response(answer)
    if sent.status_code in SHOWN and sent.mimetype == "text/html" and not g.get("shows_nobody"):
        page = _page_of_this_form()
        if page is not None and hasattr(page, "__reads__"):
            _note(*page.__reads__)
    return sent


def shows_nobody() -> None:
    """Say, before this answer is made, that it is another page than its route's usual one, and holds nobody's data."""
    g.shows_nobody = True


def in_the_log_of(chain: UUID) -> None:
    """Say that what this route shows belongs to another house than the reader's own: an authority reads a party's."""
    g.chain_of_page = chain


def page_of(app: Flask, rule: str) -> str | None:
    """The endpoint of the page that a form at this address stands on: of the same address, or the nearest above it."""
    pages = _pages(app)
    while rule and rule not in pages:
        rule = rule.rpartition("/")[0]
    return pages.get(rule)


def _pages(app: Flask) -> Mapping[str, str]:
    """Every page of the staff's by its rule; gathered once."""
    if "pages_by_rule" not in app.extensions:
        app.extensions["pages_by_rule"] = {
            rule.rule: rule.endpoint
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and _is_of_staff(app.view_functions[rule.endpoint])
        }
    found: Mapping[str, str] = app.extensions["pages_by_rule"]
    return found


def _is_of_staff(view: View) -> bool:
    return getattr(getattr(view, "__guard__", None), "kind", "") == "staff"


def _page_of_this_form() -> View | None:
    """None where the route is a page itself, or notes by its own hand what it shows."""
    rule = request.url_rule
    if rule is None or "GET" in (rule.methods or ()) or hasattr(current_app.view_functions[rule.endpoint], "__reads__"):
        return None
    page = page_of(current_app, rule.rule)
    return current_app.view_functions[page] if page is not None else None


def _note(verb: str, of: str) -> None:
    chain = g.get("chain_of_page") or g.actor.party_id or g.actor.authority_id
    object_id = (request.view_args or {}).get(of)
    actor = person_actor(g.actor.person_id)
    record_reading(chain=chain, at=clock.now(), actor=actor, verb=verb, object_id=object_id)


def _marked(view: View, verb: str, of: str = "") -> View:
    """Note on the view what it logs, for the forms of its page and for the test that reads the address map."""
    view.__reads__ = (verb, of)  # type: ignore[attr-defined]
    return view
