"""The acts that change when an employment ends, each with the limit as it was worked out for that act. Only ever added."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow


def _the_law() -> tuple[Any, ...]:
    """The limit of this very act, whatever the employment's own was."""
    return (
        CheckConstraint(
            "employer <> 'authority' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end)",
            name="kl_4_33_ends_within_its_own_limit",
        ),
        CheckConstraint(
            "limit_reference <= decided_on AND limit_reference <= starts_on AND limit_reference <= limit_election "
            "AND limit_election <= limit_latest_end",
            name="kl_4_33_reference_is_the_earlier_day",
        ),
        CheckConstraint(
            "employer <> 'party' OR (ends_on IS NOT NULL AND ends_on <= limit_latest_end) "
            "OR length(policy_lifted_reason) > 0",
            name="policy_passed_with_a_reason",
        ),
    )


def _order_of_days() -> tuple[Any, ...]:
    return (
        CheckConstraint(
            "kind <> 'extension' OR (previous_ends_on IS NOT NULL AND starts_on > previous_ends_on "
            "AND decided_on <= previous_ends_on AND (ends_on IS NULL OR ends_on >= starts_on))",
            name="an_extension_goes_on_from_the_end",
        ),
        CheckConstraint(
            "kind <> 'early_end' OR (ends_on IS NOT NULL AND ends_on >= starts_on "
            "AND (previous_ends_on IS NULL OR ends_on < previous_ends_on))",
            name="an_early_end_comes_before_the_end",
        ),
        CheckConstraint(
            "kind <> 'notice' OR (ends_on IS NOT NULL AND ends_on >= starts_on AND ends_on >= decided_on "
            "AND (previous_ends_on IS NULL OR ends_on <= previous_ends_on))",
            name="a_notice_never_lengthens",
        ),
        CheckConstraint(
            "kind <> 'never_began' OR (ends_on IS NOT NULL AND ends_on = decided_on AND decided_on < starts_on)",
            name="called_off_before_it_began",
        ),
    )


def _of_its_kind() -> tuple[Any, ...]:
    return (
        CheckConstraint(
            "kind IN ('recorded', 'extension', 'early_end', 'notice', 'never_began', 'taken_back')", name="known_kind"
        ),
        CheckConstraint("number >= 0 AND (kind = 'recorded') = (number = 0)", name="begins_with_what_was_recorded"),
        CheckConstraint(
            "(kind = 'notice') = (notice_by IS NOT NULL) AND (notice_by IS NULL OR notice_by IN ('employer', 'employee'))",
            name="notice_by_somebody",
        ),
        CheckConstraint(
            "(notice_months IS NULL AND released IS NULL) OR kind = 'notice'", name="months_and_release_of_a_notice"
        ),
        CheckConstraint("notice_months IS NULL OR notice_months BETWEEN 1 AND 24", name="notice_in_months"),
        CheckConstraint(
            "(kind = 'taken_back') = (takes_back IS NOT NULL) "
            "AND (takes_back IS NULL OR (takes_back >= 1 AND takes_back < number))",
            name="takes_back_a_former_act",
        ),
        CheckConstraint("held_post IS NULL OR kind = 'never_began'", name="what_is_called_off_lets_go_of_a_post"),
        CheckConstraint("held_in_place_of IS NULL OR held_post IS NOT NULL", name="stands_in_with_a_post_of_its_own"),
    )


class EmploymentAct(PartyRow, Base):
    """One act, from ``previous_ends_on`` to ``ends_on`` (None: until further notice).

    ``starts_on`` is the first day that the act decides of: an extension's own, else the first of the stretch it shortens.
    An act is taken back by a further one, once; none is ever changed.
    """

    __tablename__ = "employment_act"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["party_id", "employment_id"], ["employment.party_id", "employment.id"]),
            UniqueConstraint("party_id", "employment_id", "number", name="uq_employment_act_once_each"),
            Index("uq_employment_act_taken_back_once", "party_id", "employment_id", "takes_back", unique=True),
            # the decision behind it (contracts.decision) has the same day
            Index("uq_employment_act_decided_on", "party_id", "employment_id", "number", "decided_on", unique=True),
            CheckConstraint("employer IN ('authority', 'party')", name="known_employer"),
            CheckConstraint("(employer = 'authority') = (controller_id = authority_id)", name="employer_is_controller"),
            *_the_law(),
            *_order_of_days(),
            *_of_its_kind(),
        )

    employment_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]  # from 0, which is how it was recorded
    kind: Mapped[str]  # contracts.acts.kinds.Kind
    employer: Mapped[str]
    decided_on: Mapped[date]  # of a notice: the day on which it was given
    starts_on: Mapped[date]
    previous_ends_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    limit_reference: Mapped[date]
    limit_election: Mapped[date]
    limit_latest_end: Mapped[date]
    limit_rule: Mapped[str]
    limit_article: Mapped[str]
    policy_lifted_reason: Mapped[str] = mapped_column(default="")
    permanent_on: Mapped[date | None]  # LAS 5 a §, party only
    notice_by: Mapped[str | None]  # contracts.acts.kinds.By
    notice_months: Mapped[int | None]  # None: the last day was typed
    released: Mapped[bool | None]  # arbetsbefriad; None where the rules say nothing of it
    takes_back: Mapped[int | None]  # the number of another act
    held_post: Mapped[UUID | None]  # the mark of the claim that a calling off let go of: taken back, it holds again
    held_in_place_of: Mapped[UUID | None]  # and the mark of whom it stood in for
    note_sealed: Mapped[bytes | None]  # under the controller's key
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
