"""The page where the office proof-reads what each candidate will read."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.audit.queries import last_read_by_candidates
from portal.db import db, unit_of_work
from portal.decisions import services
from portal.decisions.emails import word_mail
from portal.decisions.forms import WordForm
from portal.decisions.outcomes import WordMoved
from portal.decisions.queries.words import shown, words_of
from portal.decisions.routes import decisions
from portal.mail.queries import statuses
from portal.organisations.access import may_run_recruitment
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.queries.case import load_case
from portal.review.queries.labels import labels_of
from portal.swedish_dates import in_words
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.readings import reads


@decisions.route("/arbete/rekryteringar/<uuid:ad_id>/besked", methods=["GET", "POST"])
@staff(may_run_recruitment)
@reads("words.read", of="ad_id")
def words(ad_id: UUID) -> ResponseReturnValue:
    """Every text; the button at the end marks those that the page has shown as read."""
    if request.method != "POST":
        return render_template("decisions/words.html", **_page(ad_id))
    try:
        with unit_of_work() as session:
            marked = services.proofread_all(session, ad_id=ad_id, versions=_versions(), actor=g.actor, at=clock.now())
    except Refusal as refusal:
        return render_template("decisions/words.html", **_page(ad_id), refused=sentence_of(refusal)), refusal.status
    if marked is None:
        abort(404)
    if marked:
        are = "besked är korrekturläst" if marked == 1 else "besked är korrekturlästa"
        flash(f"{in_words(marked, neuter=True).capitalize()} {are}.", "good")
    return redirect(url_for("decisions.words", ad_id=ad_id), 303)


@decisions.post("/arbete/rekryteringar/<uuid:ad_id>/besked/<uuid:application_id>")
@staff(may_run_recruitment)
def proofread(ad_id: UUID, application_id: UUID) -> ResponseReturnValue:
    """Keep one text as it was read and perhaps changed."""
    if application_id not in _page(ad_id)["forms"]:
        abort(404)
    form, refused = WordForm(application_id), None
    if form.validate_on_submit():
        refused = _proofread(ad_id, application_id, form)
        if refused is None:
            flash("Beskedet är korrekturläst.", "good")
            return redirect(url_for("decisions.words", ad_id=ad_id, _anchor=f"b-{application_id}"), 303)
    page, moved = _page(ad_id), application_id if isinstance(refused, WordMoved) else None
    form.seen.data = page["forms"][application_id].seen.data  # saved once more it is one's own that holds
    page["forms"][application_id] = form
    status = 422 if refused is None else refused.status
    return render_template("decisions/words.html", **page, wrong=form, moved=moved), status


def _proofread(ad_id: UUID, application_id: UUID, form: WordForm) -> Refusal | None:
    """Keep it. What it was refused for, which is put beside the text; None where it was kept."""
    try:
        with unit_of_work() as session:
            kept = services.proofread_word(
                session, ad_id=ad_id, application_id=application_id, text=form.text.data or "", seen=form.seen.data or "",
                actor=g.actor, at=clock.now(),
            )  # fmt: skip
    except Refusal as refusal:
        form.text.errors = [*form.text.errors, sentence_of(refusal)]
        return refusal
    if kept is None:
        abort(404)
    return None


def _versions() -> dict[UUID, str]:
    """Which text of which candidate the page showed: "<id> <version>"; what is no such pair is left out."""
    found = {}
    for line in request.form.getlist("seen"):
        id, _, version = line.partition(" ")
        try:
            found[UUID(id)] = version
        except ValueError:
            continue
    return found


def _page(ad_id: UUID) -> dict[str, Any]:
    case = load_case(db.session, ad_id, g.actor)
    if case is None or not may_name_panel(case.standing):
        abort(404)
    found = words_of(db.session, case)
    texts = shown(found, list(labels_of(db.session, case, case.listed)))
    waiting = [word for word in texts if word.outcome.released_at is None]
    told = [word_mail(word.application_id) for word in texts if word.outcome.released_at is not None]
    mails = statuses(db.session, told)
    ids = [word.application_id for word in texts if word_mail(word.application_id) in mails]
    read = last_read_by_candidates(db.session, case.ad.party_id, "application.read", ids) if ids else {}
    return {
        "ad": case.ad,
        "words": texts,
        "forms": {
            word.application_id: WordForm(
                word.application_id, formdata=None, data={"text": word.text, "seen": word.version}
            )
            for word in texts
        },
        "mails": {word.application_id: mails.get(word_mail(word.application_id)) for word in texts},
        "opened": {id: mails[word_mail(id)].since(read.get(id)) for id in ids},
        "unread": [word for word in waiting if not word.read],
        "hidden": len(found) - len(texts),
        "missing": len(case.applications) - len(found),
        "current": "recruitments",
    }
