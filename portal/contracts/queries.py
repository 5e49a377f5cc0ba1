"""Employments read: those of the scope, one of them, and who is still to be employed."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.contracts.models import Employment
from portal.decisions.models import Outcome
from portal.decisions.queries import hired
from portal.organisations.models import Party
from portal.vault.services import open_for_controller


@dataclass(frozen=True, slots=True)
class Employed:
    """An employment with its name opened. ``recorder`` is who recorded it, ``whole`` what one post of its ad is in per cent
    (full time where it comes of none)."""

    row: Employment
    name: str
    title: str
    party_name: str
    authority_name: str
    recorder: str
    whole: int = 100


def name_place(employment_id: UUID) -> str:
    """What the sealed name is bound to."""
    return f"employment.{employment_id}"


def employments_of(session: Session, employment_id: UUID | None = None) -> list[Employed]:
    """The employments that the scope may see, the first to end first; or the one of this id, if it may be seen."""
    rows = (
        select(Employment, Party, Person.name.label("recorder"), Ad.extent_percent)
        .join(Party, Party.id == Employment.party_id)
        .join(Person, Person.id == Employment.recorded_by)
        .outerjoin(Ad, Ad.id == Employment.ad_id)
        .options(joinedload(Party.authority))
        .order_by(Employment.ends_on.is_(None), Employment.ends_on, Employment.starts_on, Employment.id)
    )
    if employment_id is not None:
        rows = rows.where(Employment.id == employment_id)
    return [
        Employed(
            row=row.Employment,
            name=_name(session, row.Employment),
            title=row.Employment.title,
            party_name=row.Party.name,
            authority_name=row.Party.authority.name,
            recorder=row.recorder,
            whole=row.extent_percent or 100,
        )
        for row in session.execute(rows)
    ]


def _name(session: Session, row: Employment) -> str:
    return open_for_controller(session, row.controller_id, row.name_sealed, place=name_place(row.id))


def employment_for(session: Session, application_id: UUID) -> Employment | None:
    """The employment that came of an application, if any."""
    return session.scalars(select(Employment).where(Employment.application_id == application_id)).one_or_none()


def to_employ(session: Session, ad_id: UUID) -> list[Outcome]:
    """The outcomes *anställs* on which no employment has been recorded."""
    done = set(session.scalars(select(Employment.application_id).where(Employment.ad_id == ad_id)))
    return [outcome for outcome in hired(session, ad_id) if outcome.application_id not in done]


def advertised(session: Session) -> list[Ad]:
    """The published ads whose recruitment is not over and that say when the work begins."""
    rows = select(Ad).where(Ad.state == AdState.PUBLISHED, Ad.earliest_start.is_not(None))
    return list(session.scalars(rows.order_by(Ad.earliest_start, Ad.id)))
