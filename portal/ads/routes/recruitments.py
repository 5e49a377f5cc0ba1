"""The list of recruitments, and the three ways to a new ad."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import abort, current_app, g, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.ads.forms.cases import BeginForm, PostingForm
from portal.ads.models import Ad
from portal.ads.parts import PARTS, is_untouched
from portal.ads.queries import ROWS_OF, ad_of, ads_in_scope
from portal.ads.routes.blueprint import ads
from portal.ads.routes.office import Page, applied_to, by, in_unit, own_ad, say, task_values
from portal.ads.services.drafts import copy_ad, create_draft, make_draft_from_posting
from portal.ads.window import closes_at, is_open
from portal.db import db
from portal.documents.engines.reader import read_document
from portal.documents.reading import DocumentRefused, Verdict
from portal.organisations.access import may_run_recruitment, may_work_in_party
from portal.refusal import N_, Refusal
from portal.web.bodies import takes_files
from portal.web.guards import staff
from portal.web.one_press import id_made_by


class FileNotReadNow(Refusal):
    """No reader was free in time."""

    text = N_("Filen hann inte läsas. Försök igen om en stund, eller klistra in texten.")
    field = "file"


class NoWordsFound(Refusal):
    """A file that is only pictures."""

    text = N_("Filen innehåller ingen text att läsa. Klistra in annonsens text i stället.")
    field = "file"


@ads.get("/arbete/rekryteringar")
@staff(may_work_in_party)
def recruitments() -> Page:
    """Every ad of the party, drafts first, then the open ones."""
    at = clock.now()
    entered: Collection[UUID] | None = None  # the office enters all
    if not may_run_recruitment(g.actor):
        entered = current_app.extensions["own_cases"]()
    shut = applied_to()
    rows = [_row(ad, at, entered, shut) for ad in ads_in_scope(db.session)]
    groups = [(title, [row for row in rows if row["group"] == title]) for title in ("Utkast", "Öppna", "Stängda")]
    return render_template("ads/recruitments.html", groups=groups, empty=not rows, current="recruitments")


@ads.route("/arbete/rekryteringar/ny", methods=["GET", "POST"])
@staff(may_run_recruitment)
def new() -> Page:
    """A blank ad, or one from an earlier ad."""
    form = BeginForm()
    if form.validate_on_submit():
        earlier = request.form.get("from", "")
        source_id = _earlier(_id(earlier)) if earlier else None
        new_id = _made_by(form, str(source_id or ""))

        def make(session: Session) -> Ad:
            if source_id is None:
                return create_draft(session, id=new_id, **by())
            return copy_ad(session, earlier=session.get_one(Ad, source_id), id=new_id, **by())

        _once(new_id, make, form)
        return redirect(url_for("ads.edit_employer" if source_id is None else "ads.edit", ad_id=new_id), 303)
    earlier_ads = [ad for ad in ads_in_scope(db.session) if ad.title]
    return render_template("ads/new.html", form=form, earlier_ads=earlier_ads, current="recruitments")


@ads.route("/arbete/rekryteringar/las-in", methods=["GET", "POST"])
@takes_files
@staff(may_run_recruitment)
def read_posting() -> Page:
    """A draft from an existing posting, pasted or as a file. The file is read before anything is written."""
    form = PostingForm()
    if form.validate_on_submit():
        try:
            text = form.text.data or _text_of(form.file.data)
        except Refusal as refusal:
            form.file.errors = [refusal.sentence]
        else:
            new_id = _made_by(form, text)
            read_in = partial(make_draft_from_posting, text=text, on=clock.today(), id=new_id, **by())
            if _once(new_id, read_in, form):
                say(*_said_of(new_id))
                return redirect(url_for("ads.edit", ad_id=new_id), 303)
    page = render_template("ads/read_posting.html", form=form, current="recruitments")
    return (page, 422) if request.method == "POST" else page


@ads.get("/arbete/rekryteringar/<uuid:ad_id>/annons")
@staff(may_run_recruitment)
def edit(ad_id: UUID) -> Page:
    """All parts of the ad and how far each has come."""
    ad = own_ad(ad_id)
    return render_template("ads/edit.html", **task_values(ad))


def _said_of(ad_id: UUID) -> tuple[str, str]:
    """What is told of a draft that was read in, and how it looks: most parts may have been found, or hardly any."""
    ad = own_ad(ad_id)
    rows = {field: rows_of(db.session, ad.id) for field, rows_of in ROWS_OF.items()}
    if {part.key for part in PARTS if part.fields and not is_untouched(part, ad, rows)} <= {"title"}:
        return "Bara rubrik eller ingress hittades i texten. Fyll i resten själv, eller läs in hela annonsen.", "warn"
    return "Annonsen är inläst. Gå igenom det som är märkt Rätta eller Kvar.", "good"


def _made_by(form: BeginForm, text: str) -> UUID:
    """The id of the draft that this form makes of this text, for this person in this party."""
    return id_made_by(f"{form.form_id.data}\0{text}", g.actor.party_id, g.actor.person_id)


def _once(new_id: UUID, make: Callable[[Session], Ad], form: BeginForm) -> bool:
    """Make the draft, if the same form has not made it before. False where that was refused: see `in_unit`."""
    try:
        return in_unit(lambda session: ad_of(session, new_id) or make(session), form)
    except IntegrityError:
        if ad_of(db.session, new_id) is None:  # not the other press's
            raise
        return True


def _earlier(ad_id: UUID) -> UUID:
    ad = ad_of(db.session, ad_id)  # a copy is made by whoever has applied to it too: it changes nothing of that one
    if ad is None:
        abort(404)
    return ad.id


def _row(ad: Ad, at: datetime, entered: Collection[UUID] | None, shut: Collection[UUID]) -> dict[str, Any]:
    """One line, linked where this person is let in: to the case where ``entered`` has it, or to its parts; one of ``shut``
    leads nowhere."""
    opened = ad.deadline is not None and is_open(closes_at(ad.deadline), at)
    group = "Utkast" if ad.state == "draft" else "Öppna" if ad.state == "published" and opened else "Stängda"
    words = {
        "draft": ("Utkast", "plain", ""),
        "published": ("Öppen", "good", "check") if opened else ("Stängd", "accent", ""),
        "withdrawn": ("Tillbakadragen", "warn", ""),
        "ended": ("Avslutad", "outlined", ""),
    }
    is_open_to = ad.state == "draft" or ad.id not in shut
    edit_href = url_for("ads.edit", ad_id=ad.id) if is_open_to and may_run_recruitment(g.actor) else ""
    has_case = (
        ad.state != "draft"
        and is_open_to
        and "desk.case" in current_app.view_functions
        and (entered is None or ad.id in entered)
    )
    title_href = url_for("desk.case", ad_id=ad.id) if has_case else edit_href
    return {"ad": ad, "group": group, "tag": words[ad.state], "edit_href": edit_href, "title_href": title_href}


def _text_of(upload: Any) -> str:
    data = upload.read()
    if getattr(upload.stream, "too_big", False):
        raise DocumentRefused(Verdict.too_big, field="file", name=upload.filename)
    reading = read_document(data, name=upload.filename)
    reading.raise_if_refused()
    if reading.text.strip():
        return reading.text
    raise FileNotReadNow if reading.verdict == "waiting" else NoWordsFound


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
