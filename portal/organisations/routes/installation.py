"""/drift: authorities, parties and their first people, for whoever runs the installation. No recruitment is seen."""

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.db import db, unit_of_work
from portal.organisations.access import Role, may_run_installation
from portal.organisations.forms import (
    SHORT_ROLES,
    AuthorityForm,
    DriftInviteForm,
    NewPartyForm,
)
from portal.organisations.models import Authority, Party
from portal.organisations.queries import Home, authorities, disposal_decisions, parties_of, people_of
from portal.organisations.routes.blueprint import organisations
from portal.organisations.routes.look import (
    authority_form,
    authority_page,
    keep_authority,
    keep_party,
    party_form,
    party_page,
)
from portal.organisations.services.founding import add_authority, add_party
from portal.organisations.services.inviting import AlreadyColleague, AlreadyInvited, invite, tell_those_there
from portal.organisations.services.settings import NameTaken
from portal.web.filters import sentence_of
from portal.web.forms import SelectChoice
from portal.web.guards import staff


@organisations.get("/drift")
@staff(may_run_installation)
def installation() -> ResponseReturnValue:
    """Every authority and its parties."""
    return render_template(
        "organisations/installation.html",
        authorities=authorities(db.session),
        parties=parties_of(db.session),
        decisions=disposal_decisions(db.session, clock.today()),
    )


@organisations.get("/drift/myndighet")
@staff(may_run_installation)
def new_authority() -> ResponseReturnValue:
    """The form for a region or municipality."""
    return render_template("organisations/new_authority.html", form=AuthorityForm(formdata=None))


@organisations.post("/drift/myndighet")
@staff(may_run_installation)
def save_new_authority() -> ResponseReturnValue:
    """Add it."""
    form = AuthorityForm()
    if not form.validate():
        return render_template("organisations/new_authority.html", form=form), 422
    try:
        with unit_of_work() as session:
            add_authority(
                session,
                name=str(form.name.data),
                kind=form.kind.data,
                controller_name=str(form.controller_name.data),
                by=g.actor.person_id,
                at=clock.now(),
            )
    except NameTaken as refusal:
        put_beside(form, "name", sentence_of(refusal))
        return render_template("organisations/new_authority.html", form=form), 422
    flash(f"{form.name.data} är tillagd. Lägg till partierna, och bjud in regionens HR.", "good")
    return redirect(url_for("organisations.installation"), 303)


@organisations.get("/drift/parti")
@staff(may_run_installation)
def new_party() -> ResponseReturnValue:
    """The form for a party."""
    return render_template("organisations/new_party.html", form=_party_form(blank=True))


@organisations.post("/drift/parti")
@staff(may_run_installation)
def save_new_party() -> ResponseReturnValue:
    """Add it."""
    form = _party_form()
    if not form.validate():
        return render_template("organisations/new_party.html", form=form), 422
    try:
        with unit_of_work() as session:
            add_party(
                session,
                authority_id=UUID(form.authority.data),
                name=str(form.name.data),
                hue=form.hue.data,
                controller_name=str(form.controller_name.data),
                by=g.actor.person_id,
                at=clock.now(),
            )
    except NameTaken as refusal:
        put_beside(form, "name", sentence_of(refusal))
        return render_template("organisations/new_party.html", form=form), 422
    flash(f"{form.name.data} är tillagt. Bjud in partiets kansli.", "good")
    return redirect(url_for("organisations.invitation_by_drift"), 303)


@organisations.get("/drift/inbjudan")
@staff(may_run_installation)
def invitation_by_drift() -> ResponseReturnValue:
    """The form for an invitation into any home."""
    return render_template("organisations/invite.html", form=_invite_form(blank=True))


@organisations.post("/drift/inbjudan")
@staff(may_run_installation)
@confirmed(Reason.ACCESS)
def send_invitation_by_drift() -> ResponseReturnValue:
    """Send it."""
    form = _invite_form()
    if not form.validate():
        return render_template("organisations/invite.html", form=form), 422
    role, home = _role_and_home(form.role.data)
    by = g.actor.person_id
    try:
        with unit_of_work() as session:
            name, email = str(form.name.data), str(form.email.data)
            invited = invite(session, email=email, name=name, role=role, home=home, by=by, at=clock.now())
            if home != Home():
                tell_those_there(session, membership=invited, at=clock.now())
    except (AlreadyColleague, AlreadyInvited) as refusal:
        put_beside(form, "email", sentence_of(refusal))
        return render_template("organisations/invite.html", form=form), 422
    flash(f"Inbjudan är på väg till {form.email.data}.", "good")
    return redirect(url_for("organisations.installation"), 303)


@organisations.get("/drift/personer")
@staff(may_run_installation)
def operators() -> ResponseReturnValue:
    """Those who run the installation."""
    return _people_page(Home(), "Driften")


@organisations.get("/drift/personer/<uuid:organisation_id>")
@staff(may_run_installation)
def people_elsewhere(organisation_id: UUID) -> ResponseReturnValue:
    """The people of one party or authority."""
    party = db.session.get(Party, organisation_id)
    home = Home(party_id=organisation_id) if party else Home(authority_id=organisation_id)
    organisation = party or db.session.get(Authority, organisation_id) or abort(404)
    return _people_page(home, organisation.name)


@organisations.route("/drift/parti/<uuid:party_id>", methods=["GET", "POST"])
@staff(may_run_installation)
def party_by_drift(party_id: UUID) -> ResponseReturnValue:
    """One party's look and rules."""
    subject = db.session.get(Party, party_id) or abort(404)
    if request.method == "POST":
        return keep_party(party_id, url_for("organisations.installation"))
    return party_page(party_form(subject), subject)


@organisations.route("/drift/myndighet/<uuid:authority_id>", methods=["GET", "POST"])
@staff(may_run_installation)
def authority_by_drift(authority_id: UUID) -> ResponseReturnValue:
    """One authority's rules."""
    subject = db.session.get(Authority, authority_id) or abort(404)
    if request.method == "POST":
        return keep_authority(authority_id, url_for("organisations.installation"))
    return authority_page(authority_form(subject, blank=True), subject)


def _people_page(home: Home, name: str) -> str:
    return render_template(
        "organisations/people.html",
        colleagues=people_of(db.session, home),
        roles=SHORT_ROLES,
        of=name,
        actor_id=g.actor.person_id,
        at=clock.now(),
    )


def _party_form(*, blank: bool = False) -> NewPartyForm:
    form = NewPartyForm(formdata=None) if blank else NewPartyForm()
    form.authority.choices = [SelectChoice(str(row.id), row.name) for row in authorities(db.session)]
    return form


def _invite_form(*, blank: bool = False) -> DriftInviteForm:
    form = DriftInviteForm(formdata=None) if blank else DriftInviteForm()
    parties, choices = parties_of(db.session), []
    for authority in authorities(db.session):
        choices.append(SelectChoice(f"region:{authority.id}", f"{authority.name}: HR och registrator"))
        for party in parties.get(authority.id, []):
            choices.append(SelectChoice(f"kansli:{party.id}", f"{party.name} i {authority.name}: kansli"))
    form.role.choices = [*choices, SelectChoice("drift:", "Portalen: drift")]
    return form


def _role_and_home(chosen: str) -> tuple[Role, Home]:
    role, _, organisation = chosen.partition(":")
    if role == Role.KANSLI:
        return Role.KANSLI, Home(party_id=UUID(organisation))
    return (Role.REGION, Home(authority_id=UUID(organisation))) if role == Role.REGION else (Role.DRIFT, Home())
