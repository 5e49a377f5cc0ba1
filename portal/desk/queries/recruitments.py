"""What the desk shows, read in a number of statements that does not grow with the recruitments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.checks import check_ad, controller_of, stopping
from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.promised import promised_day
from portal.ads.states import AdState
from portal.ads.window import STOCKHOLM, closes_at
from portal.applications.models import Application
from portal.applications.states import COUNTS, State
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.decisions.queries.recorded import TAKES_A_POST
from portal.desk.facts import Assessor, Recruitment, day_before
from portal.intake.queries import BEGUN
from portal.organisations.access import Actor, may_run_recruitment
from portal.organisations.models import Party
from portal.review.blind.models import Masking
from portal.review.deciding.queries import answered_by
from portal.review.meeting.models import Meeting
from portal.review.meeting.states import State as Stage
from portal.review.models import ConflictAnswer, DeputyCall, InterviewCall, PanelMember, ReviewCase, Score
from portal.review.phases import Phase
from portal.review.queries.falls import FALLEN
from portal.review.queries.panel import is_called_in, is_in
from portal.review.queries.person import ADDRESS
from portal.review.queries.readers import WHO_READS
from portal.review.queries.seats import opened, uncovered_in, unjudged_in
from portal.review.queries.unreadable import UNREADABLE
from portal.review.reminders import last_minute_of
from portal.vault.services import controller_fingerprint

_COUNTED = ("protected", "masked", "fresh", "called", "with_outcome", "hired", "employed", "released", "gave_up")
_HAS_OUTCOME = Outcome.id.is_not(None) & (Outcome.called_off_at.is_(None) | Outcome.released_at.is_not(None))
_GAVE_UP = (Application.state == State.WITHDRAWN) & (Outcome.result == Result.HIRED)  # once it is told
_TO_JUDGE = ~FALLEN & opened()
_COUNTING, GOES_ON = Application.state.in_(COUNTS), Ad.state != AdState.ENDED


@dataclass
class _Gathered:
    """The rows behind the recruitments, by ad."""

    counts: dict[UUID, Any] = field(default_factory=dict)
    criteria: dict[UUID, list[AdCriterion]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[UUID, list[AdContact]] = field(default_factory=lambda: defaultdict(list))
    panel: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))
    judged: dict[UUID, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    unjudged: dict[UUID, int] = field(default_factory=dict)
    since: dict[UUID, int] = field(default_factory=dict)  # by member of a panel


def office_recruitments(session: Session, actor: Actor, *, at: datetime) -> list[Recruitment]:
    """The party's drafts and the published ads whose recruitment goes on, the first to close first."""
    return _recruitments(session, actor, GOES_ON, at=at)


def panel_recruitments(
    session: Session, actor: Actor, *, at: datetime, of: ColumnElement[bool] = GOES_ON
) -> list[Recruitment]:
    """The recruitments in whose panel the person is, and those they are named to decide in; ``of`` narrows them."""
    named = select(PanelMember.ad_id).where(PanelMember.person_id == actor.person_id, is_in(), is_called_in())
    deciding = select(ReviewCase.ad_id).where(ReviewCase.decider_id == actor.person_id)
    return _recruitments(session, actor, and_(or_(Ad.id.in_(named), Ad.id.in_(deciding)), of), at=at)


def recruitment(session: Session, actor: Actor, ad_id: UUID, *, at: datetime) -> Recruitment | None:
    """One recruitment of the scope, whatever its state."""
    return next(iter(_recruitments(session, actor, Ad.id == ad_id, at=at)), None)


