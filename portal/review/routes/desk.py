"""The assessor's desk: all that the page of one score shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from portal import clock
from portal.ads.models import AdCriterion
from portal.db import db
from portal.review.marking import Piece, marked, stems_of
from portal.review.models import PanelMember
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import labels_of
from portal.review.queries.masked import shown_papers
from portal.review.queries.papers import Papers
from portal.review.queries.scores import Change, Mark, changes_of, marks_and_places
from portal.review.queueing import Mode, Place, around, bar_of, mode_of, neighbour, next_missing, walk
from portal.review.requirements import FELL, krav_first
from portal.review.routes.queue import Addresses, items
from portal.review.routes.reading import Reading, reading_of
from portal.review.services.scoring import reason_is_needed
from portal.review.shares import shares
from portal.review.shuffle import shuffled
from portal.review.steps import form_value, words_of
from portal.review.wording import says_more, short_name
from portal.web.filters import clock_time, short_day


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the question made of the criterion, its words marked."""

    choice: str
    text: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on it. ``saved`` and ``known`` are empty until there is a score."""

    case: Case
    criterion: AdCriterion
    heading: str
    over: str
    candidate: str
    fell: str
    answer: Answered | None
    reading: Reading
    chosen: str | None
    saved: str
    material: int | None  # how much the material says, where that is said
    known: str  # what the page shows, so that a page that shows something old is told
    explained: bool  # a change needs a line of reason
    late: bool
    changes: list[str]
    way: "Way"
    address: str
    conflict_found: str

    @property
    def text(self) -> str:
        """The krav or merit in the ad's own words, where they say more than the heading."""
        return self.criterion.text if says_more(self.criterion.text, self.heading) else ""


def lay_out(
    case: Case, application_id: UUID, criterion_id: UUID, args: Mapping[str, str], chosen: str | None = None
) -> Desk | None:
    """The desk for one place, or None where there is no such criterion or nothing left to read.

    ``chosen`` is what was asked to be saved and waits for its reason.
    """
    member, application = case.member, case.application(application_id)
    papers = shown_papers(db.session, case, application) if application is not None else None
    criteria = krav_first(list(papers.criteria)) if papers is not None else []
    criterion = next((row for row in criteria if row.id == criterion_id), None)
    if member is None or application is None or criterion is None or papers is None:
        return None
    here: Place = (criterion_id, application_id)
    way = Way(case, member, criteria, here, args)
    own = way.marks.get(here)
    explained = own is not None and _explained(case, application, clock.now())
    return Desk(
        case=case,
        criterion=criterion,
        heading=short_name(criterion.text, 60),
        over=_over(criterion, criteria),
        candidate=papers.name,
        fell=FELL if application.fallen else "",
        answer=_answer(papers, criterion),
        reading=_reading(case, application, papers, criterion, args, way.to),
        chosen=chosen or (form_value(criterion.judged, own.step, own.present) if own else None),
        saved=_saved(criterion, own, explained=explained) if own else "",
        material=own.material if own else None,
        known=known_of(criterion.judged, own),
        explained=explained,
        late=case.hand_in_by is not None and clock.now() >= case.hand_in_by,
        changes=[_said(criterion, one) for one in changes_of(db.session, own, application)]
        if own and own.changed
        else [],
        way=way,
        address=way.to.of(here),
        conflict_found=_conflict_found(case, here),
    )


class Way:
    """The assessor's way through all places, as it stands: what comes before and after, and how much is done.

    ``queue`` is what is near, with the own marks alone; ``folded`` is how many of it are not shown. ``done`` of
    ``total`` are those of this criterion or candidate, ``all_done`` of ``all`` everything.
    """

    def __init__(
        self, case: Case, member: PanelMember, criteria: list[AdCriterion], here: Place, args: Mapping[str, str]
    ) -> None:
        self.mode, self.here = mode_of(args.get("ordning", "")), here
        self.to = Addresses(case.ad.id, self.mode, args)
        listed, keys = case.to_judge, [row.id for row in criteria]
        order, fallen = shuffled(member.id, [row.id for row in listed]), {row.id for row in listed if row.fallen}
        shown = around(order, here[1]) if self.mode is Mode.CRITERION else [here[1]]
        near = {*shown, here[1]}
        names = labels_of(db.session, case, [row for row in listed if row.id in near])
        self.marks, scored = marks_and_places(db.session, member, near)
        passed = scored | {(criterion, one) for criterion in keys for one in fallen}
        pages = walk(keys, order, self.mode)
        following = next_missing(pages, passed, here)
        self.skip, self.next_text = self.to.or_own(following), _next_text(following, here, criteria, self.mode)
        before = neighbour(pages, here, -1)
        self.previous = self.to.of(before) if before else ""
        own = [place for place in pages if place[self.mode is Mode.CANDIDATE] == here[self.mode is Mode.CANDIDATE]]
        self.done = sum(place in scored for place in own)
        self.total = sum(place in scored or place not in passed for place in own)
        self.bar = bar_of(self.done, self.total)
        self.all_done = sum(place in scored for place in pages)
        self.all = sum(place in scored or place not in passed for place in pages)
        self.queue = items(self.to, here, criteria, shown, names, self.marks, fallen)
        self.folded = len(own) - len(self.queue)
        self.other_mode = self.to.switched(here)


