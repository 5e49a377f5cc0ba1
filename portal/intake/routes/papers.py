"""Page two of a registration: the files that came, the consent to a party, and the button that lets it arrive."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import version_in_force
from portal.applications.consent import UNNUMBERED
from portal.applications.forms import FILE_ATTRIBUTES, FILES
from portal.applications.models import Application
from portal.applications.questions import questions_of
from portal.applications.services.drafting import key_of, read_written
from portal.applications.services.papers import NoFileChosen, keep_uploads, remove_own_document, take_in
from portal.applications.services.registering import arrival
from portal.applications.services.sending import look_for_first, prepare_sending
from portal.applications.states import State
from portal.applications.window import NotOpen
from portal.collisions import tried_again
from portal.db import db, unit_of_work
from portal.documents.attachments import AttachmentKind
from portal.documents.queries import documents_of
from portal.documents.reading import Verdict
from portal.documents.services import REFUSED
from portal.intake import services
from portal.intake.forms import ConsentForm, PapersForm
from portal.intake.models import Intake
from portal.intake.queries import FORM_NAME, Begun, begun
from portal.intake.refusals import NotThere, said_to_the_office
from portal.intake.routes.blueprint import ONE, intake, of_begun, published, sentence_or_404
from portal.intake.ways import WAYS, Consent, Way, arrived_at
from portal.posts.employer_model import Employer, model_for
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.routes.blueprint import fresh
from portal.seen import page_marks
from portal.vault.services import ApplicationKey
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, PressForm
from portal.web.readings import reads
from portal.web.shared import seen_by_page

PROPOSED = (
    "Det som kom är registrerat. Adressen har redan en ansökan till tjänsten: den sökande får ett mejl och väljer vilken som "
    "gäller, och tills dess är det den första."
)


@intake.get(ONE)
@of_begun
@reads("registration.read", of="application_id")
def papers(case: Case, found: Begun) -> ResponseReturnValue:
    """What is there so far."""
    return render_template("intake/papers.html", **_page(case, found))


@intake.post(ONE)
@takes_files
@of_begun
def act(case: Case, found: Begun) -> ResponseReturnValue:
    """What one of the page's forms asks for; each says which by its button."""
    asked, _, id = request.form.get("do", "").partition(":")
    ad_id, application_id = case.ad.id, found.application.id
    if asked not in _ACTS:
        return redirect(url_for("intake.papers", ad_id=ad_id, application_id=application_id), 303)
    make_form, do = _ACTS[asked]
    form, fault, status = make_form(), "", 422
    if form.validate():
        try:
            return do(case, found, form, id)
        except Refusal as refusal:
            fault, status = sentence_or_404(refusal), refusal.status
    case = fresh(db.session, ad_id, lock=False)
    again = begun(db.session, ad_id, application_id)
    if again is None:
        return redirect(url_for("intake.begin", ad_id=ad_id), 303)
    return render_template("intake/papers.html", **_page(case, again, form), fault=fault), status


def _save(case: Case, found: Begun, form: PapersForm, slot: str) -> ResponseReturnValue:
    key, ad_id, application_id = key_of(found.application), case.ad.id, found.application.id
    attachments = sum(row.slot == "attachment" for row in documents_of(db.session, application_id))
    files = {name: file for name, file in form.chosen_files().items() if name == slot}
    if not files:
        raise NoFileChosen
    uploads = take_in(files, key=key, attachments=attachments)
    for refused in uploads.refused.values():
        raise refused
    with unit_of_work() as session:
        row = _again(session, ad_id, application_id)
        keep_uploads(
            session, application=row.application, uploads=uploads, at=clock.now(),
            attachment_kind=form.kind_of_attachment(),
        )  # fmt: skip
    for refused in uploads.refused.values():
        raise refused
    return _to_page(ad_id, application_id)


def _remove(case: Case, found: Begun, _form: PressForm, id: str) -> ResponseReturnValue:
    ad_id, application_id = case.ad.id, found.application.id
    try:
        document_id = UUID(id)
    except ValueError:
        return _to_page(ad_id, application_id)
    with unit_of_work() as session:
        row = _again(session, ad_id, application_id)
        remove_own_document(session, application=row.application, document_id=document_id, at=clock.now())
    return _to_page(ad_id, application_id)


