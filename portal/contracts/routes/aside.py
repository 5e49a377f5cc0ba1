"""Whoever competes for a post, or has jäv for who is to have it, stands aside: the door of every page of an employment.

Below each route's guard, since that says who the person is. A test reads the address map and refuses a route of an
employment that has neither of the two.
"""

from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, g

from portal.contracts.aside.queries import NONE, Stake, stake_in, stakes_of
from portal.db import db
from portal.review.queries.case import load_case
from portal.review.queries.others import others_for
from portal.web.guards import View


def unless_competing(view: View) -> View:
    """For what is read, and for what decides nothing: 404 for whoever has applied for the post themselves."""
    return _at_the_door(view, "competing", lambda stake: stake.competes)


def unless_concerned(view: View) -> View:
    """For what decides: 404 for them, and for whoever has said that they have jäv for the one employed."""
    return _at_the_door(view, "concerned", lambda stake: stake.competes or stake.has_conflict)


def has_conflict() -> bool:
    """Whether the person whom the door let in to read has jäv: a colleague decides."""
    stake: Stake = g.get("stake", NONE)
    return stake.has_conflict


def told_of_conflict() -> dict[str, bool]:
    """For a page that whoever has jäv reads: whether they have, and whether a colleague at the office is there to decide."""
    stake: Stake = g.get("stake", NONE)
    case = load_case(db.session, stake.ad_id, g.actor) if stake.ad_id and stake.application_id else None
    others = others_for(db.session, case, [stake.application_id]) if case and stake.application_id else {}
    return {"has_conflict": stake.has_conflict, "colleague": all(one.office for one in others.values())}


def shut_to_reader() -> set[UUID]:
    """The employments whose pages are shut to whoever reads a list: it leads to none of them."""
    return {id for id, stake in stakes_of(db.session, g.actor.person_id).items() if stake.competes}


def left_to_colleagues() -> set[UUID]:
    """Those of which the person decides nothing: they are not offered to be decided about."""
    return set(stakes_of(db.session, g.actor.person_id))


def _at_the_door(view: View, kept_out: str, shut: Any) -> View:
    @wraps(view)
    def inside(employment_id: UUID, *args: Any, **values: Any) -> Any:
        g.stake = stake_in(db.session, employment_id, g.actor.person_id)
        if shut(g.stake):
            abort(404)
        return view(employment_id, *args, **values)

    inside.__stands_aside__ = kept_out  # type: ignore[attr-defined]
    return inside
