"""The office's side: which candidates have written, one candidate's letterbox, the answer."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import current_version_of
from portal.applications.models import Application
from portal.applications.queries import hears_that_something_waits, taken_back
from portal.applications.services.changing import open_for_changes
from portal.applications.states import State
from portal.db import db, unit_of_work
from portal.letterbox import services
from portal.letterbox.access import may_keep_letterbox, may_read_letterbox
from portal.letterbox.forms import WriteForm
from portal.letterbox.queries import boxes_in, messages_of, opened, shut_to_all, silent_in, told_by_mail
from portal.letterbox.receipts import Sender
from portal.letterbox.refusals import LetterCame
from portal.letterbox.routes.blueprint import letterbox
from portal.refusal import Refusal
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import labels_of
from portal.review.routes.blueprint import fresh, in_case
from portal.vault.keystore import KeyGone
from portal.vault.services import open_application_key
from portal.web.filters import sentence_of
from portal.web.readings import reads, shows_nobody

CASE = "/arbete/rekryteringar/<uuid:ad_id>/brev"
ONE = f"{CASE}/<uuid:application_id>"
ABOUT_A_FILE = "fil"
UNNAMED = "en sökande utan kodnamn"  # of a blind review that has ended, by whoever assessed in it
CANNOT_BE_READ, REGARDS = (
    "Hej!\n\nEn av filerna i din ansökan går inte att läsa hos oss.",
    "Vänliga hälsningar\nKansliet",
)
SEND_ANEW = (
    "Kan du skicka den en gång till, helst som PDF? Välj Ändra handlingar och svar på din privata sida. Det går till och med "
    "sista ansökningsdag."
)
TELL_OF_IT = (  # nobody can put a file in its place by then, and a contact person may be one of those who assess
    "Den går inte att byta ut nu. Kan du skriva här i brevlådan vad som stod i den?"
)


@letterbox.get(CASE)
@in_case(may_keep_letterbox)
@reads("messages.read", of="ad_id")
def boxes(case: Case) -> ResponseReturnValue:
    """The candidates who have written or been written to, those who wait first. Nothing of what is written."""
    rows = {row.id: row for row in case.applications if may_read_letterbox(case.standing, row.id, over=case.over)}
    every = boxes_in(db.session, case.ad.id)
    found = [box for box in every if box.application_id in rows]
    silent = silent_in(db.session, case.ad.id, told=(case.closes_at, case.ad.withdrawn_at), at=clock.now())
    silent = {id: days for id, days in silent.items() if id in rows and not case.over}
    names = labels_of(db.session, case, [rows[id] for id in {*silent, *(box.application_id for box in found)}])
    known = [
        (box, names.get(box.application_id) or UNNAMED) for box in found if case.over or box.application_id in names
    ]
    shut = {box.application_id for box in every} - rows.keys() - case.standing.conflicts
    return render_template(
        "letterbox/boxes.html",
        case=case,
        rows=known,
        shut=len(shut),
        colleague=not shut_to_all(db.session, case.ad.party_id, shut, but=g.actor.person_id),
        silent=[(id, names[id], days) for id, days in silent.items() if id in names],
        current="recruitments",
    )


@letterbox.get(ONE)
@in_case(may_keep_letterbox)
@reads("message.read", of="application_id")
def box(case: Case, application_id: UUID) -> ResponseReturnValue:
    """One candidate's letterbox. To show it is to have read it, and is logged."""
    application = _readable(case, application_id)
    proposed = {"text": _about_a_file(case, application)} if request.args.get("om") == ABOUT_A_FILE else None
    return _shown(case, application, WriteForm(formdata=None, data=proposed))


