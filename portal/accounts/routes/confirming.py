"""/bekrafta: a code from the app once more, and back to what one was about to do."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import AgainForm, put_beside
from portal.accounts.guards import code_page
from portal.accounts.routes.account import is_logged_in
from portal.accounts.routes.blueprint import accounts
from portal.accounts.routes.tries import code_was_right, own_path, start_page, take_code_try
from portal.accounts.services import CodeRefused, step_up
from portal.accounts.step_up import Reason, read_reason, stands
from portal.db import unit_of_work
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.parked import give_back, page_of_what_is_gone, unpark
from portal.web.rates import wait


@accounts.get("/bekrafta")
@staff(is_logged_in)
def confirm() -> ResponseReturnValue:
    """The form for the code; once it was right, the file: a browser that is sent one stays on the page it was on."""
    target, reason = own_path(request.args.get("vidare", "")), read_reason(request.args.get("vad", ""))
    if target and reason is Reason.FILE and stands(g.code_at, clock.now()):
        return render_template("accounts/confirmed.html", target=target, start=start_page())
    return code_page(AgainForm(formdata=None, vidare=target, vad=reason.value), reason)


@accounts.post("/bekrafta")
@staff(is_logged_in)
def confirm_by_code() -> ResponseReturnValue:
    """The code: on to where one was going, or to what one had typed."""
    form, person = AgainForm(), str(g.actor.person_id)
    reason = read_reason(form.vad.data or "")
    if not form.validate():
        return code_page(form, reason), 422
    if seconds := take_code_try(person):
        return wait(code_page(form, reason, waiting=True), seconds)
    try:
        with unit_of_work() as session:
            step_up(
                session,
                person_id=g.actor.person_id,
                log_in_id=g.log_in_id,
                code=form.code.data or "",
                at=clock.now(),
            )
    except CodeRefused as refusal:
        put_beside(form, "code", sentence_of(refusal))
        form.code.data = ""  # it is worth nothing any more, and the next one is to be written there
        return code_page(form, reason), 422
    code_was_right(person)
    return _go_on(form, reason)


def _go_on(form: AgainForm, reason: Reason) -> ResponseReturnValue:
    kept = unpark(form.parked.data or "", at=clock.now())
    if kept is not None and kept.person_id == g.actor.person_id:
        return give_back(kept, heading="confirmed")
    target = own_path(form.vidare.data or "")
    if form.parked.data and kept is None:
        return page_of_what_is_gone(target or start_page())
    if target and reason is Reason.FILE:
        return redirect(url_for("accounts.confirm", vad=reason.value, vidare=target), 303)
    return redirect(target or start_page(), 303)
