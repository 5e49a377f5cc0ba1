"""The decision behind an employment, or behind what changed one, and what became of it: reported, announced, final (laga
kraft), appealed or set aside.

A row is seen by the party and, where the authority employs, by the authority. It names who decided, who did so in office.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, PartyRow

OF_PARTY = "decider IN ('party_board', 'party_group', 'party_person')"
OF_AUTHORITY = "decider IN ('board', 'committee', 'member', 'group_leader', 'employee')"
NOTHING_AFTER = " AND ".join(
    f"{name} IS NULL" for name in ("report_by", "reported_on", "announced_on", "appealed_on", "final_on")
)


def _who_decided() -> tuple[Any, ...]:
    """Who can have decided, and for whom."""
    return (
        CheckConstraint(
            f"CASE WHEN controller_id = authority_id THEN {OF_AUTHORITY} ELSE {OF_PARTY} END",
            name="decided_by_whom_the_employer_lets",
        ),
        CheckConstraint(
            "decider <> 'group_leader' OR (seat IS NOT NULL AND seat IN ('member', 'deputy'))",
            name="kl_6_37_group_leader_sits_on_the_board",
        ),
        CheckConstraint("seat IS NULL OR decider = 'group_leader'", name="seat_of_a_group_leader"),
        CheckConstraint("length(who) > 0", name="decided_by_somebody"),
        CheckConstraint(f"decider = 'board' OR {OF_PARTY} OR length(delegation) > 0", name="delegated_by_a_point"),
        CheckConstraint(
            f"controller_id = authority_id OR (NOT minuted_apart AND {NOTHING_AFTER})",
            name="a_party_announces_nothing",
        ),
    )


def _what_became_of_it() -> tuple[Any, ...]:
    """The days after the decision, in their order."""
    return (
        CheckConstraint("report_by IS NULL OR report_by >= decided_on", name="to_be_reported_after_the_decision"),
        CheckConstraint(
            "reported_on IS NULL OR (reported_on >= decided_on AND decider <> 'board' AND NOT minuted_apart)",
            name="reported_after_the_decision",
        ),
        CheckConstraint(
            "announced_on IS NULL OR (announced_on >= decided_on AND (decider = 'board' OR minuted_apart "
            "OR (reported_on IS NOT NULL AND announced_on >= reported_on)))",
            name="announced_after_the_report",
        ),
        CheckConstraint(
            "(announced_on IS NULL) = (last_appeal_on IS NULL) "
            "AND (announced_on IS NULL OR last_appeal_on > announced_on)",
            name="kl_13_5_appeal_runs_from_announcement",
        ),
        CheckConstraint("appealed_on IS NULL OR appealed_on >= decided_on", name="appealed_after_the_decision"),
        CheckConstraint("case_number = '' OR appealed_on IS NOT NULL", name="case_of_an_appeal"),
        CheckConstraint(
            "final_on IS NULL OR (last_appeal_on IS NOT NULL AND final_on > last_appeal_on "
            "AND confirmed_on IS NOT NULL AND confirmed_on >= final_on)",
            name="kl_13_5_final_after_the_last_day",
        ),
        CheckConstraint(
            "(final_on IS NULL) = (confirmed_on IS NULL) AND (final_on IS NULL) = (confirmed_by IS NULL)",
            name="confirmed_by_somebody",
        ),
        CheckConstraint(
            "NOT set_aside OR (final_on IS NOT NULL AND appealed_on IS NOT NULL AND final_on > appealed_on)",
            name="kl_13_8_set_aside_on_an_appeal",
        ),
    )


class DecisionColumns:
    """What is written down of a decision, whatever it decides of."""

    decided_on: Mapped[date]
    decider: Mapped[str]  # contracts.decision.deciders.Decider
    who: Mapped[str]  # the person's name, or the body's
    seat: Mapped[str | None]  # a gruppledare's own in styrelsen
    delegation: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    report_by: Mapped[date | None]
    minuted_apart: Mapped[bool] = mapped_column(default=False)  # KL 6:40: not reported, minuted by itself
    reported_on: Mapped[date | None]
    announced_on: Mapped[date | None]  # that the minutes had been adjusted (justering), on anslagstavlan
    last_appeal_on: Mapped[date | None]  # as worked out when the announcement was written down
    appealed_on: Mapped[date | None]
    case_number: Mapped[str] = mapped_column(default="")  # the court's
    final_on: Mapped[date | None]  # laga kraft; of what a court has set aside, the day its judgment had it
    set_aside: Mapped[bool] = mapped_column(default=False, server_default=false())
    confirmed_on: Mapped[date | None]  # the day on which somebody said that no appeal came, or that the court is done
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class EmploymentDecision(DecisionColumns, PartyRow, Base):
    """One employment's decision. Its day is the employment's own: the key keeps the two the same."""

    __tablename__ = "employment_decision"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(
                ["party_id", "employment_id", "decided_on"],
                ["employment.party_id", "employment.id", "employment.decided_on"],
                onupdate="CASCADE",
            ),
            UniqueConstraint("party_id", "employment_id"),
            *_who_decided(),
            *_what_became_of_it(),
        )

    employment_id: Mapped[UUID] = mapped_column(index=True)


class ActDecision(DecisionColumns, PartyRow, Base):
    """The decision of one act (`contracts.acts`): whoever extends, dismisses or ends early has decided anew, by a delegation
    of their own. Its day is the act's, which never changes."""

    __tablename__ = "employment_act_decision"

    @staticmethod
    def constraints() -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(
                ["party_id", "employment_id", "act_number", "decided_on"],
                [f"employment_act.{name}" for name in ("party_id", "employment_id", "number", "decided_on")],
                name="act_of_that_day",
            ),
            UniqueConstraint("party_id", "employment_id", "act_number", name="uq_employment_act_decision_once_each"),
            *_who_decided(),
            *_what_became_of_it(),
        )

    employment_id: Mapped[UUID] = mapped_column(index=True)
    act_number: Mapped[int]


DecisionRow = EmploymentDecision | ActDecision
