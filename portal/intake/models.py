"""Applications that came by another way than the portal, and are registered by the office for the person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class Intake(PartyRow, Base):
    """How one application came, and who registered it. While it is unfinished the application is a draft, which the office
    alone reaches, through this row; with the draft it goes."""

    __tablename__ = "intake"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(
                ["party_id", "application_id"], ["application.party_id", "application.id"], ondelete="CASCADE"
            ),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "application_id"),
            CheckConstraint("way IN ('post', 'mail', 'hand')", name="known_way"),
            CheckConstraint("consent IN ('', 'form', 'letter')", name="known_consent"),
            CheckConstraint("(consent = '') = (consented_on IS NULL)", name="consent_on_a_day"),
            CheckConstraint("(consent = 'form') = (form_sealed IS NOT NULL)", name="form_with_its_paper"),
            CheckConstraint("(finished_at IS NULL) = (finished_by IS NULL)", name="finished_by_somebody"),
            CheckConstraint(
                "finished_at IS NULL OR consent <> '' OR controller_id = authority_id", name="a_party_has_consent"
            ),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    way: Mapped[str]  # see intake.ways
    arrived_on: Mapped[date]  # as the office states it; the rule of late applications goes by it
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    consent: Mapped[str] = mapped_column(default="")  # to a party: a signed form, or the words in what was sent
    consented_on: Mapped[date | None]
    form_sealed: Mapped[bytes | None]  # the signed form's file, under the application's key
    form_name_sealed: Mapped[bytes | None]
    finished_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[datetime | None]
