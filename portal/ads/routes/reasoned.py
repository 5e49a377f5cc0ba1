"""The reasoning beside an end date, in the shape of `components/reasoning.html`."""

from datetime import date
from typing import Any

from portal.ads.routes.advert import LAW
from portal.ads.term import TermPlan
from portal.elections.limit import Limit
from portal.elections.timeline import timeline
from portal.posts.employer_model import Employer
from portal.swedish_dates import shown_day
from portal.web.term_picture import ReasonBar, reason_bar

_BY_LAW = (
    "Regionen eller kommunen är arbetsgivare. Då får anställningen vara längst till utgången av det år då val av "
    "fullmäktige hålls nästa gång i hela landet. Extra val och omval flyttar inte gränsen."
)
_BY_POLICY = (
    "Partiet är arbetsgivare, så kommunallagens gräns gäller inte. Portalens utgångsläge är ändå samma dag. "
    "Ett senare slutdatum går om ni skriver varför."
)


def reasoned(plan: TermPlan, *, on: date) -> dict[str, Any] | None:
    """Heading, three dates, bar and paragraph; ``after`` the same in one sentence if the decision comes after the
    election; ``las`` what lagen om anställningsskydd does where a party employs. None where no answer is known."""
    limit = plan.limit
    if limit is None:
        return None
    by_law = plan.employer is Employer.AUTHORITY
    first = "Beslutet fattas" if limit.reference_date == plan.decided else "Anställningen börjar"
    return {
        "heading": f"{'Därför' if by_law else 'Utgångsläget är'} {shown_day(limit.latest_end)}",
        "steps": [
            {"label": first, "day": limit.reference_date},
            {"label": "Nästa val i hela landet", "day": limit.election.day},
            {"label": "Det årets sista dag", "day": limit.latest_end},
        ],
        "bar": _bar(plan, limit),
        "text": _BY_LAW if by_law else _BY_POLICY,
        "law_text": "Kommunallagen 4 kap. 33 §" if by_law else "",
        "law_href": LAW,
        "dates": timeline(today=on, election=limit.election.day, latest_end=limit.latest_end, by_law=by_law),
        "assumed": _assumed(plan),
        "after": _after(plan, limit),
        "las": _las(plan, limit),
    }


def _bar(plan: TermPlan, limit: Limit) -> ReasonBar | None:
    if plan.starts >= limit.latest_end:
        return None
    return reason_bar(starts=plan.starts, limit=limit.latest_end, election=limit.election.day, wish=plan.wish_past_stop)


def _assumed(plan: TermPlan) -> str:
    if plan.assumed_decision:
        since = "dagen efter sista ansökningsdag" if plan.deadline else "i dag, för sista ansökningsdag saknas"
        text = f"Räknat på ett beslut {shown_day(plan.decided)}, {since}"
        return f"{text}. Ange en annan dag om ni vet den. Vid anställningen gäller den verkliga dagen."
    return "Vid anställningen räknas gränsen om från den verkliga beslutsdagen."


def _after(plan: TermPlan, limit: Limit) -> str:
    if plan.after_election is None:
        return ""
    return (
        f"Fattas beslutet senast valdagen {shown_day(limit.election.day)} räcker anställningen till "
        f"{shown_day(limit.latest_end)}. Fattas det efter valet räcker den till "
        f"{shown_day(plan.after_election.latest_end)}, om den börjar tidigast {_day(plan.after_election, limit)}."
    )


def _day(after: Limit, limit: Limit) -> str:
    return shown_day(max(after.reference_date, date.fromordinal(limit.election.day.toordinal() + 1)))


def _las(plan: TermPlan, limit: Limit) -> str:
    if plan.employer is Employer.AUTHORITY or limit.permanent_on is None:
        return ""
    what = "vikarie" if plan.stands_in else "visstidsanställd"
    before = f"Har den som anställs varit {what} hos partiet de senaste fem åren kommer dagen tidigare."
    counted = (
        f" Räknat på att den börjar {shown_day(plan.starts)}, för första dagen saknas." if plan.assumed_start else ""
    )
    return f"{_turns(plan, limit, shown_day(limit.permanent_on))}{counted} {before}"


def _turns(plan: TermPlan, limit: Limit, day: str) -> str:
    if limit.verdict != "warn":
        return f"Slutar anställningen före {day} blir den inte en tillsvidareanställning."
    if plan.stands_in:
        return f"{day} blir vikariatet en tillsvidareanställning, för då har tiden som vikarie blivit mer än två år."
    return (
        f"{day} blir anställningen en tillsvidareanställning, för då har tiden i särskild visstidsanställning "
        "blivit mer än tolv månader. Välj ett slutdatum före den dagen, eller anställningsformen tills vidare."
    )
