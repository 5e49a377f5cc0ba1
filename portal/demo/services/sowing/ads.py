"""One published ad as the office would have left it: its rows, and the snapshot that the public reads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock
from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.snapshot import content_of
from portal.ads.states import AdState
from portal.ads.window import closes_at
from portal.demo.services.ads import CONTACTS, CRITERIA, FULL_TIME, HALF_TIME
from portal.demo.services.sowing.houses import SownParty
from portal.demo.services.sowing.rows import Sowing
from portal.demo.sweden import AdPlan
from portal.elections.limit import limit_for_authority

OPEN_FOR = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Walls:
    """Whose the rows of one ad are."""

    party_id: UUID
    authority_id: UUID
    controller_id: UUID
    with_authority: bool

    def own(self) -> dict[str, object]:
        """For rows that are the staff's, whatever the authority sees."""
        return {"party_id": self.party_id, "authority_id": self.authority_id, "controller_id": self.controller_id}

    def shown(self) -> dict[str, object]:
        """For rows that the authority sees as employer."""
        return {**self.own(), "with_authority": self.with_authority}


@dataclass(frozen=True, slots=True)
class SownAd:
    """A published ad and what its applications need of it."""

    plan: AdPlan
    id: UUID
    version: UUID
    walls: Walls
    criteria: tuple[AdCriterion, ...]
    opens: datetime
    closes: datetime


def sow_ad(session: Session, party: SownParty, plan: AdPlan, sowing: Sowing) -> SownAd:
    """Write the ad, its criteria, its contacts and its published version."""
    walls = _walls(party, plan)
    ad = _ad(party, plan, walls, sowing)
    criteria = [
        AdCriterion(
            id=sowing.dice.id(), **walls.shown(), ad_id=ad.id, position=position, kind=kind, judged=judged, text=text,
            explanation=explanation, weight=weight, locked_at=ad.published_at,
        )
        for position, (kind, judged, text, explanation, weight) in enumerate(CRITERIA, 1)
    ]  # fmt: skip
    contacts = [
        AdContact(id=sowing.dice.id(), **walls.shown(), ad_id=ad.id, position=position, **contact)
        for position, contact in enumerate(CONTACTS, 1)
    ]
    sowing.add(session, [ad])
    sowing.add(session, criteria)
    sowing.add(session, contacts)
    version = _version(ad, content_of(ad, criteria, contacts, party.row, party.home), sowing)
    sowing.add(session, [version])
    assert ad.published_at is not None
    return SownAd(plan, ad.id, version.id, walls, tuple(criteria), ad.published_at, version.closes_at)


def _walls(party: SownParty, plan: AdPlan) -> Walls:
    controller = party.home.id if plan.by_authority else party.row.id
    return Walls(party.row.id, party.home.id, controller, plan.by_authority)


def _ad(party: SownParty, plan: AdPlan, walls: Walls, sowing: Sowing) -> Ad:
    at, dice = sowing.at, sowing.dice
    deadline = at.astimezone(clock.STOCKHOLM).date() + timedelta(days=plan.days_left)
    published = min(at - timedelta(hours=2), closes_at(deadline) - OPEN_FOR)
    texts = dice.random.choice((FULL_TIME, HALF_TIME))
    return Ad(
        id=dice.id(), **walls.shown(), reference=dice.reference(), state=AdState.PUBLISHED, created_by=party.office,
        created_at=published - timedelta(days=2), changed_at=published, published_at=published,
        employer="authority" if plan.by_authority else "party", title=texts["title"], intro=texts["intro"],
        tasks=texts["tasks"], hours="Oreglerad arbetstid", place=party.home.name, remote=True,
        remote_text="distansarbete när det går", employment_form="visstid", posts=1,
        extent_percent=texts["extent_percent"], start_agreed=True, documents=["cv", "letter", "salary"],
        deadline=deadline, salary_form="Individuell lönesättning", salary_low=38000, salary_high=46000,
        collective_agreement="Allmänna bestämmelser (AB) i delar", retention_months=24,
        retention_rule="Gallringsbeslut 2024, § 112", timetable=[], **_term(deadline),
    )  # fmt: skip


def _term(deadline: date) -> dict[str, object]:
    decided, starts = deadline + timedelta(days=24), deadline + timedelta(days=45)
    limit = limit_for_authority(decided=decided, starts=starts)
    return {
        "expected_decision": decided,
        "earliest_start": starts,
        "latest_end": limit.latest_end,
        "limit_reference": limit.reference_date,
        "limit_election": limit.election.day,
        "limit_latest_end": limit.latest_end,
        "limit_rule": limit.rule,
    }


def _version(ad: Ad, content: dict[str, object], sowing: Sowing) -> PublishedAd:
    assert ad.deadline is not None
    assert ad.employer is not None
    assert ad.published_at is not None
    closes = closes_at(ad.deadline)
    return PublishedAd(
        id=sowing.dice.id(), reference=ad.reference, version=1, ad_id=ad.id, party_id=ad.party_id,
        authority_id=ad.authority_id, employer=ad.employer, content=content, published_at=ad.published_at,
        first_published_at=ad.published_at, closes_at=closes, closing_announced_at=closes if closes <= sowing.at else None,
    )  # fmt: skip
