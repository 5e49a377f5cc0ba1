"""Reading ads: the office's own, and the published versions that everybody reads."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.parts import ROW_FIELDS, Part
from portal.locking import HELD, STAYS
from portal.organisations.models import Party


def ad_of(session: Session, ad_id: UUID, *, lock: bool = False) -> Ad | None:
    """The ad, if it exists within the scope."""
    return session.get(Ad, ad_id, with_for_update=HELD if lock else None)


def criteria_of(session: Session, ad_id: UUID) -> Sequence[AdCriterion]:
    """The ad's krav and merits in their order."""
    rows = select(AdCriterion).where(AdCriterion.ad_id == ad_id).order_by(AdCriterion.position, AdCriterion.id)
    return session.scalars(rows).all()


def contacts_of(session: Session, ad_id: UUID) -> Sequence[AdContact]:
    """The ad's contact persons in their order."""
    rows = select(AdContact).where(AdContact.ad_id == ad_id).order_by(AdContact.position, AdContact.id)
    return session.scalars(rows).all()


Listed = Mapping[str, list[dict[str, Any]]]
ROWS_OF: Final[Mapping[str, Callable[[Session, UUID], Sequence[Any]]]] = {
    "criteria": criteria_of,
    "contacts": contacts_of,
}


def listed_of(session: Session, ad: Ad, part: Part) -> Listed:
    """The rows of each field of a part that is a list of rows with an id of their own, as its form has them."""
    return {
        field: [{name: getattr(row, name) for name in ("id", *ROW_FIELDS[field])} for row in rows(session, ad.id)]
        for field, rows in ROWS_OF.items()
        if field in part.fields
    }


def values_of(session: Session, ad: Ad, part: Part, listed: Listed | None = None) -> dict[str, Any]:
    """What is saved of a part, by field; rows as lists of their values. ``listed`` are its rows, where they are read."""
    rows = listed_of(session, ad, part) if listed is None else listed
    return {
        field: [[row[name] for name in ROW_FIELDS[field]] for row in rows[field]]
        if field in rows
        else getattr(ad, field)
        for field in part.fields
    }


def ads_in_scope(session: Session) -> Sequence[Ad]:
    """All ads of the scope, the last changed first."""
    return session.scalars(select(Ad).order_by(Ad.changed_at.desc(), Ad.id)).all()


_NEWEST = select(PublishedAd).where(PublishedAd.superseded_at.is_(None))
_BY_REFERENCE, _BY_AD = (
    _NEWEST.where(PublishedAd.reference == bindparam("reference")), _NEWEST.where(PublishedAd.ad_id == bindparam("ad"))
)  # fmt: skip
_STAYING = _BY_AD.with_for_update(**STAYS)


def current_version(session: Session, reference: str) -> PublishedAd | None:
    """The newest published version under a public reference."""
    if "\0" in reference:
        return None  # PostgreSQL refuses such a text even in a question
    return session.scalars(_BY_REFERENCE, {"reference": reference}).one_or_none()


def current_version_of(session: Session, ad_id: UUID) -> PublishedAd | None:
    """The newest published version of an ad."""
    return session.scalars(_BY_AD, {"ad": ad_id}).one_or_none()


def version_in_force(session: Session, ad_id: UUID) -> PublishedAd | None:
    """The same for whoever lets something arrive, before anything else is held: who ends the recruitment or takes the ad
    back at this moment is waited for, and waits until the unit of work is over. Those who send do not wait for each other.
    """
    asked = {"ad": ad_id}
    found = session.scalars(_STAYING, asked).one_or_none()
    return found or session.scalars(_STAYING, asked).one_or_none()  # the one that came meanwhile


def hold_version(session: Session, ad_id: UUID) -> None:
    """For whoever ends a recruitment or takes an ad back, after the ad itself: nothing arrives from here on."""
    session.scalars(_BY_AD.with_for_update(), {"ad": ad_id}).all()


def versions_of(session: Session, ad_id: UUID) -> Sequence[PublishedAd]:
    """Every published version of an ad, the newest first."""
    rows = select(PublishedAd).where(PublishedAd.ad_id == ad_id).order_by(PublishedAd.version.desc())
    return session.scalars(rows).all()


def open_versions(session: Session, at: datetime) -> Sequence[PublishedAd]:
    """The published versions that take applications at ``at``, the first to close first."""
    rows = (
        select(PublishedAd)
        .where(
            PublishedAd.superseded_at.is_(None),
            PublishedAd.withdrawn.is_(False),
            PublishedAd.ended.is_(False),
            PublishedAd.closes_at > at,
        )
        .order_by(PublishedAd.closes_at, PublishedAd.reference)
    )
    return session.scalars(rows).all()


def closed_unannounced(session: Session, at: datetime) -> Sequence[tuple[UUID, UUID]]:
    """Published version and party of the ads whose last day is over and that nobody has been told of."""
    due = select(PublishedAd.id, PublishedAd.party_id).where(
        PublishedAd.superseded_at.is_(None),
        PublishedAd.withdrawn.is_(False),
        PublishedAd.closes_at <= at,
        PublishedAd.closing_announced_at.is_(None),
    )
    return [(row.id, row.party_id) for row in session.execute(due.order_by(PublishedAd.closes_at))]


def published_parties() -> ColumnElement[bool]:
    """Which parties have published: those whose colours the public style sheet may name."""
    return Party.id.in_(select(PublishedAd.party_id))
