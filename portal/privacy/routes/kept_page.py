"""The page of how long one recruitment is kept, as it is or with what was wrong in a form."""

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db
from portal.privacy.access import may_lift_hold
from portal.privacy.clocks import Wait
from portal.privacy.forms import HoldForm, PostponeForm, StartForm
from portal.privacy.models import LegalHold
from portal.privacy.queries import hold_place, holds_of, kept_case, said_of, said_place
from portal.privacy.services.holding import mark_of
from portal.privacy.wording import counted, line_of, verb_of
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.vault.services import open_application_key, open_for_controller
from portal.web.forms import HouseForm

KEPT = "/arbete/sparade"
CASE = f"{KEPT}/<uuid:ad_id>"


def page_of(case: Case, filled: HouseForm | None = None, *, status: int = 200, fault: str = "") -> ResponseReturnValue:
    """How long this recruitment's applications are kept, what stops them, and the forms."""
    kept = kept_case(db.session, case.ad.id)
    assert kept is not None
    names = labels_of(db.session, case, case.listed)
    forms, said = forms_of(names, filled), _said(db.session, case.ad.id)
    page: dict[str, Any] = {
        "ad": case.ad,
        "kept": kept,
        "line": line_of(kept, clock.today()),
        "out_on": kept.out_on(clock.today()),
        "awaited": [(id, names.get(of) if of else None) for id, of in kept.not_final.items()],
        "verb": verb_of(kept.by_authority),
        "said": said,
        "holds": [_hold(db.session, case, row, names) for row in holds_of(db.session, case.ad.id)],
        "asked_for": counted(len(kept.asked_for)),
        "may_say_start": kept.start is Wait.UNSAID,
        "may_put_start_right": bool(said.get("starts_on")) and not said.get("carried_out_at"),
        "may_postpone": kept.day(clock.today()) is not None and not kept.only_later,
        "may_hold": bool(kept.left) and not kept.all_held,
        **forms,
    }
    page["unsaved"] = _without_place(filled, page)
    return render_template("privacy/case.html", filled=filled, fault=fault, current="recruitments", **page), status


def _without_place(filled: HouseForm | None, page: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What was typed in a form that the page has no more: a colleague has changed meanwhile what can be said."""
    there = {
        PostponeForm: page["may_postpone"],
        HoldForm: page["may_hold"],
        StartForm: page["may_say_start"] or page["may_put_start_right"],
    }
    if filled is None or there.get(type(filled), True):
        return []
    texts = ((str(field.label.text), field.data) for field in filled if field.name not in ("csrf_token", "whom"))
    return [(label, str(text).splitlines()) for label, text in texts if text]


def forms_of(names: dict[UUID, str], filled: HouseForm | None = None) -> dict[str, HouseForm]:
    """Each form empty, but for the one that did not go through."""
    kinds = {"postponing": PostponeForm, "holding": HoldForm, "starting": StartForm}
    forms = {
        name: filled if isinstance(filled, kind) else kind(formdata=None, prefix="") for name, kind in kinds.items()
    }
    holding = forms["holding"]
    assert isinstance(holding, HoldForm)
    holding.offer(names)
    return forms


def _hold(session: Session, case: Case, row: LegalHold, names: dict[UUID, str]) -> dict[str, Any]:
    """A legal hold as the page tells it. Of a candidate whom the person does not see, only that there is one."""
    of_all = row.application_id is None
    shown = of_all or row.application_id in names
    return {
        "id": row.id,
        "whom": "Alla i rekryteringen" if of_all else names.get(row.application_id or row.id, "En sökande"),
        "reason": _reason(session, row) if shown else "",
        "at": row.set_at,
        "may_lift": may_lift_hold(case.standing, row.application_id),
    }


def _reason(session: Session, row: LegalHold) -> str:
    if row.application_id is None:
        return open_for_controller(session, row.controller_id, row.reason_sealed, place=hold_place(row.id))
    key = open_application_key(session, application_id=row.application_id, controller_id=row.controller_id)
    return key.open_text(hold_place(row.id), row.reason_sealed)


def _said(session: Session, ad_id: UUID) -> dict[str, Any]:
    """What people have said of it, opened."""
    row = said_of(session, ad_id)
    if row is None:
        return {"seen": ""}

    def opened(column: str, sealed: bytes | None) -> str:
        place = said_place(column, row.id)
        return open_for_controller(session, row.controller_id, sealed, place=place) if sealed else ""

    return {
        "seen": mark_of(row),
        "starts_on": row.starts_on,
        "basis": opened("start_basis", row.start_basis_sealed),
        "postponed_to": row.postponed_to,
        "reason": opened("postponed", row.postponed_reason_sealed),
        "told_at": row.told_at,
        "carried_out_at": row.carried_out_at,
    }
