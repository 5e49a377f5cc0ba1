"""Reading in decisions on the parties' posts: a template, a preview of every row, and then all of them or none."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.documents.engines.template import template_of
from portal.documents.previews.services import open_preview, seal_preview
from portal.documents.tables import MAX_TABLE_BYTES
from portal.organisations.models import Party
from portal.organisations.queries import parties_of
from portal.posts.access import may_keep_ledger
from portal.posts.routes import posts
from portal.posts.services.reading_in import read_in_quotas
from portal.posts.taking_over.quotas import COLUMNS, MOST_LINES, SHEET, QuotaLine, read_quotas, unpacked
from portal.refusal import Refusal
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.guards import staff
from portal.web.register_picture import comma
from portal.web.table_upload import as_xlsx, uploaded_table

PATH = "/arbete/tjansteutrymme/las-in"
KIND = "quotas"


@posts.get(PATH)
@staff(may_keep_ledger)
def take_over() -> ResponseReturnValue:
    """The template, and the field for it when it is filled in."""
    return _page(PressForm(formdata=None))


@posts.get(f"{PATH}/mall.xlsx")
@staff(may_keep_ledger)
def take_over_template() -> ResponseReturnValue:
    """The empty template: headings on the first sheet, what they ask for on the second."""
    told = f"Rader med samma beslut och samma tid blir ett beslut. Högst {MOST_LINES} rader åt gången."
    return as_xlsx(template_of(SHEET, COLUMNS, told), "tjänsteutrymme, mall.xlsx")


@posts.post(PATH)
@staff(may_keep_ledger)
@takes_files
def take_over_preview() -> ResponseReturnValue:
    """Every row as it will be, or what is wrong by row and cell. Writes nothing."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        known = {party.name.casefold(): party.id for party in _parties()}
        lines, faults = read_quotas(uploaded_table(), parties=known, on=clock.today())
        kept = "" if faults else seal_preview(db.session, [line.packed() for line in lines], **_whose())
    except Refusal as refusal:
        return _page(form, errors=[("file", sentence_of(refusal))], status=refusal.status)
    errors = [("file", f"{fault.cell}: {fault.sentence}") for fault in sorted(faults, key=lambda one: one.row)]
    return _page(form, lines=lines, kept=kept, errors=errors, status=422 if faults else 200)


@posts.post(f"{PATH}/lagg-in")
@staff(may_keep_ledger)
def take_over_confirm() -> ResponseReturnValue:
    """Write down what was previewed: the sealed copy, and nothing else that the browser sends."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        lines = [unpacked(told) for told in open_preview(db.session, request.form.get("kept", ""), **_whose())]
        with unit_of_work() as session:
            count = read_in_quotas(
                session, authority_id=g.actor.authority_id, lines=lines, person_id=g.actor.person_id, at=clock.now(),
                on=clock.today(),
            )  # fmt: skip
    except Refusal as refusal:
        return _page(form, errors=[("file", sentence_of(refusal))], status=refusal.status)
    flash("Beslutet är inlagt." if count == 1 else f"{count} beslut är inlagda.", "good")
    return redirect(url_for("posts.lines"), 303)


def _parties() -> list[Party]:
    return parties_of(db.session).get(g.actor.authority_id, [])


def _whose() -> dict[str, Any]:
    return {"controller_id": g.actor.authority_id, "person_id": g.actor.person_id, "kind": KIND, "at": clock.now()}


def _page(
    form: HouseForm, *, lines: Any = (), kept: str = "", errors: Any = (), status: int = 200
) -> ResponseReturnValue:
    page = {
        "form": form,
        "errors": list(errors),
        "lines": _shown(lines),
        "kept": kept,
        "decisions": len({line.decision for line in lines}),
        "most": MOST_LINES,
        "most_bytes": MAX_TABLE_BYTES,
        "current": "posts",
    }
    return render_template("posts/take_over.html", **page), status


def _shown(lines: Any) -> list[dict[str, Any]]:
    names = {party.id: party.name for party in _parties()} if lines else {}

    def one(line: QuotaLine) -> dict[str, Any]:
        return {"line": line, "party": names[line.party_id], "size": comma(line.posts)}

    return [one(line) for line in lines]
