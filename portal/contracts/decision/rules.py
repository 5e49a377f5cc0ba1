"""What may be written down of an employment decision: who could take it, and on a day with which the stored limit holds."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.contracts.decision.deciders import OF, Decider, Seat, decides_by_delegation
from portal.elections.limit import Verdict, limit_for_authority, limit_for_party
from portal.posts.employer_model import Employer
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

CHOOSE_DECIDER: Final = N_("Välj vem som beslutade.")
CHOOSE_SEAT: Final = N_("Välj om gruppledaren är ledamot eller ersättare i styrelsen.")
DECIDED_AFTER_TODAY: Final = N_("Beslutet kan inte vara fattat efter i dag. Skriv den dag då det fattades.")
WHO_MISSING: Final = N_("Skriv vem som beslutade: personens namn, eller organets.")
DELEGATION_MISSING: Final = N_("Skriv punkten i delegationsordningen som beslutet fattades enligt.")
REPORT_BY_BEFORE_DECISION: Final = N_(
    "Beslutet fattades %(decided)s och kan inte anmälas %(report_by)s. Ändra den ena dagen."
)
ANOTHER_WAY: Final = N_(
    "Dagarna för anmälan och anslag är inskrivna för ett beslut som fattades på ett annat sätt. Töm dem först, så går det "
    "att ändra vem som beslutade."
)


class DecisionRefused(Refusal):
    """The decision cannot be as it was written. The sentence and the field are those of the first objection."""


class OutsideTheBoard(Refusal):
    """KL 6:37: a nämnd delegates to its own members and deputies and to employees, and a gruppledare may be neither."""

    text = N_(
        "En gruppledare som varken är ledamot eller ersättare i styrelsen kan inte besluta om en anställning "
        "(kommunallagen 6 kap. 37 §). Låt någon annan med delegation, eller styrelsen, besluta och skriv in det beslutet."
    )
    field = "seat"


class LimitWouldNotHold(Refusal):
    """With the decision on this day the employment's stored limit would be longer than allowed (KL 4:33)."""

    text = N_(
        "Med ett beslut %(decided)s räcker anställningen längst till %(latest)s, men den är registrerad med gränsen "
        "%(stored)s. Gränsen räknas inte om i efterhand. Kontrollera dagen. Är den rätt behövs ett nytt beslut."
    )
    field = "decided"


class ContractStands(Refusal):
    """The paper that was offered says on which day it was decided; the day is not changed behind it."""

    text = N_(
        "Avtalet är erbjudet med beslutsdagen %(former)s. Är den dagen fel: ta tillbaka avtalet, rätta dagen här och erbjud "
        "det på nytt. Har alla skrivit under behövs ett nytt beslut."
    )
    field = "decided"


class ChangedBeforeDecided(Refusal):
    """What was changed had been decided."""

    text = N_(
        "Anställningen ändrades genom ett beslut %(changed)s, så den kan inte ha beslutats först %(decided)s. Rätta dagen, "
        "eller ta tillbaka ändringen."
    )
    field = "decided"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is written down of the decision itself. ``delegation`` is the point it was taken by; ``report_by`` the day on
    which it is meant to be reported, where somebody has said."""

    decider: Decider
    who: str
    decided: date
    seat: Seat | None = None
    delegation: str = ""
    number: str = ""
    report_by: date | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored with an employment and is never worked out again."""

    employer: Employer
    starts: date
    ends: date | None
    latest_end: date
    policy_passed: bool = False  # a party that has passed its policy day with a reason


def require_decision(decision: Decision, *, employer: Employer, on: date) -> None:
    """Raises a Refusal where this cannot be the decision on an employment of this employer. ``on`` is the present day."""
    if decision.decider not in OF[employer]:
        raise DecisionRefused(CHOOSE_DECIDER, field="decider")
    if decision.decider is Decider.GROUP_LEADER:
        _require_seat(decision.seat)
    if not decision.who:
        raise DecisionRefused(WHO_MISSING, field="who")
    if decides_by_delegation(decision.decider) and not decision.delegation:
        raise DecisionRefused(DELEGATION_MISSING, field="delegation")
    if decision.decided > on:
        raise DecisionRefused(DECIDED_AFTER_TODAY, field="decided")
    if decision.report_by is not None and decision.report_by < decision.decided:
        days = {"report_by": swedish_day(decision.report_by), "decided": swedish_day(decision.decided)}
        raise DecisionRefused(REPORT_BY_BEFORE_DECISION, field="report_by", **days)


def _require_seat(seat: Seat | None) -> None:
    if seat is None:
        raise DecisionRefused(CHOOSE_SEAT, field="seat")
    if seat is Seat.NONE:
        raise OutsideTheBoard


def require_limit_holds(stored: Stored, decided: date) -> None:
    """A decision on another day than was recorded is taken only if the stored limit is lawful with it. D1: the limit is
    stored with the act and never worked out again, so it must hold as it stands. Raises LimitWouldNotHold."""
    if stored.employer is Employer.AUTHORITY:
        limit = limit_for_authority(decided=decided, starts=stored.starts, ends=stored.ends)
    else:
        limit = limit_for_party(decided=decided, starts=stored.starts, ends=stored.ends)
    if stored.policy_passed:
        return
    if limit.verdict is Verdict.BLOCK or limit.latest_end < stored.latest_end:
        days = {"decided": decided, "stored": stored.latest_end, "latest": limit.latest_end}
        raise LimitWouldNotHold(**{name: swedish_day(day) for name, day in days.items()})
