"""The register of employments and the page of one of them."""

from collections import Counter
from uuid import UUID

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.contracts.access import may_read_employments
from portal.contracts.decision.queries import decision_of
from portal.contracts.pictures import Line, ending_soon, mandate, recorded_reasoning, register_of
from portal.contracts.queries import Employed, advertised, employments_of
from portal.contracts.routes import contracts
from portal.contracts.routes.decided import standing_of
from portal.db import db
from portal.organisations.access import may_read_register
from portal.web.guards import staff


@contracts.get("/arbete/anstallningar")
@staff(may_read_employments)
def employments() -> ResponseReturnValue:
    """Who is employed until when: the party's own, or for an authority those it employs."""
    on, across = clock.today(), may_read_register(g.actor)
    employed = employments_of(db.session)
    lines = [_line(one, across) for one in employed]
    filled = Counter(one.row.ad_id for one in employed)
    open_posts = [
        Line("Annonserad", ad.title, ad.extent_percent or 100, ad.earliest_start, ad.latest_end, advertised=True)
        for ad in advertised(db.session)
        if ad.earliest_start and filled[ad.id] < ad.posts
    ]
    page = {
        "lines": lines,
        "register": register_of([*lines, *open_posts], on=on),
        "soon": ending_soon(lines, on=on),
        "mandate": mandate(on),
        "on": on,
        "current": "employments",
        "across": across,
    }
    return render_template("contracts/employments.html", **page)


@contracts.get("/arbete/anstallningar/<uuid:employment_id>")
@staff(may_read_employments)
def employment(employment_id: UUID) -> ResponseReturnValue:
    """One employment with the limit that was stored with it."""
    found = next(iter(employments_of(db.session, employment_id)), None)
    if found is None:
        abort(404)
    on = clock.today()
    page = {
        "one": found,
        "reasoning": recorded_reasoning(found.row, on=on),
        "decided": standing_of(found.row, decision_of(db.session, employment_id), on=on),
        "current": "employments",
    }
    return render_template("contracts/employment.html", **page)


def _line(one: Employed, across: bool) -> Line:
    row = one.row
    return Line(
        name=one.name,
        about=f"{one.title} · {one.party_name}" if across else one.title,
        percent=row.extent_percent,
        starts=row.starts_on,
        ends=row.ends_on,
        href=url_for("contracts.employment", employment_id=row.id),
    )
