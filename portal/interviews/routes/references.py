"""The staff's page of a candidate's references: whom to ask, and what they have said."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.ads.states import AdState
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.access import may_write_down_reference
from portal.interviews.forms import WordsForm
from portal.interviews.queries.references import references_of, words_of
from portal.interviews.routes.blueprint import ONE, interviews, of_called, sentence_or_404
from portal.refusal import Refusal
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import names_of
from portal.review.routes.blueprint import fresh
from portal.web.readings import reads


@interviews.get(f"{ONE}/referenser")
@of_called
@reads("reference.read", of="application_id")
def references(case: Case, application: Listed) -> ResponseReturnValue:
    """Whom the candidate has named. Each showing is an opening, and is logged as one."""
    return render_template("interviews/references.html", **_page(case, application))


@interviews.post(f"{ONE}/referenser/<uuid:reference_id>")
@of_called
def write_down_words(case: Case, application: Listed, reference_id: UUID) -> ResponseReturnValue:
    """Keep what a reference said."""
    if not may_write_down_reference(case.standing, application.id):
        abort(404)
    if all(one.id != reference_id for one in references_of(db.session, application)):
        abort(404)
    form, ad_id, fault, status = WordsForm(), case.ad.id, "", 422
    form.offer(criteria_of(db.session, ad_id), reference_id)
    if form.validate():
        try:
            with unit_of_work() as session:
                services.write_down_words(
                    session, case=fresh(session, ad_id), actor=g.actor, application_id=application.id,
                    reference_id=reference_id, criterion_id=form.criterion_id, text=form.words.data or "",
                    at=clock.now(),
                )  # fmt: skip
            flash("Det är sparat.", "good")
            return redirect(url_for("interviews.references", ad_id=ad_id, application_id=application.id), 303)
        except Refusal as refusal:
            fault, status = sentence_or_404(refusal), refusal.status
    page = _page(fresh(db.session, ad_id, lock=False), application, (reference_id, form))
    return render_template("interviews/references.html", **page, fault=fault), status


def _page(case: Case, application: Listed, sent: tuple[UUID, WordsForm] | None = None) -> dict[str, Any]:
    criteria = list(criteria_of(db.session, case.ad.id))
    writes = may_write_down_reference(case.standing, application.id) and case.ad.state != AdState.ENDED
    named = references_of(db.session, application)
    forms = {}
    for one in named if writes else ():
        forms[one.id] = WordsForm(formdata=None)
        forms[one.id].offer(criteria, one.id)
    if sent is not None and sent[0] in forms:
        forms[sent[0]] = sent[1]
    return {
        "case": case,
        "application": application,
        "name": names_of(db.session, [application]).get(application.id, ""),
        "references": named,
        "words": words_of(db.session, application),
        "criteria": {row.id: row.text for row in criteria},
        "forms": forms,
        "wrong": sent[1] if sent is not None and sent[0] in forms else None,
        "current": "recruitments",
    }
