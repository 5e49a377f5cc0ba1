"""What somebody has answered about jäv in one recruitment, what they are called in for, and what tells of their own
application."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.accounts.address import canonical
from portal.accounts.models import Person
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.organisations.models import Membership
from portal.organisations.queries import belongs
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember, ReviewCase
from portal.vault.services import controller_fingerprint

ADDRESS = "address"  # the purpose under which an applicant's address is fingerprinted
NOBODY = UUID(int=0)  # the id of no row: whoever has no seat is looked up as quickly as whoever has


def is_in() -> ColumnElement[bool]:
    """That a row of the panel is in force: not removed, and the person has been one of the party's people ever since they
    were named. Whoever has left and come back is to be named anew."""
    there = _in_party_since(PanelMember.person_id, PanelMember.party_id, PanelMember.added_at)
    return PanelMember.removed_at.is_(None) & there


def was_in(at: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """That a row of the panel was in force at an instant of which this is the column, or is, where that is still to come: who
    had left the panel or the party by then, or whose account was shut, was not there."""

    def not_by_then(left_at: SQLColumnExpression[datetime | None]) -> ColumnElement[bool]:
        return or_(left_at.is_(None), left_at > at)

    there = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.person_id == PanelMember.person_id, Membership.party_id == PanelMember.party_id,
            Membership.accepted_at <= PanelMember.added_at, not_by_then(Membership.ended_at),
            not_by_then(Person.disabled_at),
        )
    )  # fmt: skip
    return and_(not_by_then(PanelMember.removed_at), there.correlate_except(Membership, Person).exists())


def decider_is_in() -> ColumnElement[bool]:
    """The same of whoever is named to decide in a `ReviewCase`; where it was not kept when, they need only be there now."""
    since = func.coalesce(ReviewCase.decider_named_at, Membership.accepted_at)
    return _in_party_since(ReviewCase.decider_id, ReviewCase.party_id, since)


def _in_party_since(
    person: SQLColumnExpression[Any], party: SQLColumnExpression[Any], named_at: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    membership = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.person_id == person, Membership.party_id == party, Membership.accepted_at <= named_at, belongs()
        )
    )
    return membership.exists()


def with_answers(
    rows: Select[Any], states: Collection[str], *, person: ColumnElement[UUID], seat: ColumnElement[UUID]
) -> Select[Any]:
    """Applications in these states and those the person has answered for, with two columns more: whether they have jäv
    and when they said so. ``seat`` is their own in the panel, or `NOBODY`.

    A person answers as one of the panel or as one who decides, never of one application in both places: see
    `services.declaring`. Were there two, jäv would bind. Each place is looked up by its own key: both as one list would be
    read through anew for every application.
    """
    assessing, deciding = ConflictAnswer, DecidingAnswer
    has_conflict = func.coalesce(
        or_(assessing.has_conflict, deciding.has_conflict), assessing.has_conflict, deciding.has_conflict
    )
    answered_at = func.coalesce(assessing.answered_at, deciding.answered_at)
    return (
        rows.add_columns(has_conflict.label("has_conflict"), answered_at.label("answered_at"))
        .outerjoin(assessing, and_(assessing.application_id == Application.id, assessing.panel_member_id == seat))
        .outerjoin(deciding, and_(deciding.application_id == Application.id, deciding.person_id == person))
        .where(or_(Application.state.in_(states), answered_at.is_not(None)))
    )


def deputy_calls_of(session: Session, member: PanelMember) -> dict[UUID, datetime]:
    """The applications a deputy has been called in for, and when."""
    rows = select(DeputyCall.application_id, DeputyCall.called_at).where(DeputyCall.panel_member_id == member.id)
    return {row.application_id: row.called_at for row in session.execute(rows)}


def has_applied(session: Session, controller_id: UUID, email: str, prints: Collection[bytes | None]) -> bool:
    """Whether an application that counts came from the person's own address; ``prints`` are what those carry.

    Anybody can write anybody's address into a form, so this must be curable by its owner: the receipt goes to the
    address, and with the application taken back by its link the case is there again.
    """
    if not prints:
        return False
    return address_print(session, controller_id, email) in prints


def address_print(session: Session, controller_id: UUID, email: str) -> bytes:
    """The print that an application from this address carries."""
    return controller_fingerprint(session, controller_id, canonical(email), purpose=ADDRESS)


def applied_under(session: Session, person_id: UUID, controllers: Collection[UUID]) -> set[UUID]:
    """The recruitments in this scope, with one of these controllers, that somebody has applied to from their own address:
    for them those are not there."""
    email = session.get_one(Person, person_id).email
    prints = [address_print(session, one, email) for one in controllers]
    own = select(Application.ad_id).where(Application.state.in_(COUNTS), Application.address_print.in_(prints))
    return set(session.scalars(own))


def applied_to(session: Session, person_id: UUID, ads: Mapping[UUID, UUID]) -> set[UUID]:
    """Of these recruitments, each with its controller, the same. Nothing is asked where there are none."""
    return applied_under(session, person_id, set(ads.values())) & ads.keys() if ads else set()


def with_conflict(person_id: UUID, column: InstrumentedAttribute[Any] = Application.id) -> ColumnElement[bool]:
    """Whether somebody has said that they have jäv for an application, by whatever ``column`` has its id; by
    `Application.ad_id`, for any of its recruitment."""
    assessing = (
        select(ConflictAnswer.application_id)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .where(ConflictAnswer.has_conflict, PanelMember.person_id == person_id)
    )
    deciding = select(DecidingAnswer.application_id).where(
        DecidingAnswer.has_conflict, DecidingAnswer.person_id == person_id
    )
    if column is not Application.ad_id:
        return or_(column.in_(assessing), column.in_(deciding))
    apart = aliased(Application)
    of_those = or_(apart.id.in_(assessing), apart.id.in_(deciding))
    return column.in_(select(apart.ad_id).where(of_those))


def applied_themselves(session: Session, ad_id: UUID, controller_id: UUID) -> Callable[[str], bool]:
    """Whether an application that counts in a recruitment came from an address: whoever has applied is told nothing of it."""
    prints = set(
        session.scalars(
            select(Application.address_print).where(Application.ad_id == ad_id, Application.state.in_(COUNTS))
        )
    )
    return lambda email: has_applied(session, controller_id, email, prints)