def _recruitments(session: Session, actor: Actor, which: ColumnElement[bool], *, at: datetime) -> list[Recruitment]:
    met = select(Meeting.id).where(Meeting.ad_id == Ad.id, Meeting.state == Stage.ENDED).exists().label("met")
    rows = session.execute(
        select(
            Ad,
            PublishedAd.content,
            ReviewCase.hand_in_by,
            ReviewCase.phase,
            ReviewCase.decider_id,
            answered_by(actor.person_id).label("answered"),
            func.coalesce(ReviewCase.blind, false()).label("blind"),
            met,
            BEGUN.label("begun"),
            UNREADABLE.label("unreadable"),
            *WHO_READS,
        )
        .outerjoin(ReviewCase, ReviewCase.ad_id == Ad.id)
        .outerjoin(PublishedAd, and_(PublishedAd.ad_id == Ad.id, PublishedAd.superseded_at.is_(None)))
        .where(which)
        .order_by(Ad.deadline.is_(None), Ad.deadline, Ad.created_at, Ad.id)
    ).all()
    if not rows:
        return []
    ads = [row.Ad for row in rows]
    found = _gather(session, actor, ads, at)
    on = at.astimezone(STOCKHOLM).date()
    return [_recruitment(session, row, found, on, actor.person_id) for row in rows]


def _gather(session: Session, actor: Actor, ads: Sequence[Ad], at: datetime) -> _Gathered:
    ids, drafts = [ad.id for ad in ads], [ad.id for ad in ads if ad.state == AdState.DRAFT]
    found = _Gathered(
        counts=_counts(session, actor, ads, at),
        unjudged=unjudged_in(session, ids) if may_run_recruitment(actor) else {},
    )
    for criterion in session.scalars(select(AdCriterion).where(AdCriterion.ad_id.in_(ids))):
        found.criteria[criterion.ad_id].append(criterion)
    for contact in session.scalars(select(AdContact).where(AdContact.ad_id.in_(drafts))) if drafts else ():
        found.contacts[contact.ad_id].append(contact)
    for member in _panel(session, ids):
        found.panel[member.PanelMember.ad_id].append(member)
    if any(one.PanelMember.handed_in_at for members in found.panel.values() for one in members):
        found.since = uncovered_in(session, ids)
    for member_id, scores, candidates in _judged(session, ids):
        found.judged[member_id].append((scores, candidates))
    return found


def _counts(session: Session, actor: Actor, ads: Sequence[Ad], at: datetime) -> dict[UUID, Any]:
    """Per ad: candidates, new ones, called, with outcome, hired, released, and whether the reader is among them."""
    email = session.get_one(Person, actor.person_id).email
    prints = [
        controller_fingerprint(session, controller_id, email, purpose=ADDRESS)
        for controller_id in {ad.controller_id for ad in ads if ad.published_at is not None}
    ]
    rows = (
        select(
            Application.ad_id,
            _sum(_COUNTING).label("arrived"),
            _sum(_COUNTING & Masking.approved_at.is_not(None)).label("masked"),
            _sum(_COUNTING & Application.protected).label("protected"),
            _sum(_COUNTING & (Application.submitted_at >= day_before(at))).label("fresh"),
            _sum(_COUNTING & InterviewCall.id.is_not(None)).label("called"),
            _sum(_COUNTING & _HAS_OUTCOME).label("with_outcome"),
            _sum(_COUNTING & TAKES_A_POST).label("hired"),
            _sum(_COUNTING & TAKES_A_POST & Outcome.settled_at.is_not(None)).label("employed"),
            _sum(_GAVE_UP & Outcome.released_at.is_not(None)).label("gave_up"),
            _sum(_COUNTING & Outcome.released_at.is_not(None)).label("released"),
            _sum(_COUNTING & Application.address_print.in_(prints)).label("own"),
        )
        .outerjoin(InterviewCall, InterviewCall.application_id == Application.id)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .outerjoin(Masking, Masking.application_id == Application.id)
        .where(Application.ad_id.in_([ad.id for ad in ads]), Application.state != State.DRAFT)
        .group_by(Application.ad_id)
    )
    return {row.ad_id: row for row in session.execute(rows)}


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _panel(session: Session, ids: Iterable[UUID]) -> Sequence[Any]:
    """The panels, each member with how many of the candidates that count they have answered for, and without jäv."""
    call = select(DeputyCall.id).where(
        DeputyCall.panel_member_id == ConflictAnswer.panel_member_id,
        DeputyCall.application_id == ConflictAnswer.application_id,
    )
    given = or_(PanelMember.deputy.is_(False), call.exists())  # of a blind review a deputy answers for all, judges few
    answers = (
        select(
            ConflictAnswer.panel_member_id,
            func.count().label("answered"),
            _sum(given & ConflictAnswer.has_conflict.is_(False)).label("clear"),
            _sum(given & ConflictAnswer.has_conflict.is_(False) & _TO_JUDGE).label("to_judge"),
        )
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .join(Application, _of_the_panels_ad(ConflictAnswer.application_id))
        .outerjoin(ReviewCase, ReviewCase.ad_id == Application.ad_id)
        .where(PanelMember.ad_id.in_(ids), _COUNTING)
        .group_by(ConflictAnswer.panel_member_id)
        .subquery()
    )
    called = (
        select(func.count())
        .select_from(DeputyCall)
        .join(Application, _of_the_panels_ad(DeputyCall.application_id))
        .where(DeputyCall.panel_member_id == PanelMember.id, _COUNTING)
        .correlate(PanelMember)
        .scalar_subquery()
    )
    return session.execute(
        select(
            PanelMember,
            Person.name,
            func.coalesce(answers.c.answered, 0).label("answered"),
            func.coalesce(answers.c.clear, 0).label("clear"),
            func.coalesce(answers.c.to_judge, 0).label("to_judge"),
            called.label("called"),
        )
        .join(Person, Person.id == PanelMember.person_id)
        .outerjoin(answers, answers.c.panel_member_id == PanelMember.id)
        .where(PanelMember.ad_id.in_(ids), is_in(), is_called_in())
        .order_by(PanelMember.deputy, PanelMember.position, PanelMember.id)
    ).all()


