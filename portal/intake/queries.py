"""Registrations: the unfinished ones of a recruitment, and one of them with its application."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.queries import draft
from portal.applications.states import State
from portal.chunks import in_chunks
from portal.intake.models import Intake

FORM, FORM_NAME = "intake.form", "intake.form_name"  # what the signed form and its name are sealed for


class Begun(NamedTuple):
    """An unfinished registration with its draft."""

    intake: Intake
    application: Application


def begun_in(session: Session, ad_id: UUID) -> Sequence[Intake]:
    """The unfinished registrations of a recruitment, the first begun first."""
    rows = select(Intake).where(Intake.ad_id == ad_id, Intake.finished_at.is_(None))
    return session.scalars(rows.order_by(Intake.begun_at, Intake.id)).all()


# How many registrations of a recruitment are not finished, beside its `Ad`.
BEGUN = (
    select(func.count(Intake.id))
    .where(Intake.ad_id == Ad.id, Intake.finished_at.is_(None))
    .correlate(Ad)
    .scalar_subquery()
)


def begun(session: Session, ad_id: UUID, application_id: UUID) -> Begun | None:
    """One unfinished registration, its draft locked; None where there is none such in this recruitment."""
    row = _of(session, ad_id, application_id)
    application = draft(session, application_id) if row is not None and row.finished_at is None else None
    if row is None or application is None or application.state != State.DRAFT:
        return None
    return Begun(row, application)


def finished(session: Session, ad_id: UUID, application_id: UUID) -> Intake | None:
    """How an application came that has been registered; None of any other."""
    row = _of(session, ad_id, application_id)
    return row if row is not None and row.finished_at is not None else None


def finished_in(session: Session, ad_id: UUID) -> Sequence[Intake]:
    """What has been registered in a recruitment, the last first."""
    rows = select(Intake).where(Intake.ad_id == ad_id, Intake.finished_at.is_not(None))
    return session.scalars(rows.order_by(Intake.finished_at.desc(), Intake.id)).all()


def registered_among(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of the applications that have a registration."""
    found = [
        session.scalars(select(Intake.application_id).where(Intake.application_id.in_(some))) for some in in_chunks(ids)
    ]
    return {id for some in found for id in some}


def _of(session: Session, ad_id: UUID, application_id: UUID) -> Intake | None:
    own = select(Intake).where(Intake.ad_id == ad_id, Intake.application_id == application_id)
    return session.scalars(own).one_or_none()


def somebody_is_told(session: Session, ad_id: UUID) -> bool:
    """Whether anybody in the recruitment has had their word, though they may have taken theirs back since, or be erased."""
    told = select(Application.id).where(Application.ad_id == ad_id, Application.decided_at.is_not(None)).limit(1)
    return session.scalar(told, execution_options={"hidden_too": True}) is not None