def _next_text(following: Place | None, here: Place, criteria: Sequence[AdCriterion], mode: Mode) -> str:
    """Where the button leads: the last candidate of a krav leads to the next krav, and says so."""
    if following is None:
        return "Till din bedömning"
    criterion = next(row for row in criteria if row.id == following[0])
    if mode is Mode.CANDIDATE:
        return "Nästa" if following[1] == here[1] else "Nästa sökande"
    if criterion.id == here[0]:
        return "Nästa sökande"
    return f"Nästa {'krav' if criterion.kind == 'krav' else 'merit'}: {short_name(criterion.text, 24)}"


def known_of(judged: str, own: Mark | None) -> str:
    """What a page that shows this score says back when it saves."""
    return f"{form_value(judged, own.step, own.present)}@{own.saved_at.isoformat()}" if own else ""


def _explained(case: Case, application: Listed, at: datetime) -> bool:
    return reason_is_needed(case, handed_in=case.is_handed_in(application), at=at)


def _saved(criterion: AdCriterion, own: Mark, *, explained: bool) -> str:
    """What is stored; with its step where the page may show another one that waits for its reason."""
    step = f": {words_of(criterion.judged, own.step, own.present)}" if explained else ""
    return f"Sparat {clock_time(own.saved_at)}{step}"


def _answer(papers: Papers, criterion: AdCriterion) -> Answered | None:
    said = papers.answers.get(criterion.id)
    if said is None or not (said.choice or said.text):
        return None
    return Answered(said.choice, marked(said.text, stems_of(criterion.text)))


def _reading(
    case: Case, application: Listed, papers: Papers, criterion: AdCriterion, args: Mapping[str, str], to: Addresses
) -> Reading:
    """The reading column, the criterion's own words marked where it is text."""
    here = (criterion.id, application.id)
    reading = reading_of(case.ad.id, application, papers, args, lambda **more: to.of(here, **more))
    stems = stems_of(criterion.text)
    reading.paragraphs = [marked(one, stems) if isinstance(one, str) else one for one in reading.paragraphs]
    return reading


def _over(criterion: AdCriterion, criteria: Sequence[AdCriterion]) -> str:
    """ "Krav 1 av 5 · väger 30 %" """
    number = [row.id for row in criteria].index(criterion.id) + 1
    kind = "Krav" if criterion.kind == "krav" else "Meriterande"
    scale = [row for row in criteria if row.judged == "skala"]
    percents = dict(zip((row.id for row in scale), shares([row.weight for row in scale]), strict=True))
    weighs = criterion.id in percents and any(percents.values())
    share = f"väger {percents[criterion.id]}\u00a0%" if weighs else "finns eller inte"
    return f"{kind} · {number} av {len(criteria)} · {share}"


def _conflict_found(case: Case, here: Place) -> str:
    criterion, application = here
    return url_for("review.conflict_found", ad_id=case.ad.id, application_id=application, fran=criterion)


def _said(criterion: AdCriterion, change: Change) -> str:
    former = words_of(criterion.judged, change.former_step, change.former_present)
    reason = f": {change.reason}" if change.reason else ""
    return f"{short_day(change.changed_at)} {clock_time(change.changed_at)} ändrat från {former}{reason}"


def score_url(case: Case, place: Place, mode: Mode, shown: str = "") -> str:
    """The page of one place, the mode and the tab kept."""
    criterion, application = place
    ordered = mode.value if mode is Mode.CANDIDATE else None
    return url_for(
        "review.score", ad_id=case.ad.id, application_id=application, criterion_id=criterion, ordning=ordered,
        visa=shown or None,
    )  # fmt: skip