def _of_the_panels_ad(application_id: Any) -> ColumnElement[bool]:
    """It could be no other, but the database does not know: it would look at every application of the party's."""
    return and_(Application.id == application_id, Application.ad_id == PanelMember.ad_id)


def _judged(session: Session, ids: Iterable[UUID]) -> Sequence[Any]:
    """Per assessor: of how many candidates that are there to judge they have set how many scores."""
    each = (
        select(Score.panel_member_id, Score.application_id, func.count().label("scores"))
        .join(PanelMember, PanelMember.id == Score.panel_member_id)
        .where(PanelMember.ad_id.in_(ids))
        .group_by(Score.panel_member_id, Score.application_id)
        .subquery()
    )
    return session.execute(
        select(each.c.panel_member_id, each.c.scores, func.count())
        .join(Application, Application.id == each.c.application_id)
        .outerjoin(ReviewCase, ReviewCase.ad_id == Application.ad_id)
        .where(Application.ad_id.in_(ids), _COUNTING, _TO_JUDGE)
        .group_by(each.c.panel_member_id, each.c.scores)
    ).all()


def _recruitment(session: Session, row: Any, found: _Gathered, on: date, person_id: UUID) -> Recruitment:
    ad: Ad = row.Ad
    counts, criteria = found.counts.get(ad.id), found.criteria[ad.id]
    marks = _red_marks(session, ad, criteria, found.contacts[ad.id], on)
    wrong = [mark for mark in marks if not mark.missing]
    arrived = counts.arrived if counts else 0
    decides = row.decider_id == person_id and not any(
        one.PanelMember.person_id == person_id for one in found.panel[ad.id]
    )
    return Recruitment(
        promised=promised_day(row.content or {}),
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
        wrong=len(wrong),
        missing=len(marks) - len(wrong),
        first_mark=wrong[0].sentence if wrong else "",
        arrived=arrived,
        decides=decides,
        to_answer=max(0, arrived - row.answered) if decides else 0,
        begun=row.begun,
        unreadable=row.unreadable,
        panel=tuple(_assessor(one, len(criteria), found, bool(row.blind)) for one in found.panel[ad.id]),
        has_applied=bool(counts and counts.own),
        unjudged=found.unjudged.get(ad.id, 0),
        reader_gone=(row.named_to_read is not None or bool(counts and counts.protected)) and not row.reads,
    )


def _red_marks(
    session: Session, ad: Ad, criteria: Sequence[AdCriterion], contacts: Sequence[AdContact], on: date
) -> Sequence[Any]:
    if ad.state != AdState.DRAFT:
        return ()
    party = session.get_one(Party, ad.party_id)
    controller = controller_of(ad.employer, party=party, authority=party.authority)
    return stopping(check_ad(ad, criteria, contacts, controller_name=controller, on=on))


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
