"""/arbete/parti and /arbete/myndighet: how one's own party or authority looks and what rules it goes by."""

from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.db import db, unit_of_work
from portal.organisations.access import may_change_authority, may_change_party
from portal.organisations.forms import AuthorityRulesForm, PartyRulesForm
from portal.organisations.models import Authority, Party
from portal.organisations.queries import retention_of, retention_rules_of
from portal.organisations.retention import USUAL_MONTHS
from portal.organisations.routes.blueprint import organisations
from portal.organisations.services.founding import NameTaken, Retention, change_authority, change_party
from portal.profiles.faults import BadProfile
from portal.profiles.shelf import profiles
from portal.web.filters import sentence_of
from portal.web.guards import staff

PARTY_FIELDS = ("name", "hue", "controller_name", "data_officer", "group_leader_policy", "elected_policy")


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
    rules = retention_rules_of(db.session, subject.id)
    return render_template("organisations/party.html", form=form, subject=subject, rules=rules)


def authority_page(form: AuthorityRulesForm, subject: Authority) -> str:
    """The page of one authority's rules."""
    rules = retention_rules_of(db.session, subject.id)
    return render_template("organisations/authority.html", form=form, subject=subject, rules=rules)


def _retention(form: PartyRulesForm | AuthorityRulesForm, subject: Party | Authority, basis: str) -> Retention:
    """What was said of it; months and day that were left empty are as they are, and from to-day."""
    present, _ = retention_of(db.session, subject, clock.today())
    months = form.retention_months.data or present or USUAL_MONTHS
    return Retention(months, basis, form.retention_from.data or clock.today())


def party_form(subject: Party) -> PartyRulesForm:
    """The form of one party's look and rules, as they are now."""
    _, rule = retention_of(db.session, subject, clock.today())
    return PartyRulesForm(formdata=None, obj=subject, retention_rule=rule)


def authority_form(subject: Authority, *, blank: bool = False) -> AuthorityRulesForm:
    """The form of one authority's rules, as it is now or as it was sent."""
    form = AuthorityRulesForm()
    if blank:
        _, basis = retention_of(db.session, subject, clock.today())
        form = AuthorityRulesForm(formdata=None, obj=subject, disposal_decision=basis)
    try:
        form.offer(profiles(), subject.profile_key)
    except BadProfile:  # a file that is wrong is said by `portal check`; what is kept can be kept
        form.offer((), subject.profile_key)
    return form


def keep_party(party_id: UUID, back: str) -> ResponseReturnValue:
    """Save the form of a party, whoever may do so."""
    form = PartyRulesForm()
    if not form.validate():
        return party_page(form, db.session.get_one(Party, party_id)), 422
    values: dict[str, Any] = {name: form[name].data or "" for name in PARTY_FIELDS}
    values["retention"] = _retention(form, db.session.get_one(Party, party_id), form.retention_rule.data or "")
    try:
        with unit_of_work() as session:
            change_party(session, party_id=party_id, by=g.actor.person_id, at=clock.now(), **values)
    except NameTaken as refusal:
        put_beside(form, "name", sentence_of(refusal))
        return party_page(form, db.session.get_one(Party, party_id)), 422
    current_app.extensions["assets"].refresh()
    flash("Sparat. Annonser som redan är publicerade behåller det de publicerades med.", "good")
    return redirect(back, 303)


def keep_authority(authority_id: UUID, back: str) -> ResponseReturnValue:
    """Save the form of an authority, whoever may do so."""
    subject = db.session.get_one(Authority, authority_id)
    form = authority_form(subject)
    if not form.validate():
        return authority_page(form, subject), 422
    values = {name: form[name].data or "" for name in ("controller_name", "contact_email", "data_officer")}
    with unit_of_work() as session:
        change_authority(
            session, authority_id=authority_id, profile_key=form.profile_key.data or None,
            retention=_retention(form, subject, form.disposal_decision.data or ""),
            board_first_day=form.board_first_day.data, board_source=form.board_source.data or None,
            by=g.actor.person_id, at=clock.now(), **values,
        )  # fmt: skip
    flash("Sparat.", "good")
    return redirect(back, 303)
