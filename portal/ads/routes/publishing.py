"""Looking at the ad as applicants will, publishing it, and what can be done afterwards."""

from functools import partial
from types import SimpleNamespace
from uuid import UUID

from flask import Response, abort, current_app, redirect, render_template, request, url_for

from portal import clock
from portal.ads.forms.parts import ExtendForm
from portal.ads.models import Ad
from portal.ads.parts import PARTS
from portal.ads.queries import current_version_of, versions_of
from portal.ads.routes.beside import timetable_to_move
from portal.ads.routes.blueprint import ads
from portal.ads.routes.office import Page, by, in_unit, own_ad, say, task_values
from portal.ads.routes.parts import METHODS, PLACE
from portal.ads.routes.public import absolute_address, advert_values
from portal.ads.routes.rows import timetable_rows
from portal.ads.services.publishing import (
    AlreadyPublished,
    ChangedSince,
    NotReady,
    content_now,
    extend_ad,
    publish_ad,
    shown_now,
    withdraw_ad,
)
from portal.ads.services.room import room_missing
from portal.ads.states import AdState
from portal.ads.window import closes_at, days_left, is_open
from portal.db import db, unit_of_work
from portal.organisations.access import may_run_recruitment
from portal.posts.services.claiming import NoRoom
from portal.seen import Seen, page_marks, text_of
from portal.swedish_dates import swedish_day
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.guards import staff
from portal.web.qr import qr_picture

TIMETABLE = "timetable"  # the mark of the rows that the page which extends was opened with
NO_DAY = "Ingen dag för beslutet är lovad längre. Ange en ny under Tillträde och slutdatum, och publicera."


@ads.get(f"{PLACE}/forhandsvisning")
@staff(may_run_recruitment)
def preview(ad_id: UUID) -> Page:
    """The public page of the ad as it is stored, drawn by the public page's own template."""
    ad, today = own_ad(ad_id), clock.today()
    if not ad.employer:
        say("Ange först vem som anställer, så går annonsen att visa.", "warn")
        return redirect(url_for("ads.edit_employer", ad_id=ad_id), 303)
    content = content_now(db.session, ad)
    deadline = ad.deadline or today
    content["deadline"] = deadline.isoformat()
    version = SimpleNamespace(closes_at=closes_at(deadline))
    values = advert_values(content, version, today)
    left = days_left(deadline, today)  # below none once it has passed: then nothing is said of it
    return render_template("ads/show.html", **values, preview_of=ad, opened=True, days_left=left, sheet="staff.css")


@ads.route(f"{PLACE}/publicera", methods=METHODS)
@staff(may_run_recruitment)
def publish(ad_id: UUID) -> Page:
    """What stops the ad, what deserves a second look, and the button. Afterwards: what can still be done."""
    form = PressForm()
    own_ad(ad_id)
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                seen = Seen.told(request.form.get("marks"))
                publish_ad(session, ad_id=ad_id, on=clock.today(), seen=seen, **by())
        except AlreadyPublished as known:
            say(known.sentence, "note")
            return redirect(url_for("ads.publish", ad_id=ad_id), 303)
        except (NotReady, ChangedSince, NoRoom) as refusal:
            return _publish_page(ad_id, form, sentence_of(refusal)), refusal.status
        current_app.extensions["assets"].refresh()
        say("Annonsen är publicerad.")
        return redirect(url_for("ads.publish", ad_id=ad_id), 303)
    return _publish_page(ad_id, form)


@ads.get(f"{PLACE}/kod.svg")
@staff(may_run_recruitment)
def code(ad_id: UUID) -> Page:
    """The public page's address as a QR code, for a note on a wall. A draft has none."""
    current = current_version_of(db.session, own_ad(ad_id).id)
    if current is None:
        abort(404)
    address = absolute_address("ads.show", reference=current.reference)
    return Response(qr_picture(address, scale=10), mimetype="image/svg+xml")


