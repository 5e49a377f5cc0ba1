"""Employments. None of an authority's can end after its own recorded limit (kommunallagen 4 kap. 33 §).

The database says so too.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    and_,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow

LIMIT_IN_FORCE = "coalesce(extended_latest_end, limit_latest_end)"


class Employment(PartyRow, Base):
    """One employment, with the limit as it was worked out when it was decided; it is never recomputed."""

    __tablename__ = "employment"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            ForeignKeyConstraint(["party_id", "renews_id"], ["employment.party_id", "employment.id"]),
            UniqueConstraint("party_id", "application_id"),
            UniqueConstraint("party_id", "renews_id"),
            Index("uq_employment_party_id_id", "party_id", "id", unique=True),
            # the decision behind it (contracts.decision) has the same day
            Index("uq_employment_party_id_id_decided_on", "party_id", "id", "decided_on", unique=True),
            CheckConstraint(
                "(ad_id IS NULL) = (application_id IS NULL)", name="of_an_ad_and_an_application_or_neither"
            ),
            CheckConstraint("renews_id IS NULL OR (renews_id <> id AND ad_id IS NULL)", name="renews_another"),
            CheckConstraint("employer IN ('authority', 'party')", name="known_employer"),
            CheckConstraint(
                f"employer <> 'authority' OR (ends_on IS NOT NULL AND ends_on <= {LIMIT_IN_FORCE})",
                name="kl_4_33_ends_within_limit",
            ),
            CheckConstraint(
                "limit_reference <= decided_on AND limit_reference <= starts_on AND limit_reference <= limit_election "
                "AND limit_election <= limit_latest_end",
                name="kl_4_33_reference_is_the_earlier_day",
            ),
            CheckConstraint(
                f"employer <> 'party' OR (ends_on IS NOT NULL AND ends_on <= {LIMIT_IN_FORCE}) "
                "OR length(policy_lifted_reason) > 0",
                name="policy_passed_with_a_reason",
            ),
            CheckConstraint(
                "(ends_on IS NOT NULL AND ends_on < starts_on) = never_began", name="ends_after_start_or_never_began"
            ),
            CheckConstraint("extent_percent BETWEEN 1 AND 100", name="extent_is_percent"),
            CheckConstraint("(employer = 'authority') = (controller_id = authority_id)", name="employer_is_controller"),
        )

    ad_id: Mapped[UUID | None] = mapped_column(index=True)  # None: without an ad, and then without an application
    application_id: Mapped[UUID | None]  # no foreign key: the employment outlives the application's retention
    renews_id: Mapped[UUID | None]  # the employment that this one follows on, for the next term
    title: Mapped[str] = mapped_column(default="")
    stands_in: Mapped[bool] = mapped_column(default=False)
    taken_over: Mapped[bool] = mapped_column(default=False)  # was there before the portal: decided and signed elsewhere
    employer: Mapped[str]
    name_sealed: Mapped[bytes]  # under the controller's key
    decided_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # None: until further notice, which only a party can agree to
    never_began: Mapped[bool] = mapped_column(default=False)  # called off: then `ends_on` is the day of that decision
    extent_percent: Mapped[int]
    limit_reference: Mapped[date]
    limit_election: Mapped[date]
    limit_latest_end: Mapped[date]
    limit_rule: Mapped[str]
    limit_article: Mapped[str]
    extended_latest_end: Mapped[date | None]  # the limit of the extension that the end rests on: see contracts.acts
    policy_lifted_reason: Mapped[str] = mapped_column(default="")
    earlier_days: Mapped[int] = mapped_column(default=0)  # in särskild visstid, the last five years; party only
    permanent_on: Mapped[date | None]  # LAS 5 a §, party only
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]

    def is_over(self, on: date) -> bool:
        """Whether its last day has gone by, or it was called off before its first."""
        return self.never_began or (self.ends_on is not None and self.ends_on < on)

    @classmethod
    def not_over(cls, on: date) -> ColumnElement[bool]:
        """What a query asks for the rows whose employment is not over on a day: the opposite of `is_over`."""
        return and_(cls.never_began.is_(False), or_(cls.ends_on.is_(None), cls.ends_on >= on))
