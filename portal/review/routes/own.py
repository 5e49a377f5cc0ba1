"""Looking back: the own matrix with what stands out."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.access import may_assess
from portal.review.heat import decimal_text
from portal.review.outliers import stands_out
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of
from portal.review.queries.scores import Cell, Vote, own_votes
from portal.review.queueing import Mode
from portal.review.ranking import weighted_mean
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.words import seen_by
from portal.review.steps import words_of
from portal.review.wording import short_name
from portal.web.addresses import addresses_of

Steps = Mapping[UUID, Mapping[UUID, int | None]]


class Box(NamedTuple):
    """One of a row's boxes: a criterion's short name and what was set."""

    head: str
    text: str
    step: int | None
    missing: bool
    unusual: bool


class Row(NamedTuple):
    """One candidate's row."""

    name: str
    href: str
    mean: str
    boxes: list[Box]


@review.get("/din-bedomning")
@in_case(may_assess)
def own(case: Case) -> ResponseReturnValue:
    """All own scores with the own mean, and those that differ most from the candidate's others."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return render_template("review/waiting.html", case=case, current="recruitments")
    criteria = list(criteria_of(db.session, case.ad.id))
    names = names_of(db.session, case.listed)
    rows = _rows(case, criteria, names, own_votes(db.session, case.member))
    return render_template(
        "review/own.html",
        case=case,
        heads=[short_name(row.text, 28) for row in criteria],
        rows=rows,
        left=sum(box.missing for row in rows for box in row.boxes),
        sees=seen_by(case),
        current="recruitments",
    )


def _rows(
    case: Case, criteria: Sequence[AdCriterion], names: Mapping[UUID, str], given: Mapping[Cell, Vote]
) -> list[Row]:
    weights = {row.id: row.weight for row in criteria if row.judged == "skala"}
    steps: Steps = {
        one: {criterion: given[criterion, one].step for criterion in weights if (criterion, one) in given}
        for one in names
    }
    unusual, heads = stands_out(steps), [(row.id, row.judged, short_name(row.text, 28)) for row in criteria]
    first = {"criterion_id": criteria[0].id, "ordning": Mode.CANDIDATE.value}
    hrefs = addresses_of("review.score", "application_id", names, ad_id=case.ad.id, **first)
    return [
        Row(
            name,
            hrefs[one],
            decimal_text(weighted_mean(steps[one], weights), 2),
            [_box(judged, head, given.get((id, one)), (one, id) in unusual) for id, judged, head in heads],
        )
        for one, name in names.items()
    ]


@lru_cache(maxsize=1024)
def _box(judged: str, head: str, given: Vote | None, unusual: bool) -> Box:
    """A thousand candidates have the same few."""
    if given is None:
        return Box(head, "Kvar", None, missing=True, unusual=False)
    return Box(head, words_of(judged, *given), given.step, missing=False, unusual=unusual)
