"""The reader opens one identity, with a reason each time."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import abort, g, render_template, send_file
from flask.typing import ResponseReturnValue

from portal import clock
from portal.applications.models import ProtectedIdentity
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.protection.access import may_open_identity
from portal.protection.forms import OpenForm
from portal.protection.queries import (
    identity_key,
    identity_of,
    openings_of,
    place_of,
)
from portal.protection.routes.blueprint import protection
from portal.protection.services.reading import open_identity
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.queries.case import Case
from portal.review.queries.readers import reader_of_ad
from portal.review.routes.blueprint import in_case
from portal.vault.keystore import KeyGone
from portal.web.filters import sentence_of
from portal.web.headers import shut
from portal.web.readings import reads

ONE = "/arbete/rekryteringar/<uuid:ad_id>/skyddad/<uuid:application_id>"


@protection.get(ONE)
@in_case(may_name_panel)
@reads("identity.page_read", of="application_id")
def identity(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The code name, who has opened before, and the question why. Nothing of who it is."""
    row = readable(case, application_id)
    return render_template("protection/identity.html", **_page(case, row, OpenForm(formdata=None)))


@protection.post(ONE)
@in_case(may_name_panel)
def open_one(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Open it, once: the page that answers shows it, and no address leads there."""
    row, form, fault = readable(case, application_id), OpenForm(), ""
    if form.validate():
        try:
            with unit_of_work() as session:
                again = identity_of(session, row.ad_id, application_id)
                if again is None:
                    abort(404)
                open_identity(session, identity=again, actor=g.actor, reason=form.reason.data or "", at=clock.now())
            row = readable(case, application_id)
            return render_template("protection/identity.html", **_page(case, row, OpenForm(formdata=None)), **_who(row))
        except Refusal as refusal:
            fault = sentence_of(refusal)
    return render_template("protection/identity.html", **_page(case, row, form), fault=fault), 422


@protection.get(f"{ONE}/cv")
@in_case(may_name_panel)
def paper(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The CV as it was left, as an attachment only. Each opening is logged."""
    row = readable(case, application_id)
    if row.paper_sealed is None or row.paper_name_sealed is None:
        abort(404)
    key = identity_key(db.session, row, reader_id=g.actor.person_id)
    file, name = (
        key.open_bytes(place_of("paper"), row.paper_sealed),
        key.open_text(place_of("paper_name"), row.paper_name_sealed),
    )
    who = person_actor(g.actor.person_id)
    record_reading(
        chain=case.ad.party_id, at=clock.now(), actor=who, verb="identity.paper_read", object_id=application_id
    )
    return shut(send_file(BytesIO(file), "application/octet-stream", as_attachment=True, download_name=name))


def readable(case: Case, application_id: UUID) -> ProtectedIdentity:
    """The identity, for its reader; nothing for anybody else."""
    row, present = identity_of(db.session, case.ad.id, application_id), reader_of_ad(db.session, case.ad)
    if row is None or case.application(application_id) is None:
        abort(404)
    reader_id = present.id if present is not None and row.reader_id in (None, present.id) else None
    if not may_open_identity(g.actor, case.standing, reader_id=reader_id, application_id=application_id):
        abort(404)
    return row


def _page(case: Case, row: ProtectedIdentity, form: OpenForm) -> dict[str, Any]:
    try:
        openings = openings_of(db.session, row, reader_id=g.actor.person_id)
    except KeyGone:
        abort(404)
    return {"case": case, "row": row, "form": form, "openings": openings, "current": "recruitments"}


def _who(row: ProtectedIdentity) -> dict[str, Any]:
    key = identity_key(db.session, row, reader_id=g.actor.person_id)
    return {
        "who": key.open_text(place_of("name"), row.name_sealed),
        "contact": key.open_text(place_of("contact"), row.contact_sealed),
    }
