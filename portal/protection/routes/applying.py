"""The way in for whoever must not be known by name: chosen before any name is written, one page, no draft and no mail."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.ads.queries import current_version, current_version_of
from portal.applications import consent
from portal.applications.forms import DocumentsForm, documents_form
from portal.applications.models import Application
from portal.applications.queries import code_names_in
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import published_ad
from portal.applications.routes.opened import opened_at, opened_mark
from portal.applications.routes.shown import closed_page, head, terms
from portal.applications.routes.unkept import unkept
from portal.applications.services.drafting import create_draft_key, key_of_form
from portal.applications.states import State
from portal.applications.window import NotOpen, arrives_as
from portal.collisions import tried_again
from portal.db import db, unit_of_work
from portal.documents.kinds import kind_of, shown_name
from portal.documents.reading import DocumentRefused
from portal.documents.services import seal_letter
from portal.links.models import Purpose
from portal.links.services import follow_link, scope_of_link
from portal.links.tokens import typed_token
from portal.posts.employer_model import Employer, model_for
from portal.protection.forms import ConsentingWhoForm, WhoForm
from portal.protection.given_away import tells_who, ways_to_reach
from portal.protection.queries import has_paper, reader_for
from portal.protection.refusals import LARGEST_PAPER, NoReader, PaperRefused, TakenBack
from portal.protection.routes.blueprint import protection
from portal.protection.services.applying import Told, apply_protected, sent_before
from portal.refusal import N_
from portal.review.blind.code_names import draw
from portal.vault.services import ApplicationKey
from portal.web.addresses import absolute
from portal.web.arrival import arrived_at
from portal.web.bodies import takes_files
from portal.web.filters import sentence_of
from portal.web.guards import Guard, mark
from portal.web.language import language
from portal.web.limits import DRAFTS_PER_NETWORK
from portal.web.one_press import id_made_by
from portal.web.rates import take_of_network, wait

HURRY = N_(
    "Det har kommit många ansökningar från ditt nät den senaste timmen. Det du skrev står kvar: tryck på knappen igen om en "
    "stund, eller på ett annat nät."
)
GIVEN_AWAY = N_(
    "Här står %(found)s, och alla som bedömer läser det. Ta bort det som visar vem du är. Visar det inte det, kryssa i rutan "
    "före knappen."
)
View = Callable[..., Any]


def of_published(view: View) -> View:
    """Anybody, for an ad that was published. No cookie is read or given: nothing on the computer tells of it."""

    @wraps(view)
    def guarded(reference: str) -> Any:
        ad = current_version(db.session, reference)
        if ad is None:
            abort(404)
        return view(ad)

    return mark(guarded, Guard("candidate"))


@protection.route("/annonser/<reference>/ansok/skyddad", methods=["GET", "POST"])
@takes_files
@of_published
def apply(ad: PublishedAd) -> Answer:
    """What happens with the name, and the form; where nobody is named to read, what to do instead."""
    at, posted = arrived_at(), request.method == "POST"
    try:
        return _receive(ad, at) if posted else _offer(ad, at)
    except NotOpen as refusal:
        lost = unkept(ad, None, *_forms(ad)) if posted else {}
        return closed_page(ad, refusal, 422 if posted else 200, None, lost)
    except NoReader:
        return render_template("protection/no_reader.html", ad=head(ad), step=0)


def _offer(ad: PublishedAd, at: datetime) -> Answer:
    late = _comes_late(ad, at, at)
    form, papers = _forms(ad)
    form.opened.data = opened_mark(ad, at)
    return _page(ad, form, papers, late=late)


def _receive(ad: PublishedAd, at: datetime) -> Answer:
    form, papers = _forms(ad)
    application_id = id_made_by(form.form_id.data or "", ad.ad_id)
    scope.act_for(db.session, scope.candidate(application_id))
    late = False
    try:
        token = sent_before(db.session, application_id)
        if token is None:
            opened = opened_at(ad, form.opened.data, at)
            late = _comes_late(ad, at, opened)
            valid = [
                form.validate(),
                papers.validate(),
                _is_complete(ad, papers),
                _takes_paper(form),
                _hides(form, papers),
            ]
            if not all(valid):
                return _page(ad, form, papers, late=late), 422
            if seconds := take_of_network(DRAFTS_PER_NETWORK, "draft from"):
                return wait(_page(ad, form, papers, late=late, refused=gettext(HURRY)), seconds)
            token = _send(ad, form, papers, application_id, at, opened)
    except (NoReader, TakenBack) as refusal:  # what was typed is kept: pressed again later it is another application
        form.form_id.renew()
        return _page(ad, form, papers, late=late, refused=sentence_of(refusal)), refusal.status
    return redirect(url_for("protection.kept", token=token), 303)


def _comes_late(ad: PublishedAd, at: datetime, opened_at: datetime) -> bool:
    """Whether what is sent now is registered as late. Raises `NotOpen` and `NoReader`."""
    arrives = arrives_as(
        at=at, opened_at=opened_at, closes_at=ad.closes_at, withdrawn=ad.withdrawn, ended=ad.ended, employer=ad.employer
    )
    if reader_for(db.session, party_id=ad.party_id, ad_id=ad.ad_id) is None:
        raise NoReader
    return arrives is State.LATE


def _forms(ad: PublishedAd) -> tuple[WhoForm, DocumentsForm]:
    papers = documents_form(ad.content, {}, {})
    if not model_for(Employer(ad.employer)).consent_required:
        return WhoForm(), papers
    form = ConsentingWhoForm()
    form.consent.label.text = gettext(consent.SENTENCE, **consent.said_of(ad.content))
    return form, papers


def _is_complete(ad: PublishedAd, papers: DocumentsForm) -> bool:
    sentences = {
        "letter": gettext("Skriv ett personligt brev, utan namn."),
        "salary": gettext("Skriv ditt löneanspråk i hela kronor per månad."),
    }
    lacking = [name for name in sentences if name in ad.content["documents"] and not (papers[name].data or "").strip()]
    for name in lacking:
        papers[name].errors = [sentences[name]]
    return not lacking


def _hides(form: WhoForm, papers: DocumentsForm) -> bool:
    """Whether nothing that everybody reads has the name that the person has just written, or the like; or they mean it."""
    name, address = form.name.data or "", form.address.data or ""
    ways = (address, *ways_to_reach(f"{address}\n{form.contact.data or ''}"))
    if not name or form.anyway.data:
        form.asks = bool(form.anyway.data)
        return True
    read = [form.background, papers.letter, papers.start, *(papers[f"answer_{one.name}"] for one in papers.questions)]
    told = {field: found for field in read if (found := tells_who(field.data or "", name=name, ways=ways))}
    for field, found in told.items():
        field.errors = [*field.errors, gettext(GIVEN_AWAY, found=", ".join(found))]
    form.asks = bool(told)
    return not told


def _takes_paper(form: WhoForm) -> bool:
    file = form.paper.data
    if not file:
        return True
    paper = file.read(LARGEST_PAPER + 1)
    file.seek(0)
    try:
        kind_of(file.filename or "", paper)
        refused = len(paper) > LARGEST_PAPER
    except DocumentRefused:
        refused = True
    if refused:
        form.paper.errors = [sentence_of(PaperRefused())]
    return not refused


def _send(
    ad: PublishedAd, form: WhoForm, papers: DocumentsForm, application_id: UUID, at: datetime, opened_at: datetime
) -> str:
    """Sealed outside, committed together; what another has done at the same instant is found at the next try."""
    keys = key_of_form(ad, application_id, at=at), create_draft_key(ad, uuid4(), at=at)
    told, spoken, ad_id, party_id = _told(form, papers, keys[0]), language(), ad.ad_id, ad.party_id

    def once() -> str:  # a collision: the same code name was drawn, or the same form sent
        code_name = draw(code_names_in(party_id=party_id, ad_id=ad_id), name=told.name)
        with unit_of_work() as session:
            present = current_version_of(session, ad_id)
            assert present is not None
            return apply_protected(
                session, ad=present, keys=keys, code_name=code_name, told=told, language=spoken, at=at,
                opened_at=opened_at,
            )  # fmt: skip

    return tried_again(once)


def _told(form: WhoForm, papers: DocumentsForm, key: ApplicationKey) -> Told:
    texts, file = papers.texts(), form.paper.data
    typed = [("cv", form.background.data or "", "CV")]
    if texts.get("letter"):
        typed.append(("letter", texts["letter"], "Personligt brev"))
    return Told(
        name=form.name.data or "",
        contact=form.contact.data or "",
        texts=texts,
        replies=papers.replies(),
        documents=[(slot, seal_letter(text, name=name, key=key)) for slot, text, name in typed],
        consented="consent" in form,
        address=form.address.data or "",
        paper_name=shown_name(file.filename or "cv") if file else "",
        paper=file.read() if file else b"",
    )


def _page(ad: PublishedAd, form: WhoForm, papers: DocumentsForm, *, late: bool, refused: str = "") -> str:
    errors = [(one.id, str(one.errors[0])) for one in (*form, *papers) if one.errors and one.name != "csrf_token"]
    return render_template(
        "protection/apply.html", ad=head(ad), step=0, form=form, papers=papers, errors=errors, terms=terms(ad),
        asked=ad.content["documents"], late=late, refused=refused,
    )  # fmt: skip


def of_token(view: View) -> View:
    """Whoever holds the token of a private link itself, before its door: the view is given the application."""

    @wraps(view)
    def guarded(token: str) -> Any:
        link = follow_link(db.session, token, purpose=Purpose.APPLICATION, at=clock.now())
        if link is None:
            abort(404)
        scope.act_for(db.session, scope_of_link(link))
        return view(db.session.get(Application, link.subject_id) or abort(404), token)

    return mark(guarded, Guard("candidate"))


@protection.get("/ansokan/<token>/spara")
@of_token
def kept(application: Application, token: str) -> Answer:
    """The private link in full, to be written down, for whoever has no address that it is sent to. Behind the door only a
    handle stands in its place, which opens nothing on another computer."""
    if not application.protected:
        return redirect(url_for("applications.private", token=token), 303)
    link = absolute("applications.private", language=application.language, token=typed_token(token))
    ad, paper = published_ad(application), has_paper(db.session, application.id)
    page = {"ad": head(ad), "step": 0, "token": token, "link": link, "late": application.state == State.LATE}
    lacks_paper = not paper and "cv" in ad.content["documents"]
    return render_template("protection/kept.html", paper=paper, lacks_paper=lacks_paper, **page)
