"""Letters to print: the question of consent before an application to a party counts, and the private link after; and
the form that was signed."""

from io import BytesIO
from uuid import UUID

from flask import abort, g, render_template, send_file
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications import consent
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.applications.services.sending import private_token
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.intake.access import may_register, may_see_registered
from portal.intake.models import Intake
from portal.intake.queries import FORM, Begun, finished
from portal.intake.routes.blueprint import ONE, intake, of_begun, published
from portal.intake.services import ENDINGS, note_printed
from portal.posts.employer_model import Employer, model_for
from portal.review.queries.case import Case
from portal.review.routes.blueprint import in_case
from portal.vault.keystore import KeyGone
from portal.web.addresses import absolute
from portal.web.headers import shut
from portal.web.readings import reads


@intake.get(f"{ONE}/samtycke")
@of_begun
@reads("registration.read", of="application_id")
def consent_letter(case: Case, found: Begun) -> ResponseReturnValue:
    """The question of consent, with room to sign."""
    ad, application = published(case), found.application
    if not model_for(Employer(ad.employer)).consent_required:
        abort(404)
    name = key_of(application).open_text("application.name", application.name_sealed or b"")
    sentence = consent.SENTENCE % consent.said_of(ad.content)
    return render_template(
        "intake/consent_letter.html",
        case=case,
        title=ad.content["title"],
        sender=_sender(ad),
        row=found.intake,
        name=name,
        sentence=sentence,
        version=consent.VERSION,
        current="recruitments",
    )


@intake.get(f"{ONE}/brev")
@in_case(may_register)
def letter(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The private link of one who has left no address to mail it to. Each showing is logged."""
    row = _shown(case, application_id)
    application = db.session.get(Application, application_id)
    if row is None or application is None:
        abort(404)
    token = private_token(db.session, application)
    if token is None or application.email_sealed is not None or case.application(application_id) is None:
        abort(404)
    try:
        name = key_of(application).open_text("application.name", application.name_sealed or b"")
    except KeyGone:
        abort(404)
    link = absolute("applications.private", language="sv", token=token)
    ad = published(case)
    page = render_template(
        "intake/letter.html", case=case, row=row, name=name, title=ad.content["title"], sender=_sender(ad), link=link,
        arrived_at=application.submitted_at, current="recruitments",
    )  # fmt: skip
    party_id = case.ad.party_id
    with unit_of_work() as session:
        note_printed(session, party_id=party_id, application_id=application_id, actor=g.actor, at=clock.now())
    return page


@intake.get(f"{ONE}/blankett")
@in_case(may_register)
def signed_form(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The form that was signed, as it came, as an attachment only. Each opening is logged."""
    row = _shown(case, application_id)
    application = db.session.get(Application, application_id)
    if row is None or row.form_sealed is None or application is None:
        abort(404)
    try:
        paper = key_of(application).open_bytes(FORM, row.form_sealed)
    except KeyGone:
        abort(404)
    kind = next(ending for begins, ending in ENDINGS.items() if paper.startswith(begins))
    who = person_actor(g.actor.person_id)
    record_reading(
        chain=case.ad.party_id, at=clock.now(), actor=who, verb="consent.form_read", object_id=application_id
    )
    name = f"samtycke.{kind}"
    return shut(send_file(BytesIO(paper), "application/octet-stream", as_attachment=True, download_name=name))


def _sender(ad: PublishedAd) -> str:
    """Who writes, as the ad says it: the party, where its post is."""
    return f"{ad.content['party']['name']}, {ad.content['authority_name']}"


def _shown(case: Case, application_id: UUID) -> Intake | None:
    row = finished(db.session, case.ad.id, application_id)
    own = row is not None and row.finished_by == g.actor.person_id
    return row if may_see_registered(case.standing, application_id, own=own) else None
