"""The terms of one employment as they are decided, and all that the law and the portal object to in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.elections.calendar import next_election
from portal.elections.limit import Limit, limit_for_authority, limit_for_party
from portal.elections.permanent import Form
from portal.elections.reasons import Reason, ReasonCode
from portal.posts.employer_model import Employer, model_for
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

DECIDED_BEFORE_ELECTION = N_(
    "En anställning som börjar %(starts)s kan inte beslutas före valdagen %(election)s. %(why)s"
)
DECISION_PAST_ELECTION = N_(
    "Ett beslut %(decided)s ligger efter valet %(election)s, som inte har hållits än. Skriv den dag då beslutet fattas."
)
REASON_MISSING = N_("Skriv varför partiet går förbi utgångsläget %(latest_end)s. Skälet sparas med anställningen.")
BEGUN_BEFORE = N_(
    "Den första dagen, %(starts)s, ligger före beslutet %(decided)s. Är det fel, ändra dagen. Började arbetet innan beslutet "
    "fattades, så kryssa för det."
)
END_AND_NONE = N_("Välj ett slutdatum eller tills vidare, inte båda.")
OPEN_END_MISSING = N_("Välj ett slutdatum, eller kryssa för tills vidare.")


class TermsRefused(Refusal):
    """The terms cannot be recorded as they are. The sentence and the field are those of the first objection."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the office fills in. Days are calendar days in Sweden; ``ends`` None means the latest day allowed, or with
    ``until_further_notice`` (party only) no end at all: a day beside that is objected to. ``earlier_days``,
    ``policy_reason`` and whether it is a stand-in concern parties only. ``begun_before``: somebody has said that the work
    began before it was decided. ``stood_in_days``: of a stand-in, the days as one that are registered in what it goes on
    from."""

    employer: Employer
    decided: date
    starts: date
    ends: date | None
    extent_percent: int
    until_further_notice: bool = False
    earlier_days: int = 0
    policy_reason: str = ""
    stands_in: bool = False
    begun_before: bool = False
    stood_in_days: int = 0


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing to change, with the form field it belongs beside and, where one is given, the day that would do."""

    field: str
    sentence: str
    instead: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The limit, the last day that will be recorded, and what stands against recording it."""

    limit: Limit
    ends: date | None
    objections: tuple[Objection, ...]

    @property
    def wish(self) -> date | None:
        """The end asked for, where it lies past the latest one."""
        return self.ends if self.ends and self.ends > self.limit.latest_end else None


def answer_for(terms: Terms, *, on: date) -> Answer:
    """Work out the limit by the decision's own day and say what is wrong with the terms.

    ``on`` is the present day: a decision day past an election that has not been held would borrow that election's
    years. Raises a Refusal where no limit can be reckoned: a day beyond the table, a party's end before its start.
    """
    by_law = model_for(terms.employer).end_limit == "law"
    limit = _limit(terms, by_law)
    open_ended = terms.until_further_notice and not by_law
    ends = None if open_ended else limit.ends
    lasts = _by_law(terms, limit) if by_law else _by_policy(terms, limit, ends)
    found = (*_decision(terms, on), *lasts, *_begun(terms))
    return Answer(limit, ends, found)


def require(answer: Answer) -> None:
    """Raises TermsRefused with the first objection."""
    for objection in answer.objections:
        raise TermsRefused(objection.sentence, field=objection.field)


def _limit(terms: Terms, by_law: bool) -> Limit:
    if by_law:
        return limit_for_authority(decided=terms.decided, starts=terms.starts, ends=terms.ends)
    ends = None if terms.until_further_notice else terms.ends
    earlier = terms.stood_in_days if terms.stands_in else terms.earlier_days  # those asked for are in särskild visstid
    return limit_for_party(
        decided=terms.decided, starts=terms.starts, ends=ends, earlier_days=earlier, form=_form(terms)
    )


def _form(terms: Terms) -> Form:
    if terms.until_further_notice:
        return Form.PERMANENT
    return Form.STAND_IN if terms.stands_in else Form.SPECIAL


def _decision(terms: Terms, on: date) -> Iterator[Objection]:
    ahead = next_election(on)
    if terms.decided > ahead.day:
        days = {"decided": swedish_day(terms.decided), "election": swedish_day(ahead.day)}
        yield Objection("decided", DECISION_PAST_ELECTION % days)


def _begun(terms: Terms) -> Iterator[Objection]:
    """In rare cases work begins before the paper is written; far oftener the day, or its year, is a slip."""
    if terms.starts < terms.decided and not terms.begun_before:
        days = {"starts": swedish_day(terms.starts), "decided": swedish_day(terms.decided)}
        yield Objection("begun_before", BEGUN_BEFORE % days)


def _by_law(terms: Terms, limit: Limit) -> Iterator[Objection]:
    for objection in limit.objections:
        field = objection.field or "ends"
        if objection.code is ReasonCode.STARTS_AFTER_LIMIT:
            yield Objection(field, _before_election(terms, objection))
        else:
            past = objection.code is ReasonCode.ENDS_AFTER_LIMIT and limit.latest_end >= terms.starts
            yield Objection(field, objection.sentence, limit.latest_end if past else None)


def _before_election(terms: Terms, objection: Reason) -> str:
    """The election that must have been held is the one on the day before the earliest decision that would do."""
    passed = dict(objection.days)["earliest"] - timedelta(days=1)
    days = {"starts": swedish_day(terms.starts), "election": swedish_day(passed)}
    return DECIDED_BEFORE_ELECTION % {**days, "why": objection.sentence}


def _by_policy(terms: Terms, limit: Limit, ends: date | None) -> Iterator[Objection]:
    if terms.ends is not None and terms.until_further_notice:
        yield Objection("ends", END_AND_NONE)
        yield Objection("until_further_notice", END_AND_NONE)
    elif ends is None and not terms.until_further_notice:
        yield Objection("ends", OPEN_END_MISSING)
    elif (ends is None or ends > limit.latest_end) and not terms.policy_reason.strip():
        instead = limit.latest_end if limit.latest_end >= terms.starts else None
        yield Objection("policy_reason", REASON_MISSING % {"latest_end": swedish_day(limit.latest_end)}, instead)
