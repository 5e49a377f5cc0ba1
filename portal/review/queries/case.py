"""One recruitment as one person sees it: who they are to it, and which applications it has. Four statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.ads.window import closes_at, is_open
from portal.applications.address import canonical
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.organisations.access import Actor, may_run_recruitment
from portal.review.access import Standing, may_see_listed
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase
from portal.vault.services import controller_fingerprint

ADDRESS = "address"  # the purpose under which an applicant's address is fingerprinted


class Listed(NamedTuple):
    """What lists and rules need of an application. A thousand of them are read as bare values: as objects that the
    session watches they would cost ten times as much."""

    id: UUID
    ad_id: UUID
    state: str
    submitted_at: datetime
    address_print: bytes | None
    name_sealed: bytes | None
    party_id: UUID
    authority_id: UUID
    controller_id: UUID
    called_at: datetime | None


_COLUMNS = [getattr(Application, name) for name in Listed._fields]


@dataclass(frozen=True, slots=True)
class Case:
    """A published ad's review, for one person. ``applications`` are those that count, in the order they arrived."""

    ad: Ad
    review: ReviewCase | None
    member: PanelMember | None  # also one who has been removed
    standing: Standing
    applications: tuple[Listed, ...]

    @property
    def listed(self) -> list[Listed]:
        """The applications this person may see."""
        return [row for row in self.applications if may_see_listed(self.standing, row.id)]

    @property
    def unanswered(self) -> list[Listed]:
        """The applications of which an assessor has not yet said whether they have jäv."""
        known = self.standing.clear | self.standing.conflicts
        return [row for row in self.applications if row.id not in known]

    @property
    def hand_in_by(self) -> datetime | None:
        """The phase's last minute, where one is set."""
        return self.review.hand_in_by if self.review else None

    @property
    def closes_at(self) -> datetime | None:
        """The first instant after the last day to apply."""
        return closes_at(self.ad.deadline) if self.ad.deadline else None

    def application(self, id: UUID) -> Listed | None:
        """The application of this id, if it counts in this recruitment."""
        return next((row for row in self.applications if row.id == id), None)

    def may_be_assessed(self, at: datetime) -> bool:
        """Assessing opens when the ad takes no more: its last day is over, or it was taken back."""
        return self.ad.state != AdState.PUBLISHED or self.closes_at is None or not is_open(self.closes_at, at)


def load_case(session: Session, ad_id: UUID, actor: Actor, *, lock: bool = False) -> Case | None:
    """The case, or None where there is no such published ad in the scope. ``lock`` holds the person's panel row.

    The lock lets two clicks of one assessor wait for each other on PostgreSQL; SQLite has one writer anyhow.
    """
    found = session.execute(
        select(Ad, ReviewCase).outerjoin(ReviewCase, ReviewCase.ad_id == Ad.id).where(Ad.id == ad_id)
    ).one_or_none()
    if found is None or found.Ad.published_at is None:
        return None
    ad, review = found
    if lock:
        own = select(PanelMember).where(PanelMember.ad_id == ad_id, PanelMember.person_id == actor.person_id)
        session.scalars(own.with_for_update()).all()
    email, member, answers = _person_in(session, ad_id, actor.person_id)
    arrived = _arrived(session, ad_id)
    standing = Standing(
        office=may_run_recruitment(actor),
        named=member is not None and member.removed_at is None,
        leads=member is not None and member.leads,
        has_applied=_has_applied(session, ad, email, arrived),
        conflicts=frozenset(id for id, has_conflict in answers.items() if has_conflict),
        clear=frozenset(id for id, has_conflict in answers.items() if not has_conflict),
    )
    return Case(ad, review, member, standing, tuple(arrived))


def _person_in(session: Session, ad_id: UUID, person_id: UUID) -> tuple[str, PanelMember | None, dict[UUID, bool]]:
    """The person's address, their place in the panel, and by application whether they have jäv; in one statement."""
    mine = and_(PanelMember.person_id == Person.id, PanelMember.ad_id == ad_id)
    rows = session.execute(
        select(Person.email, PanelMember, ConflictAnswer.application_id, ConflictAnswer.has_conflict)
        .outerjoin(PanelMember, mine)
        .outerjoin(ConflictAnswer, ConflictAnswer.panel_member_id == PanelMember.id)
        .where(Person.id == person_id)
    ).all()
    answers = {application_id: has_conflict for _, _, application_id, has_conflict in rows if application_id}
    return rows[0].email, rows[0].PanelMember, answers


def _arrived(session: Session, ad_id: UUID) -> list[Listed]:
    """The applications that count, in the order they arrived."""
    rows = select(*_COLUMNS).where(Application.ad_id == ad_id, Application.state.in_(COUNTS))
    return [Listed._make(row) for row in session.execute(rows.order_by(Application.submitted_at, Application.id))]


def _has_applied(session: Session, ad: Ad, email: str, arrived: list[Listed]) -> bool:
    """Whether an application that counts came from the person's own address.

    Anybody can write anybody's address into a form, so this must be curable by its owner: the receipt goes to the
    address, and with the application taken back by its link the case is there again.
    """
    if not arrived:
        return False
    own = address_print(session, ad.controller_id, email)
    return any(row.address_print == own for row in arrived)


def address_print(session: Session, controller_id: UUID, email: str) -> bytes:
    """The print that an application from this address carries."""
    return controller_fingerprint(session, controller_id, canonical(email), purpose=ADDRESS)
