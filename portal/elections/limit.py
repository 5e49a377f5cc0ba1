"""How long a political secretary may be employed: kommunallagen 4:33 where an authority employs, LAS 5 a § and the
portal's own policy where a party does.

The answer carries its reasons, so that a page can show how the day was reached and say what to change.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from portal.elections import reasons as why
from portal.elections.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    BeyondElectionTable,
    Election,
    decided_at_earliest,
    next_election,
)
from portal.elections.permanent import Form, permanent_on, with_months_of_thirty
from portal.elections.reasons import Reason, ReasonCode, reason
from portal.refusal import Refusal
from portal.swedish_dates import swedish_day

# The law is unsettled in two places, and the rule takes the shorter time in both: election day counts as still ahead,
# and the reference is the earlier of decision and start. Another choice would be another rule version.
RULE: Final = "KL 4:33 2026-11"
ARTICLE: Final = "kommunallagen (2017:725) 4 kap. 33 §"
PARTY_RULE: Final = "LAS 5 a 2026-12"  # 2026-11: a stand-in's two years by the calendar
PARTY_ARTICLE: Final = "lagen (1982:80) om anställningsskydd 5 a §"


class Verdict(StrEnum):
    """``BLOCK`` only where an authority employs, ``WARN`` only where a party does."""

    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


class EndsBeforeStart(Refusal):
    """A party's term ends before it begins. Where an authority employs, the verdict says so instead."""

    text = why.ENDS_BEFORE_START
    field = "ends"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long, why, and by which version of which rule: all that is stored with an employment decision.

    ``latest_end`` and ``ends`` are last days, inclusive. ``ends`` is the planned end, or ``latest_end`` where none is
    planned; None only for a party whose policy day lies before the first day. ``basis`` tells law from policy.
    ``permanent_on`` is for parties only.
    """

    reference_date: date
    election: Election
    latest_end: date
    ends: date | None
    verdict: Verdict
    reasons: tuple[Reason, ...]
    basis: Literal["law", "policy"]
    rule: str
    article: str
    permanent_on: date | None = None

    @property
    def objections(self) -> tuple[Reason, ...]:
        """The reasons that ask for a change, each with the form field it belongs beside."""
        return tuple(found for found in self.reasons if found.field)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The limit for an ad, which has no decision day yet, on both sides of the next election."""

    expected_decision: date  # an assumption: the day after the last day to apply
    if_expected: Limit
    if_after_election: Limit | None  # None where the election after the next is beyond the table


def limit_for_authority(*, decided: date, starts: date, ends: date | None = None) -> Limit:
    """The limit of kommunallagen 4:33 for one employment decision of a region or municipality.

    ``decided`` is the day of the binding decision, ``starts`` the first day of employment, ``ends`` the planned last
    day; calendar days in Sweden. An extension is a decision of its own: ``starts`` is then its own first day.
    ``latest_end`` is 31 December ("till utgången av det år") of the year of the next ordinary election, and is given
    also when the verdict is ``BLOCK``. Raises BeyondElectionTable where an election needed is not known; a planned
    end beyond the table is past every limit and blocked like any other.
    """
    reference, election, latest_end = _next_time(decided, starts)
    reasons = [
        reason(
            ReasonCode.NEXT_ELECTION,
            why.NEXT_ELECTION,
            reference=reference,
            election=election.day,
            latest_end=latest_end,
        ),
        *_on_election_day(reference, election),
        *_objections(decided, starts, ends, latest_end),
    ]
    blocked = any(found.field for found in reasons)
    return Limit(
        reference_date=reference,
        election=election,
        latest_end=latest_end,
        ends=latest_end if ends is None else ends,
        verdict=Verdict.BLOCK if blocked else Verdict.OK,
        reasons=tuple(reasons),
        basis="law",
        rule=RULE,
        article=ARTICLE,
    )


def limit_for_party(
    *, decided: date, starts: date, ends: date | None = None, earlier_days: int = 0, form: Form = Form.SPECIAL
) -> Limit:
    """The policy end and the day the employment turns permanent (LAS 5 a §), where a party employs.

    KL 4:33 does not bind a party: ``latest_end`` is the same 31 December as the portal's default policy, which the
    party may pass with a reason. ``earlier_days``, ``form`` and ``permanent_on`` are reckoned as ``permanent.permanent_on``
    says. The verdict is ``WARN`` when that day lies within the term, and a term without end holds every later day.
    Raises EndsBeforeStart, EarlierDaysImpossible and BeyondElectionTable.
    """
    if ends is not None and ends < starts:
        raise EndsBeforeStart(ends=swedish_day(ends), starts=swedish_day(starts))
    reference, election, latest_end = _next_time(decided, starts)
    if ends is None and starts <= latest_end:
        ends = latest_end
    permanent = permanent_on(starts, earlier_days, form=form)
    warned = permanent is not None and (ends is None or permanent <= ends)
    return Limit(
        reference_date=reference,
        election=election,
        latest_end=latest_end,
        ends=ends,
        verdict=Verdict.WARN if warned else Verdict.OK,
        reasons=(
            reason(ReasonCode.POLICY_END, why.POLICY_END, election=election.day, latest_end=latest_end),
            *_past_policy(starts, ends, latest_end),
            *(_turns_permanent(starts, permanent, form, earlier_days, warned) if form is not Form.PERMANENT else ()),
            *(
                _may_be_permanent(starts, ends, earlier_days)
                if permanent and form is Form.SPECIAL and not warned
                else ()
            ),
        ),
        basis="policy",
        rule=PARTY_RULE,
        article=PARTY_ARTICLE,
        permanent_on=permanent,
    )


