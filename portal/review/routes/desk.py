"""The assessor's desk: all that the page of one score shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.db import db
from portal.review.queries.case import Case
from portal.review.queries.papers import Papers, Said, names_of, papers_of
from portal.review.queries.scores import Cell, Change, Mark, changes_of, own_scores
from portal.review.queueing import Mode, Place, mode_of, neighbour, next_missing, walk
from portal.review.routes.reading import Reading, reading_of
from portal.review.shuffle import shuffled
from portal.review.steps import PRESENCE_WORDS, SCALE, form_value, words_of
from portal.review.visibility import covers
from portal.review.wording import short_name
from portal.web.addresses import addresses_of
from portal.web.filters import clock_time


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on it. ``saved`` is empty until there is a score."""

    case: Case
    criterion: AdCriterion
    heading: str
    over: str
    candidate: str
    answer: Said | None
    reading: Reading
    steps: Sequence[Any]
    chosen: str | None
    saved: str
    handed_in: bool
    changes: list[str]
    queue: list[dict[str, Any]]
    done: int
    address: str
    skip: str
    previous: str
    other_mode: str
    mode: Mode


def lay_out(case: Case, application_id: UUID, criterion_id: UUID, args: Mapping[str, str]) -> Desk | None:
    """The desk for one place, or None where there is no such criterion or nothing left to read."""
    member, application = case.member, case.application(application_id)
    criteria = list(criteria_of(db.session, case.ad.id))
    criterion = next((row for row in criteria if row.id == criterion_id), None)
    papers = papers_of(db.session, application) if application is not None else None
    if member is None or application is None or criterion is None or papers is None:
        return None
    mode, scores = mode_of(args.get("ordning", "")), own_scores(db.session, member)
    names = names_of(db.session, case.listed)
    order = [id for id in shuffled(member.id, [row.id for row in case.listed]) if id in names]
    pages = walk([row.id for row in criteria], order, mode)
    here: Place = (criterion_id, application_id)
    own = scores.get(here)
    to = _Addresses(case, mode, args)
    queue = to.queue(here, criteria, order, names, scores)
    before = neighbour(pages, here, -1)
    return Desk(
        case=case,
        criterion=criterion,
        heading=short_name(criterion.text, 60),
        over=_over(criterion, criteria),
        candidate=papers.name,
        answer=_answer(papers, criterion_id),
        reading=reading_of(case.ad.id, application, papers, args, lambda **more: to.of(here, **more)),
        steps=[{"value": step.value, "word": step.word, "guide": step.guide} for step in SCALE],
        chosen=form_value(criterion.judged, own.step, own.present) if own else None,
        saved=f"Sparat {clock_time(own.saved_at)}" if own else "",
        handed_in=own is not None and covers(member.handed_in_at, application.submitted_at),
        changes=[_said(criterion, one) for one in changes_of(db.session, own, application)] if own else [],
        queue=queue,
        done=sum(1 for item in queue if item["said"]),
        address=to.of(here, visa=args.get("visa")),
        skip=to.or_own(next_missing(pages, scores, here)),
        previous=to.or_own(before) if before else "",
        other_mode=to.switched(here),
        mode=mode,
    )


def _answer(papers: Papers, criterion_id: UUID) -> Said | None:
    said = papers.answers.get(criterion_id)
    return said if said and (said.choice or said.text) else None


def _over(criterion: AdCriterion, criteria: Sequence[AdCriterion]) -> str:
    """ "Krav 1 av 5 · väger 30 %" """
    number = [row.id for row in criteria].index(criterion.id) + 1
    kind = "Krav" if criterion.kind == "krav" else "Meriterande"
    total = sum(row.weight for row in criteria if row.judged == "skala")
    share = (
        f"väger {round(100 * criterion.weight / total)}\u00a0%"
        if criterion.judged == "skala" and total
        else "finns eller inte"
    )
    return f"{kind} · {number} av {len(criteria)} · {share}"


def _said(criterion: AdCriterion, change: Change) -> str:
    former = words_of(criterion.judged, change.former_step, change.former_present)
    reason = f": {change.reason}" if change.reason else ""
    return f"{clock_time(change.changed_at)} ändrat från {former}{reason}"


class _Addresses:
    """Where the page's links lead, with the mode and the tab kept."""

    def __init__(self, case: Case, mode: Mode, args: Mapping[str, str]) -> None:
        self.case, self.mode, self.visa = case, mode, args.get("visa") or None

    @property
    def _kept(self) -> dict[str, Any]:
        ordered = self.mode.value if self.mode is Mode.CANDIDATE else None
        return {"ad_id": self.case.ad.id, "ordning": ordered, "visa": self.visa}

    def of(self, place: Place, **more: Any) -> str:
        criterion, application = place
        return url_for(
            "review.score", **{"application_id": application, "criterion_id": criterion, **self._kept, **more}
        )

    def or_own(self, place: Place | None) -> str:
        return self.of(place) if place else url_for("review.own", ad_id=self.case.ad.id)

    def switched(self, place: Place) -> str:
        return self.of(place, ordning=None if self.mode is Mode.CANDIDATE else Mode.CANDIDATE.value)

    def queue(
        self,
        here: Place,
        criteria: Sequence[AdCriterion],
        order: Sequence[UUID],
        names: Mapping[UUID, str],
        scores: Mapping[Cell, Mark],
    ) -> list[dict[str, Any]]:
        """All candidates by this criterion, or all criteria for this candidate, with the own marks alone."""
        by_id = {row.id: row for row in criteria}
        if self.mode is Mode.CANDIDATE:
            places = [(row.id, here[1], short_name(row.text, 24)) for row in criteria]
            hrefs = addresses_of("review.score", "criterion_id", by_id, application_id=here[1], **self._kept)
        else:
            places = [(here[0], application, names[application]) for application in order]
            hrefs = addresses_of("review.score", "application_id", order, criterion_id=here[0], **self._kept)
        return [
            {
                "text": text,
                "href": hrefs[criterion if self.mode is Mode.CANDIDATE else application],
                "said": _mark(by_id[criterion], scores.get((criterion, application))),
                "current": (criterion, application) == here,
            }
            for criterion, application, text in places
        ]


def _mark(criterion: AdCriterion, score: Mark | None) -> str:
    if score is None:
        return ""
    if criterion.judged == "finns":
        return PRESENCE_WORDS[score.present or ""] if score.present else NO_VIEW
    return NO_VIEW if score.step is None else words_of("skala", score.step, None)


NO_VIEW = "–"