def _consent(case: Case, found: Begun, form: ConsentForm, _id: str) -> ResponseReturnValue:
    key, ad_id, application_id = key_of(found.application), case.ad.id, found.application.id
    file = form.form_file.data
    name, paper = (file.filename or "blankett", file.read()) if file else ("", b"")
    assert form.consent_day.data is not None
    agreed = services.Agreed(form.consent.data, form.consent_day.data, name, paper, form.wording.data or "")
    with unit_of_work() as session:
        services.note_consent(
            session, ad_id=ad_id, application_id=application_id, key=key, agreed=agreed, at=clock.now(),
            seen=seen_by_page(),
        )  # fmt: skip
    return _to_page(ad_id, application_id)


def _finish(case: Case, found: Begun, _form: PressForm, _id: str) -> ResponseReturnValue:
    ad_id, application_id = case.ad.id, found.application.id
    by_mail = found.application.email_sealed is not None
    prepared = prepare_sending(db.session, found.application)

    def proposed() -> bool:
        looked = look_for_first(prepared)
        with unit_of_work() as session:
            again = fresh(session, ad_id)
            ad = version_in_force(session, ad_id) or published(again)
            made = services.finish_intake(session, case=again, ad=ad, prepared=looked, actor=g.actor, at=clock.now())
            return made.state == State.PROPOSAL

    if tried_again(proposed):
        flash(PROPOSED, "good")
        return redirect(url_for("review.candidates", ad_id=ad_id), 303)
    if by_mail:
        flash("Ansökan är registrerad. Den sökande får ett mejl med länken till sin egen sida.", "good")
        return redirect(url_for("review.candidates", ad_id=ad_id), 303)
    flash("Ansökan är registrerad. Skriv ut brevet och skicka det till den sökande.", "good")
    return redirect(url_for("intake.letter", ad_id=ad_id, application_id=application_id), 303)


_ACTS: dict[str, tuple[type[HouseForm], Callable[..., ResponseReturnValue]]] = {
    "save": (PapersForm, _save),
    "remove": (PressForm, _remove),
    "consent": (ConsentForm, _consent),
    "finish": (PressForm, _finish),
}


def _again(session: Any, ad_id: UUID, application_id: UUID) -> Begun:
    found = begun(session, ad_id, application_id)
    if found is None:
        raise NotThere
    return found


def _to_page(ad_id: UUID, application_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("intake.papers", ad_id=ad_id, application_id=application_id), 303)


def _page(case: Case, found: Begun, sent: HouseForm | None = None) -> dict[str, Any]:
    row, application = found
    key, ad = key_of(application), published(case)
    assert case.ad.published_at is not None
    try:
        late = arrival(ad, arrived_at(row.arrived_on, published_at=case.ad.published_at, at=clock.now())) == State.LATE
        shut = ""
    except NotOpen as refusal:
        late, shut = False, sentence_of(said_to_the_office(refusal))
    documents = _documents(application, key)
    return {
        "case": case,
        "row": row,
        "way": WAYS[Way(row.way)],
        "late": late,
        "shut": shut,
        "name": key.open_text("application.name", application.name_sealed or b""),
        "email": key.open_text("application.email", application.email_sealed) if application.email_sealed else "",
        "documents": documents,
        "any": any(documents.values()),
        "answered": sum(map(bool, read_written(db.session, application, key).replies.values())),
        "asked": len(questions_of(ad.content)),
        "marks": page_marks({"consent": services.noted_consent(row)}),
        "by_party": model_for(Employer(ad.employer)).consent_required,
        "agreed_by_form": row.consent == Consent.FORM,
        "form_name": key.open_text(FORM_NAME, row.form_name_sealed) if row.form_name_sealed else "",
        "form": sent if isinstance(sent, PapersForm) else PapersForm(formdata=None),
        "consent_form": sent
        if isinstance(sent, ConsentForm)
        else ConsentForm(formdata=None, data={"wording": _wording(application, row)}),
        "sent": sent if sent is not None and sent.errors else None,
        "file_attributes": FILE_ATTRIBUTES,
        "current": "recruitments",
    }


def _wording(application: Application, row: Intake) -> str | None:
    """Which sentence stands on the form that is noted; None where none is."""
    return (application.consent_version or UNNUMBERED) if row.consent == Consent.FORM else None


def _documents(application: Application, key: ApplicationKey) -> dict[str, list[dict[str, Any]]]:
    """What is there, by slot."""
    documents: dict[str, list[dict[str, Any]]] = {slot: [] for slot in FILES}
    for document in documents_of(db.session, application.id):
        name = key.open_text("document.name", document.name_sealed)
        documents[document.slot].append(
            {
                "id": document.id,
                "name": name,
                "size": document.size,
                "pages": document.page_count,
                "refused": Verdict(document.verdict).text % {"name": name} if document.state == REFUSED else "",
                "kind": AttachmentKind(document.attachment_kind).word if document.attachment_kind else "",
            }
        )
    return documents
