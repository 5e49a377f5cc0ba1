"""What the office does at once for a candidate who has asked it: takes the application back, puts details right; and the
answer as a letter, for whoever has no address to mail to."""

from functools import partial
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.applications.routes.mending import is_read_again, seconds_of_application
from portal.applications.services.drafting import key_of
from portal.applications.services.linking import is_another_address
from portal.applications.services.withdrawing import finish_erasure, is_erased
from portal.db import db, unit_of_work
from portal.privacy.access import may_act_on_requests, may_answer_requests
from portal.privacy.rights.forms import CorrectForm
from portal.privacy.rights.kinds import RESULTS, WORDS, Kind, Result
from portal.privacy.rights.queries.texts import opened
from portal.privacy.rights.refusals import ErasedMeanwhile
from portal.privacy.rights.services.acting import leave_for
from portal.privacy.rights.services.correcting import correct_for
from portal.privacy.routes.blueprint import privacy
from portal.privacy.routes.candidate import correct
from portal.privacy.routes.office import ONE, found_or_404
from portal.privacy.routes.office_page import may_correct, name_of, page_of, text_of
from portal.refusal import Refusal
from portal.vault.keystore import KeyGone
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.guards import staff
from portal.web.rates import wait
from portal.web.readings import reads

MANY_TIMES = "Adressen har ändrats många gånger i dag. Försök igen i morgon."


@privacy.post(f"{ONE}/ta-tillbaka")
@staff(may_act_on_requests)
@confirmed(Reason.DELETION)
def leave_request(request_id: UUID) -> ResponseReturnValue:
    """Take the application back, and erase what may be erased: that is the answer."""
    found, case = found_or_404(request_id)
    form = PressForm()
    if not form.validate():
        return page_of(found, case, status=422)
    try:
        with unit_of_work() as session:
            left = leave_for(session, request_id=request_id, actor=g.actor, at=clock.now())
    except Refusal as refusal:
        return page_of(*found_or_404(request_id), status=refusal.status, fault=sentence_of(refusal))
    if left is None:
        abort(404)
    if left.gone:
        finish_erasure(left.application_id)
    kept = "Ansökan ligger låst." if left.ran_out else "Ansökan är tillbakatagen."
    flash("Ansökan är raderad." if left.gone else f"{kept} Det som måste sparas finns kvar.", "good")
    return redirect(url_for("privacy.asked_for", request_id=request_id), 303)


@privacy.post(f"{ONE}/ratta")
@staff(may_act_on_requests)
def correct_request(request_id: UUID) -> ResponseReturnValue:
    """Put name, address or telephone right, as asked. The request is answered apart: it may be about more."""
    found, case = found_or_404(request_id)
    form = CorrectForm()
    if found.row.kind == Kind.CORRECTION and is_erased(found.application):
        return page_of(found, case, form, status=409, fault=sentence_of(ErasedMeanwhile()))
    if found.row.kind != Kind.CORRECTION or not may_correct(found, case):
        abort(404)
    if not form.validate_on_submit():
        return page_of(found, case, form, status=422)
    email = form.email.data or ""
    another = bool(email) and is_another_address(found.application, email)
    if another and not is_read_again(email):
        return page_of(found, case, form, status=422, asks=email)
    if another and (seconds := seconds_of_application(found.application)):
        return wait(text_of(found, case, form, fault=MANY_TIMES), seconds)
    put_right = partial(correct_for, request_id=request_id, texts=form.texts(), actor=g.actor)
    try:
        if correct(found.application, email, put_right) is None:
            abort(404)
    except Refusal as refusal:
        return page_of(*found_or_404(request_id), form, status=refusal.status, fault=sentence_of(refusal))
    flash("Uppgifterna är rättade. Svara nu den sökande.", "good")
    return redirect(url_for("privacy.asked_for", request_id=request_id), 303)


@privacy.get(f"{ONE}/brev")
@staff(may_answer_requests)
@reads("request.read", of="request_id")
def answer_letter(request_id: UUID) -> ResponseReturnValue:
    """The answer, to be printed and posted: also of what lies sealed, of which it says nothing but what was answered."""
    found, case = found_or_404(request_id)
    if found.row.answered_at is None:
        abort(404)
    try:
        one = opened(found.row, key_of(found.application))
    except KeyGone:
        abort(404)
    name = "" if found.application.restricted_at is not None else name_of(db.session, found, case)
    return render_template(
        "privacy/answer_letter.html", one=one, name=name, kind=WORDS[Kind(found.row.kind)],
        result=RESULTS[Result(found.row.result)], done=found.row.result == Result.DONE, current="todo",
    )  # fmt: skip
