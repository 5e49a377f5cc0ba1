"""Jäv. Bare names in an order of the assessor's own, with keys that tell nothing of the applications;
and, from the middle of assessing, the one whose papers are open."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.review import services
from portal.review.access import may_answer_about_conflicts, may_assess, may_score
from portal.review.conflicts import GroundMissing, basis_for, grounds_for
from portal.review.forms.assessing import ConflictFoundForm, ConflictsForm
from portal.review.queries.case import Case, Listed
from portal.review.queries.others import Others, others_for
from portal.review.queries.papers import names_of
from portal.review.queries.readers import reader_of_ad
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.shuffle import opaque_key, shuffled_names
from portal.swedish_dates import in_words
from portal.web.readings import reads

MANY = 12  # more names than that are searched rather than read


@review.route("/jav", methods=["GET", "POST"])
@in_case(may_answer_about_conflicts)
@reads("conflicts.read", of="ad_id")
def conflicts(case: Case) -> ResponseReturnValue:
    """All names in one form. Nothing can be opened, and nothing decided, before its answer is given."""
    early = not case.may_be_assessed(clock.now())
    if early and (case.standing.named or not case.standing.office):  # the office meets the names as they come
        return render_template("review/waiting.html", case=case, current="recruitments")
    names, form, ad_id = _names(case), ConflictsForm(), case.ad.id
    if request.method != "POST" or not form.validate():
        return render_template("review/conflicts.html", form=form, **_page(case, names))
    keys, listed = request.form.getlist("conflict"), request.form.getlist("listed")
    ticked = {id: request.form.get(f"ground-{key}", "") for id, (key, _) in names.items() if key in keys}
    missing = _missing_grounds(case, names, ticked)
    if missing:
        asked = request.form.get("asked") == "grounds"
        page = _page(case, names, asking=set(ticked)) | {"said": ticked, "errors": missing if asked else {}}
        return render_template("review/conflicts.html", form=form, **page), 422 if asked else 200
    shown = _hidden(case) | {id: key for id, (key, _) in names.items()}
    with unit_of_work() as session:
        verb = services.declare_conflicts if case.standing.named else services.answer_to_decide
        found = verb(
            session,
            case=fresh(session, ad_id),
            listed={id for id, key in shown.items() if key in listed},
            conflicts=ticked,
            at=clock.now(),
        )
    if found:
        flash(f"{in_words(found).capitalize()} sökande är borta ur dina listor.", "good")
    return redirect(_onward(case), 303)


def _onward(case: Case) -> str:
    """To what the answers open: assessing, the outcomes for the office, or the case for whoever decides alone."""
    if case.standing.named:
        return url_for("review.assess", ad_id=case.ad.id)
    if case.standing.office:
        return url_for("decisions.outcome", ad_id=case.ad.id)
    return url_for("desk.case", ad_id=case.ad.id)


@review.route("/bedom/<uuid:application_id>/jav", methods=["GET", "POST"])
@in_case(may_assess)
def conflict_found(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Jäv found while reading. The page names nobody: what the assessor has open may be without a name."""
    form, ad_id = ConflictFoundForm(), case.ad.id
    if request.method == "POST" and application_id in case.standing.conflicts:
        return redirect(url_for("review.assess", ad_id=ad_id), 303)  # pressed twice
    known = case.application(application_id) is not None and may_score(case.standing, application_id)
    if not known or not case.may_be_assessed(clock.now()):
        abort(404)
    form.offer(grounds_for(_employer(case)))
    if request.method == "POST" and form.validate():
        with unit_of_work() as session:
            services.declare_conflicts(
                session,
                case=fresh(session, ad_id),
                listed={application_id},
                conflicts={application_id: form.ground.data},
                at=clock.now(),
            )
        flash("Den sökande är borta ur dina listor. Det du hade satt räknas inte.", "good")
        return redirect(url_for("review.assess", ad_id=ad_id), 303)
    page = {"case": case, "back": _back(case, application_id), "basis": basis_for(_employer(case))}
    page["others"] = _others(case, [application_id])
    status = 422 if form.errors else 200
    return render_template("review/conflict_found.html", form=form, **page, current="recruitments"), status


def _back(case: Case, application_id: UUID) -> str:
    """The page one came from, or the first of this candidate's."""
    criteria = [row.id for row in criteria_of(db.session, case.ad.id)]
    came_from = next((id for id in criteria if str(id) == request.args.get("fran")), criteria[0])
    return url_for("review.score", ad_id=case.ad.id, application_id=application_id, criterion_id=came_from)


def _names(case: Case) -> dict[UUID, tuple[str, str]]:
    """Key and name by application, of those asked of whom the person has not declared jäv for."""
    assert case.own_id is not None
    open_rows = [row for row in _open_rows(case) if not row.protected]
    own, names = case.own_id, names_of(db.session, open_rows)
    return {id: (opaque_key(own, id), names[id]) for id in shuffled_names(own, names)}


def _hidden(case: Case) -> dict[UUID, str]:
    """Key by application of those under a code name: no name of theirs is known, so they are answered for with the page."""
    assert case.own_id is not None
    return {row.id: opaque_key(case.own_id, row.id) for row in _open_rows(case) if row.protected}


def _open_rows(case: Case) -> list[Listed]:
    return [row for row in case.asked_to_decide if row.id not in case.standing.conflicts]


def _missing_grounds(case: Case, names: Mapping[UUID, tuple[str, str]], ticked: Mapping[UUID, str]) -> dict[UUID, str]:
    known = {ground.key for ground in grounds_for(_employer(case))}
    return {id: GroundMissing(name=names[id][1]).sentence for id, ground in ticked.items() if ground not in known}


def _employer(case: Case) -> Employer:
    return Employer(case.ad.employer or Employer.PARTY)


def _others(case: Case, asking: Collection[UUID]) -> list[Others]:
    """Told to the office beforehand: who else there is for each of these."""
    return list(others_for(db.session, case, asking).values()) if case.standing.office else []


def _page(case: Case, names: Mapping[UUID, tuple[str, str]], asking: Collection[UUID] = frozenset()) -> dict[str, Any]:
    waiting = {row.id for row in case.unanswered_to_decide}
    rows = [{"id": id, "key": key, "name": name} for id, (key, name) in names.items()]
    hidden = _hidden(case)
    reader = reader_of_ad(db.session, case.ad) if hidden else None
    asked_anew = case.blind and bool(waiting) and bool(case.answered_at)
    unanswered = rows if asked_anew else [row for row in rows if row["id"] in waiting]
    return {
        "case": case,
        "unanswered": unanswered,
        "hidden": list(hidden.values()),
        "hidden_waiting": bool(waiting & hidden.keys()),
        "reader": reader.name if reader else "",
        "reads": reader is not None and reader.id == case.person_id,
        "answered": [row for row in rows if row not in unanswered],
        "asked_anew": asked_anew,  # a new name among the others: alone it would be told from a new code name
        "asking": [row for row in rows if row["id"] in asking],
        "others": _others(case, asking),
        "said": {},
        "errors": {},
        "many": MANY,
        "grounds": grounds_for(_employer(case)),
        "basis": basis_for(_employer(case)),
        "current": "recruitments",
    }