@letterbox.post(ONE)
@in_case(may_keep_letterbox)
def answer(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Write to the candidate."""
    form, fault, status, ad_id = WriteForm(), "", 422, case.ad.id
    if (gone := _taken_back(case, application_id, form)) is not None:
        return gone
    application = _readable(case, application_id)
    if form.validate():
        try:
            with unit_of_work() as session:
                services.write_to_candidate(
                    session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id,
                    text=form.text.data or "", at=clock.now(), seen=request.form.get("seen"),
                )  # fmt: skip
            flash("Brevet är skickat.", "good")
            return redirect(url_for("letterbox.box", ad_id=ad_id, application_id=application_id), 303)
        except Refusal as refusal:
            fault, status = _sentence(refusal), refusal.status
    return _shown(fresh(db.session, ad_id, lock=False), application, form, fault=fault), status


@letterbox.post(f"{ONE}/klart")
@in_case(may_keep_letterbox)
def settle(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Say that what waits needs no answer."""
    _readable(case, application_id)
    ad_id = case.ad.id
    try:
        with unit_of_work() as session:
            services.settle_messages(
                session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id, at=clock.now(),
                seen=request.form.get("seen"),
            )  # fmt: skip
    except LetterCame as refusal:
        flash(_sentence(refusal), "stop")
        return redirect(url_for("letterbox.box", ad_id=ad_id, application_id=application_id), 303)
    except Refusal as refusal:
        flash(_sentence(refusal), "stop")
    return redirect(url_for("letterbox.boxes", ad_id=ad_id), 303)


def _about_a_file(case: Case, listed: Listed) -> str:
    """The letter that is proposed, with what its candidate can do."""
    ad, application = current_version_of(db.session, case.ad.id), db.session.get_one(Application, listed.id)
    may_send = ad is not None and open_for_changes(application, ad, clock.now())
    return f"{CANNOT_BE_READ} {SEND_ANEW if may_send else TELL_OF_IT}\n\n{REGARDS}"


def _taken_back(case: Case, application_id: UUID, form: WriteForm) -> ResponseReturnValue | None:
    """A letter to whoever has taken their application back meanwhile, or sent another in its place, is shown to be copied; to
    anybody of whom there was nothing to read here, the page that is not there."""
    if case.application(application_id) is not None or application_id in case.standing.conflicts:
        return None
    row = taken_back(db.session, application_id)  # also what is kept sealed
    if row is None or row.ad_id != case.ad.id or row.state not in (State.WITHDRAWN, State.REPLACED):
        return None
    shows_nobody()
    typed = [(str(form.text.label.text), (form.text.data or "").splitlines())]
    what = {"replaced": row.state == State.REPLACED, "ran_out": row.ran_out}
    page = render_template("letterbox/gone.html", case=case, typed=typed, current="recruitments", **what)
    return page, 409


def _readable(case: Case, application_id: UUID) -> Listed:
    application = case.application(application_id)
    if application is None or not may_read_letterbox(case.standing, application_id, over=case.over):
        abort(404)
    return application


def _sentence(refusal: Refusal) -> str:
    if refusal.status == 404:
        abort(404)
    return sentence_of(refusal)


def _shown(case: Case, application: Listed, form: WriteForm, fault: str = "") -> str:
    """The page; the letters on it have been read, and their candidate sees when."""
    application_id, holds = application.id, _page(case, application, form)
    shown = [one.id for one in holds["messages"]]
    page = render_template("letterbox/box.html", **holds, fault=fault)
    with unit_of_work() as session:
        services.note_opened(session, application_id=application_id, reader=Sender.OFFICE, at=clock.now(), shown=shown)
    return page


def _page(case: Case, application: Listed, form: WriteForm) -> dict[str, Any]:
    place = {"application_id": application.id, "controller_id": application.controller_id}
    try:
        key = open_application_key(db.session, **place)
    except KeyGone:
        abort(404)
    written, row = messages_of(db.session, application.id), db.session.get_one(Application, application.id)
    messages = opened(db.session, key, written)
    return {
        "case": case,
        "application": application,
        "name": labels_of(db.session, case, [application]).get(application.id, UNNAMED),
        "messages": list(reversed(messages)),
        "seen": services.newest(written),
        "waits": any(one.waits for one in messages),
        "told": told_by_mail(db.session, row),
        "told_it_waits": hears_that_something_waits(db.session, row),
        "form": form,
        "current": "recruitments",
    }
