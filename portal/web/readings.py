"""Readings in the log: a route that shows a person's data says so below its guard, and each page shown leaves a line.

The line is there before anything of the page is sent: where it cannot be written, the page is not shown.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import g, make_response, request
from sqlalchemy.exc import OperationalError

from portal import clock
from portal.audit.services import CANDIDATE, person_actor, record_reading
from portal.web.guards import View

SHOWN = (200, 409, 422)  # a form that is sent back shows what its page shows


def reads(verb: str, *, of: str = "") -> Callable[[View], View]:
    """For one of the staff: who, ``verb``, and the id that the address has under the name ``of``, in their own chain."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(*args: Any, **values: Any) -> Any:
            answer = make_response(view(*args, **values))
            if answer.status_code in SHOWN:
                chain, actor = g.actor.party_id or g.actor.authority_id, person_actor(g.actor.person_id)
                object_id = (request.view_args or {}).get(of)
                record_reading(chain=chain, at=clock.now(), actor=actor, verb=verb, object_id=object_id)
            return answer

        return _marked(shown, verb)

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


def _marked(view: View, verb: str) -> View:
    """Note on the view what it logs, for the test that reads the address map."""
    view.__reads__ = verb  # type: ignore[attr-defined]
    return view
