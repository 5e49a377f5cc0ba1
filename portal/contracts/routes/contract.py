"""The page of an employment's contract: filled in, offered, taken back."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.contracts.access import may_read_employments, may_write_contracts
from portal.contracts.routes import contracts
from portal.contracts.routes.aside import has_conflict, told_of_conflict, unless_competing, unless_concerned
from portal.contracts.routes.contract_beside import in_vain, show_beside
from portal.contracts.routes.contract_page import page_of
from portal.contracts.written.engines import pdf_of
from portal.contracts.written.filling import marks_of
from portal.contracts.written.forms import ContractForm, contract_form
from portal.contracts.written.queries import Held, contract_of
from portal.contracts.written.refusals import ContractMoved, PaperUnset
from portal.contracts.written.services import (
    delete_draft,
    not_now,
    offer_contract,
    require_offerable,
    save_contract,
    take_back_contract,
)
from portal.contracts.written.sheet import data_of
from portal.contracts.written.states import State
from portal.db import db, unit_of_work
from portal.documents.engines.setter import TooMuchToSet
from portal.documents.services import Filed, delete_blobs, keep_filed
from portal.refusal import Refusal
from portal.vault.blobs import StoreUnreachable
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.readings import reads
from portal.web.shared import NOTHING_OWN, seen_by_page

CONTRACT = "/arbete/anstallningar/<uuid:employment_id>/avtal"
PAPER_NAME = "Anställningsavtal.pdf"


@contracts.get(CONTRACT)
@staff(may_read_employments)
@unless_competing
@reads("contract.read", of="employment_id")
def contract(employment_id: UUID) -> ResponseReturnValue:
    """How far the contract has come, what is on its turn, and the form while it is a draft."""
    return shown(held_or_404(employment_id))


@contracts.post(CONTRACT)
@staff(may_write_contracts)
@unless_concerned
def save(employment_id: UUID) -> ResponseReturnValue:
    """Keep what is filled in; with *Erbjud* still to come nothing has to be complete."""
    held = held_or_404(employment_id)
    form = form_of(held)
    _tell_of_decided(held, form)
    if not form.validate_on_submit():
        held = held_or_404(employment_id)
        if held.state is not State.DRAFT or held.employment.never_began:
            return shown(held, fault=not_now(held), typed_in_vain=in_vain(form, held))
        return shown(held, form=form, status=422)
    try:
        with unit_of_work() as session:
            if not run(save_contract, session, employment_id, filled=form.filled(), seen=seen_by_page()):
                abort(404)
    except ContractMoved as moved:
        if moved.asks:
            held = held_or_404(employment_id)
            show_beside(form, held)
            return shown(held, form=form, fault=moved)
        flash(NOTHING_OWN, "note")
        return redirect(url_for("contracts.contract", employment_id=employment_id), 303)
    except Refusal as refusal:
        held = held_or_404(employment_id)
        return shown(held, fault=refusal, typed_in_vain=in_vain(form, held))
    flash("Det är sparat.", "good")
    return redirect(url_for("contracts.contract", employment_id=employment_id), 303)


@contracts.post(f"{CONTRACT}/erbjud")
@staff(may_write_contracts)
@unless_concerned
def offer(employment_id: UUID) -> ResponseReturnValue:
    """Set the paper as the page showed it, keep it, and offer it: never made anew."""
    held, seen, on = held_or_404(employment_id), request.form.get("seen", ""), clock.today()
    if held.state is not State.OFFERED:  # a second click sets the same paper and changes nothing
        try:
            require_offerable(held, seen=seen, on=on)
        except Refusal as refusal:
            return shown(held, fault=refusal)
    sheet = held.sheet(on=on)
    try:
        pdf = pdf_of(data_of(sheet, mark=""))
    except TooMuchToSet:
        return shown(held, fault=PaperUnset())
    paper = keep_filed(db.session, held.employment.controller_id, pdf, name=PAPER_NAME)
    return _done(employment_id, offer_contract, "Avtalet är erbjudet.", paper, seen=seen, paper=paper)


@contracts.post(f"{CONTRACT}/ta-tillbaka")
@staff(may_write_contracts)
@unless_concerned
def take_back(employment_id: UUID) -> ResponseReturnValue:
    """Take an offered contract back, to be mended."""
    return _done(employment_id, take_back_contract, "Avtalet är tillbakadraget. Ändra det och erbjud det på nytt.")


@contracts.post(f"{CONTRACT}/radera-utkastet")
@staff(may_write_contracts)
@unless_concerned
@confirmed(Reason.DELETION)
def delete_draft_post(employment_id: UUID) -> ResponseReturnValue:
    """Delete a draft; the employment stays."""
    return _done(employment_id, delete_draft, "Utkastet är raderat.")


def held_or_404(employment_id: UUID) -> Held:
    """The contract of the address, as the person's scope sees it."""
    held = contract_of(db.session, employment_id, on=clock.today())
    if held is None:
        abort(404)
    return held


def form_of(held: Held, **values: Any) -> ContractForm:
    """The form of a draft, with what has been typed so far."""
    facts = held.facts
    return contract_form(held.rules, held.filled, employer=facts.employer, employee=facts.employee, **values)


def shown(
    held: Held, *, form: ContractForm | None = None, fault: Refusal | None = None, status: int = 200,
    typed_in_vain: Sequence[tuple[str, Sequence[str]]] = (), **more: Any,
) -> ResponseReturnValue:  # fmt: skip
    """The page; ``fault`` stands beside its field where it has one, and is the answer's status."""
    untouched = form_of(held, formdata=None)
    form = form or untouched
    place = fault.field if fault and fault.field in form else None
    if fault and place:
        form[place].errors = [*form[place].errors, sentence_of(fault)]
    page = page_of(held, form=form, may_write=may_write_contracts(g.actor) and not has_conflict(), **more)
    page |= told_of_conflict()
    page["in_vain"] = typed_in_vain
    marks = request.form.get("marks", marks_of(held.filled, untouched.filled()))
    page["opened_with"] = marks if form.marks is None else form.marks
    page["fault"] = sentence_of(fault) if fault and not place else ""
    return render_template("contracts/contract.html", **page), fault.status if fault else status


def _tell_of_decided(held: Held, form: ContractForm) -> None:
    """Who has decided stands in the decision, once that is written down: what was typed of it meanwhile is not kept."""
    typed = form.decided_by.data or ""
    if held.decided and typed not in ("", held.decided):
        flash(
            f"Anställningsbeslutet är inskrivet: {held.decided}. Därför sparades inte det du skrev där, {typed}.",
            "note",
        )


def _done(
    employment_id: UUID, verb: Callable[..., object], said: str, kept: Filed | None = None, **values: Any
) -> ResponseReturnValue:
    """One verb in a unit of work, and back to the page with what was done; what it refuses stands on the page."""
    try:
        with unit_of_work() as session:
            if not run(verb, session, employment_id, **values):
                abort(404)
    except Refusal as refusal:
        let_go(kept)
        return shown(held_or_404(employment_id), fault=refusal)
    flash(said, "good")
    return redirect(url_for("contracts.contract", employment_id=employment_id), 303)


def run(verb: Callable[..., object], session: Session, employment_id: UUID, **values: Any) -> object:
    """The verb with who acts and when."""
    return verb(session, employment_id=employment_id, actor=g.actor, at=clock.now(), on=clock.today(), **values)


def let_go(kept: Filed | None) -> None:
    """Take away a paper that no row came to name; the sweeper does it where the store does not answer."""
    if kept is not None:
        with suppress(StoreUnreachable):
            delete_blobs([kept.kept.name])
