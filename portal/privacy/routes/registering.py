"""A request that came by letter, telephone or visit: which recruitment, whom it concerns, and what is asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.applications.states import State
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.disclosure.asked import id_of
from portal.organisations.access import Role
from portal.organisations.models import Party
from portal.privacy.access import may_answer_requests
from portal.privacy.rights.forms import BlindRegisterForm, RegisterForm
from portal.privacy.rights.kinds import Kind, Way
from portal.privacy.rights.queries.askers import (
    Asked,
    Asker,
    asker_at,
    askers,
    askers_of_authority,
    recruitments_with_candidates,
)
from portal.privacy.rights.refusals import CameBefore, CameBeforeIt, LeftMeanwhile, NobodyThere
from portal.privacy.rights.services.registering import register_request
from portal.privacy.routes.blueprint import privacy
from portal.refusal import Refusal
from portal.review.access import reads_by_code_name
from portal.review.queries.case import Case, load_case
from portal.review.queries.person import applied_under
from portal.web.filters import day, day_and_time, sentence_of
from portal.web.guards import staff
from portal.web.readings import reads

NEW = "/arbete/begaran/ny"
NO_LONGER: Final = {
    State.WITHDRAWN: "tillbakatagen",
    State.REPLACED: "utbytt",
    State.DECLINED: "valdes bort av den sökande",
}


@privacy.get(NEW)
@staff(may_answer_requests)
@reads("candidates.read")
def new_request() -> ResponseReturnValue:
    """The recruitments to choose from; then the form, with the candidates of one."""
    case = _case() if "annons" in request.args else None
    form = _form(case, filled=False) if case is not None else None
    return _shown(case, form, cases=_recruitments() if case is None else [])


@privacy.post(NEW)
@staff(may_answer_requests)
def register() -> ResponseReturnValue:
    """Register it, and go on to answer it."""
    case = _case()
    form, status = _form(case, filled=True), 422
    if form.validate():
        try:
            by_address = isinstance(form, BlindRegisterForm) and form.address.data
            made = _joined(case, form) if by_address else _registered(form)
            flash("Begäran är registrerad.", "good")
            return redirect(url_for("privacy.asked_for", request_id=made), 303)
        except Refusal as refusal:
            form[refusal.field or "application_id"].errors, status = [sentence_of(refusal)], refusal.status
    return _shown(case, form), status


def _shown(case: Case | None, form: RegisterForm | None, cases: Sequence[Asked] = ()) -> str:
    by_code_name = case is not None and reads_by_code_name(case.standing)
    page = {"case": case, "form": form, "cases": cases, "by_code_name": by_code_name, "current": "todo"}
    return render_template("privacy/new_request.html", **page)


def _registered(form: RegisterForm) -> UUID:
    application_id = form.chosen()
    if application_id is None:
        raise LeftMeanwhile
    return _written(form, application_id)


def _joined(case: Case, form: BlindRegisterForm) -> UUID:
    """Whose it is by the address that whoever asked has told: looked up and never shown, and each look is logged."""
    who, at, address = person_actor(g.actor.person_id), clock.now(), str(form.address.data)
    ad_id, party_id = case.ad.id, case.ad.party_id
    record_reading(chain=party_id, at=at, actor=who, verb="request.asker_sought", object_id=ad_id)
    application_id = asker_at(db.session, _case(), address)
    if application_id is None:
        raise NobodyThere
    try:
        return _written(form, application_id)
    except CameBefore:
        raise CameBeforeIt from None


def _written(form: RegisterForm, application_id: UUID) -> UUID:
    assert form.came_on.data is not None
    with unit_of_work() as session:
        row = register_request(
            session, application_id=application_id, kind=Kind(form.kind.data), text=form.text.data or "",
            way=Way(form.way.data), came_on=form.came_on.data, actor=g.actor, at=clock.now(),
        )  # fmt: skip
        return row.id


def _recruitments() -> list[Asked]:
    own: set[UUID] = set()
    if g.actor.role is Role.KANSLI:
        party = db.session.get_one(Party, g.actor.party_id)
        own = applied_under(db.session, g.actor.person_id, (party.id, party.authority_id))
    return recruitments_with_candidates(db.session, own)


def _case() -> Case:
    """The recruitment that was chosen; to who may not know of it, it is not there."""
    ad_id = id_of(request.args.get("annons"))
    case = load_case(db.session, ad_id, g.actor) if ad_id else None
    if case is None or case.standing.has_applied:
        abort(404)
    return case


def _form(case: Case, *, filled: bool) -> RegisterForm:
    known = askers_of_authority if g.actor.role is Role.REGION else askers
    made = BlindRegisterForm if reads_by_code_name(case.standing) else RegisterForm
    form = made() if filled else made(formdata=None, data={"came_on": clock.today()})
    form.offer(_told_apart(known(db.session, case)))
    return form


def _told_apart(known: Mapping[UUID, Asker]) -> dict[UUID, str]:
    """Each by name; where two are called the same, with when the application came; and what has become of one that counts no
    longer."""
    times = Counter(one.name for one in known.values())
    return {
        id: one.name
        + (f", kom in {(day if one.by_day else day_and_time)(one.came_at)}" if times[one.name] > 1 else "")
        + (f", {NO_LONGER[one.state]}" if one.state in NO_LONGER else "")
        for id, one in known.items()
    }
