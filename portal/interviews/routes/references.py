"""The staff's page of a candidate's references: whom to ask, and what they have said."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.access import may_write_down_reference
from portal.interviews.forms import WordsForm
from portal.interviews.queries.references import references_of, who_knows_whom, words_of
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
    """Keep what one reference said. What is written of the others comes along, and stays where it is."""
    if not may_write_down_reference(case.standing, application.id):
        abort(404)
    named = [one.id for one in references_of(db.session, application)]
    if reference_id not in named:
        abort(404)
    ad_id, fault, status = case.ad.id, "", 422
    forms = _forms(ad_id, named)
    form = forms[reference_id]
    if form.validate() and (not application.protected or form.hides(form.words)):
        try:
            _keep(ad_id, application.id, reference_id, form)
            left = {id: one for id, one in forms.items() if one is not form and one.typed}
            if not left:
                flash("Det är sparat.", "good")
                return redirect(url_for("interviews.references", ad_id=ad_id, application_id=application.id), 303)
            page = _page(fresh(db.session, ad_id, lock=False), application, left)
            return render_template("interviews/references.html", **page, left=True)
        except Refusal as refusal:
            fault, status = sentence_or_404(refusal), refusal.status
    page = _page(fresh(db.session, ad_id, lock=False), application, forms)
    return render_template("interviews/references.html", **page, fault=fault, wrong=form), status


def _keep(ad_id: UUID, application_id: UUID, reference_id: UUID, form: WordsForm) -> None:
    with unit_of_work() as session:
        services.write_down_words(
            session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id, reference_id=reference_id,
            criterion_id=form.criterion_id, text=form.words.data or "", at=clock.now(),
        )  # fmt: skip


def _forms(ad_id: UUID, named: Iterable[UUID], *, blank: bool = False) -> dict[UUID, WordsForm]:
    """The fields of each reference, as they were sent or empty."""
    criteria, forms = list(criteria_of(db.session, ad_id)), {}
    for id in named:
        forms[id] = WordsForm(formdata=None, prefix=id.hex) if blank else WordsForm(prefix=id.hex)
        forms[id].offer(criteria, id)
    return forms


def _page(case: Case, application: Listed, sent: Mapping[UUID, WordsForm] | None = None) -> dict[str, Any]:
    writes = may_write_down_reference(case.standing, application.id) and not case.over
    named = references_of(db.session, application)
    forms = _forms(case.ad.id, [one.id for one in named], blank=True) if writes else {}
    knows = who_knows_whom(db.session, case.ad, application.id) if application.protected and named else None
    return {
        "case": case,
        "application": application,
        "name": names_of(db.session, [application]).get(application.id, ""),
        "references": named,
        "knows": knows.name if knows else "",
        "knows_self": knows is not None and knows.id == case.person_id,
        "words": words_of(db.session, application),
        "criteria": {row.id: row.text for row in criteria_of(db.session, case.ad.id)},
        "forms": forms | {id: one for id, one in (sent or {}).items() if id in forms},
        "current": "recruitments",
    }