@ads.route(f"{PLACE}/forlang", methods=METHODS)
@staff(may_run_recruitment)
def extend(ad_id: UUID) -> Page:
    """A later last day, published at once, with the timetable that goes with it."""
    form = ExtendForm()
    ad = own_ad(ad_id)
    deadline, decision = form.deadline.data, ad.expected_decision
    if not form.is_submitted():
        form.fill(timetable_to_move(ad))
    elif form.validate() and deadline is not None:
        seen = Seen.told(request.form.get("marks"))
        timetable = (
            None if seen.version is None else timetable_rows(form)
        )  # a page from before this has no rows to tell of
        verb = partial(
            extend_ad, ad_id=ad_id, deadline=deadline, timetable=timetable, on=clock.today(), seen=seen, **by()
        )
        if in_unit(verb, form):
            say(f"Sista ansökningsdag är nu {swedish_day(deadline)}.")
            if decision is not None and decision <= deadline:
                say(f"Beslutet var väntat {swedish_day(decision)}. {NO_DAY}", "warn")
            return redirect(url_for("ads.publish", ad_id=ad_id), 303)
        if isinstance(form.refused, NotReady):
            form.form_errors += [mark.sentence for mark in form.refused.marks]
        ad = own_ad(ad_id)
        _take_in(form, seen, ad)
    return _extend_page(ad, form)


def _take_in(form: ExtendForm, seen: Seen, ad: Ad) -> None:
    """A timetable that another has saved meanwhile: in the form where nobody has touched it here, else told beside it."""
    saved = _to_move(ad)
    if seen.version is None or seen.shown(TIMETABLE, text_of(saved)):
        return
    if seen.shown(TIMETABLE, text_of(timetable_rows(form))):
        form.fill(timetable_to_move(ad))
    else:
        lines = "; ".join(" ".join(row) for row in saved) or "tom"
        form.form_errors.append(f"Någon annan har ändrat tidplanen, som nu är sparad så: {lines}.")


def _to_move(ad: Ad) -> list[list[str]]:
    return [[row["when"], row["text"]] for row in timetable_to_move(ad)]


def _extend_page(ad: Ad, form: ExtendForm) -> Page:
    current = current_version_of(db.session, ad.id)
    page = render_template(
        "ads/extend.html",
        **task_values(ad, "publish"),
        form=form,
        is_out=ad.state == AdState.PUBLISHED,
        faults=[("", sentence) for sentence in form.form_errors] + form.faults(),
        opened_with=page_marks(shown_now(db.session, ad) | {TIMETABLE: text_of(_to_move(ad))}),
        changed=current is not None and current.content != content_now(db.session, ad),
    )
    return (page, 422 if form.refused is None else form.refused.status) if request.method == "POST" else page


@ads.route(f"{PLACE}/dra-tillbaka", methods=METHODS)
@staff(may_run_recruitment)
def withdraw(ad_id: UUID) -> Page:
    """Ask once more, then take the ad back."""
    form = PressForm()
    ad = own_ad(ad_id)
    if form.validate_on_submit() and in_unit(partial(withdraw_ad, ad_id=ad_id, **by()), form):
        say("Annonsen är tillbakadragen.")
        return redirect(url_for("ads.publish", ad_id=ad_id), 303)
    page = render_template("ads/withdraw.html", **task_values(own_ad(ad.id), "publish"), form=form)
    return (page, 422) if request.method == "POST" else page


def _publish_page(ad_id: UUID, form: PressForm, refused: str = "") -> str:
    ad = own_ad(ad_id)
    current = current_version_of(db.session, ad_id)
    if not refused and (full := room_missing(db.session, ad, clock.today())) is not None:
        refused = sentence_of(full)
    return render_template(
        "ads/publish.html",
        **task_values(ad, "publish"),
        form=form,
        opened_with=page_marks(shown_now(db.session, ad)),
        refused=refused,
        version=current,
        settled=[part.title for part in PARTS if part.locked_once_published],
        address=absolute_address("ads.show", reference=current.reference) if current is not None else "",
        versions=versions_of(db.session, ad_id),
        changed=current is not None and current.content != content_now(db.session, ad),
        opened=ad.state == AdState.PUBLISHED and current is not None and is_open(current.closes_at, clock.now()),
    )
