"""What is missing before the words go out, and exactly who would be told what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import criteria_of
from portal.ads.states import AdState
from portal.ads.term import plan_term
from portal.ads.window import STOCKHOLM, is_open
from portal.decisions.checklist import Assessor, Facts
from portal.decisions.outcomes import Status, status_of
from portal.decisions.queries.recorded import takes_a_post
from portal.decisions.queries.words import Word, words_of
from portal.intake.queries import begun_in
from portal.posts.employer_model import Employer
from portal.review.deciding.queries import decider_outside
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import Case
from portal.review.queries.panel import members_of
from portal.review.queries.seats import seats_of
from portal.swedish_dates import swedish_day, swedish_weekday_day


@dataclass(frozen=True, slots=True)
class Release:
    """A recruitment just before somebody is told: the checklist's facts and each text."""

    facts: Facts
    words: Sequence[Word]

    @property
    def untold(self) -> list[Word]:
        """Those who would get their word if everybody did now."""
        return [word for word in self.words if status_of(word.outcome) is Status.PARKED]

    @property
    def to_offer(self) -> list[Word]:
        """Those to whom the post would be offered: parked, and to be hired."""
        return [word for word in self.untold if takes_a_post(word.outcome)]

    @property
    def seen(self) -> str:
        """A hash of who would be told what, by which a page tells what it showed."""
        lines = sorted(
            f"{word.application_id} {word.outcome.result} {word.version} {word.read}" for word in self.untold
        )
        lines.append(f"{self.facts.candidates} {self.facts.without_outcome}")
        return sha256("\n".join(lines).encode()).hexdigest()


def release_of(session: Session, case: Case, *, at: datetime) -> Release:
    """The recruitment as it stands at ``at``. What is counted is everybody, also whom the person may not see."""
    words = words_of(session, case)
    return Release(_facts(session, case, words, at), words)


def _facts(session: Session, case: Case, words: Sequence[Word], at: datetime) -> Facts:
    ad, on = case.ad, at.astimezone(STOCKHOLM).date()
    known = {row.id for row in criteria_of(session, ad.id)}
    recorded = {word.application_id for word in words if word.outcome.released_at or not word.outcome.called_off_at}
    missing = [row for row in case.applications if row.id not in recorded]
    parked = [word for word in words if status_of(word.outcome) is Status.PARKED]
    hired = [word for word in words if takes_a_post(word.outcome)]
    fallen = {row.id for row in case.applications if row.fallen}
    fault, latest = _term(ad, on)
    members = members_of(session, ad.id)
    panel, unjudged = _panel(session, case, members)
    return Facts(
        open_until=_open_until(case, at),
        candidates=len(case.applications),
        without_outcome=len(missing),
        without_reason=sum(word.outcome.criterion_id not in known for word in words),
        hired=len(hired),
        posts=ad.posts,
        term_fault=fault,
        latest_end=latest,
        employed=sum(word.outcome.settled_at is not None for word in hired),
        panel=panel,
        decider=_decider(session, case, members),
        decider_gone=case.decider_is_gone,
        fallen=sum(word.application_id in fallen for word in parked if takes_a_post(word.outcome)),
        begun=len(begun_in(session, ad.id)),
        unjudged=unjudged,
        last_minute_passed=case.hand_in_by is not None and at >= case.hand_in_by,
        unread=sum(not word.read for word in parked),
        unanswered_offers=sum(
            status_of(word.outcome) is Status.OFFERED and takes_a_post(word.outcome) for word in words
        ),
        declined=sum(word.outcome.declined_at is not None for word in words),
        first_without_outcome=f"s-{missing[0].id}" if missing else "",
        first_unread=next((f"b-{word.application_id}" for word in parked if not word.read and word.name), ""),
    )


def _open_until(case: Case, at: datetime) -> str:
    ad, closes = case.ad, case.closes_at
    if ad.state != AdState.PUBLISHED or ad.deadline is None or closes is None or not is_open(closes, at):
        return ""
    return swedish_weekday_day(ad.deadline)


def _term(ad: Ad, on: date) -> tuple[str, str]:
    """What is wrong with the ad's last day if the decision is taken to-day, and the last lawful day."""
    plan = plan_term(
        employer=Employer(ad.employer or ""), on=on, deadline=ad.deadline, decided=on, starts=ad.earliest_start,
        ends=ad.latest_end, form=ad.employment_form,
    )  # fmt: skip
    refusal = plan.refusal(reason_given=bool(ad.end_reason))
    by_law = plan.limit is not None and plan.employer is Employer.AUTHORITY
    latest = swedish_day(plan.limit.latest_end) if plan.limit is not None and by_law else ""
    return (refusal.sentence if refusal else "", latest)


def _decider(session: Session, case: Case, members: Sequence[PanelMember]) -> Assessor | None:
    """Whoever decides without assessing, with how many questions of jäv they have left."""
    named = case.review.decider_id if case.review else None
    found = decider_outside(session, case.ad.id, named, [member.person_id for member in members])
    return Assessor(found.name, len(case.applications) - found.answered, handed_in=True) if found else None


def _panel(session: Session, case: Case, members: Sequence[PanelMember]) -> tuple[tuple[Assessor, ...], int]:
    """How far each has come, by the same rule as the joint view opens by, and how many candidates who have not fallen on a
    krav none of them judges."""
    seats = seats_of(session, case.ad.id, members)
    waiting = {member.id for member in seats.waiting_for(case.applications)}
    answered = _answered(session, members)
    found = tuple(
        Assessor(
            name=member.person.name,
            unanswered=sum(
                (member.id, row.id) not in answered for row in case.applications if seats.asks(member, row.id)
            ),
            handed_in=member.id not in waiting,
        )
        for member in members
    )
    unjudged = sum(not row.fallen and not seats.judging(row.id) for row in case.applications)
    return found, unjudged if members else 0


def _answered(session: Session, members: Sequence[PanelMember]) -> set[tuple[UUID, UUID]]:
    rows = select(ConflictAnswer.panel_member_id, ConflictAnswer.application_id).where(
        ConflictAnswer.panel_member_id.in_([member.id for member in members])
    )
    return {(member, application) for member, application in session.execute(rows)}
