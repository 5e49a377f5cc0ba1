"""The page where the office, or whoever decides, proof-reads what each candidate will read."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.audit.queries import last_read_by_candidates
from portal.db import db, unit_of_work
from portal.decisions import services
from portal.decisions.access import may_decide
from portal.decisions.emails import word_mail
from portal.decisions.forms import WordForm, sent_of
from portal.decisions.outcomes import NoCandidate, WordMoved, WordsNotKept
from portal.decisions.queries.words import shown, to_write_to, words_of
from portal.decisions.routes import decisions
from portal.mail.queries import statuses
from portal.refusal import Refusal
from portal.review.meeting.refusals import NamesSomebody
from portal.review.queries.case import Case, load_case
from portal.review.queries.labels import labels_of
from portal.review.queries.others import others_for
from portal.review.routes.blueprint import in_case
from portal.review.routes.named import naming
from portal.swedish_dates import in_words
from portal.web.bodies import takes_everybody
from portal.web.filters import sentence_of
from portal.web.readings import reads

Forms = dict[UUID, WordForm]
TEXT = "-text"  # how the name of a text's field ends, after its candidate's id


@decisions.route("/arbete/rekryteringar/<uuid:ad_id>/besked", methods=["GET", "POST"])
@in_case(may_decide)
@reads("words.read", of="ad_id")
@takes_everybody
def words(case: Case) -> ResponseReturnValue:
    """Every text; the button at the end keeps them as they stand on the page, and marks them as read."""
    page, ad_id = _page(case), case.ad.id
    if request.method != "POST":
        return render_template("decisions/words.html", **page)
    sent = _sent(page["forms"])
    valid = [form.validate() for form in sent.values()]  # each of them, so that every fault is told at once
    if not all(valid):
        return _again(ad_id, sent), 422
    if asked := _naming(case, sent):
        return _again(ad_id, sent, asked), NamesSomebody.status
    try:
        with unit_of_work() as session:
            texts = {id: form.read for id, form in sent.items()}
            kept = services.proofread_all(session, ad_id=ad_id, texts=texts, actor=g.actor, at=clock.now())
    except WordsNotKept as refused:
        return _again(ad_id, sent, refused.faults), refused.status
    if kept is None:
        abort(404)
    if kept:
        are = "besked är korrekturläst" if kept == 1 else "besked är korrekturlästa"
        flash(f"{in_words(kept, neuter=True).capitalize()} {are}.", "good")
    if _edited() and _lost(_page(_fresh(ad_id))["forms"]):
        return _again(ad_id, {})
    return redirect(url_for("decisions.words", ad_id=ad_id), 303)


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/besked/<uuid:application_id>")
@in_case(may_decide)
@takes_everybody
def proofread(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Keep one text as it was read and perhaps changed. What is typed in others stays in them, and is not kept."""
    ad_id, forms = case.ad.id, _page(case)["forms"]
    others = _sent(forms)
    if application_id not in forms:
        typed = not all(other.read.untouched for other in others.values())
        if not typed and not _lost(forms):
            abort(404)
        return _again(ad_id, others, refused=NoCandidate() if typed else None), NoCandidate.status
    form = others.pop(application_id, None) or WordForm(application_id)
    if not form.validate():
        return _again(ad_id, {application_id: form, **others}), 422
    asked = _naming(case, {application_id: form}).get(application_id)
    refused = asked or _proofread(ad_id, application_id, form)
    if refused is not None:
        return _again(ad_id, {application_id: form, **others}, {application_id: refused}), refused.status
    if all(other.read.untouched for other in others.values()) and not _lost(forms):
        flash("Beskedet är korrekturläst.", "good")
        return redirect(url_for("decisions.words", ad_id=ad_id, _anchor=f"b-{application_id}"), 303)
    flash("Beskedet är korrekturläst. Det du har ändrat i andra texter står kvar, men är inte sparat än.", "good")
    return _again(ad_id, others)


