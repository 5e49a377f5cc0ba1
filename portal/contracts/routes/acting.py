"""The page where an employment is changed: read by party and authority, written by the party's office."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import clock
from portal.contracts.access import may_change_employments, may_read_employments, may_record_employments
from portal.contracts.acts import forms
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.notice import notice_rules
from portal.contracts.acts.queries.rows import acts_of, given_on
from portal.contracts.acts.rules import may_be_called_off
from portal.contracts.acts.services import (
    Pressed,
    call_off,
    correct_extent,
    correct_first_day,
    correct_stand_in,
    end_early,
    extend,
    give_notice,
    take_back,
)
from portal.contracts.acts.services.following import standing_renewal
from portal.contracts.acts.services.standing_in import stand_in_of
from portal.contracts.models import Employment
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.queries import lasts_since, renewals_of
from portal.contracts.routes import contracts
from portal.contracts.routes.acted import (
    changed,
    extension_reasoning,
    extension_warning,
    last_standing,
    open_to_correct,
    permanent_now,
    put_right,
)
from portal.contracts.routes.aside import has_conflict, told_of_conflict, unless_competing, unless_concerned
from portal.contracts.routes.people import others_as_choices
from portal.contracts.written.queries import is_offered
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.refusal import Refusal
from portal.swedish_dates import shown_day
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.readings import reads

Verb = Callable[[Session, Pressed], EmploymentAct | Employment | None]
PAGE = "/arbete/anstallningar/<uuid:employment_id>/andra"


@contracts.get(PAGE)
@staff(may_read_employments)
@unless_competing
@reads("employment.changes_read", of="employment_id")
def changes(employment_id: UUID) -> ResponseReturnValue:
    """What has been done to the employment, and for the office what can be done next."""
    return _page(employment_id)


@contracts.post(f"{PAGE}/forlang")
@staff(may_change_employments)
@unless_concerned
def extend_post(employment_id: UUID) -> ResponseReturnValue:
    """Write an extension down."""
    form = _extension_form(_employed(employment_id))()
    return _tried(
        employment_id, form, "decided", "Förlängningen är inskriven.",
        lambda session, pressed: extend(session, pressed, form.wish()),
    )  # fmt: skip


@contracts.post(f"{PAGE}/avsluta")
@staff(may_change_employments)
@unless_concerned
def end_early_post(employment_id: UUID) -> ResponseReturnValue:
    """Write an earlier last day down."""
    form = forms.EarlyEndForm()
    renewal = standing_renewal(db.session, _employed(employment_id).row)
    stands = f" Förnyelsen från {shown_day(renewal.starts_on)} står kvar." if renewal else ""
    return _tried(
        employment_id, form, "ends", f"Det nya slutdatumet är inskrivet.{stands}",
        lambda session, pressed: end_early(session, pressed, form.wish()),
    )  # fmt: skip


@contracts.post(f"{PAGE}/stall-in")
@staff(may_change_employments)
@unless_concerned
def call_off_post(employment_id: UUID) -> ResponseReturnValue:
    """Write down that it is not to be."""
    form = forms.CallOffForm()
    return _tried(
        employment_id, form, "decided", "Inskrivet: anställningen blir inte av.",
        lambda session, pressed: call_off(session, pressed, form.wish()),
    )  # fmt: skip


@contracts.post(f"{PAGE}/uppsagning")
@staff(may_change_employments)
@unless_concerned
def notice_post(employment_id: UUID) -> ResponseReturnValue:
    """Write a notice down."""
    form = forms.NoticeForm()
    return _tried(
        employment_id, form, "given", "Uppsägningen är inskriven.",
        lambda session, pressed: give_notice(session, pressed, form.wish()),
    )  # fmt: skip


@contracts.post(f"{PAGE}/forsta-dagen")
@staff(may_change_employments)
@unless_concerned
def first_day_post(employment_id: UUID) -> ResponseReturnValue:
    """The first day was written down wrong, or the earlier days beside it."""
    form = _first_day_form(_employed(employment_id))()
    done = _days_done(employment_id) if form.starts.data == form.stood else "Första dagen är rättad."
    return _tried(
        employment_id, form, "starts", done,
        lambda session, pressed: correct_first_day(session, pressed, form.wish(), was=form.stood),
    )  # fmt: skip


@contracts.post(f"{PAGE}/omfattningen")
@staff(may_change_employments)
@unless_concerned
def extent_post(employment_id: UUID) -> ResponseReturnValue:
    """The extent was written down wrong."""
    form = forms.ExtentForm()
    return _tried(
        employment_id, form, "extent_percent", "Omfattningen är rättad.",
        lambda session, pressed: correct_extent(session, pressed, form.extent_percent.data or 0, was=form.stood),
    )  # fmt: skip


@contracts.post(f"{PAGE}/vikariatet")
@staff(may_change_employments)
@unless_concerned
def stand_in_post(employment_id: UUID) -> ResponseReturnValue:
    """Whether it is a stand-in was written down wrong."""
    one = _employed(employment_id)
    form = _stand_in_form(one)()
    form.stands_in_for.choices = others_as_choices(db.session, one)
    return _tried(
        employment_id, form, "stands_in_for", "Vikariatet är rättat.",
        lambda session, pressed: correct_stand_in(session, pressed, form.wish(), was=form.stood),
    )  # fmt: skip


@contracts.post(f"{PAGE}/ta-tillbaka/<int:number>")
@staff(may_change_employments)
@unless_concerned
def take_back_act(employment_id: UUID, number: int) -> ResponseReturnValue:
    """The last act was written down by mistake."""
    return _tried(
        employment_id, forms.TakeBackForm(), "note", "Återtaget. Slutdatumet är det som gällde förut.",
        lambda session, pressed: take_back(session, pressed, number=number),
    )  # fmt: skip


def _employed(employment_id: UUID) -> Employed:
    found = next(iter(employments_of(db.session, employment_id)), None)
    if found is None:
        abort(404)
    return found


def _extension_form(one: Employed) -> type[forms.ExtensionForm]:
    return forms.ExtensionForm if one.row.employer == Employer.AUTHORITY else forms.PartyExtensionForm


def _first_day_form(one: Employed) -> type[forms.FirstDayForm]:
    return forms.PartyFirstDayForm if _counts(one.row) else forms.FirstDayForm


def _counts(row: Employment) -> bool:
    """Whether there are earlier days: none are an authority's."""
    return row.employer == Employer.PARTY


