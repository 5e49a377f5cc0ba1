"""The outcome (utfall) of a recruitment: one row per candidate, with a reason tied to a criterion of the ad."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class Outcome(PartyRow, Base):
    """What became of one candidate. The reason's words are sealed under the application's key."""

    __tablename__ = "outcome"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            ForeignKeyConstraint(["party_id", "criterion_id"], ["ad_criterion.party_id", "ad_criterion.id"]),
            UniqueConstraint("party_id", "application_id"),
            CheckConstraint("result IN ('anstalls', 'gar_inte_vidare')", name="known_result"),
            CheckConstraint("settled_at IS NULL OR result = 'anstalls'", name="only_a_hired_one_is_settled"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID]
    result: Mapped[str]
    criterion_id: Mapped[UUID]
    reason_sealed: Mapped[bytes]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]  # an employment rests on it: the result no longer changes
    released_at: Mapped[datetime | None]  # from when the candidate sees it
