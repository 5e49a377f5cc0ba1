"""From when to when an ad's post may run: the limit as far as is known, and both answers where an election is near.

PURE.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.elections.calendar import next_election
from portal.elections.limit import Limit, limit_for_authority, limit_for_party, limits_around_election
from portal.elections.permanent import Form
from portal.elections.reasons import STARTS_AFTER_POLICY
from portal.posts.employer_model import Employer
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

NEAR: Final = timedelta(days=180)  # a decision slips this far in a slow recruitment
UNTIL_FURTHER_NOTICE: Final = "tillsvidare"
STAND_IN: Final = "vikariat"
FORM_FIELD: Final = {"starts": "earliest_start", "ends": "latest_end"}


class EndPastLimit(Refusal):
    """The end, or the start, is past what the law allows where an authority employs (KL 4:33)."""

    field = "latest_end"


class EndPastPolicy(Refusal):
    """A party goes past the day its policy starts from and has not said why."""

    text = N_("%(ends)s är senare än utgångsläget %(latest_end)s. Skriv varför, så går det.")
    field = "end_reason"


class StartPastPolicy(Refusal):
    """A party's first day lies past the day its policy starts from, so that no end follows from that day."""

    text = STARTS_AFTER_POLICY
    field = "latest_end"


class DecisionTooLate(Refusal):
    """The decision is planned so long after the last day to apply that it would borrow the years of an election to come."""

    text = N_(
        "Beslutet %(decided)s är planerat efter valet %(election)s, så långt efter sista ansökningsdag att annonsen lånar "
        "nästa mandatperiods år. Ange den dag då beslutet väntas."
    )
    field = "expected_decision"


@dataclass(frozen=True, slots=True)
class TermPlan:
    """What is planned, and what follows. ``limit`` is None only where an election needed is beyond the table.

    ``assumed_decision`` tells that nobody has given a decision day. ``after_election`` is the answer if the decision
    slips past an election that is near; None where none is.
    """

    employer: Employer
    decided: date
    starts: date
    assumed_decision: bool
    assumed_start: bool
    deadline: date | None
    ends: date | None
    limit: Limit | None
    after_election: Limit | None = None
    problem: Refusal | None = None
    stands_in: bool = False
    lasting: bool = False

    @property
    def wish_past_stop(self) -> date | None:
        """The end asked for, where it lies past the last day."""
        return self.ends if self.limit and self.ends and self.ends > self.limit.latest_end else None

    @property
    def lacks_end(self) -> bool:
        """Whether no end is given and none follows: a party's first day is past the day its policy starts from."""
        return self.limit is not None and self.limit.ends is None and not self.lasting

    def refusal(self, *, reason_given: bool = False) -> Refusal | None:
        """Why this plan cannot stand, with the form field it belongs beside; None when it can."""
        if self.problem is not None or self.limit is None:
            return self.problem
        if self.employer is Employer.AUTHORITY:
            for found in self.limit.objections:
                days = {name: swedish_day(day) for name, day in found.days}
                return EndPastLimit(found.text, field=FORM_FIELD[found.field or "ends"], **days)
            return None
        if self.lacks_end:
            return StartPastPolicy(starts=swedish_day(self.starts), latest_end=swedish_day(self.limit.latest_end))
        if self.wish_past_stop and not reason_given:
            days = {"ends": swedish_day(self.wish_past_stop), "latest_end": swedish_day(self.limit.latest_end)}
            return EndPastPolicy(**days)
        return None


def expected_decision(deadline: date | None, on: date) -> date:
    """The decision day assumed until one is given: the day after the last day to apply, else ``on``."""
    return on if deadline is None else max(deadline + timedelta(days=1), on)


def plan_term(
    *,
    employer: str,
    on: date,
    deadline: date | None = None,
    decided: date | None = None,
    starts: date | None = None,
    ends: date | None = None,
    form: str = "",
) -> TermPlan:
    """The plan as reckoned on the day ``on``. Missing days are assumed and said to be; nothing is ever raised."""
    who = Employer(employer)
    decision = decided or expected_decision(deadline, on)
    start = starts or max(decision, on)
    planned = None if who is Employer.PARTY and form == UNTIL_FURTHER_NOTICE else ends
    limit, after = None, None
    problem: Refusal | None = None
    try:
        if who is Employer.AUTHORITY:
            limit = limit_for_authority(decided=decision, starts=start, ends=planned)
        else:
            limit = limit_for_party(decided=decision, starts=start, ends=planned, form=Form.of(form))
        after = _after_election(who, decision, start, limit)
        problem = _borrowed(who, decision, max(deadline or on, on))
    except Refusal as refused:
        field = FORM_FIELD.get(refused.field or "", "earliest_start")
        problem = type(refused)(refused.text, field=field, **refused.values)
    return TermPlan(
        who, decision, start, decided is None, starts is None, deadline, planned, limit, after, problem,
        stands_in=form == STAND_IN, lasting=form == UNTIL_FURTHER_NOTICE,
    )  # fmt: skip


def _borrowed(who: Employer, decided: date, applied: date) -> Refusal | None:
    """Applied for by ``applied``, a post is decided on within half a year; after an election only where that is near."""
    election = next_election(applied).day
    if who is not Employer.AUTHORITY or decided <= election or decided <= applied + NEAR:
        return None
    return DecisionTooLate(decided=swedish_day(decided), election=swedish_day(election))


def _after_election(who: Employer, decided: date, starts: date, limit: Limit) -> Limit | None:
    """The other answer, where an election lies so near that the decision may slip past it."""
    election = limit.election.day
    if who is not Employer.AUTHORITY or not decided <= election <= max(starts, decided + NEAR):
        return None
    outlook = limits_around_election(last_day_to_apply=decided - timedelta(days=1), starts=starts)
    return outlook.if_after_election
