"""Känner du någon av dessa? Bare names, in alphabetical order, with keys that tell nothing of the applications."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.posts.employer_model import Employer
from portal.review import services
from portal.review.access import may_assess
from portal.review.conflicts import GroundMissing, basis_for, grounds_for
from portal.review.forms import ConflictsForm
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.shuffle import opaque_key
from portal.swedish_dates import in_words


@review.route("/jav", methods=["GET", "POST"])
@in_case(may_assess)
def conflicts(case: Case) -> ResponseReturnValue:
    """All names in one form. Nothing can be opened before its answer is given."""
    if not case.may_be_assessed(clock.now()):
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
    with unit_of_work() as session:
        found = services.declare_conflicts(
            session,
            case=fresh(session, ad_id),
            listed={id for id, (key, _) in names.items() if key in listed},
            conflicts=ticked,
            at=clock.now(),
        )
    if found:
        flash(f"{in_words(found).capitalize()} sökande är borta ur dina listor.", "good")
    return redirect(url_for("review.assess", ad_id=ad_id), 303)


def _names(case: Case) -> dict[UUID, tuple[str, str]]:
    """Key and name by application, of those whom the person has not declared jäv for."""
    assert case.member is not None
    open_rows = [row for row in case.applications if row.id not in case.standing.conflicts]
    member = case.member.id
    return {id: (opaque_key(member, id), name) for id, name in names_of(db.session, open_rows).items()}


def _missing_grounds(case: Case, names: Mapping[UUID, tuple[str, str]], ticked: Mapping[UUID, str]) -> dict[UUID, str]:
    known = {ground.key for ground in grounds_for(_employer(case))}
    return {id: GroundMissing(name=names[id][1]).sentence for id, ground in ticked.items() if ground not in known}


def _employer(case: Case) -> Employer:
    return Employer(case.ad.employer or Employer.PARTY)


def _page(case: Case, names: Mapping[UUID, tuple[str, str]], asking: Collection[UUID] = frozenset()) -> dict[str, Any]:
    waiting = {row.id for row in case.unanswered}
    rows = [{"id": id, "key": key, "name": name} for id, (key, name) in names.items()]
    return {
        "case": case,
        "unanswered": [row for row in rows if row["id"] in waiting],
        "answered": [row for row in rows if row["id"] not in waiting],
        "asking": [row for row in rows if row["id"] in asking],
        "said": {},
        "errors": {},
        "grounds": grounds_for(_employer(case)),
        "basis": basis_for(_employer(case)),
        "current": "recruitments",
    }
