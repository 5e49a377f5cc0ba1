"""Writing a decision on the parties' posts down, and taking back one that was written by mistake."""

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.organisations.models import Party
from portal.organisations.queries import parties_of
from portal.posts.access import may_keep_ledger
from portal.posts.allocation import Model
from portal.posts.forms import MODEL_NAMES, QuotaForm, quota_form
from portal.posts.routes import posts
from portal.posts.services.deciding import Line, decide_quotas, take_back
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.register_picture import comma


@posts.get("/arbete/tjansteutrymme/nytt")
@staff(may_keep_ledger)
def decide() -> ResponseReturnValue:
    """The form of a decision under one model."""
    return _page(quota_form(_model(), _parties())(formdata=None))


@posts.post("/arbete/tjansteutrymme/nytt")
@staff(may_keep_ledger)
def decide_post() -> ResponseReturnValue:
    """Work out what each party gets (*Räkna*), or write the decision down."""
    form = quota_form(_model(), _parties())()
    if not form.validate():
        return _page(form), 422
    try:
        lines = form.lines()
        if "save" not in request.form:
            return _page(form, lines)
        with unit_of_work() as session:
            decide_quotas(
                session, authority_id=g.actor.authority_id, decision=form.decision(), model=form.model, lines=lines,
                coalition=form.coalition, person_id=g.actor.person_id, at=clock.now(), on=clock.today(),
            )  # fmt: skip
    except Refusal as refusal:
        _beside(form, refusal.field or "", sentence_of(refusal))
        return _page(form), refusal.status
    flash("Beslutet är inlagt.", "good")
    return redirect(url_for("posts.lines", dag=form.starts.data), 303)


@posts.post("/arbete/tjansteutrymme/<uuid:decision_id>/ta-tillbaka")
@staff(may_keep_ledger)
def take_back_decision(decision_id: UUID) -> ResponseReturnValue:
    """Take a decision back; what it replaced holds again."""
    with unit_of_work() as session:
        if not take_back(session, decision_id=decision_id, person_id=g.actor.person_id, at=clock.now()):
            abort(404)
    flash("Beslutet är borttaget. Det som gällde före gäller igen.", "good")
    return redirect(url_for("posts.lines"), 303)


def _model() -> Model:
    wanted = request.args.get("modell", "")
    return Model(wanted) if wanted in set(Model) else Model.FIXED


def _parties() -> list[Party]:
    return parties_of(db.session).get(g.actor.authority_id, [])


def _beside(form: QuotaForm, field: str, sentence: str) -> None:
    target = form[field if field in form else form.first_size.name]
    target.errors = [*target.errors, sentence]


def _page(form: QuotaForm, lines: list[Line] | None = None) -> str:
    names = {party.id: party.name for party in _parties()}
    counted = [
        {"party": names[line.party_id], "size": comma(line.posts), "kronor": line.kronor, "basis": line.basis}
        for line in lines or []
    ]
    shared = form.model is Model.COALITION
    total = (
        comma(lines[0].posts if shared else sum((line.posts for line in lines), lines[0].posts * 0)) if lines else ""
    )
    page = {"counted": counted, "total": total, "shared": shared, "title": MODEL_NAMES[form.model]}
    return render_template("posts/decide.html", form=form, **page, current="posts")
