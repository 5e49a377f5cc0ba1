"""The joint view: every vote that the viewer may see, what it adds up to, and the orders joined."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.access import may_enter_case
from portal.review.heat import every_figure, heat_table, initials, vote_words
from portal.review.joint import Arrangement, Assessor, Board, Criterion
from portal.review.queries.case import Case
from portal.review.queries.papers import names_of
from portal.review.queries.scores import Seen, calls_of, seen_scores
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.words import instant_words, seen_by
from portal.review.steps import PRESENCE_WORDS
from portal.review.wording import short_name
from portal.web.addresses import addresses_of

FIRST_DISAGREEMENTS = 5


@review.get("/gemensam")
@in_case(may_enter_case)
def joint(case: Case) -> ResponseReturnValue:
    """The table, or who is being waited for."""
    seen = seen_scores(db.session, case, clock.now())
    page = {
        "case": case,
        "seen": seen,
        "state": _state(case, seen),
        "sees": seen_by(case),
        "names": [member.person.name for member in seen.members],
        "waiting_for": [member.person.name for member in seen.members if member.handed_in_at is None],
        "last_minute": instant_words(case.hand_in_by) if case.hand_in_by else "",
        "current": "recruitments",
    }
    if page["state"] == "shut":
        return render_template("review/joint_waiting.html", **page)
    return render_template("review/joint.html", **page, **_table(case, seen))


def _state(case: Case, seen: Seen) -> str:
    """open: all of it; partly: an assessor sees others who have handed in; shut: nothing but the own scores."""
    own_in = case.member is not None and case.member.handed_in_at is not None
    if case.standing.named and not own_in:
        return "shut"
    if seen.open:
        return "open"
    others = {member for member, _, _ in seen.scores} - {case.member.id if case.member else None}
    return "partly" if case.standing.named and others else "shut"


def _table(case: Case, seen: Seen) -> dict[str, Any]:
    criteria = list(criteria_of(db.session, case.ad.id))
    board, by = _board(case, seen, criteria), _arrangement(seen)
    hrefs = addresses_of("review.candidate", "application_id", board.candidates, ad_id=case.ad.id)
    apart = board.apart()
    return {
        "table": heat_table(board, by, hrefs),
        "tabs": _tabs(case, by, seen.open),
        "apart": [
            {
                "name": board.candidates[one],
                "criterion": next(c.name for c in board.criteria if c.id == criterion),
                "votes_text": vote_words(board.votes(one, criterion)),
            }
            for one, criterion, _steps in apart[:FIRST_DISAGREEMENTS]
        ],
        "more_apart": max(0, len(apart) - FIRST_DISAGREEMENTS),
        "figures": every_figure(board, by),
        "there": _there(board, seen, criteria, by),
        "heads": list(zip(initials(board.assessors), board.assessors, strict=True)),
        "called": calls_of(db.session, case.ad.id),
        "jav": bool(board.conflicts),
    }


def _arrangement(seen: Seen) -> Arrangement:
    wanted = request.args.get("visa", "")
    known = {one.value for one in Arrangement}
    usual = Arrangement.JOINT if seen.open else Arrangement.NAME
    return Arrangement(wanted) if wanted in known else usual


def _tabs(case: Case, by: Arrangement, open: bool) -> list[dict[str, Any]]:
    words = {
        Arrangement.JOINT: "Gemensam ordning",
        Arrangement.DISAGREEMENT: "Oenighet först",
        Arrangement.NAME: "Namn",
    }
    return [
        {"text": text, "href": url_for("review.joint", ad_id=case.ad.id, visa=one.value), "current": one is by}
        for one, text in words.items()
        if open or one is not Arrangement.JOINT
    ]


def _board(case: Case, seen: Seen, criteria: list[AdCriterion]) -> Board:
    scale = {row.id for row in criteria if row.judged == "skala"}
    own = case.member.id if case.member else None
    names = names_of(db.session, seen.applications)
    return Board(
        criteria=[
            Criterion(row.id, short_name(row.text), row.weight, row.kind == "merit")
            for row in criteria
            if row.judged == "skala"
        ],
        assessors=[Assessor(member.id, member.person.name, member.id == own) for member in seen.members],
        candidates=names,
        steps={key: score.step for key, score in seen.scores.items() if key[2] in scale and key[1] in names},
        orders=seen.orders if seen.open else {},
        conflicts=frozenset(pair for pair in seen.conflicts if pair[1] in names),
    )


def _there(board: Board, seen: Seen, criteria: list[AdCriterion], by: Arrangement) -> dict[str, Any]:
    """What is or is not there, in words and each assessor's own: a row per candidate, a column per criterion."""
    asked = [criterion for criterion in criteria if criterion.judged == "finns"]
    return {
        "columns": [{"key": str(criterion.id), "label": short_name(criterion.text)} for criterion in asked],
        "rows": [
            {"name": board.candidates[one]}
            | {str(criterion.id): _words(board, seen, one, criterion.id) for criterion in asked}
            for one in board.arranged(by)
        ],
    }


def _words(board: Board, seen: Seen, candidate: UUID, criterion: UUID) -> str:
    said = []
    for head, assessor in zip(initials(board.assessors), board.assessors, strict=True):
        score = seen.scores.get((assessor.id, candidate, criterion))
        if score is not None and score.present:
            said.append(f"{head}\u00a0{PRESENCE_WORDS[score.present].lower()}")
    return ", ".join(said) or "–"
