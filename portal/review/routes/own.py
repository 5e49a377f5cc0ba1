"""Looking back: the own matrix with what stands out."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.db import db
from portal.review.access import may_assess, may_try_requirements
from portal.review.heat import decimal_text
from portal.review.outliers import stands_out
from portal.review.paging import SIZE, page_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import labels_of
from portal.review.queries.scores import Cell, Vote, criteria_judged, own_votes
from portal.review.queueing import Mode
from portal.review.ranking import weighted_mean
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.words import seen_by
from portal.review.shuffle import shuffled
from portal.review.steps import MATERIAL, words_of
from portal.review.wording import short_name
from portal.web.addresses import addresses_of
from portal.web.readings import reads

Steps = Mapping[UUID, Mapping[UUID, int | None]]


class Box(NamedTuple):
    """One of a row's boxes: a criterion's short name and what was set."""

    head: str
    text: str
    step: int | None
    missing: bool
    unusual: bool
    material: str


class Row(NamedTuple):
    """One candidate's row."""

    name: str
    href: str
    mean: str
    fallen: bool
    boxes: list[Box]
    hrefs: list[str]  # where each box leads


@review.get("/din-bedomning")
@in_case(may_assess)
@reads("own_scores.read", of="ad_id")
def own(case: Case) -> ResponseReturnValue:
    """All own scores with the own mean, and those that differ most from the candidate's others."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return render_template("review/waiting.html", case=case, current="recruitments")
    judged = criteria_judged(db.session, case, case.member)
    criteria, asked = [row for row, _ in judged], sum(not row.fallen for row in case.to_judge)
    page = page_of(in_order(case, case.member.id), request.args.get("sida", ""))
    names = labels_of(db.session, case, page.rows)
    if page.of > 1:
        names = {row.id: names[row.id] for row in page.rows if row.id in names}
    return render_template(
        "review/own.html",
        case=case,
        heads=[short_name(row.text, 28) for row in criteria],
        rows=_rows(case, criteria, names, own_votes(db.session, case.member, list(names))),
        page=page,
        pages=page.numbers(lambda number: url_for("review.own", ad_id=case.ad.id, sida=number)),
        left=sum(asked - count for _, count in judged),
        may_try=may_try_requirements(case.standing),
        sees=seen_by(case),
        current="recruitments",
    )


def in_order(case: Case, member: UUID) -> Sequence[Listed]:
    """A list that fits one page is in order of name. A longer one is in the assessor's own order, as the queue is: names
    are sealed, and opening a thousand to show fifty would take most of the time."""
    listed = case.to_judge
    if len(listed) <= SIZE:
        return listed
    by_id = {row.id: row for row in listed}
    return [by_id[one] for one in shuffled(member, by_id)]


def _rows(
    case: Case, criteria: Sequence[AdCriterion], names: Mapping[UUID, str], given: Mapping[Cell, Vote]
) -> list[Row]:
    weights = {row.id: row.weight for row in criteria if row.judged == "skala"}
    steps: Steps = {
        one: {criterion: given[criterion, one].step for criterion in weights if (criterion, one) in given}
        for one in names
    }
    unusual, heads = stands_out(steps), [(row.id, row.judged, short_name(row.text, 28)) for row in criteria]
    fallen = {row.id for row in case.to_judge if row.fallen}
    places = {"ad_id": case.ad.id, "ordning": Mode.CANDIDATE.value}
    hrefs = [addresses_of("review.score", "application_id", names, criterion_id=row.id, **places) for row in criteria]
    return [
        Row(
            name,
            hrefs[0][one],
            decimal_text(weighted_mean(steps[one], weights), 2),
            one in fallen,
            [_box(judged, head, given.get((id, one)), (one, id) in unusual) for id, judged, head in heads],
            [of_criterion[one] for of_criterion in hrefs],
        )
        for one, name in names.items()
    ]


@lru_cache(maxsize=1024)
def _box(judged: str, head: str, given: Vote | None, unusual: bool) -> Box:
    """A thousand candidates have the same few."""
    if given is None:
        return Box(head, "Kvar", None, missing=True, unusual=False, material="")
    said = MATERIAL[given.material].lower() if given.material else ""
    words = words_of(judged, given.step, given.present)
    return Box(head, words, given.step, missing=False, unusual=unusual, material=said)
