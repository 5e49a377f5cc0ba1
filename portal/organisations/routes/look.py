"""/arbete/parti and /arbete/myndighet: how one's own party or authority looks and what rules it goes by."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.db import db, unit_of_work
from portal.organisations.access import may_change_authority, may_change_party
from portal.organisations.forms import AuthorityRulesForm, PartyRulesForm
from portal.organisations.models import Authority, Party
from portal.organisations.queries import retention_of, retention_rules_of
from portal.organisations.retention import in_force
from portal.organisations.routes.blueprint import organisations
from portal.organisations.routes.settings_beside import show_beside, suggested
from portal.organisations.services.settings import (
    AUTHORITY_FIELDS,
    PARTY_FIELDS,
    NameTaken,
    SettingsMoved,
    change_authority,
    change_party,
    saved_texts,
    was_left,
)
from portal.profiles.faults import BadProfile
from portal.profiles.shelf import profiles
from portal.seen import page_marks
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.shared import NOTHING_OWN, seen_by_page


@organisations.get("/arbete/parti")
@staff(may_change_party)
def party() -> ResponseReturnValue:
    """One's own party."""
    return party_page(party_form(g.membership.party), g.membership.party)


@organisations.post("/arbete/parti")
@staff(may_change_party)
def save_party() -> ResponseReturnValue:
    """Save it."""
    return keep_party(g.actor.party_id, url_for("organisations.party"))


@organisations.get("/arbete/myndighet")
@staff(may_change_authority)
def authority() -> ResponseReturnValue:
    """One's own authority."""
    return authority_page(authority_form(g.membership.authority, blank=True), g.membership.authority)


@organisations.post("/arbete/myndighet")
@staff(may_change_authority)
def save_authority() -> ResponseReturnValue:
    """Save it."""
    return keep_authority(g.actor.authority_id, url_for("organisations.authority"))


def party_page(form: PartyRulesForm, subject: Party) -> str:
    """The page of one party's look and rules."""
    return _page("organisations/party.html", form, subject)


def authority_page(form: AuthorityRulesForm, subject: Authority) -> str:
    """The page of one authority's rules."""
    return _page("organisations/authority.html", form, subject)


def _page(template: str, form: PartyRulesForm | AuthorityRulesForm, subject: Party | Authority) -> str:
    """A page that was sent still says what it was opened with; one from before pages did is opened with what is saved."""
    rules = retention_rules_of(db.session, subject.id)
    if form.marks is None:
        form.marks = request.form.get("marks") or page_marks(saved_texts(db.session, subject))
    now = in_force(rules, clock.today())
    return render_template(template, form=form, subject=subject, rules=rules, months=now and now.months)


def party_form(subject: Party) -> PartyRulesForm:
    """The form of one party's look and rules, as they are now."""
    saved = saved_texts(db.session, subject)  # first: what comes between is then asked about once too often, never lost
    _, rule = retention_of(db.session, subject, clock.today())
    form = PartyRulesForm(formdata=None, obj=subject, retention_rule=rule)
    form.marks = page_marks(saved, suggested(saved, form.retention))
    return form


def authority_form(subject: Authority, *, blank: bool = False) -> AuthorityRulesForm:
    """The form of one authority's rules, as it is now or as it was sent."""
    form = AuthorityRulesForm()
    if blank:
        saved = saved_texts(db.session, subject)
        _, basis = retention_of(db.session, subject, clock.today())
        form = AuthorityRulesForm(formdata=None, obj=subject, disposal_decision=basis)
        form.marks = page_marks(saved, suggested(saved, form.retention))
    try:
        form.offer(profiles(), subject.profile_key)
    except BadProfile:  # a file that is wrong is said by `portal check`; what is kept can be kept
        form.offer((), subject.profile_key)
    return form


def keep_party(party_id: UUID, back: str) -> ResponseReturnValue:
    """Save the form of a party, whoever may do so."""
    form, subject = PartyRulesForm(), db.session.get_one(Party, party_id)
    if not form.validate():
        return party_page(form, subject), 422
    try:
        refused = _keep(partial(change_party, party_id=party_id), form, subject, PARTY_FIELDS)
    except NameTaken as refusal:
        put_beside(form, "name", sentence_of(refusal))
        return party_page(form, subject), 422
    if refused is not None:
        return _not_kept(refused, lambda: party_page(form, subject))
    current_app.extensions["assets"].refresh()
    flash("Sparat. Annonser som redan är publicerade behåller det de publicerades med.", "good")
    return redirect(back, 303)


def keep_authority(authority_id: UUID, back: str) -> ResponseReturnValue:
    """Save the form of an authority, whoever may do so."""
    subject = db.session.get_one(Authority, authority_id)
    form = authority_form(subject)
    if not form.validate():
        return authority_page(form, subject), 422
    emptied = not form.retention.basis and not was_left(seen_by_page(), form.retention)
    if emptied and retention_of(db.session, subject, clock.today())[1]:
        put_beside(form, "disposal_decision", "Beslutet går inte att ta bort. Skriv det som gäller i stället.")
        return authority_page(form, subject), 422
    refused = _keep(partial(change_authority, authority_id=authority_id), form, subject, AUTHORITY_FIELDS)
    if refused is not None:
        return _not_kept(refused, lambda: authority_page(form, subject))
    flash("Sparat.", "good")
    return redirect(back, 303)


def _keep(
    change: Callable[..., None],
    form: PartyRulesForm | AuthorityRulesForm,
    subject: Party | Authority,
    fields: tuple[str, ...],
) -> SettingsMoved | None:
    """Save it; or what another has saved meanwhile stands beside it, and the page is to ask. Raises `NameTaken`."""
    seen = seen_by_page()
    values: dict[str, Any] = {name: "" if form[name].data is None else form[name].data for name in fields}
    try:
        with unit_of_work() as session:
            change(session, values=values, retention=form.retention, by=g.actor.person_id, at=clock.now(), seen=seen)
    except SettingsMoved as moved:
        show_beside(form, subject, moved.written, seen)
        form.moved = sentence_of(moved)
        return moved
    return None


def _not_kept(moved: SettingsMoved, page: Callable[[], str]) -> ResponseReturnValue:
    """The page with what another has saved; where it has nothing of its own to save, that stands."""
    if moved.asks:
        return page(), moved.status
    flash(NOTHING_OWN, "note")
    return redirect(request.path, 303)
