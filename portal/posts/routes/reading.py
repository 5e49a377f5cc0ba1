"""Reading the ledger, on a day of one's choice."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db
from portal.organisations.queries import parties_of
from portal.posts.access import may_keep_ledger, may_read_own_posts
from portal.posts.allocation import Model
from portal.posts.forms import MODEL_NAMES, DayForm
from portal.posts.ledger import standing_on, stretches
from portal.posts.models import Quota
from portal.posts.pictures import bars, party_ledger, pools_on, sizes_of, total_on
from portal.posts.queries import book_of_authority, book_of_party, own_claims, quota_rows
from portal.posts.queries import posts as whole_posts
from portal.posts.routes import posts
from portal.web.guards import staff
from portal.web.register_picture import comma


@posts.get("/arbete/tjanster")
@staff(may_read_own_posts)
def own() -> ResponseReturnValue:
    """How many posts the party has, and what is filled, advertised and free on a day of choice and after it. What was over
    before that day is not listed: in the end that would be nearly all."""
    form, on, status = _day_asked()
    quotas, held = quota_rows(db.session), own_claims(db.session)
    book, party_id = book_of_party(db.session, quotas, [one.row for one in held]), g.actor.party_id
    standing = standing_on(party_id, book.quotas, book.claims, on)
    coming = stretches(party_id, book.quotas, book.claims, first=on)
    page = {
        "ledger": party_ledger(party_id, book.claims, standing, on),
        "standing": standing,
        "sizes": sizes_of(standing),
        "coming": [{"starts": one.starts, "ends": one.ends, **sizes_of(one.standing)} for one in coming],
        "claims": [one.row for one in held if one.row.ends_on is None or one.row.ends_on >= on],
        "decisions": _decisions([row for row in quotas if row.ends_on >= on], {}),
        "comma": lambda hundredths: comma(whole_posts(hundredths)),
    }
    return render_template("posts/own.html", **page, form=form, on=on, current="posts"), status


@posts.get("/arbete/tjansteutrymme")
@staff(may_keep_ledger)
def lines() -> ResponseReturnValue:
    """Every party's line as a bar and in a table, and the decisions."""
    form, on, status = _day_asked()
    quotas = quota_rows(db.session)
    book = book_of_authority(db.session, quotas)
    parties = parties_of(db.session).get(g.actor.authority_id, [])
    standings = [(party.name, standing_on(party.id, book.quotas, book.claims, on)) for party in parties]
    pools: dict[Any, str] = {row.coalition_id: row.coalition_name for row in quotas if row.coalition_id}
    page = {
        "bars": bars(standings),
        "pools": pools_on(book.quotas, pools, on),
        "total": comma(total_on(book.quotas, on)),
        "decisions": _decisions(quotas, {party.id: party.name for party in parties}),
        "models": [(model.value, MODEL_NAMES[model]) for model in Model],
    }
    return render_template("posts/lines.html", **page, form=form, on=on, current="posts"), status


def _day_asked() -> tuple[DayForm, date, int]:
    """The day in the address; to-day where there is none, or one that is no day (422, with its sentence)."""
    form = DayForm(request.args)
    valid = form.validate()
    on = form.dag.data if valid and form.dag.data else clock.today()
    if valid:
        form.dag.data = on
    return form, on, 200 if valid else 422


def _decisions(quotas: Sequence[Quota], names: dict[UUID, str]) -> list[dict[str, Any]]:
    """The decisions as they are listed, the last one first; ``names`` of the parties where there are several."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in reversed(quotas):
        about = {"row": row, "model": MODEL_NAMES[Model(row.model)], "lines": []}
        line = {"party": names.get(row.party_id, ""), "size": comma(whole_posts(row.hundredths)), "row": row}
        decision = found.setdefault(row.decision_id, about)
        decision["lines"].append(line)
        if decision["row"].is_of_one_who_left:  # such a line has days of its own
            decision["row"] = row
    return list(found.values())
