"""Looking back: the own matrix with what stands out."""

from collections.abc import Mapping, Sequence
from typing import Any
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
from portal.review.queries.scores import Cell, Mark, own_scores
from portal.review.queueing import Mode
from portal.review.ranking import weighted_mean
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.words import seen_by
from portal.review.steps import words_of
from portal.review.wording import short_name
from portal.web.addresses import addresses_of

Steps = Mapping[UUID, Mapping[UUID, int | None]]


@review.get("/din-bedomning")
@in_case(may_assess)
def own(case: Case) -> ResponseReturnValue:
    """All own scores with the own mean, and those that differ most from the candidate's others."""
    if case.member is None or not case.may_be_assessed(clock.now()):
        return render_template("review/waiting.html", case=case, current="recruitments")
    criteria = list(criteria_of(db.session, case.ad.id))
    names = names_of(db.session, case.listed)
    scores = {key: row for key, row in own_scores(db.session, case.member).items() if key[1] in names}
    rows = _rows(case, criteria, names, scores)
    return render_template(
        "review/own.html",
        case=case,
        heads=[short_name(row.text, 28) for row in criteria],
        rows=rows,
        left=sum(1 for row in rows for cell in row["cells"] if cell["missing"]),
        sees=seen_by(case),
        current="recruitments",
    )


def _rows(
    case: Case, criteria: Sequence[AdCriterion], names: Mapping[UUID, str], scores: Mapping[Cell, Mark]
) -> list[dict[str, Any]]:
    weights = {row.id: row.weight for row in criteria if row.judged == "skala"}
    steps: Steps = {
        one: {criterion: scores[criterion, one].step for criterion in weights if (criterion, one) in scores}
        for one in names
    }
    unusual, heads = stands_out(steps), [(row, short_name(row.text, 28)) for row in criteria]
    first = {"criterion_id": criteria[0].id, "ordning": Mode.CANDIDATE.value}
    hrefs = addresses_of("review.score", "application_id", names, ad_id=case.ad.id, **first)
    return [
        {
            "name": name,
            "href": hrefs[one],
            "mean": decimal_text(weighted_mean(steps[one], weights), 2),
            "cells": [_cell(row, head, scores.get((row.id, one)), (one, row.id) in unusual) for row, head in heads],
        }
        for one, name in names.items()
    ]


def _cell(criterion: AdCriterion, head: str, score: Mark | None, unusual: bool) -> dict[str, Any]:
    return {
        "head": head,
        "text": "Kvar" if score is None else words_of(criterion.judged, score.step, score.present),
        "step": score.step if score is not None else None,
        "missing": score is None,
        "unusual": unusual,
    }
