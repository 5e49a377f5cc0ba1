"""The contract's papers: the draft set for reading, the paper as it was offered, and the signed copies."""

from io import BytesIO
from uuid import UUID

from flask import Response, abort, g, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal import clock
from portal.audit.services import person_actor, record_reading
from portal.contracts.access import may_read_employments, may_write_contracts
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import unless_competing, unless_concerned
from portal.contracts.routes.contract import CONTRACT, held_or_404, let_go, run, shown
from portal.contracts.written.engines import UploadedCopy, pdf_of
from portal.contracts.written.filling import Signatory
from portal.contracts.written.forms import SignatureForm
from portal.contracts.written.queries import Held, filed_document, signatories_of, signatures_of
from portal.contracts.written.refusals import NoCopyChosen, PaperUnset
from portal.contracts.written.services import record_signature
from portal.contracts.written.sheet import data_of
from portal.contracts.written.signing import Asked, Signing
from portal.contracts.written.states import State
from portal.db import db, unit_of_work
from portal.documents.engines.setter import TooMuchToSet
from portal.documents.kinds import shown_name
from portal.documents.models import FiledDocument
from portal.documents.services import Filed, filed_bytes, filed_text, keep_filed
from portal.refusal import Refusal
from portal.vault.blobs import BlobGone
from portal.web.bodies import KeptFile, takes_files
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.headers import shut

DRAFT_MARK = "UTKAST, inte erbjudet"


@contracts.get(f"{CONTRACT}/utkast.pdf")
@staff(may_read_employments)
@unless_competing
def draft_paper(employment_id: UUID) -> ResponseReturnValue:
    """The contract as it would be set now, marked as a draft; once it is offered, the paper itself."""
    held = held_or_404(employment_id)
    if held.state is not State.DRAFT:
        return redirect(url_for("contracts.paper", employment_id=employment_id), 303)
    try:
        pdf = pdf_of(data_of(held.sheet(on=clock.today()), mark=DRAFT_MARK))
    except TooMuchToSet:
        raise PaperUnset from None
    return _sent(held, pdf, "Avtal, utkast.pdf", "contract.draft_read")


@contracts.get(f"{CONTRACT}/avtalet.pdf")
@staff(may_read_employments)
@unless_competing
def paper(employment_id: UUID) -> ResponseReturnValue:
    """The paper as it was offered, byte for byte."""
    held = held_or_404(employment_id)
    document = filed_document(db.session, held.row.document_id) if held.row else None
    return send_filed(held, document, "contract.read")


@contracts.get(f"{CONTRACT}/underskrift/<int:number>.pdf")
@staff(may_read_employments)
@unless_competing
def copy(employment_id: UUID, number: int) -> ResponseReturnValue:
    """One signed copy, byte for byte."""
    held = held_or_404(employment_id)
    there = {row.position: row for row in signatures_of(db.session, held.row.id)} if held.row else {}
    document = filed_document(db.session, there[number].document_id) if number in there else None
    return send_filed(held, document, "contract.copy_read")


@contracts.post(f"{CONTRACT}/underskrift/<int:number>")
@staff(may_write_contracts)
@unless_concerned
@takes_files
def sign(employment_id: UUID, number: int) -> ResponseReturnValue:
    """File one signed copy, with whose it is and the day on it."""
    held = held_or_404(employment_id)
    signing = signatories_of(db.session, held.row) if held.row else ()
    if not 1 <= number <= len(signing):
        abort(404)
    form = SignatureForm()
    kept: Filed | None = None
    if not form.validate_on_submit():
        return shown(held, signature_form=form, status=422)
    try:
        kept = _kept(held, number, signing[number - 1], _uploaded(form.file.data))
        with unit_of_work() as session:
            values = {"position": number, "name": form.name.data, "signed_on": form.signed_on.data, "copy": kept}
            if not run(record_signature, session, employment_id, **values):
                abort(404)
    except Refusal as refusal:
        let_go(kept)
        return _refused(employment_id, form, refusal)
    return redirect(url_for("contracts.contract", employment_id=employment_id, _anchor="underskrifter"), 303)


def _uploaded(file: FileStorage | None) -> Signing:
    """The twin of signing that ships. Another would be chosen here."""
    if file is None or not file.filename:
        raise NoCopyChosen
    too_big = isinstance(file.stream, KeptFile) and file.stream.too_big
    return UploadedCopy(b"" if too_big else file.read(), shown_name(file.filename), too_big)


def _kept(held: Held, number: int, who: Signatory, signing: Signing) -> Filed:
    document = filed_document(db.session, held.row.document_id if held.row else None)
    checksum = filed_text(db.session, document, "checksum") if document else ""
    copy = signing.signed_copy(Asked(number, who.role, who.name, checksum))
    controller = held.employment.controller_id
    return keep_filed(db.session, controller, copy.data, name=copy.name, page_count=copy.page_count)


def _refused(employment_id: UUID, form: SignatureForm, refusal: Refusal) -> ResponseReturnValue:
    held = held_or_404(employment_id)
    if refusal.field in ("name", "signed_on", "file"):
        form[refusal.field].errors = [*form[refusal.field].errors, sentence_of(refusal)]
        return shown(held, signature_form=form, status=refusal.status)
    return shown(held, fault=refusal, signature_form=form)


def send_filed(held: Held, document: FiledDocument | None, verb: str) -> ResponseReturnValue:
    """A paper as it was filed; the 404 page where there is none."""
    if document is None:
        abort(404)
    try:
        return _sent(held, filed_bytes(db.session, document), filed_text(db.session, document, "name"), verb)
    except BlobGone:
        abort(404)


def _sent(held: Held, pdf: bytes, name: str, verb: str) -> Response:
    """As a file only, and logged before anything of it is sent."""
    row = held.row or held.employment  # nothing has been saved of it yet: it names whom it is for all the same
    actor = person_actor(g.actor.person_id)
    record_reading(chain=row.party_id, at=clock.now(), actor=actor, verb=verb, object_id=row.id)
    return shut(send_file(BytesIO(pdf), "application/pdf", as_attachment=True, download_name=name))
