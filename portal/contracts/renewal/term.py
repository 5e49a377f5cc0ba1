"""The term that employments are renewed for, and the terms of a renewal as they follow from the former employment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from portal.contracts.terms import Terms
from portal.elections.calendar import LAST_YEAR, decided_at_earliest, elections
from portal.elections.permanent import FRAME_YEARS
from portal.posts.employer_model import Employer
from portal.refusal import N_
from portal.swedish_dates import swedish_day, years_after

NEXT_DAY: Final = timedelta(days=1)

NEVER_BEGAN = N_("Anställningen blir inte av, så den kan inte förnyas. Blir den av ändå, ta tillbaka det först.")
OPEN_END = N_("Anställningen gäller tills vidare, så den behöver inte förnyas.")
BEFORE_THE_END = N_("Den nya anställningen kan börja tidigast %(earliest)s, dagen efter att den förra slutar.")
RENEWED = N_("Den är redan förnyad, från och med %(starts)s, så krysset är borta.")
CALLED_OFF = N_(
    "Förnyelsen från och med %(starts)s ställdes in, så krysset är borta. Blir den av ändå, ta tillbaka det där."
)
NEEDS_A_REASON = N_(
    "Slutdatumet är senare än partiets utgångsläge, %(latest_end)s. Då behövs ett skäl, och det skrivs för var och en: "
    "förnya den för sig, eller skriv ett tidigare slutdatum."
)
NOTICED = N_("Anställningen är uppsagd %(given)s. Ska den förnyas ändå, förnya den för sig.")
ENDS_EARLY = N_("Anställningen slutar i förtid, %(ends)s. Ska den förnyas ändå, förnya den för sig.")
STANDS_IN = N_("Anställningen är ett vikariat. Förnya den för sig: där skriver du om det fortsätter, och för vem.")
PARTY_BEFORE_ELECTION = N_(
    "Ett beslut %(decided)s räcker bara till och med %(latest_end)s. Fatta beslutet tidigast %(earliest)s, dagen efter valet."
)


@dataclass(frozen=True, slots=True)
class Term:
    """From New Year after an election to the end of the year of the next one."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """As a button has it: ”2027–2030”."""
        return f"{self.first.year}–{self.last.year}"


class Former(Protocol):
    """What a renewal follows on."""

    employer: str
    starts_on: date
    ends_on: date | None
    extent_percent: int
    earlier_days: int
    stands_in: bool
    never_began: bool


def term_to_renew_for(on: date) -> Term | None:
    """The term after this year's election in an election year, else the present one. None beyond the table of elections."""
    years = [election.year for election in elections() if election.year <= on.year]
    later = [election.year for election in elections() if election.year > on.year]
    if not years or not later or on.year > LAST_YEAR:
        return None
    return Term(date(years[-1] + 1, 1, 1), date(later[0], 12, 31))


def ends_into(former: Former, term: Term) -> bool:
    """Whether an employment ends so that a renewal is for this term: in the election year, or within the term."""
    return former.ends_on is not None and term.first.year - 1 <= former.ends_on.year and former.ends_on < term.last


def renewal_of(former: Former, term: Term, *, decided: date, ends: date | None = None) -> Terms:
    """The same work to the same extent, from the term's first day or the day after the former's last, and never from before
    it was decided; to the last day allowed where no other is given. The days at a party are counted along, and a stand-in
    goes on as one."""
    starts = max(term.first, (former.ends_on or term.first) + NEXT_DAY, decided)
    employer = Employer(former.employer)
    earlier = days_with_party(former, starts) if employer is Employer.PARTY else 0
    return Terms(
        employer, decided, starts, ends, former.extent_percent, earlier_days=earlier, stands_in=former.stands_in
    )


def days_with_party(former: Former, starts: date) -> int:
    """The days in särskild visstidsanställning in the five years before ``starts``: the former's own, and those that
    were told of when it was recorded. Which of the latter have left the five years nobody knows, so all are kept."""
    opens = years_after(starts, -FRAME_YEARS)
    if former.ends_on is None or former.ends_on < opens:
        return 0
    own = (min(former.ends_on, starts - NEXT_DAY) - max(former.starts_on, opens)).days + 1
    if former.stands_in:
        own = 0
    return min((starts - opens).days, max(0, own) + former.earlier_days)


def days_as_stand_in(formers: Iterable[Former], starts: date) -> int:
    """The days as a stand-in in the five years before ``starts``, in those employments, of which none overlaps another."""
    opens, before = years_after(starts, -FRAME_YEARS), starts - NEXT_DAY
    spans = [(max(one.starts_on, opens), min(one.ends_on or before, before)) for one in formers if one.stands_in]
    return sum(max(0, (ends - first).days + 1) for first, ends in spans)


def why_not(former: Former, terms: Terms, latest_end: date) -> tuple[str, str] | None:
    """Field and sentence of what a renewal is refused for besides what every employment is; None where nothing is."""
    if former.never_began:
        return "starts", NEVER_BEGAN
    if former.ends_on is None:
        return "starts", OPEN_END
    if terms.starts <= former.ends_on:
        return "starts", BEFORE_THE_END % {"earliest": swedish_day(former.ends_on + NEXT_DAY)}
    if terms.employer is Employer.PARTY and terms.starts > latest_end and not terms.policy_reason.strip():
        earliest = decided_at_earliest(terms.starts)
        days = {"decided": terms.decided, "latest_end": latest_end, "earliest": earliest}
        return "decided", PARTY_BEFORE_ELECTION % {name: swedish_day(day) for name, day in days.items()}
    return None
