"""What people have said of how long a recruitment's applications are kept: from which day, until when, and what stops it.

How long is the ad's own (`ads.models.Ad.retention_months`), which rests on its employer's rule.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


def _together(name: str, *columns: str) -> CheckConstraint:
    first, *rest = columns
    return CheckConstraint(" AND ".join(f"({first} IS NULL) = ({one} IS NULL)" for one in rest), name=name)


class RetentionCase(PartyRow, Base):
    """One recruitment. Reasons are sealed under the controller's key, and go when the applications do."""

    __tablename__ = "retention_case"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            UniqueConstraint("party_id", "ad_id"),
            _together("start_said_by_somebody", "starts_on", "start_said_by", "start_said_at"),
            _together("postponed_by_somebody", "postponed_to", "postponed_by", "postponed_at"),
            CheckConstraint(
                "postponed_reason_sealed IS NOT NULL OR postponed_to IS NULL", name="postponed_with_a_reason"
            ),
            CheckConstraint("start_basis_sealed IS NOT NULL OR starts_on IS NULL", name="start_with_its_basis"),
            _together("told_on_a_day", "told_of", "told_at"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    starts_on: Mapped[date | None]  # as a person says, where an authority employs and nobody was employed
    start_basis_sealed: Mapped[bytes | None]  # the decision to break it off, or whatever it rests on
    start_said_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    start_said_at: Mapped[datetime | None]
    postponed_to: Mapped[date | None]
    postponed_reason_sealed: Mapped[bytes | None]
    postponed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    postponed_at: Mapped[datetime | None]
    told_of: Mapped[date | None]  # the day that the office has been told of, not yet carried out
    told_at: Mapped[datetime | None]
    carried_out_at: Mapped[datetime | None]  # when it last was


class LegalHold(PartyRow, Base):
    """Nothing is erased while it stands (diskrimineringslagen 6:5): of a recruitment, or of one candidate.

    The reason lies under the candidate's key, or the controller's where it is of the whole recruitment.
    """

    __tablename__ = "legal_hold"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            ForeignKeyConstraint(["party_id", "application_id"], ["application.party_id", "application.id"]),
            _together("lifted_by_somebody", "lifted_at", "lifted_by"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID | None]  # None: everybody in the recruitment
    reason_sealed: Mapped[bytes]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]


_STANDS = LegalHold.lifted_at.is_(None)
_OF_ALL = and_(_STANDS, LegalHold.application_id.is_(None))
_OF_ONE = and_(_STANDS, LegalHold.application_id.is_not(None))
Index(
    "one_hold_of_a_recruitment", LegalHold.party_id, LegalHold.ad_id, unique=True,
    sqlite_where=_OF_ALL, postgresql_where=_OF_ALL,
)  # fmt: skip
Index(
    "one_hold_of_a_candidate", LegalHold.party_id, LegalHold.application_id, unique=True,
    sqlite_where=_OF_ONE, postgresql_where=_OF_ONE,
)  # fmt: skip
