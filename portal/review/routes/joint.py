"""The joint view: every vote that the viewer may see, what it adds up to, and the orders joined."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.access import may_enter_case, may_take_part, may_try_requirements
from portal.review.heat import every_figure, heat_table, initials, vote_words
from portal.review.joint import NOT_SET, Arrangement, Board
from portal.review.queries.aside import judges_nobody
from portal.review.queries.board import board_of
from portal.review.queries.case import Case
from portal.review.queries.requirements import standing_decisions
from portal.review.queries.scores import Visible, calls_of, seen_scores
from portal.review.requirements import Ruling
from portal.review.routes.blueprint import in_case, review
from portal.review.routes.words import last_minute_words, seen_by_whoever_decides
from portal.review.steps import PRESENCE_WORDS
from portal.review.wording import short_name
from portal.web.addresses import addresses_of
from portal.web.readings import reads

FIRST_DISAGREEMENTS = 5


@review.get("/gemensam")
@in_case(may_enter_case)
@reads("joint.read", of="ad_id")
def joint(case: Case) -> ResponseReturnValue:
    """The table, or who is being waited for."""
    seen = seen_scores(db.session, case, clock.now())
    if is_shut(case, seen):
        return waiting_page(case, seen)
    return render_template("review/joint.html", **_page(case, seen), **_table(case, seen))


@review.get("/gemensam/siffror")
@in_case(may_enter_case)
@reads("figures.read", of="ad_id")
def figures(case: Case) -> str:
    """Every vote, mean and spread as plain rows, for whoever reads a table rather than a picture; shut as the joint view."""
    seen = seen_scores(db.session, case, clock.now())
    if is_shut(case, seen):
        return waiting_page(case, seen)
    criteria, by = list(criteria_of(db.session, case.ad.id)), _arrangement(seen)
    board, fell = (board_of(db.session, case, seen, criteria, fallen=fallen) for fallen in (False, True))
    rows = [*every_figure(board, by), *every_figure(fell, Arrangement.NAME)]
    n = _judging(seen, board, fell)
    return render_template("review/figures.html", case=case, rows=rows, by=by.value, n=n, current="recruitments")


def _judging(seen: Visible, *boards: Board) -> int:
    """How many judge somebody who is shown: whoever has jäv for all, or is called in for none of them, does not."""
    shown = [one for board in boards for one in board.candidates]
    return sum(any(seen.seats.judges(member, one) for one in shown) for member in seen.members)


def is_shut(case: Case, seen: Visible) -> bool:
    """Whether there is nothing to show this person but their own scores, and whom one waits for."""
    return _state(case, seen) == "shut"


def waiting_page(case: Case, seen: Visible) -> str:
    """Whom one waits for, and until when."""
    return render_template("review/joint_waiting.html", **_page(case, seen))


def _page(case: Case, seen: Visible) -> dict[str, Any]:
    return {
        "case": case,
        "seen": seen,
        "state": _state(case, seen),
        "judges": not judges_nobody(case),
        "sees": seen_by_whoever_decides(case),
        "names": [member.person.name for member in seen.members],
        "waiting_for": [member.person.name for member in seen.waiting_for],
        "may_try": may_try_requirements(case.standing),
        "may_meet": may_take_part(case.standing),
        "last_minute": last_minute_words(case),
        "passed": case.hand_in_by is not None and clock.now() >= case.hand_in_by,
        "current": "recruitments",
    }


def _state(case: Case, seen: Visible) -> str:
    """open: all of it; partly: an assessor sees others who have handed in; shut: nothing but the own scores."""
    own_in = case.member is not None and case.member.handed_in_at is not None
    if case.standing.named and not own_in:
        return "shut"
    if seen.open:
        return "open"
    others = {member for member, _, _ in seen.scores} - {case.member.id if case.member else None}
    return "partly" if case.standing.named and others else "shut"


def _table(case: Case, seen: Visible) -> dict[str, Any]:
    criteria = list(criteria_of(db.session, case.ad.id))
    board, by = board_of(db.session, case, seen, criteria), _arrangement(seen)
    fell = board_of(db.session, case, seen, criteria, fallen=True)
    hrefs = addresses_of("review.candidate", "application_id", [*board.candidates, *fell.candidates], ad_id=case.ad.id)
    apart = board.apart()
    shown = len(apart) if by is Arrangement.DISAGREEMENT else min(len(apart), FIRST_DISAGREEMENTS)
    return {
        "table": heat_table(board, by, hrefs),
        "fell": heat_table(fell, Arrangement.NAME, hrefs) if fell.candidates else None,
        "fell_on": _fell_on(case, fell, criteria) if fell.candidates else [],
        "tabs": _tabs(case, by, seen, alone=_judging(seen, board) == 1),
        "standing": _judging(seen, board),
        "judging": _judging(seen, board, fell),
        "all_shown": len(board.candidates) + len(fell.candidates) == len(case.applications),
        "apart": [
            {
                "name": board.candidates[one],
                "criterion": next(c.name for c in board.criteria if c.id == criterion),
                "votes": _whose(board, one, criterion),
            }
            for one, criterion, _steps in apart[:shown]
        ],
        "more_apart": len(apart) - shown,
        "undecided": [one.name for one in board.assessors if board.sets_nobody_first(one.id)] if seen.open else [],
        "telling": [one.name for one in board.assessors if board.sets_somebody_first(one.id)],
        "by": by.value,
        "there": _there([(board, by), (fell, Arrangement.NAME)], seen, criteria),
        "heads": list(zip(initials(board.assessors), board.assessors, strict=True)),
        "called": calls_of(db.session, case.ad.id),
        "jav": bool(board.conflicts),
    }


def _whose(board: Board, candidate: UUID, criterion: UUID) -> list[dict[str, Any]]:
    """Each vote with its assessor's initial, in the assessors' order."""
    votes = zip(initials(board.assessors), board.assessors, board.given(candidate)[criterion], strict=True)
    return [{"head": head, "own": who.own, "text": vote_words([vote])} for head, who, vote in votes if vote != NOT_SET]


def _arrangement(seen: Visible) -> Arrangement:
    wanted = request.args.get("visa", "")
    known = {one.value for one in Arrangement}
    usual = Arrangement.JOINT if seen.open else Arrangement.NAME
    return Arrangement(wanted) if wanted in known else usual


def _tabs(case: Case, by: Arrangement, seen: Visible, *, alone: bool) -> list[dict[str, Any]]:
    """Nothing is joint of what one has said alone, and nobody stands apart."""
    words = {
        Arrangement.JOINT: "Ordning" if alone else "Gemensam ordning",
        Arrangement.DISAGREEMENT: "Oenighet först",
        Arrangement.NAME: "Namn",
    }
    left_out = {Arrangement.JOINT} if not seen.open else {Arrangement.DISAGREEMENT} if alone else set()
    return [
        {"text": text, "href": url_for("review.joint", ad_id=case.ad.id, visa=one.value), "current": one is by}
        for one, text in words.items()
        if one not in left_out
    ]


def _fell_on(case: Case, fell: Board, criteria: list[AdCriterion]) -> list[dict[str, Any]]:
    """Who decided that whom falls on what, and when."""
    texts = {row.id: row.text for row in criteria}
    return [
        {
            "name": fell.candidates[one.application_id],
            "krav": texts[one.criterion_id],
            "by": one.decided_by,
            "at": one.decided_at,
        }
        for one in standing_decisions(db.session, case.ad.id).values()
        if one.ruling is Ruling.FALLS and one.application_id in fell.candidates
    ]


def _there(boards: list[tuple[Board, Arrangement]], seen: Visible, criteria: list[AdCriterion]) -> dict[str, Any]:
    """What is or is not there, in words and each assessor's own: a row per candidate, a column per criterion."""
    asked = [criterion for criterion in criteria if criterion.judged == "finns"]
    return {
        "columns": [{"key": str(criterion.id), "label": short_name(criterion.text)} for criterion in asked],
        "rows": [
            {"name": board.candidates[one]}
            | {str(criterion.id): _words(board, seen, one, criterion.id) for criterion in asked}
            for board, by in boards
            for one in board.arranged(by)
        ],
    }


def _words(board: Board, seen: Visible, candidate: UUID, criterion: UUID) -> str:
    said = []
    for head, assessor in zip(initials(board.assessors), board.assessors, strict=True):
        score = seen.scores.get((assessor.id, candidate, criterion))
        if score is not None and score.present:
            said.append(f"{head}\u00a0{PRESENCE_WORDS[score.present].lower()}")
    return ", ".join(said) or "–"
