"""Krav first: the evidence side by side, and a person's decision that a candidate falls on one or goes on."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.audit.services import Entry, person_actor, record_readings
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_drop, may_try_requirements
from portal.review.forms.deciding import RequirementForm, TakeBackForm
from portal.review.heat import initials
from portal.review.joint import Assessor
from portal.review.marking import marked, stems_of
from portal.review.meeting.refusals import NamesSomebody
from portal.review.paging import Paged, page_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import in_list_order, labels_of
from portal.review.queries.masked import shown_answers
from portal.review.queries.papers import Said
from portal.review.queries.requirements import decisions_about, standing_decisions
from portal.review.queries.scores import Statements, Vote, seen_statements
from portal.review.requirements import Decision, krav_first, read_ruling
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.named import naming
from portal.review.routes.words import seen_by_whoever_decides
from portal.review.steps import words_of
from portal.review.wording import short_name
from portal.web.addresses import addresses_of
from portal.web.filters import sentence_of
from portal.web.readings import reads

READ = "answers.read"


class Cell(NamedTuple):
    """One krav of one candidate: what is known of it, and where it is decided."""

    krav: str
    answer: Said | None
    said: str
    decision: Decision | None
    href: str


@review.get("/krav")
@in_case(may_try_requirements)
@reads("requirements.read", of="ad_id")
def requirements(case: Case) -> ResponseReturnValue:
    """Each candidate with each krav, in the order of lists. The answers shown are logged as opened."""
    if not case.may_be_assessed(clock.now()):
        return render_template("review/requirements.html", case=case, rows=None, unmasked=0, current="recruitments")
    rows_open = in_list_order(case, [row for row in case.listed if may_drop(case.standing, row.id)])
    page = page_of(rows_open, request.args.get("sida", ""))
    names = labels_of(db.session, case, page.rows)
    krav = _krav(case)
    rows = [(row, names[row.id], cells) for row, cells in _evidence(case, page, krav) if row.id in names]
    answer = render_template(
        "review/requirements.html",
        case=case,
        rows=rows,
        page=page,
        pages=page.numbers(lambda number: url_for("review.requirements", ad_id=case.ad.id, sida=number)),
        hrefs=addresses_of("review.candidate", "application_id", names, ad_id=case.ad.id),
        sees=seen_by_whoever_decides(case),
        unmasked=_unmasked(case),
        current="recruitments",
    )
    _log(case, list(names) if krav else [])
    return answer


def _unmasked(case: Case) -> int:
    """How many of a blind review are left out until they are masked; those with jäv are not counted."""
    if not case.blind:
        return 0
    return sum(
        row.masked_at is None and row.called_at is None and row.id not in case.standing.conflicts
        for row in case.applications
    )


def _krav(case: Case) -> list[AdCriterion]:
    return krav_first([row for row in criteria_of(db.session, case.ad.id) if row.kind == "krav"])


def _evidence(case: Case, page: Paged[Listed], krav: Sequence[AdCriterion]) -> list[tuple[Listed, list[Cell]]]:
    answers = shown_answers(db.session, case, page.rows, [row.id for row in krav])
    seen = seen_statements(db.session, case, clock.now(), [row.id for row in page.rows])
    decided, heads = standing_decisions(db.session, case.ad.id), _heads(seen)
    names = [(row, short_name(row.text, 60)) for row in krav]
    found = []
    for one in page.rows:
        hrefs = addresses_of(
            "review.requirement", "criterion_id", [row.id for row in krav], ad_id=case.ad.id, application_id=one.id
        )
        cells = [
            Cell(
                name,
                answers.get((one.id, row.id)),
                ", ".join(f"{heads[member]}\u00a0{words}" for member, words in _said(seen, one.id, row)),
                decided.get((one.id, row.id)),
                hrefs[row.id],
            )
            for row, name in names
        ]
        found.append((one, cells))
    return found


def _heads(seen: Statements) -> dict[UUID, str]:
    people = [Assessor(member.id, member.person.name, own=False) for member in seen.members]
    return {one.id: head for one, head in zip(people, initials(people), strict=True)}


def _said(seen: Statements, application_id: UUID, criterion: AdCriterion) -> list[tuple[UUID, str]]:
    """What the assessors whom the viewer may see have said of one krav, in words."""
    votes: list[tuple[UUID, Vote | None]] = [
        (member.id, seen.votes.get((member.id, application_id, criterion.id))) for member in seen.members
    ]
    return [(member, _words(criterion, vote)) for member, vote in votes if vote is not None]


def _words(criterion: AdCriterion, vote: Vote) -> str:
    return words_of(criterion.judged, vote.step, vote.present).lower() or "kan inte bedöma"


@review.get("/krav/<uuid:application_id>/<uuid:criterion_id>")
@in_case(may_try_requirements)
@reads(READ, of="application_id")
def requirement(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """One krav of one candidate: all that is known, what has been decided before, and the decision."""
    application, criterion = _place(case, application_id, criterion_id)
    return _shown(case, application, criterion)


@review.post("/krav/<uuid:application_id>/<uuid:criterion_id>")
@in_case(may_try_requirements)
def decide_requirement(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Falls, or goes on: a person's decision with its reason."""
    application, criterion = _place(case, application_id, criterion_id)
    ad_id, form = case.ad.id, RequirementForm()
    if form.validate():
        try:
            ruling = read_ruling(form.result.data or "")
            if asked := naming(case, "Skälet", form.reason.data or ""):
                raise asked
            with unit_of_work() as session:
                services.decide_requirement(
                    session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id,
                    criterion_id=criterion_id, ruling=ruling, reason=form.reason.data or "", at=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            return _refused(ad_id, application, criterion_id, refusal, form=form)
        flash("Beslutet är sparat. Det går att ta tillbaka tills den sökande har fått besked.", "good")
        return redirect(url_for("review.requirements", ad_id=ad_id), 303)
    return _shown(case, application, criterion, form=form), 422


@review.post("/krav/<uuid:application_id>/<uuid:criterion_id>/ta-tillbaka")
@in_case(may_try_requirements)
def take_back_requirement(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """The decision no longer holds; why is kept beside it."""
    application, criterion = _place(case, application_id, criterion_id)
    ad_id, form = case.ad.id, TakeBackForm()
    if form.validate():
        try:
            if asked := naming(case, "Skälet", form.reason.data or ""):
                raise asked
            with unit_of_work() as session:
                services.take_back_decision(
                    session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id,
                    criterion_id=criterion_id, reason=form.reason.data or "", at=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            return _refused(ad_id, application, criterion_id, refusal, back=form)
        flash("Beslutet är tillbakataget. Kravet går att avgöra på nytt.", "good")
        again: dict[str, Any] = {"application_id": application_id, "criterion_id": criterion_id}
        return redirect(url_for("review.requirement", ad_id=ad_id, **again), 303)
    return _shown(case, application, criterion, back=form), 422


def _place(case: Case, application_id: UUID, criterion_id: UUID) -> tuple[Listed, AdCriterion]:
    application = case.application(application_id)
    criterion = next((row for row in _krav(case) if row.id == criterion_id), None)
    if application is None or criterion is None or not may_drop(case.standing, application_id):
        abort(404)
    if not case.may_be_assessed(clock.now()):
        abort(404)
    return application, criterion


def _refused(
    ad_id: UUID, application: Listed, criterion_id: UUID, refusal: Refusal, **forms: Any
) -> ResponseReturnValue:
    """The page again, with what is true now and the sentence beside its field, or above all where it has none."""
    if refusal.status == 404:
        abort(404)
    form = next(iter(forms.values()))
    fault = ""
    if refusal.field and refusal.field in form:
        form[refusal.field].errors = [sentence_of(refusal)]
    else:
        fault = sentence_of(refusal)
    case = fresh(db.session, ad_id, lock=False)
    criterion = next(row for row in _krav(case) if row.id == criterion_id)
    named = isinstance(refusal, NamesSomebody)
    page = _shown(case, application, criterion, fault=fault, named=named, **forms)
    return page, refusal.status if fault else 422


def _shown(
    case: Case,
    application: Listed,
    criterion: AdCriterion,
    *,
    form: RequirementForm | None = None,
    back: TakeBackForm | None = None,
    fault: str = "",
    named: bool = False,
) -> str:
    name = labels_of(db.session, case, [application]).get(application.id)
    if name is None:
        abort(404)
    seen = seen_statements(db.session, case, clock.now(), [application.id])
    people: Mapping[UUID, str] = {member.id: member.person.name for member in seen.members}
    history = decisions_about(db.session, application, criterion.id)
    answer = shown_answers(db.session, case, [application], [criterion.id]).get((application.id, criterion.id))
    return render_template(
        "review/requirement.html",
        case=case,
        application=application,
        criterion=criterion,
        name=name,
        answer=answer,
        answer_pieces=marked(answer.text, stems_of(criterion.text)) if answer else [],
        said=[(people[member], words) for member, words in _said(seen, application.id, criterion)],
        standing=next((one for one in history if one.stands), None),
        former=[one for one in history if not one.stands],
        form=form or RequirementForm(),
        back=back or TakeBackForm(),
        fault=fault,
        named=named,
        sees=seen_by_whoever_decides(case),
        current="recruitments",
    )


def _log(case: Case, applications: Sequence[UUID]) -> None:
    """Answers that were shown are papers that were opened: one line for each candidate."""
    actor, at = person_actor(g.actor.person_id), clock.now()
    record_readings(chain=case.ad.party_id, entries=[Entry(at, actor, READ, one) for one in applications])
