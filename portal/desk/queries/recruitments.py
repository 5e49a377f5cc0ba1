"""What the desk shows, read in a number of statements that does not grow with the recruitments."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.checks import marks_of, stopping
from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.promised import promised_day
from portal.ads.snapshot import content_of
from portal.ads.states import AdState
from portal.ads.window import STOCKHOLM, closes_at
from portal.applications.models import Application
from portal.applications.states import State
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.decisions.queries.recorded import TAKES_A_POST
from portal.desk.facts import Assessor, Recruitment, day_before
from portal.desk.queries.panels import COUNTING, judged_in, panels_of, sum_of
from portal.intake.queries import BEGUN
from portal.interviews.models import InterviewBooking, InterviewSlot
from portal.organisations.access import Actor, may_run_recruitment
from portal.organisations.models import Party, RetentionRule
from portal.organisations.queries import retention_rules_of
from portal.protection.queries import stands_aside
from portal.review.blind.models import Masking
from portal.review.deciding.queries import answered_by
from portal.review.meeting.models import Meeting
from portal.review.meeting.states import State as Stage
from portal.review.models import InterviewCall, PanelMember, ReviewCase
from portal.review.phases import Phase
from portal.review.queries.panel import is_called_in
from portal.review.queries.person import ADDRESS, decider_is_in, is_in, with_conflict
from portal.review.queries.readers import WHO_READS
from portal.review.queries.seats import uncovered_in, unjudged_in
from portal.review.queries.unreadable import unreadable_to
from portal.review.reminders import last_minute_of
from portal.vault.services import controller_fingerprint

_COUNTED = (
    "protected", "masked", "fresh", "called", "with_outcome", "hired", "employed", "others_record", "others_outcome",
    "released", "gave_up", "to_meet",
)  # fmt: skip
_HAS_OUTCOME = Outcome.id.is_not(None) & (Outcome.called_off_at.is_(None) | Outcome.released_at.is_not(None))
_LEFT = (Application.state == State.WITHDRAWN) | Outcome.declined_at.is_not(None)
_GAVE_UP = _LEFT & (Outcome.result == Result.HIRED)  # once it is told
_TIME = select(InterviewBooking.id).join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
GOES_ON = Ad.state != AdState.ENDED


@dataclass
class _Gathered:
    """The rows behind the recruitments, by ad."""

    office: bool = False  # of the person who reads
    touched: Collection[UUID] = ()  # out, and saved since: told to the office
    counts: dict[UUID, Any] = field(default_factory=dict)
    criteria: dict[UUID, list[AdCriterion]] = field(default_factory=lambda: defaultdict(list))
    rules: Sequence[RetentionRule] = ()  # on keeping, of the employers of drafts
    contacts: dict[UUID, list[AdContact]] = field(default_factory=lambda: defaultdict(list))
    panel: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))
    judged: dict[UUID, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    unjudged: dict[UUID, int] = field(default_factory=dict)
    since: dict[UUID, int] = field(default_factory=dict)  # by member of a panel
    aside: Collection[UUID] = ()  # whoever reads those under a code name may not open all: told to the office


def office_recruitments(session: Session, actor: Actor, *, at: datetime) -> list[Recruitment]:
    """The party's drafts and the published ads whose recruitment goes on, the first to close first."""
    return _recruitments(session, actor, GOES_ON, at=at)


def panel_recruitments(
    session: Session, actor: Actor, *, at: datetime, of: ColumnElement[bool] = GOES_ON
) -> list[Recruitment]:
    """The recruitments in whose panel the person is, and those they are named to decide in; ``of`` narrows them."""
    named = select(PanelMember.ad_id).where(PanelMember.person_id == actor.person_id, is_in(), is_called_in())
    deciding = select(ReviewCase.ad_id).where(ReviewCase.decider_id == actor.person_id, decider_is_in())
    return _recruitments(session, actor, and_(or_(Ad.id.in_(named), Ad.id.in_(deciding)), of), at=at)


def recruitment(session: Session, actor: Actor, ad_id: UUID, *, at: datetime) -> Recruitment | None:
    """One recruitment of the scope, whatever its state."""
    return next(iter(_recruitments(session, actor, Ad.id == ad_id, at=at)), None)


