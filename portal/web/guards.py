"""Guards: who may enter a route. Every route has one; a test reads the address map and refuses a route without.

A guard is given a predicate. It answers the same static 404 to all who may not, so that nobody learns what exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from flask import abort, current_app, g, request

from portal.db import db
from portal.scope import Scope, act_for
from portal.web.readings import View as View
from portal.web.readings import of_form


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands at a route's door, as the table of permissions reads it."""

    kind: str  # public, staff, candidate or operations
    predicate: Callable[..., bool] | None = None


class Identifier(Protocol):
    """Finds the person of the request and the scope they act for; the organisations feature provides it."""

    def __call__(self) -> tuple[Any, Scope] | None: ...


def public(view: View) -> View:
    """Open to everybody; acts for the public scope only where the view itself says so."""
    return mark(view, Guard("public"))


def operations(view: View) -> View:
    """For machines that watch the installation (health); tells nothing of anybody."""
    return mark(view, Guard("operations"))


def staff(predicate: Callable[[Any], bool]) -> Callable[[View], View]:
    """Only a logged-in person whom ``predicate`` lets in. The unit of work acts for their scope from here on."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            identify: Identifier = current_app.extensions["identify"]
            found = identify()
            if found is None:
                return current_app.extensions["ask_to_log_in"](request)
            actor, scope = found
            # noted by whoever identifies; None where it was another person's in this browser
            if "home_gone" in g and (told := current_app.extensions["home_is_gone"]()) is not None:
                return told
            if not predicate(actor):
                abort(404)
            g.actor = actor
            act_for(db.session, scope)
            answer = view(*args, **kwargs)
            return of_form(answer) if request.method == "POST" else answer

        return mark(guarded, Guard("staff", predicate))

    return decorate


def mark(view: View, guard: Guard) -> View:
    """Note the guard on the view, for the test that reads the address map."""
    view.__guard__ = guard  # type: ignore[attr-defined]
    return view
