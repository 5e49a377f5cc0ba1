"""The yes to an offered contract is written down, by its own day."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.contracts.access import may_write_contracts
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import unless_concerned
from portal.contracts.routes.contract import CONTRACT, held_or_404, run, shown
from portal.contracts.written.forms import AcceptanceForm
from portal.contracts.written.services import note_accepted
from portal.db import unit_of_work
from portal.refusal import Refusal
from portal.swedish_dates import swedish_day
from portal.web.filters import sentence_of
from portal.web.guards import staff


@contracts.post(f"{CONTRACT}/antaget")
@staff(may_write_contracts)
@unless_concerned
def accept(employment_id: UUID) -> ResponseReturnValue:
    """The one who is to be employed has said yes; until all have signed, the day can be put right."""
    form = AcceptanceForm()
    if not form.validate_on_submit() or (day := form.accepted_on.data) is None:
        return shown(held_or_404(employment_id), acceptance_form=form, status=422)
    try:
        with unit_of_work() as session:
            if not run(note_accepted, session, employment_id, accepted_on=day, instead_of=form.before):
                abort(404)
    except Refusal as refusal:
        held = held_or_404(employment_id)
        if refusal.field:
            form.accepted_on.errors = [*form.accepted_on.errors, sentence_of(refusal)]
            return shown(held, acceptance_form=form, status=refusal.status)
        return shown(held, fault=refusal, acceptance_form=form)
    flash(f"Antecknat: avtalet antogs {swedish_day(day)}.", "good")
    return redirect(url_for("contracts.contract", employment_id=employment_id), 303)