def _recruitments(session: Session, actor: Actor, which: ColumnElement[bool], *, at: datetime) -> list[Recruitment]:
    meeting, ended = select(Meeting.id).where(Meeting.ad_id == Ad.id), Meeting.state == Stage.ENDED
    rows = session.execute(
        select(
            Ad,
            PublishedAd.content,
            and_(Ad.state == AdState.PUBLISHED, Ad.changed_at > PublishedAd.published_at).label("touched"),
            ReviewCase.hand_in_by,
            ReviewCase.phase,
            case((decider_is_in(), ReviewCase.decider_id)).label("decider_id"),
            and_(ReviewCase.decider_id.is_not(None), ~decider_is_in()).label("decider_gone"),
            answered_by(actor.person_id).label("answered"),
            func.coalesce(ReviewCase.blind, false()).label("blind"),
            meeting.where(ended).exists().label("met"),
            meeting.where(~ended).exists().label("meets"),
            BEGUN.label("begun"),
            unreadable_to(actor.person_id).label("unreadable"),
            *WHO_READS,
            select(Person.email).where(Person.id == actor.person_id).scalar_subquery().label("email"),
        )
        .outerjoin(ReviewCase, ReviewCase.ad_id == Ad.id)
        .outerjoin(PublishedAd, and_(PublishedAd.ad_id == Ad.id, PublishedAd.superseded_at.is_(None)))
        .where(which)
        .order_by(Ad.deadline.is_(None), Ad.deadline, Ad.created_at, Ad.id)
    ).all()
    if not rows:
        return []
    found = _gather(session, actor, rows, at)
    on = at.astimezone(STOCKHOLM).date()
    return [_recruitment(session, row, found, on, actor.person_id) for row in rows]


def _gather(session: Session, actor: Actor, rows: Sequence[Any], at: datetime) -> _Gathered:
    ads, ids = [row.Ad for row in rows], [row.Ad.id for row in rows]
    touched = {row.Ad.id for row in rows if may_run_recruitment(actor) and row.touched}
    drafts = [ad for ad in ads if ad.state == AdState.DRAFT]
    written = [*(ad.id for ad in drafts), *touched]
    found = _Gathered(
        office=may_run_recruitment(actor),
        touched=touched,
        counts=_counts(session, actor.person_id, rows[0].email, ads, at),
        unjudged=unjudged_in(session, ids) if may_run_recruitment(actor) else {},
    )
    found.aside = {row.Ad.id for row in rows if found.office and _stands_aside(session, row, found.counts, actor)}
    for criterion in session.scalars(select(AdCriterion).where(AdCriterion.ad_id.in_(ids))):
        found.criteria[criterion.ad_id].append(criterion)
    for contact in session.scalars(select(AdContact).where(AdContact.ad_id.in_(written))) if written else ():
        found.contacts[contact.ad_id].append(contact)
    if drafts:
        found.rules = retention_rules_of(session, *{id for ad in drafts for id in (ad.party_id, ad.authority_id)})
    for member in panels_of(session, ids):
        found.panel[member.PanelMember.ad_id].append(member)
    if any(one.PanelMember.handed_in_at for members in found.panel.values() for one in members):
        found.since = uncovered_in(session, ids)
    for member_id, scores, candidates in judged_in(session, ids):
        found.judged[member_id].append((scores, candidates))
    return found


def _counts(session: Session, person_id: UUID, email: str, ads: Sequence[Ad], at: datetime) -> dict[UUID, Any]:
    """Per ad: candidates, new ones, called, with outcome, hired, released, and whether the reader is among them."""
    prints = [
        controller_fingerprint(session, controller_id, email, purpose=ADDRESS)
        for controller_id in {ad.controller_id for ad in ads if ad.published_at is not None}
    ]
    unrecorded = COUNTING & TAKES_A_POST & Outcome.settled_at.is_(None)
    rows = (
        select(
            Application.ad_id,
            sum_of(COUNTING).label("arrived"),
            sum_of(COUNTING & Masking.approved_at.is_not(None)).label("masked"),
            sum_of(COUNTING & Application.protected).label("protected"),
            sum_of(COUNTING & (Application.submitted_at >= day_before(at))).label("fresh"),
            sum_of(COUNTING & InterviewCall.id.is_not(None)).label("called"),
            sum_of(COUNTING & InterviewCall.id.is_not(None) & ~_HAS_OUTCOME & ~_met_by(at)).label("to_meet"),
            sum_of(COUNTING & _HAS_OUTCOME).label("with_outcome"),
            sum_of(COUNTING & TAKES_A_POST).label("hired"),
            sum_of(COUNTING & TAKES_A_POST & Outcome.settled_at.is_not(None)).label("employed"),
            sum_of(unrecorded & with_conflict(person_id)).label("others_record"),
            sum_of(COUNTING & ~_HAS_OUTCOME & with_conflict(person_id)).label("others_outcome"),
            sum_of(_GAVE_UP & Outcome.released_at.is_not(None)).label("gave_up"),
            sum_of(COUNTING & Outcome.released_at.is_not(None)).label("released"),
            sum_of(COUNTING & Application.address_print.in_(prints)).label("own"),
        )
        .outerjoin(InterviewCall, InterviewCall.application_id == Application.id)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .outerjoin(Masking, Masking.application_id == Application.id)
        .where(Application.ad_id.in_([ad.id for ad in ads]), Application.state != State.DRAFT)
        .group_by(Application.ad_id)
    )
    return {row.ad_id: row for row in session.execute(rows)}


