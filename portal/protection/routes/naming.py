"""The office names who reads: for all of the party's recruitments, and for one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.db import db, unit_of_work
from portal.organisations.access import may_run_recruitment
from portal.organisations.models import Party
from portal.protection.forms import ReaderForm
from portal.protection.queries import protected_in, read_by, stands_aside
from portal.protection.routes.blueprint import protection
from portal.protection.services.reading import name_reader, name_reader_of_ad
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.queries.case import Case
from portal.review.queries.readers import office_people, reader_of_ad, reader_of_party
from portal.review.routes.blueprint import fresh, in_case
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.guards import staff

PAGE = "/arbete/skyddad-identitet"
OF_AD = "/arbete/rekryteringar/<uuid:ad_id>/skyddad"
NOBODY = "Ingen: sökande med skyddade personuppgifter hänvisas till telefon"


@protection.get(PAGE)
@staff(may_run_recruitment)
def reader() -> ResponseReturnValue:
    """Who reads, and whom the person reads who have applied under a code name."""
    return render_template("protection/reader.html", **_page_of_party(_form_of_party(blank=True)))


@protection.post(PAGE)
@staff(may_run_recruitment)
@confirmed(Reason.ACCESS)
def save_reader() -> ResponseReturnValue:
    """Name the reader, or nobody."""
    form = _form_of_party()
    fault, status = _named(
        form,
        lambda session, chosen: name_reader(
            session, actor=g.actor, person_id=chosen, at=clock.now(), seen=form.seen.data
        ),
    )
    if not fault:
        return redirect(url_for("protection.reader"), 303)
    form = _form_of_party(blank=True) if status == 409 else form
    return render_template("protection/reader.html", **_page_of_party(form), fault=fault), status


@protection.get(OF_AD)
@in_case(may_name_panel)
def ad_reader(case: Case) -> ResponseReturnValue:
    """Who reads in one recruitment, and who has applied there under a code name."""
    return render_template("protection/ad_reader.html", **_page_of_ad(case, _form_of_ad(case, blank=True)))


@protection.post(OF_AD)
@in_case(may_name_panel)
@confirmed(Reason.ACCESS)
def save_ad_reader(case: Case) -> ResponseReturnValue:
    """Name the reader of one recruitment, or leave it to the party's."""
    form, ad_id = _form_of_ad(case), case.ad.id
    fault, status = _named(
        form,
        lambda session, chosen: name_reader_of_ad(
            session, actor=g.actor, ad_id=ad_id, person_id=chosen, at=clock.now(), seen=form.seen.data
        ),
    )
    if not fault:
        return redirect(url_for("protection.ad_reader", ad_id=ad_id), 303)
    if status == 409:
        case = fresh(db.session, ad_id, lock=False)
        form = _form_of_ad(case, blank=True)
    return render_template("protection/ad_reader.html", **_page_of_ad(case, form), fault=fault), status


def _named(form: ReaderForm, name: Callable[[Any, UUID | None], None]) -> tuple[str, int]:
    """Why nobody could be named, and the answer's status; empty where somebody was."""
    if not form.validate() or form.reader.name not in request.form:
        return "Välj vem som läser, eller ingen.", 422
    try:
        chosen = UUID(form.reader.data) if form.reader.data else None
    except ValueError:
        chosen = UUID(int=0)  # nobody's
    try:
        with unit_of_work() as session:
            name(session, chosen)
    except Refusal as refusal:
        return sentence_of(refusal), refusal.status
    flash("Sparat.", "good")
    return "", 303


def _form_of_party(*, blank: bool = False) -> ReaderForm:
    named = db.session.get_one(Party, g.actor.party_id).identity_reader_id
    reads = reader_of_party(db.session, g.actor.party_id) is not None
    return _form(NOBODY, named, reads=reads, blank=blank)


def _form_of_ad(case: Case, *, blank: bool = False) -> ReaderForm:
    usual = reader_of_party(db.session, case.ad.party_id)
    as_usual = f"Som i partiets andra rekryteringar: {usual.name if usual else 'ingen är utsedd'}"
    reads = reader_of_ad(db.session, case.ad) is not None
    return _form(as_usual, case.ad.identity_reader_id, reads=reads, blank=blank)


def _form(nobody: str, named: UUID | None, *, reads: bool, blank: bool) -> ReaderForm:
    """Whoever is named and reads no more, because they have left, is chosen by nobody, also where they have come back."""
    form = ReaderForm(formdata=None) if blank else ReaderForm()
    people = office_people(db.session, g.actor.party_id)
    form.reader.choices = [*(SelectChoice(str(one.id), one.name) for one in people), SelectChoice("", nobody)]
    if blank:
        form.seen.data = str(named or "")
        form.reader.data = form.seen.data if reads or named is None else None
    return form


def _page_of_party(form: ReaderForm) -> dict[str, Any]:
    present = reader_of_party(db.session, g.actor.party_id)
    named = db.session.get_one(Party, g.actor.party_id).identity_reader_id
    rows = read_by(db.session, g.actor.person_id)
    mine = bool(rows) or (present is not None and present.id == g.actor.person_id)
    gone = present is None and named is not None
    return {"form": form, "mine": mine, "gone": gone, "rows": rows, "current": "recruitments"}


def _page_of_ad(case: Case, form: ReaderForm) -> dict[str, Any]:
    ad_id, me = case.ad.id, g.actor.person_id
    present = reader_of_ad(db.session, case.ad)
    return {
        "case": case,
        "form": form,
        "reader": present.name if present else "",
        "mine": present is not None and present.id == me,
        "gone": present is None and case.ad.identity_reader_id is not None,
        "rows": protected_in(db.session, ad_id, person_id=me),
        "aside": present is not None and stands_aside(db.session, ad_id, reader_id=present.id, person_id=me),
        "current": "recruitments",
    }