def limits_around_election(*, last_day_to_apply: date, starts: date, ends: date | None = None) -> Outlook:
    """The limit for an authority's ad if the decision comes the day after the last day to apply, and if it comes only
    after the election (with a start moved to that day where it was earlier). At hiring the real decision day rules.
    """
    next_election(last_day_to_apply)  # refuses a day beyond the table before a day is added to it
    expected = last_day_to_apply + timedelta(days=1)
    if_expected = limit_for_authority(decided=expected, starts=starts, ends=ends)
    day_after = if_expected.election.day + timedelta(days=1)
    later_start = max(starts, day_after)
    still_planned = ends if ends is not None and ends >= later_start else None
    try:
        if_after = limit_for_authority(decided=day_after, starts=later_start, ends=still_planned)
    except BeyondElectionTable:
        if_after = None
    return Outlook(expected, if_expected, if_after)


def _next_time(decided: date, starts: date) -> tuple[date, Election, date]:
    """Reference day, the election "nästa gång" and 31 December of its year."""
    if starts.year > LAST_YEAR:
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        raise BeyondElectionTable(asked=swedish_day(starts), first=swedish_day(first), last=swedish_day(last))
    reference = min(decided, starts)
    election = next_election(reference)
    return reference, election, date(election.year, 12, 31)


def _on_election_day(reference: date, election: Election) -> list[Reason]:
    if reference != election.day:
        return []
    day_after = election.day + timedelta(days=1)
    return [reason(ReasonCode.ON_ELECTION_DAY, why.ON_ELECTION_DAY, day_after=day_after)]


def _objections(decided: date, starts: date, ends: date | None, latest_end: date) -> list[Reason]:
    found = []
    if starts > latest_end:
        days = {"decided": decided, "starts": starts, "latest_end": latest_end, "earliest": decided_at_earliest(starts)}
        found.append(reason(ReasonCode.STARTS_AFTER_LIMIT, why.STARTS_AFTER_LIMIT, **days))
    if ends is not None and ends > latest_end:
        found.append(reason(ReasonCode.ENDS_AFTER_LIMIT, why.ENDS_AFTER_LIMIT, ends=ends, latest_end=latest_end))
    if ends is not None and ends < starts:
        found.append(reason(ReasonCode.ENDS_BEFORE_START, why.ENDS_BEFORE_START, ends=ends, starts=starts))
    return found


def _past_policy(starts: date, ends: date | None, latest_end: date) -> list[Reason]:
    if ends is None:
        return [reason(ReasonCode.STARTS_AFTER_POLICY, why.STARTS_AFTER_POLICY, starts=starts, latest_end=latest_end)]
    if ends > latest_end:
        return [reason(ReasonCode.ENDS_AFTER_POLICY, why.ENDS_AFTER_POLICY, ends=ends, latest_end=latest_end)]
    return []


def _turns_permanent(starts: date, permanent: date | None, form: Form, counted: int, warned: bool) -> list[Reason]:
    if permanent is None:
        return [reason(ReasonCode.BEFORE_RULE, why.BEFORE_RULE)]
    # nobody is asked for earlier time as a stand-in, so the day may come too late, and it is said that it may
    known = why.STOOD_IN_BESIDES if counted else why.STOOD_IN_BEFORE
    uncounted = [reason(ReasonCode.STOOD_IN_BEFORE, known)] if form is Form.STAND_IN else []
    if not warned:
        return uncounted
    later = why.STAND_IN_TURNS_PERMANENT if form is Form.STAND_IN else why.TURNS_PERMANENT
    text = why.PERMANENT_AT_ONCE if permanent == starts and form is Form.SPECIAL else later
    return [reason(ReasonCode.TURNS_PERMANENT, text, permanent_on=permanent), *uncounted]


def _may_be_permanent(starts: date, ends: date | None, earlier_days: int) -> list[Reason]:
    """Of what ends before it turns permanent by the calendar."""
    maybe = with_months_of_thirty(starts, earlier_days)
    return [reason(ReasonCode.MONTHS_OF_THIRTY, why.MONTHS_OF_THIRTY, maybe_on=maybe)] if ends and maybe <= ends else []
