"""The office's pages of what candidates have asked for: the list, one of them, and its answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.ads.queries import current_version_of
from portal.applications.services.withdrawing import is_erased
from portal.audit.services import person_actor
from portal.db import db, unit_of_work
from portal.organisations.access import Role
from portal.privacy.access import (
    may_act_on_requests,
    may_answer_as_authority,
    may_answer_for,
    may_answer_requests,
    may_copy_for,
)
from portal.privacy.merits.services import save_merits, send_merits
from portal.privacy.rights.forms import AnswerForm, ExtendForm, MeritsForm
from portal.privacy.rights.kinds import RESULTS, WAYS, WORDS, Kind
from portal.privacy.rights.queries.listed import Asked, answered, asked, counts, shows_to, waiting
from portal.privacy.rights.services.answering import add_to_answer
from portal.privacy.rights.services.answering import answer as give_answer
from portal.privacy.rights.services.answering import extend as give_more_time
from portal.privacy.rights.services.copying import copy_for
from portal.privacy.routes.blueprint import privacy
from portal.privacy.routes.candidate import zip_of
from portal.privacy.routes.office_page import page_of
from portal.refusal import Refusal
from portal.review.queries.case import Case, load_case
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.guards import staff
from portal.web.language import LOCALES
from portal.web.readings import in_the_log_of, reads
from portal.web.shared import seen_by_page

LIST = "/arbete/begaran"
ONE = f"{LIST}/<uuid:request_id>"


@privacy.get(LIST)
@staff(may_answer_requests)
@reads("requests.read")
def requests() -> ResponseReturnValue:
    """Those that wait, those that are answered, and the counts."""
    results = {"": "", **{result.value: words for result, words in RESULTS.items()}}
    found = waiting(db.session, g.actor.person_id)
    rows = {
        "waiting": found.rows,
        "for_nobody": found.for_nobody,
        "answered": answered(db.session, g.actor.person_id),
        "counts": counts(db.session, g.actor.person_id),
    }
    page = {"kinds": WORDS, "ways": WAYS, "results": results, "today": clock.today(), "current": "todo"}
    page["gives_merits"] = may_act_on_requests(g.actor)
    return render_template("privacy/requests.html", **rows, **page)


@privacy.get(ONE)
@staff(may_answer_requests)
@reads("request.read", of="request_id")
def asked_for(request_id: UUID) -> ResponseReturnValue:
    """One request, with the forms that answer it. That it was read is logged."""
    return page_of(*found_or_404(request_id))


def found_or_404(request_id: UUID) -> tuple[Asked, Case]:
    """The request, for one of the office who may answer this candidate; to all others it is not there. A request for
    merits shows what others have answered: whoever has jäv for one of those leaves it to a colleague."""
    found = asked(db.session, request_id)
    case = load_case(db.session, found.ad.id, g.actor) if found else None
    may = may_answer_as_authority if g.actor.role is Role.REGION else may_answer_for
    if found is None or case is None or not may(case.standing, found.application.id):
        abort(404)
    if found.row.kind == Kind.MERITS and not shows_to(db.session, found, g.actor.person_id):
        abort(404)
    in_the_log_of(found.ad.party_id)
    return found, case


@privacy.post(f"{ONE}/svara")
@staff(may_answer_requests)
def answer(request_id: UUID) -> ResponseReturnValue:
    """Give the answer, or add it to the one that a colleague gave meanwhile."""
    form = AnswerForm()
    said = {"result": form.result.data, "text": form.text.data or ""}
    if form.beside.data:
        return _tried(request_id, form, "Tillägget är skickat.", add_to_answer, beside=form.beside.data, **said)
    return _tried(request_id, form, "Svaret är skickat.", give_answer, **said)


@privacy.post(f"{ONE}/forlang")
@staff(may_answer_requests)
def extend(request_id: UUID) -> ResponseReturnValue:
    """Two months more, with the reason."""
    form = ExtendForm()
    said = {"reason": form.reason.data or "", "on": clock.today()}
    return _tried(request_id, form, "Tiden är förlängd, och den sökande har fått veta varför.", give_more_time, **said)


@privacy.post(f"{ONE}/meriter")
@staff(may_act_on_requests)
def merits(request_id: UUID) -> ResponseReturnValue:
    """Keep the text about merits, or approve and send it."""
    form = MeritsForm()
    send = request.form.get("do") == "send"
    verb, done = (send_merits, "Uppgiften är skickad.") if send else (save_merits, "Texten är sparad.")
    seen = seen_by_page()
    return _tried(request_id, form, done, verb, text=form.text.data or "", seen=seen)


@privacy.post(f"{ONE}/kopia")
@staff(may_act_on_requests)
@confirmed(Reason.FILE)
def office_copy(request_id: UUID) -> ResponseReturnValue:
    """The candidate's copy, to be given to them: the same that their private link gives, in their language."""
    found, case = found_or_404(request_id)
    ad = current_version_of(db.session, found.ad.id)
    if (
        ad is None
        or found.application.restricted_at is not None
        or not may_copy_for(case.standing, found.application.id)
    ):
        abort(404)
    if is_erased(found.application):
        return page_of(found, case, status=409)
    if not PressForm().validate():
        return page_of(found, case, status=422)
    who = person_actor(g.actor.person_id)
    with force_locale(LOCALES.get(found.application.language, "sv")):
        pieces = copy_for(db.session, found.application, ad, actor=who, at=clock.now())
        return zip_of(pieces)


def _tried(
    request_id: UUID, form: HouseForm, done: str, verb: Callable[..., object], **said: Any
) -> ResponseReturnValue:
    """Do it and lead back; or the page again, with what was wrong beside its field and what was written kept."""
    found, case = found_or_404(request_id)
    if not form.validate_on_submit():
        return page_of(found, case, form, status=422)
    try:
        with unit_of_work() as session:
            made = verb(session, request_id=request_id, actor=g.actor, at=clock.now(), **said)
        if made is None:
            abort(404)
    except Refusal as refusal:
        fault = sentence_of(refusal)
        if refusal.field and refusal.field in form:
            form[refusal.field].errors, fault = [fault], ""
        return page_of(*found_or_404(request_id), form, status=refusal.status, fault=fault)
    flash(done, "good")
    return redirect(url_for("privacy.asked_for", request_id=request_id), 303)
