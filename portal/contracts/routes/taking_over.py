"""Reading in those who are employed already: a template, a preview of every row, and then all of them or none."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.contracts.access import may_record_employments
from portal.contracts.recording.faults import NothingRecorded
from portal.contracts.routes import contracts
from portal.contracts.taking_over.columns import COLUMNS, MOST_SECRETARIES, SHEET
from portal.contracts.taking_over.secretaries import Reading, Secretary, read_secretaries, unpacked
from portal.contracts.taking_over.services import Checked, check
from portal.contracts.taking_over.services import take_over as take_over_rows
from portal.db import db, unit_of_work
from portal.documents.engines.template import template_of
from portal.documents.previews.services import open_preview, seal_preview
from portal.documents.tables import MAX_TABLE_BYTES
from portal.organisations.models import Party
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.guards import staff
from portal.web.table_upload import as_xlsx, uploaded_table

PATH = "/arbete/anstallningar/las-in"
KIND = "secretaries"


@contracts.get(PATH)
@staff(may_record_employments)
def take_over() -> ResponseReturnValue:
    """The template, and the field for it when it is filled in."""
    return _page(PressForm(formdata=None))


@contracts.get(f"{PATH}/mall.xlsx")
@staff(may_record_employments)
def take_over_template() -> ResponseReturnValue:
    """The empty template: headings on the first sheet, what they ask for on the second."""
    made = template_of(SHEET, COLUMNS, f"Högst {MOST_SECRETARIES} rader åt gången. Bara de som är anställda nu.")
    return as_xlsx(made, "anställda, mall.xlsx")


@contracts.post(PATH)
@staff(may_record_employments)
@takes_files
def take_over_preview() -> ResponseReturnValue:
    """Every row as it will be, or what is wrong by row and cell. Records nothing."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        table = uploaded_table()
        party = db.session.get_one(Party, g.actor.party_id)
        reading = read_secretaries(table, employers=_employers(party), on=clock.today())
        checked = check(db.session, party.id, reading.secretaries, on=clock.today())
        faulty = bool(reading.faults) or any(one.fault for one in checked)
        kept = "" if faulty else _sealed(reading)
    except Refusal as refusal:
        return _page(form, errors=[("file", sentence_of(refusal))], status=refusal.status)
    return _preview(form, checked, kept, errors=_errors(reading, checked), status=422 if faulty else 200)


@contracts.post(f"{PATH}/registrera")
@staff(may_record_employments)
def take_over_confirm() -> ResponseReturnValue:
    """Record what was previewed: the sealed copy, nothing else that the browser sends but the ticks."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        rows = [unpacked(told) for told in open_preview(db.session, request.form.get("kept", ""), **_whose())]
    except Refusal as refusal:
        return _page(form, errors=[("file", sentence_of(refusal))], status=refusal.status)
    ticked = {
        int(text) for text in request.form.getlist("right") if text.isascii() and text.isdigit() and len(text) < 8
    }
    try:
        with unit_of_work() as session:
            count = take_over_rows(
                session, secretaries=rows, ticked=ticked, actor=g.actor, at=clock.now(), on=clock.today()
            )
            if count is None:
                abort(404)
    except NothingRecorded as refusal:
        return _refused(form, rows, ticked, refusal)
    flash("En anställning är inläst." if count == 1 else f"{count} anställningar är inlästa.", "good")
    return redirect(url_for("contracts.employments"), 303)


def _employers(party: Party) -> dict[str, Employer]:
    kind = party.authority.kind
    words = (kind, f"{kind}en", party.authority.name.casefold())
    return {
        **dict.fromkeys(words, Employer.AUTHORITY),
        **dict.fromkeys(("parti", "partiet", party.name.casefold()), Employer.PARTY),
    }


def _whose() -> dict[str, Any]:
    """Whose preview it is: sealed under the party's key, for this person and this kind of table."""
    return {"controller_id": g.actor.party_id, "person_id": g.actor.person_id, "kind": KIND, "at": clock.now()}


def _sealed(reading: Reading) -> str:
    return seal_preview(db.session, [row.packed() for row in reading.secretaries], **_whose())


def _errors(reading: Reading, checked: list[Checked]) -> list[tuple[str, str]]:
    found = [(one.row, one.cell, one.sentence) for one in reading.faults]
    found += [
        (one.secretary.number, reading.cell(one.fault.field, one.secretary.number), one.fault.sentence)
        for one in checked if one.fault
    ]  # fmt: skip
    return [("file", f"{cell}: {sentence}") for _row, cell, sentence in sorted(found)]


def _refused(form: HouseForm, rows: list[Secretary], ticked: set[int], refusal: NothingRecorded) -> ResponseReturnValue:
    """The preview once more, as things are now."""
    checked = check(db.session, g.actor.party_id, rows, on=clock.today())
    errors = [(f"rad-{number}", f"Rad {number}: {fault.sentence}") for number, fault in refusal.faults.items()]
    broken = any(one.fault for one in checked)
    return _preview(form, checked, "" if broken else request.form["kept"], errors, refusal.status, ticked)


def _preview(
    form: HouseForm,
    checked: list[Checked],
    kept: str,
    errors: list[tuple[str, str]],
    status: int,
    ticked: Any = (),
) -> ResponseReturnValue:
    return _page(form, errors=errors, status=status, checked=checked, kept=kept, ticked=ticked)


def _page(form: HouseForm, *, errors: Any = (), status: int = 200, **values: Any) -> ResponseReturnValue:
    party = db.session.get_one(Party, g.actor.party_id)
    page = {
        "form": form,
        "errors": list(errors),
        "employers": {"authority": party.authority.name, "party": party.name},
        "most": MOST_SECRETARIES,
        "most_bytes": MAX_TABLE_BYTES,
        "checked": values.pop("checked", []),
        "kept": values.pop("kept", ""),
        "ticked": values.pop("ticked", ()),
        "current": "employments",
    }
    return render_template("contracts/take_over.html", **page), status
