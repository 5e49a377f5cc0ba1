"""An ad from draft to end, its criteria and contacts, and the published snapshots that the public reads."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class Ad(PartyRow, Base):
    """One recruitment's ad. Every field of a posting; which are still missing is told by `ads.checks`."""

    __tablename__ = "ad"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(["party_id"], ["party.id"]),
            ForeignKeyConstraint(["authority_id"], ["authority.id"]),
            CheckConstraint("extent_percent IS NULL OR extent_percent BETWEEN 1 AND 100", name="extent_is_percent"),
            CheckConstraint("posts BETWEEN 1 AND 99", name="posts_are_counted"),
            CheckConstraint(
                "published_at IS NULL OR employer <> 'authority' OR "
                "(latest_end IS NOT NULL AND limit_latest_end IS NOT NULL AND latest_end <= limit_latest_end)",
                name="kl_4_33_latest_end_within_limit",
            ),
        )

    reference: Mapped[str] = mapped_column(unique=True)  # random; the public address
    state: Mapped[str] = mapped_column(default="draft")  # see ads.states
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    employer: Mapped[str | None]  # posts.employer_model.Employer
    title: Mapped[str] = mapped_column(default="")
    intro: Mapped[str] = mapped_column(default="")
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)
    hours: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    remote: Mapped[bool | None]
    remote_text: Mapped[str] = mapped_column(default="")
    employment_form: Mapped[str] = mapped_column(default="")  # visstid, vikariat, tillsvidare
    posts: Mapped[int] = mapped_column(default=1)
    extent_percent: Mapped[int | None]
    start_agreed: Mapped[bool] = mapped_column(default=True)  # from an agreed date, at the earliest earliest_start
    earliest_start: Mapped[date | None]
    expected_decision: Mapped[date | None]
    latest_end: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(default="")  # why a party goes past the day its policy starts from
    limit_reference: Mapped[date | None]
    limit_election: Mapped[date | None]
    limit_latest_end: Mapped[date | None]
    limit_rule: Mapped[str] = mapped_column(default="")
    documents: Mapped[list[str]] = mapped_column(JSON, default=list)  # cv, letter, salary, attachment
    subject_line: Mapped[str] = mapped_column(default="")
    deadline: Mapped[date | None]  # last day to apply, to its end in Europe/Stockholm
    salary_form: Mapped[str] = mapped_column(default="")
    salary_low: Mapped[int | None]  # kronor a month, full time
    salary_high: Mapped[int | None]
    salary_reason: Mapped[str] = mapped_column(default="")  # why no range is given
    collective_agreement: Mapped[str] = mapped_column(default="")
    retention_months: Mapped[int | None]
    retention_rule: Mapped[str] = mapped_column(default="")
    timetable: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    unclear: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # from the reading of a posting
    identity_reader_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # None: as the party has named
    identity_reader_named_at: Mapped[datetime | None]  # None: before it was kept


class AdCriterion(PartyRow, Base):
    """One krav or merit, a row of its own. They alone are what candidates are judged by.

    The triggers ``ad_criterion_locked…`` (migration 0005) hold what is locked, whoever writes.
    """

    __tablename__ = "ad_criterion"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            UniqueConstraint("party_id", "id"),
            ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),
            CheckConstraint("kind IN ('krav', 'merit')", name="krav_or_merit"),
            CheckConstraint("judged IN ('finns', 'skala')", name="finns_or_skala"),
            CheckConstraint("weight BETWEEN 0 AND 100", name="weight_in_range"),
        )

    ad_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    kind: Mapped[str]
    judged: Mapped[str] = mapped_column(default="skala")
    text: Mapped[str]
    explanation: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)  # 0 for finns
    locked_at: Mapped[datetime | None]  # published: from then on a trigger lets nobody change, add or take away any


class AdContact(PartyRow, Base):
    """A person to ask about the post, as the public sees them."""

    __tablename__ = "ad_contact"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (ForeignKeyConstraint(["party_id", "ad_id"], ["ad.party_id", "ad.id"]),)

    ad_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class PublishedAd(Base):
    """One published version of an ad: public content only, never changed, kept as history.

    The newest version of a reference is the ad as it stands. A withdrawal is a new version too.
    """

    __tablename__ = "published_ad"
    __table_args__ = (
        UniqueConstraint("reference", "version"),
        Index("ix_published_ad_open", "superseded_at", "withdrawn", "closes_at"),
    )

    reference: Mapped[str] = mapped_column(index=True)
    version: Mapped[int]
    ad_id: Mapped[UUID] = mapped_column(index=True)
    party_id: Mapped[UUID]
    authority_id: Mapped[UUID]
    employer: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]
    first_published_at: Mapped[datetime | None]  # of the first version; a program from before this says nothing
    closes_at: Mapped[datetime]  # the first instant after the last day
    withdrawn: Mapped[bool] = mapped_column(default=False)
    ended: Mapped[bool] = mapped_column(default=False)  # the outcome is recorded
    superseded_at: Mapped[datetime | None]
    closing_announced_at: Mapped[datetime | None]

    @property
    def out_since(self) -> datetime:
        """When the ad was first published: a correction makes it no younger."""
        return self.first_published_at or self.published_at
