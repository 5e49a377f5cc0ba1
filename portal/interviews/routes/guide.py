"""The guide: what everybody is asked about each criterion."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.applications.meanwhile import Meanwhile
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.access import may_arrange
from portal.interviews.queries.cards import questions_of
from portal.interviews.questions import LONGEST, MOST, asked, fault_of
from portal.interviews.routes.blueprint import CASE, interviews, sentence_or_404
from portal.refusal import Refusal
from portal.review.access import may_take_part
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh, in_case
from portal.seen import page_marks
from portal.web.fields import clean_text
from portal.web.forms import PressForm
from portal.web.shared import seen_by_page


@interviews.get(f"{CASE}/guide")
@in_case(may_take_part)
def guide(case: Case) -> ResponseReturnValue:
    """Every criterion with its questions."""
    return render_template("interviews/guide.html", **_page(case))


@interviews.post(f"{CASE}/guide")
@in_case(may_arrange)
def write_guide(case: Case) -> ResponseReturnValue:
    """Keep the questions of every criterion at once."""
    form, ad_id = PressForm(), case.ad.id
    typed = {
        row.id: clean_text(request.form.get(f"questions-{row.id}")) or "" for row in criteria_of(db.session, ad_id)
    }
    errors = {id: fault for id, text in typed.items() if (fault := fault_of(text))}
    fault = ""
    if form.validate() and not errors:
        try:
            if beside := _write(ad_id, typed):
                return _ask_which(ad_id, typed, beside)
            flash("Guiden är sparad.", "good")
            return redirect(url_for("interviews.guide", ad_id=ad_id), 303)
        except Refusal as refusal:
            fault = sentence_or_404(refusal)
    page = _page(fresh(db.session, ad_id, lock=False), typed) | {"errors": errors, "fault": fault}
    page["marks"] = request.form.get("marks", "")  # nothing is saved: it was still opened with what it showed
    return render_template("interviews/guide.html", **page), 422


def _write(ad_id: UUID, typed: dict[UUID, str]) -> Meanwhile:
    texts = {id: "\n".join(asked(text)) for id, text in typed.items()}
    seen = seen_by_page()
    with unit_of_work() as session:
        case = fresh(session, ad_id)
        return services.write_questions(session, case=case, actor=g.actor, texts=texts, at=clock.now(), seen=seen)


def _ask_which(ad_id: UUID, typed: dict[UUID, str], beside: Meanwhile) -> ResponseReturnValue:
    """The page with what was typed, and what a colleague has saved beside it; the rest is saved, or is the colleague's."""
    page = _page(fresh(db.session, ad_id, lock=False))
    shown = page["texts"]
    page["texts"] = shown | {id: text for id, text in typed.items() if id.hex in beside.texts}
    page["beside"] = {id: beside.texts[id.hex] for id in typed if id.hex in beside.texts}
    page["marks"] = page_marks({**{id.hex: text for id, text in shown.items()}, **beside.texts})
    return render_template("interviews/guide.html", **page), 409


def _page(case: Case, typed: dict[UUID, str] | None = None) -> dict[str, Any]:
    known = {id: row.text for id, row in questions_of(db.session, case.ad.id).items()}
    return {
        "case": case,
        "arranges": may_arrange(case.standing) and not case.over,
        "criteria": criteria_of(db.session, case.ad.id),
        "texts": known if typed is None else typed,
        "form": PressForm(),
        "most": MOST,
        "longest": LONGEST,
        "marks": page_marks({id.hex: text for id, text in known.items()}),
        "beside": {},
        "errors": {},
        "current": "recruitments",
    }
