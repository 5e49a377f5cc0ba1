"""What the assessors wrote beside their scores, to whoever may see it: the reasons side by side."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from flask import render_template

from portal import clock
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.access import may_enter_case
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.notes import notes_seen
from portal.review.queries.scores import Visible, seen_scores
from portal.review.requirements import krav_first
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.joint import is_shut, waiting_page
from portal.review.routes.words import seen_by_whoever_decides
from portal.review.steps import words_of
from portal.review.wording import short_name
from portal.web.readings import reads

Notes = dict[tuple[UUID, UUID, UUID], str]


@review.get("/gemensam/anteckningar")
@in_case(may_enter_case)
@reads("notes.read", of="ad_id")
def reasons(case: Case) -> str:
    """By candidate and criterion what each wrote, with their vote; shut as the joint view is."""
    seen = seen_scores(db.session, case, clock.now())
    if is_shut(case, seen):
        return waiting_page(case, seen)
    notes = notes_seen(db.session, case, seen, seen.applications)
    return render_template(
        "review/reasons.html",
        case=case,
        candidates=_by_candidate(case, seen, notes),
        waits=bool(seen.notes_shut),
        sees=seen_by_whoever_decides(case),
        current="recruitments",
    )


def _by_candidate(case: Case, seen: Visible, notes: Notes) -> list[dict[str, Any]]:
    criteria = krav_first(list(criteria_of(db.session, case.ad.id)))
    written: dict[UUID, dict[UUID, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    judged = {row.id: row.judged for row in criteria}
    for member in seen.members:
        for (author, candidate, criterion), text in notes.items():
            vote = seen.scores.get((author, candidate, criterion))
            if author == member.id and criterion in judged:
                said = words_of(judged[criterion], vote.step, vote.present) if vote else ""
                own = case.member is not None and case.member.id == author
                told = {"who": member.person.name, "said": said, "note": text, "own": own}
                written[candidate][criterion].append(told)
    names = labels_of(db.session, case, [row for row in seen.applications if row.id in written])
    return [
        {
            "name": name,
            "points": [(short_name(row.text), written[one][row.id]) for row in criteria if row.id in written[one]],
        }
        for one, name in names.items()
    ]
