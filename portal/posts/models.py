"""The ledger's tables: what the authority has decided for each party, and what is claimed of it.

The authority reads every claim, also of posts where the party employs: a claim holds size, days and kind, and nothing
that leads to a person. What it is of stands in a row of its own, behind the wall of whoever is controller there.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import AuthorityRow, Base, PartyRow

MOST_HUNDREDTHS = 100_000
NO_LONGER_IN = "Ingår inte längre i {coalition}"  # the basis of a line that a decision has for one it leaves out


def of_the_authority() -> tuple[Any, ...]:
    """What holds of a row that an authority keeps of a party: the authority always sees it."""
    return (
        ForeignKeyConstraint(["party_id"], ["party.id"]),
        ForeignKeyConstraint(["authority_id"], ["authority.id"]),
        CheckConstraint("controller_id = authority_id AND with_authority", name="open_to_the_authority"),
    )


class Quota(AuthorityRow, Base):
    """One party's line of one decision. Lines are added and taken back, never changed: the last that covers a day holds.

    With ``coalition_id`` it is the whole pool of a coalition that the party is in; each member has the same line.
    """

    __tablename__ = "quota"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            *of_the_authority(),
            UniqueConstraint("party_id", "decision_id"),
            CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
            CheckConstraint(f"hundredths BETWEEN 0 AND {MOST_HUNDREDTHS}", name="size_in_hundredths_of_a_post"),
            CheckConstraint(
                "kronor IS NULL AND kronor_per_post IS NULL OR "
                "(kronor >= 0 AND kronor_per_post > 0 AND hundredths = kronor * 100 / kronor_per_post)",
                name="money_pays_for_the_posts",
            ),
            CheckConstraint("length(decision_body) > 0", name="decided_by_a_body"),
            CheckConstraint("(coalition_id IS NULL) = (coalition_name = '')", name="coalition_has_a_name"),
            CheckConstraint("(taken_back_at IS NULL) = (taken_back_by IS NULL)", name="taken_back_by_somebody"),
        )

    decision_id: Mapped[UUID] = mapped_column(index=True)  # the lines of one decision
    turn: Mapped[int]  # of those that cover a day the highest holds
    model: Mapped[str]  # posts.allocation.Model
    hundredths: Mapped[int]  # of a full-time post
    kronor: Mapped[int | None] = mapped_column(BigInteger)  # a year, where the decision gives money
    kronor_per_post: Mapped[int | None] = mapped_column(BigInteger)  # what a full-time post costs a year
    basis: Mapped[str]  # how the size was worked out, as a sentence; never worked out again
    coalition_id: Mapped[UUID | None]
    coalition_name: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    decision_body: Mapped[str]
    decided_on: Mapped[date]
    decision_paragraph: Mapped[str] = mapped_column(default="")
    decision_number: Mapped[str] = mapped_column(default="")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
    taken_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]

    @property
    def is_of_one_who_left(self) -> bool:
        """Whether it is no share, but that its party is not in the coalition on these days any more."""
        out = NO_LONGER_IN.format(coalition=self.coalition_name)
        return self.hundredths == 0 and bool(self.coalition_name) and self.basis == out


class Claim(PartyRow, Base):
    """So much of a party's posts from a day to a day (None: no end known). Written by ads and employments."""

    __tablename__ = "claim"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            *of_the_authority(),
            UniqueConstraint("party_id", "id"),
            CheckConstraint("kind IN ('filled', 'advertised')", name="known_kind"),
            CheckConstraint("hundredths BETWEEN 1 AND 9900", name="size_in_hundredths_of_a_post"),
            CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
            CheckConstraint("in_place_of IS NULL OR in_place_of <> post", name="nobody_stands_in_for_themselves"),
        )

    kind: Mapped[str]  # posts.ledger.Kind
    hundredths: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    post: Mapped[UUID]  # a random mark, the same for every stretch of one employment
    in_place_of: Mapped[UUID | None]  # the mark of whom it stands in for; may have ended, and then counts for itself


class ClaimSource(PartyRow, Base):
    """What a claim is of: an ad, or an employment (with the ad it came from). Seen by the party and the controller."""

    __tablename__ = "claim_source"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "claim_id"], ["claim.party_id", "claim.id"]),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            ForeignKeyConstraint(["party_id", "employment_id"], ["employment.party_id", "employment.id"]),
            UniqueConstraint("party_id", "claim_id"),
            CheckConstraint("ad_id IS NOT NULL OR employment_id IS NOT NULL", name="of_an_ad_or_an_employment"),
        )

    claim_id: Mapped[UUID]
    ad_id: Mapped[UUID | None] = mapped_column(index=True)
    employment_id: Mapped[UUID | None] = mapped_column(index=True)
