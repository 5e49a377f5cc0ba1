"""Why like this: three lines and one card to try, shown by itself once before the first question, and reachable again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.review import services
from portal.review.access import may_assess
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.words import instant_words, last_minute_words
from portal.review.steps import SCALE
from portal.review.tryout import CARD, said_of
from portal.review.visibility import why_lines
from portal.review.workload import applications_text, minutes
from portal.web.forms import PressForm


@review.route("/varfor-sa-har", methods=["GET", "POST"])
@in_case(may_assess)
def why(case: Case) -> ResponseReturnValue:
    """Read it, try the card, and go on; or go on at once. The card's step is in the address and nowhere else."""
    if not case.may_be_assessed(clock.now()) or not case.given:
        return render_template("review/waiting.html", case=case, current="recruitments")
    form, ad_id = PressForm(), case.ad.id
    if request.method == "POST" and form.validate():
        with unit_of_work() as session:
            services.go_on_from_why(session, case=fresh(session, ad_id), at=clock.now())
        return redirect(url_for("review.assess", ad_id=ad_id), 303)
    last, tried = case.hand_in_by, request.args.get("step", "")
    count, criteria = len(case.given), len(criteria_of(db.session, ad_id))
    said = said_of(tried)
    return render_template(
        "review/why.html",
        case=case,
        form=form,
        lines=why_lines(names_hidden=case.blind, last_minute_text=last_minute_words(case), sharing=case.sharing),
        work=f"{applications_text(count)}, cirka {minutes(count, criteria)} minuter",
        last_minute=instant_words(last) if last and last > clock.now() else "",
        card=CARD,
        steps=[{"value": step.value, "word": step.word, "guide": step.guide} for step in SCALE],
        tried=tried if said else None,
        said=said,
        asked="prova" in request.args,
        current="recruitments",
    )


def is_shown_first(case: Case) -> bool:
    """Whether an assessor's way begins here: they have not gone on from it, nor begun in any other way."""
    return case.member is not None and case.member.introduced_at is None and not case.answered_at
