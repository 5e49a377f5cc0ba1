"""The last signature on a contract taken back, where it was filed wrong; and the copies of those that were."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.contracts.access import may_read_employments, may_write_contracts
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import unless_competing, unless_concerned
from portal.contracts.routes.contract import CONTRACT, held_or_404, run, shown
from portal.contracts.routes.contract_papers import send_filed
from portal.contracts.written.forms import TakeBackForm
from portal.contracts.written.queries import filed_document, signatures_taken_back
from portal.contracts.written.services import take_back_signature
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.web.guards import staff

TAKEN_BACK = "Underskriften är återtagen. Lägg in den på nytt när du har rätt kopia."


@contracts.post(f"{CONTRACT}/underskrift/<int:number>/ta-tillbaka")
@staff(may_write_contracts)
@unless_concerned
def take_back_signed(employment_id: UUID, number: int) -> ResponseReturnValue:
    """The signature that the page showed was filed wrong."""
    form = TakeBackForm()
    if not form.validate_on_submit():
        return shown(held_or_404(employment_id), take_back_form=form, status=422)
    if (signature_id := form.which) is None:
        abort(404)
    try:
        with unit_of_work() as session:
            if not run(take_back_signature, session, employment_id, signature_id=signature_id, reason=form.why.data):
                abort(404)
    except Refusal as refusal:
        return shown(held_or_404(employment_id), fault=refusal, take_back_form=form)
    flash(TAKEN_BACK, "good")
    return redirect(url_for("contracts.contract", employment_id=employment_id, _anchor="underskrifter"), 303)


@contracts.get(f"{CONTRACT}/atertagen/<int:number>.pdf")
@staff(may_read_employments)
@unless_competing
def copy_taken_back(employment_id: UUID, number: int) -> ResponseReturnValue:
    """The copy of a signature that was taken back, byte for byte; the first to be taken back is 1."""
    held = held_or_404(employment_id)
    gone = signatures_taken_back(db.session, held.row.id) if held.row else ()
    document = filed_document(db.session, gone[number - 1].document_id) if 1 <= number <= len(gone) else None
    return send_filed(held, document, "contract.copy_read")
