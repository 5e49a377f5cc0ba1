"""The first days of an employment as a checklist: what is to be done, by whom in what role, when, and what became of it.

The words are sealed under the controller's key, since the office writes steps of its own and may name people in them.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


class Onboarding(PartyRow, Base):
    """The checklist of one employment, with the version of the authority's rules that its first steps were copied from."""

    __tablename__ = "onboarding"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "employment_id"], ["employment.party_id", "employment.id"]),
            UniqueConstraint("party_id", "id"),
            UniqueConstraint("party_id", "employment_id"),
            CheckConstraint(
                "(profile_key = '') = (profile_version IS NULL) AND (profile_key = '') = (profile_print = '')",
                name="rules_by_version",
            ),
            CheckConstraint("source = '' OR profile_key <> ''", name="source_of_rules"),
        )

    employment_id: Mapped[UUID] = mapped_column(index=True)
    profile_key: Mapped[str] = mapped_column(default="")  # empty: no rules are known that such an employment goes by
    profile_version: Mapped[int | None]
    profile_print: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")  # the paper and its paragraph; empty where it says nothing of steps
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    look_on: Mapped[date | None]  # the morning on which the portal looks next whether to remind; None: nothing is left


class OnboardingStep(PartyRow, Base):
    """One step. Its day is counted from the employment's first day of work, and so moves along with it."""

    __tablename__ = "onboarding_step"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "onboarding_id"], ["onboarding.party_id", "onboarding.id"]),
            UniqueConstraint("party_id", "onboarding_id", "position", name="uq_onboarding_step_in_order"),
            CheckConstraint("position >= 1", name="numbered_from_one"),
            CheckConstraint("days BETWEEN -365 AND 365", name="within_a_year_of_the_start"),
            CheckConstraint("rule_days IS NULL OR NOT own", name="no_rule_of_an_own_step"),
            CheckConstraint(
                "(done_on IS NULL) = (done_by IS NULL) AND (done_on IS NULL) = (done_at IS NULL)",
                name="done_by_somebody",
            ),
            CheckConstraint(
                "(skipped_by IS NULL) = (reason_sealed IS NULL) AND (skipped_by IS NULL) = (skipped_at IS NULL)",
                name="left_out_for_a_reason",
            ),
            CheckConstraint("done_on IS NULL OR skipped_by IS NULL", name="done_or_left_out"),
        )

    onboarding_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]  # from 1, in the order of the page
    own: Mapped[bool]  # the office's, not the rules'
    what_sealed: Mapped[bytes]
    who_sealed: Mapped[bytes]  # a role in words; sealed and empty where nobody is said
    days: Mapped[int]  # the last day for it, counted from the first day of work; below zero is before
    rule_days: Mapped[int | None]  # the same as the rules have it; None where they do not say
    done_on: Mapped[date | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))  # whoever ticked it
    done_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]  # why it does not apply
    skipped_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    skipped_at: Mapped[datetime | None]
