"""The parts that are lists: krav and merits, the timetable, contact persons. Rows move by plain buttons."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import redirect, url_for

from portal.ads.forms.parts import ContactsForm, CriteriaForm, DeadlineForm
from portal.ads.forms.rows import RowsForm
from portal.ads.routes.beside import timetable_of
from portal.ads.routes.blueprint import ads
from portal.ads.routes.office import Page, by, part_endpoint
from portal.ads.routes.opened import Opened, onward, opened, part_page, save
from portal.ads.routes.parts import METHODS, PLACE
from portal.ads.services.parts import save_part, save_rows
from portal.ads.states import AdState
from portal.organisations.access import may_run_recruitment
from portal.web.guards import staff


@ads.route(f"{PLACE}/krav", methods=METHODS)
@staff(may_run_recruitment)
def edit_criteria(ad_id: UUID) -> Page:
    """All that candidates are judged by."""
    of, form = opened(ad_id, "criteria"), CriteriaForm()
    verb = lambda: partial(save_rows, ad_id=ad_id, part=of.part, rows=form.filled(), **by())  # noqa: E731
    return _rows_page(of, form, of.listed["criteria"] or [{"kind": "krav"}, {"kind": "krav"}, {"kind": "merit"}], verb)


@ads.route(f"{PLACE}/kontakt", methods=METHODS)
@staff(may_run_recruitment)
def edit_contacts(ad_id: UUID) -> Page:
    """Whom to ask about the post."""
    of, form = opened(ad_id, "contacts"), ContactsForm()
    verb = lambda: partial(save_rows, ad_id=ad_id, part=of.part, rows=form.filled(), **by())  # noqa: E731
    return _rows_page(of, form, of.listed["contacts"], verb)


@ads.route(f"{PLACE}/sista-dag", methods=METHODS)
@staff(may_run_recruitment)
def edit_deadline(ad_id: UUID) -> Page:
    """The last day to apply, and what comes after. Once the ad is out the last day is moved by extending it alone."""
    of = opened(ad_id, "deadline")
    form = DeadlineForm(data={"deadline": of.ad.deadline})
    if of.ad.state != AdState.DRAFT:
        del form.deadline

    def verb() -> Callable[..., object]:
        values: dict[str, Any] = {"timetable": timetable_rows(form)}
        if "deadline" in form:
            values["deadline"] = form.deadline.data
        return partial(save_part, ad_id=ad_id, part=of.part, values=values, **by())

    return _rows_page(of, form, timetable_of(of.ad), verb)


def timetable_rows(form: RowsForm) -> list[list[str]]:
    """What a form says of the timetable, as the ad keeps it."""
    return [[row["when"], row["text"]] for row in form.filled()]


def _rows_page(
    of: Opened, form: RowsForm, present: Iterable[Mapping[str, Any]], verb: Callable[[], Callable[..., object]]
) -> Page:
    """Show the rows; save them all on any button, and stay on the page where a row was added, moved or removed. One that
    was added has the focus."""
    if not form.is_submitted():
        form.fill(present)
    elif form.validate() and save(of, verb(), form):
        if form.pressed:
            anchor = "ny-rad" if form.pressed == "add" else "rader"
            return redirect(url_for(part_endpoint(of.part.key), ad_id=of.ad.id, _anchor=anchor), 303)
        return onward(of)
    return part_page(of, form)
