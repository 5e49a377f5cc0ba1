"""A pause: everything is saved, and this is what is left."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.access import may_assess
from portal.review.queries.case import Case
from portal.review.queries.scores import scored_places
from portal.review.queueing import mode_of
from portal.review.requirements import krav_first
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.words import instant_words
from portal.review.wording import short_name
from portal.review.workload import applications_left, minutes


@review.get("/paus")
@in_case(may_assess)
def pause(case: Case) -> ResponseReturnValue:
    """What is left, by criterion, about how long it takes, and by when."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return render_template("review/waiting.html", case=case, current="recruitments")
    criteria = krav_first(list(criteria_of(db.session, case.ad.id)))
    asked = [row.id for row in case.to_judge if not row.fallen]
    scored = scored_places(db.session, case.member)
    missing = {one: sum((row.id, one) not in scored for row in criteria) for one in asked}
    rows = [(short_name(row.text, 60), sum((row.id, one) not in scored for one in asked)) for row in criteria]
    return render_template(
        "review/pause.html",
        case=case,
        left=sum(missing.values()),
        total=len(asked) * len(criteria),
        rows=rows,
        minutes=minutes(applications_left(sum(missing.values()), len(criteria)), len(criteria)),
        last_minute=instant_words(case.hand_in_by) if case.hand_in_by and case.hand_in_by > clock.now() else "",
        mode=mode_of(request.args.get("ordning", "")),
        current="recruitments",
    )
