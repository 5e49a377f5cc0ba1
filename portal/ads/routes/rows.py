"""The parts that are lists: krav and merits, the timetable, contact persons. Rows move by plain buttons."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import redirect, url_for

from portal.ads.forms.parts import ContactsForm, CriteriaForm, DeadlineForm
from portal.ads.forms.rows import RowsForm
from portal.ads.parts import BY_KEY
from portal.ads.queries import contacts_of, criteria_of
from portal.ads.routes.blueprint import ads
from portal.ads.routes.office import Page, by, in_unit, onward, own_ad, part_page
from portal.ads.routes.parts import METHODS, PLACE
from portal.ads.services.parts import save_contacts, save_criteria, save_part
from portal.db import db
from portal.organisations.access import may_run_recruitment
from portal.web.guards import staff


@ads.route(f"{PLACE}/krav", methods=METHODS)
@staff(may_run_recruitment)
def edit_criteria(ad_id: UUID) -> Page:
    """All that candidates are judged by."""
    own_ad(ad_id)
    form = CriteriaForm()
    names = ("id", "kind", "text", "explanation", "judged", "weight")
    present = [_of(row, names) for row in criteria_of(db.session, ad_id)]
    verb = lambda: partial(save_criteria, ad_id=ad_id, rows=[_weighed(row) for row in form.filled()], **by())  # noqa: E731
    return _rows_page(ad_id, "criteria", form, present or [{"kind": "krav"}, {"kind": "krav"}, {"kind": "merit"}], verb)


@ads.route(f"{PLACE}/kontakt", methods=METHODS)
@staff(may_run_recruitment)
def edit_contacts(ad_id: UUID) -> Page:
    """Whom to ask about the post."""
    own_ad(ad_id)
    form = ContactsForm()
    present = [_of(row, ("id", "name", "title", "email", "phone")) for row in contacts_of(db.session, ad_id)]
    verb = lambda: partial(save_contacts, ad_id=ad_id, rows=form.filled(), **by())  # noqa: E731
    return _rows_page(ad_id, "contacts", form, present, verb)


@ads.route(f"{PLACE}/sista-dag", methods=METHODS)
@staff(may_run_recruitment)
def edit_deadline(ad_id: UUID) -> Page:
    """The last day to apply, and what comes after."""
    ad = own_ad(ad_id)
    form = DeadlineForm(data={"deadline": ad.deadline})
    present = [{"when": when, "text": text} for when, text in ad.timetable]

    def verb() -> Callable[..., object]:
        timetable = [[row["when"], row["text"]] for row in form.filled()]
        values = {"deadline": form.deadline.data, "timetable": timetable}
        return partial(save_part, ad_id=ad_id, part=BY_KEY["deadline"], values=values, **by())

    return _rows_page(ad_id, "deadline", form, present, verb)


def _rows_page(
    ad_id: UUID,
    key: str,
    form: RowsForm,
    present: Iterable[Mapping[str, Any]],
    verb: Callable[[], Callable[..., object]],
) -> Page:
    """Show the rows; save them all on any button, and stay on the page where a row was added, moved or removed."""
    if not form.is_submitted():
        form.fill(present)
    elif form.validate() and in_unit(verb(), form):
        if form.pressed:
            return redirect(url_for(f"ads.edit_{key}", ad_id=ad_id, _anchor="rader"), 303)
        return onward(ad_id, key)
    return part_page(ad_id, key, form)


def _of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _weighed(row: dict[str, Any]) -> dict[str, Any]:
    """What is there or not has no weight; what is judged on a scale has weight 1 unless another is given."""
    given = row["weight"] if row["weight"] is not None else 1
    return {**row, "weight": given if row["judged"] == "skala" else 0}