def _stands_aside(session: Session, row: Any, counts: Mapping[UUID, Any], actor: Actor) -> bool:
    counted, ad_id = counts.get(row.Ad.id), row.Ad.id
    if not row.reads or counted is None or not counted.protected:
        return False
    return stands_aside(session, ad_id, reader_id=row.named_to_read, person_id=actor.person_id)


def _met_by(at: datetime) -> ColumnElement[bool]:
    """Whether the time that a candidate has booked has begun."""
    own = _TIME.where(InterviewBooking.application_id == Application.id, InterviewSlot.starts_at <= at)
    return own.correlate(Application).exists()


def _recruitment(session: Session, row: Any, found: _Gathered, on: date, person_id: UUID) -> Recruitment:
    ad: Ad = row.Ad
    counts, criteria = found.counts.get(ad.id), found.criteria[ad.id]
    marks = _red_marks(session, ad, found, on)
    wrong = [mark for mark in marks if not mark.missing]
    arrived = counts.arrived if counts else 0
    own = next((one.PanelMember for one in found.panel[ad.id] if one.PanelMember.person_id == person_id), None)
    decides = row.decider_id == person_id and own is None
    return Recruitment(
        promised=promised_day(row.content or {}) if row.Ad.state != AdState.WITHDRAWN else None,
        **{name: getattr(counts, name) if counts else 0 for name in _COUNTED},
        ad_id=ad.id,
        title=ad.title,
        state=ad.state,
        deadline=ad.deadline,
        posts=ad.posts,
        criteria=len(criteria),
        hand_in_by=_last_minute(ad, row.hand_in_by),
        phase=Phase(row.phase or Phase.CONFLICTS),
        blind=bool(row.blind),
        met=row.met,
        meets=row.meets,
        wrong=len(wrong),
        missing=len(marks) - len(wrong),
        first_mark=wrong[0].sentence if wrong else "",
        arrived=arrived,
        decides=decides,
        decides_too=own is not None and not found.office and _decides(row, own),
        decider_gone=bool(row.decider_gone),
        to_answer=max(0, arrived - row.answered) if decides else 0,
        begun=row.begun,
        unreadable=row.unreadable,
        panel=tuple(_assessor(one, len(criteria), found, bool(row.blind)) for one in found.panel[ad.id]),
        has_applied=bool(counts and counts.own),
        unjudged=found.unjudged.get(ad.id, 0),
        unpublished=ad.id in found.touched and _is_corrected(session, row, criteria, found.contacts[ad.id]),
        reader_gone=(row.named_to_read is not None or bool(counts and counts.protected)) and not row.reads,
        reader_aside=ad.id in found.aside,
    )


def _decides(row: Any, own: PanelMember) -> bool:
    """Named to; where nobody ever was, whoever leads. See `review.queries.case`."""
    return bool(row.decider_id == own.person_id or (own.leads and row.decider_id is None and not row.decider_gone))


def _is_corrected(session: Session, row: Any, criteria: Sequence[AdCriterion], contacts: Sequence[AdContact]) -> bool:
    """Whether what is saved of an ad that is out is not what is published. Saving it as it was changes nothing."""
    party = session.get_one(Party, row.Ad.party_id)
    return bool(row.content != content_of(row.Ad, criteria, contacts, party, party.authority))


def _red_marks(session: Session, ad: Ad, found: _Gathered, on: date) -> Sequence[Any]:
    if ad.state != AdState.DRAFT:
        return ()
    party = session.get_one(Party, ad.party_id)
    return stopping(marks_of(ad, found.criteria[ad.id], found.contacts[ad.id], party=party, rules=found.rules, on=on))


def _assessor(row: Any, criteria: int, found: _Gathered, blind: bool) -> Assessor:
    member = row.PanelMember
    given = sum(scores * candidates for scores, candidates in found.judged[member.id])
    return Assessor(
        person_id=member.person_id,
        name=row.name,
        leads=member.leads,
        answered=row.answered,
        clear=row.clear,
        to_judge=row.to_judge,
        given=min(row.to_judge * criteria, given),
        since=found.since.get(member.id, 0),
        handed_in_at=member.handed_in_at,
        asked=row.called if member.deputy and not (blind and row.called) else None,
    )


def _last_minute(ad: Ad, hand_in_by: datetime | None) -> datetime | None:
    closes = closes_at(ad.deadline) if ad.deadline else None
    return last_minute_of(hand_in_by, closes_at=closes, is_out=ad.state == AdState.PUBLISHED)