def _proofread(ad_id: UUID, application_id: UUID, form: WordForm) -> Refusal | None:
    """Keep it. What it was refused for; None where it was kept."""
    try:
        with unit_of_work() as session:
            kept = services.proofread_word(
                session, ad_id=ad_id, application_id=application_id, text=form.read.text, seen=form.read.seen,
                actor=g.actor, at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        return refusal
    if kept is None:
        abort(404)
    return None


def _naming(case: Case, sent: Forms) -> dict[UUID, Refusal]:
    """Of the texts that somebody has typed, those that name somebody in a blind review: each is asked about first."""
    typed = {id: form.read.text for id, form in sent.items() if not form.read.untouched}
    return {id: asked for id, text in typed.items() if (asked := naming(case, "Beskedet", text))}


def _sent(forms: Forms) -> Forms:
    """The texts that the page has sent, of those that the person may see."""
    return {id: WordForm(id) for id, form in forms.items() if form.text.name in request.form}


def _edited() -> Forms:
    """The texts that were sent, each from a page that showed it, and are not as they were shown; whoever they are of."""
    forms = {id: WordForm(id) for id in sent_of(request.form, TEXT)}
    return {id: form for id, form in forms.items() if form.seen.data and form.text.data and not form.read.untouched}


def _lost(forms: Forms) -> list[WordForm]:
    """What was typed of somebody who has no place on the page any more: they have taken the application back, or the person
    has said since that they have jäv."""
    return [form for id, form in _edited().items() if id not in forms]


def _again(
    ad_id: UUID, sent: Forms, faults: Mapping[UUID, Refusal] | None = None, refused: Refusal | None = None
) -> str:
    """The page with what was typed still in it, and each fault beside its own text; ``refused`` is nobody's there."""
    page, told = _page(_fresh(ad_id)), faults or {}
    forms: Forms = page["forms"]
    for id in sent.keys() & forms.keys():
        form = sent[id]
        if form.read.untouched and not form.errors:
            form = forms[id]  # nothing was typed: what stands is shown
        elif id in told and not isinstance(told[id], NamesSomebody):
            form.seen.data = forms[id].seen.data  # saved once more it is one's own that holds
        if id in told:
            form.text.errors = [*form.text.errors, sentence_of(told[id])]
        forms[id] = form
    out = {word.application_id for word in page["words"] if word.outcome.released_at}  # they have no field any more
    wrong = [("", sentence_of(refused))] if refused is not None else []
    wrong += [
        (f"b-{id}" if id in out else form.text.id, form.text.errors[0]) for id, form in forms.items() if form.errors
    ]
    page["lost"] = _lost(forms)
    moved, named = (
        {id for id, fault in told.items() if isinstance(fault, kind)} for kind in (WordMoved, NamesSomebody)
    )
    return render_template("decisions/words.html", **page, wrong=wrong, moved=moved, named=named)


def _fresh(ad_id: UUID) -> Case:
    """The case as it stands now; 404 for whom it is shut by now."""
    case = load_case(db.session, ad_id, g.actor)
    if case is None or not may_decide(case.standing):
        abort(404)
    return case


def _page(case: Case) -> dict[str, Any]:
    found = words_of(db.session, case)
    texts = shown(found, list(labels_of(db.session, case, case.listed)))
    unread = [word for word in found if not word.read and word.outcome.released_at is None]
    waiting = [word for word in texts if word.outcome.released_at is None]
    told = [word_mail(word.application_id) for word in texts if word.outcome.released_at is not None]
    mails = statuses(db.session, told)
    ids = [word.application_id for word in texts if word_mail(word.application_id) in mails]
    read = last_read_by_candidates(db.session, case.ad.party_id, "application.read", ids) if ids else {}
    return {
        "ad": case.ad,
        "case": case,
        "words": texts,
        "forms": {
            word.application_id: WordForm(
                word.application_id, formdata=None, data={"text": word.text, "seen": word.version}
            )
            for word in texts
        },
        "mails": {word.application_id: mails.get(word_mail(word.application_id)) for word in texts},
        "opened": {id: mails[word_mail(id)].since(read.get(id)) for id in ids},
        "unreached": to_write_to(db.session, case),
        "unread": [word for word in waiting if not word.read],
        **_hidden(case, {word.application_id for word in unread} - {word.application_id for word in texts}),
        "missing": len(case.applications) - len(found),
        "current": "recruitments",
    }


def _hidden(case: Case, waiting: set[UUID]) -> dict[str, Any]:
    """Of the words that nobody has read and the person does not see: who reads how many, and how many wait for an answer."""
    left = waiting & case.standing.conflicts
    asked = waiting & {row.id for row in case.unanswered_to_decide} - left
    return {
        "left_to": Counter(others_for(db.session, case, left).values()),
        "to_answer": len(asked),
        "shut": len(waiting - left - asked),  # by the phase, or until it is masked
        "office": case.standing.office,
    }
