"""/arbete/personer: the people of one's own party or authority; and the buttons beside each, for drift as well."""

from typing import Final
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.forms import put_beside
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.db import db, unit_of_work
from portal.organisations.access import Actor, Role, may_invite_colleagues, may_look_after_people
from portal.organisations.forms import ROLE_NAMES, SHORT_ROLES, InviteForm
from portal.organisations.models import Membership
from portal.organisations.queries import Home, people_of
from portal.organisations.routes.blueprint import organisations
from portal.organisations.services.inviting import (
    AcceptedSince,
    AlreadyColleague,
    AlreadyInvited,
    OwnTelephone,
    end_membership,
    hold,
    invite,
    require_as_shown,
    send_invitation,
    send_recovery,
    somebody_invites_there,
)
from portal.organisations.services.looking_over import RestoredAgain, look_over, mark_of
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.guards import staff

SHOWN: Final = {"invited": False, "accepted": True}  # how a row of the list says whether somebody had said yes


@organisations.get("/arbete/personer")
@staff(may_invite_colleagues)
def people() -> ResponseReturnValue:
    """Colleagues and those invited."""
    return _people_page(_invite_form(home_of(g.actor)))


@organisations.post("/arbete/personer")
@staff(may_invite_colleagues)
@confirmed(Reason.ACCESS)
def invite_colleague() -> ResponseReturnValue:
    """Invite one more."""
    home = home_of(g.actor)
    form = _invite_form(home)
    if not form.validate():
        return _people_page(form), 422
    role = Role(form.role.data) if "role" in form else home.roles[0]
    try:
        with unit_of_work() as session:
            invite(
                session,
                email=str(form.email.data),
                name=str(form.name.data),
                role=role,
                home=home,
                by=g.actor.person_id,
                at=clock.now(),
            )
    except (AlreadyColleague, AlreadyInvited) as refusal:
        put_beside(form, "email", sentence_of(refusal))
        return _people_page(form), 422
    flash(f"Inbjudan är på väg till {form.email.data}.", "good")
    return redirect(url_for("organisations.people"), 303)


@organisations.post("/arbete/personer/<uuid:membership_id>/skicka")
@staff(may_look_after_people)
@confirmed(Reason.ACCESS)
def send_again(membership_id: UUID) -> ResponseReturnValue:
    """Send the invitation again; or, to a colleague, a link to bind the telephone anew."""
    with unit_of_work() as session:
        membership = _theirs(session, membership_id)
        back, by, at = _back(membership), g.actor.person_id, clock.now()
        if not hold(session, membership):
            abort(404)
        try:
            require_as_shown(session, membership, _accepted_on_page())
            if membership.accepted_at is None:
                send_invitation(session, membership=membership, by=by, at=at)
            else:
                send_recovery(session, membership=membership, by=by, by_drift=g.actor.role is Role.DRIFT, at=at)
        except (AcceptedSince, OwnTelephone) as refusal:
            flash(sentence_of(refusal), "stop")
            return back
    flash("Brevet är skickat.", "good")
    return back


@organisations.post("/arbete/personer/<uuid:membership_id>/avsluta")
@staff(may_look_after_people)
@confirmed(Reason.ACCESS)
def end(membership_id: UUID) -> ResponseReturnValue:
    """End the membership, at once."""
    with unit_of_work() as session:
        membership = _theirs(session, membership_id, ended_too=True)
        back, accepted = _back(membership), membership.accepted_at is not None
        try:
            end_membership(
                session,
                membership=membership,
                shown_accepted=_accepted_on_page(),
                by=g.actor.person_id,
                by_drift=g.actor.role is Role.DRIFT,
                at=clock.now(),
            )
        except Refusal as refusal:
            flash(sentence_of(refusal), "stop")
            return back
        left = somebody_invites_there(session, membership)
    ended = "Uppdraget är avslutat. Personen kommer inte in längre."
    if not left:
        ended += " Ingen är kvar där som kan bjuda in andra. Bjud in någon, om det ska fortsätta."
    flash(ended if accepted else "Inbjudan är tillbakatagen. Länken öppnar inget längre.", "good")
    return back


@organisations.post("/arbete/personer/genomgangna")
@staff(may_invite_colleagues)
def people_looked_over() -> ResponseReturnValue:
    """After a restore: they are those they should be, or have been made so."""
    try:
        with unit_of_work() as session:
            look_over(session, actor=g.actor, shown=request.form.get("people_as_of", ""), at=clock.now())
        flash("Tack. Alla är genomgångna.", "good")
    except RestoredAgain as refusal:
        flash(sentence_of(refusal), "stop")
    return redirect(url_for("organisations.people"), 303)


def home_of(actor: Actor) -> Home:
    """Whose people an actor looks after."""
    return Home(actor.party_id, actor.authority_id)


def _theirs(session: Session, membership_id: UUID, *, ended_too: bool = False) -> Membership:
    """The membership, where the actor looks after it; for drift any. Else 404, as for one that is not there."""
    found = session.get(Membership, membership_id)
    if found is None or (found.ended_at is not None and not ended_too):
        abort(404)
    if g.actor.role is not Role.DRIFT and Home(found.party_id, found.authority_id) != home_of(g.actor):
        abort(404)
    return found


def _accepted_on_page() -> bool | None:
    """Whether the row whose button was pressed was of somebody who had said yes; None where the page does not say."""
    return SHOWN.get(request.form.get("shown", ""))


def _back(membership: Membership) -> Response:
    if g.actor.role is not Role.DRIFT:
        return redirect(url_for("organisations.people"), 303)
    home = membership.party_id or membership.authority_id
    if home is None:
        return redirect(url_for("organisations.operators"), 303)
    return redirect(url_for("organisations.people_elsewhere", organisation_id=home), 303)


def _invite_form(home: Home) -> InviteForm:
    form = InviteForm()
    form.role.choices = [SelectChoice(role.value, ROLE_NAMES[role]) for role in home.roles]
    if len(home.roles) == 1:
        del form.role
    return form


def _people_page(form: InviteForm) -> str:
    home = home_of(g.actor)
    own = g.membership.party or g.membership.authority
    return render_template(
        "organisations/people.html",
        people_as_of=own.people_as_of,
        mark=mark_of(own),
        form=form,
        colleagues=people_of(db.session, home),
        roles=SHORT_ROLES,
        actor_id=g.actor.person_id,
        at=clock.now(),
    )