def _stand_in_form(one: Employed) -> type[forms.StandInForm]:
    return forms.PartyStandInForm if _counts(one.row) else forms.StandInForm


def _days_done(employment_id: UUID) -> str:
    kept = " Avtalet som är erbjudet säger det som stod förut." if is_offered(db.session, employment_id) else ""
    return f"De tidigare dagarna är rättade.{kept}"


def _tried(employment_id: UUID, form: forms.ActForm, first_field: str, done: str, verb: Verb) -> ResponseReturnValue:
    """Do it and lead back to the page; or the page again, with what was wrong beside its field."""
    _employed(employment_id)
    if not form.validate_on_submit():
        return _page(employment_id, form, status=422)
    pressed = Pressed(employment_id, form.last_seen, g.actor, clock.now(), clock.today(), form.noted)
    try:
        with unit_of_work() as session:
            if verb(session, pressed) is None:
                abort(404)
    except Refusal as refusal:
        sentence = sentence_of(refusal)
        if refusal.status == 409:  # about the page as a whole, not about a field of it
            return _page(employment_id, form, status=409, fault=sentence)
        field = form[refusal.field if refusal.field in form else first_field]
        field.errors = [*field.errors, sentence]
        return _page(employment_id, form, status=refusal.status)
    flash(done, "good")
    return redirect(url_for("contracts.changes", employment_id=employment_id), 303)


def _page(
    employment_id: UUID, filled: forms.ActForm | None = None, *, status: int = 200, fault: str = ""
) -> ResponseReturnValue:
    """``filled`` is the form that did not go through; the others stand empty."""
    one, on = _employed(employment_id), clock.today()
    rows = acts_of(db.session, employment_id)
    seen = str(rows[-1].number if rows else 0)
    row = one.row
    renewal = renewals_of(db.session, [row.id]).get(row.id)
    past = row.ends_on is not None and row.ends_on < on
    lasts = lasts_since(db.session, row, rows) if past else None
    permanent = "" if lasts or row.is_over(on) else permanent_now(db.session, row, rows, on=on)
    page: dict[str, Any] = {
        "one": one,
        "acts": changed(db.session, rows, on=on),
        "put_right": put_right(db.session, row),
        "last": last_standing(rows),
        "ended": row.is_over(on) and lasts is None,
        "lasts": lasts,  # since when, where the last day has gone by and ended nothing
        "renewal": None if renewal is None or renewal.never_began else renewal,
        "noticed": given_on(rows) is not None,
        "may_renew": lasts is not None and renewal is None and may_record_employments(g.actor),
        "begun": row.starts_on <= on,
        "may_be_called_off": may_be_called_off(row.starts_on, on=on),
        **open_to_correct(db.session, row, rows, lasts, on=on),
        "may_write": may_change_employments(g.actor) and not has_conflict(),
        **told_of_conflict(),
        "by_authority": row.employer == Employer.AUTHORITY,
        "rules": notice_rules(db.session, employment_id, on=on),
        "filled": filled,
        "fault": fault,
        "permanent": permanent,
        "reasoning": extension_reasoning(db.session, row, rows, filled, on=on),
        "warning": "" if permanent else extension_warning(db.session, row, rows, filled, on=on),
        "current": "employments",
        **_forms(one, filled, seen),
    }
    if page["stand_in_open"] and page["may_write"]:
        page["stand_in"].stands_in_for.choices = others_as_choices(db.session, one)
    return render_template("contracts/changes.html", **page), status


def _forms(one: Employed, filled: forms.ActForm | None, seen: str) -> dict[str, Any]:
    kinds: dict[str, type[forms.ActForm]] = {
        "extension": _extension_form(one),
        "early_end": forms.EarlyEndForm,
        "calling_off": forms.CallOffForm,
        "notice": forms.NoticeForm,
        "first_day": _first_day_form(one),
        "extent": forms.ExtentForm,
        "stand_in": _stand_in_form(one),
        "taking_back": forms.TakeBackForm,
    }
    row, standing_in = one.row, stand_in_of(db.session, one.row)
    named = {"was": row.starts_on.isoformat(), "starts": row.starts_on, "ends": row.ends_on}
    stand: dict[str, dict[str, Any]] = {
        "first_day": {**named, "earlier_days": row.earlier_days, "counted": str(row.earlier_days)},
        "extent": {"was": str(row.extent_percent), "extent_percent": row.extent_percent},
        "stand_in": {
            "was": standing_in.packed,
            "stands_in": standing_in.is_one,
            "stands_in_for": str(standing_in.in_place_of or ""),
        },
    }
    made = {
        name: filled if type(filled) is kind else kind(formdata=None, data=stand.get(name))
        for name, kind in kinds.items()
    }
    for form in made.values():  # the page says how it stands now: pressed once more, what was typed is meant of that
        form.seen.data = seen
    for name, as_it_stands in stand.items():
        for shown in {"was", "counted"} & {*as_it_stands} & {*made[name]._fields}:
            made[name][shown].data = as_it_stands[shown]
    return made
