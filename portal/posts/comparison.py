"""What follows from who employs, in words and side by side, before one chooses: the model's facts, the authority's rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from portal.elections.limit import limit_for_authority
from portal.elections.permanent import permanent_on
from portal.posts.employer_model import AUTHORITY, PARTY, Employer, EmployerModel
from portal.profiles.keys import KEYS
from portal.profiles.profile import Profile, Sourced, words_of
from portal.refusal import Refusal
from portal.swedish_dates import swedish_day

TO_FILL: Final = "Okänt: en person fyller i det i avtalet"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, and what holds of it with either employer."""

    what: str
    authority: str
    party: str


def compared(
    *,
    controllers: Mapping[Employer, str],
    profile: Profile | None,
    on: date,
    starts: date | None,
    months: Mapping[Employer, int | None] = MappingProxyType({}),
) -> tuple[Row, ...]:
    """Every row, made from the same facts that the portal acts by.

    ``controllers`` are the controllers' names, ``on`` the day a decision is reckoned from, ``starts`` the first day of
    the work where it is known, ``months`` how long each has decided to keep applications. Without a ``profile`` there are
    no rules of the authority's own to tell of.
    """
    starts = max(starts or on, on)
    rows: list[tuple[str, Callable[[EmployerModel], str]]] = [
        ("Personuppgiftsansvarig", lambda model: controllers[model.employer]),
        ("Ansökningarna", _publicity),
        ("Samtycke från den som söker", lambda model: "Behövs" if model.consent_required else "Behövs inte"),
        ("Hur länge de sparas", lambda model: _retention(model, months.get(model.employer))),
        ("Sena ansökningar", lambda model: "Tas emot, märkta som sena" if model.arrival_numbers else "Tas inte emot"),
        ("Vem som beslutar", _decision),
        ("Vilka som skriver under", lambda model: _rule(profile, model, "signatories")),
        ("Arbetsledare", lambda model: _rule(profile, model, "work_leader")),
        ("Arbetsmiljöansvar", lambda model: _rule(profile, model, "work_environment")),
        ("Avtalet", _contract),
        ("Slutdatum", lambda model: _end(model, on, starts)),
        ("Tills vidare", lambda model: _permanent(model, starts)),
        ("Tjänstledighet", _leave),
        ("Det som regionen eller kommunen ser", _seen),
    ]
    found = tuple(Row(what, words(AUTHORITY), words(PARTY)) for what, words in rows)
    return (_as_ruled(profile), *found) if profile else found


def _as_ruled(profile: Profile) -> Row:
    """What the authority's own rules say of the choice itself."""
    answer = profile.rules["employer"]
    if not isinstance(answer, Sourced):
        return Row("Egna regler", "Okänt", "Okänt")
    if answer.value == "party_chooses":
        return Row("Egna regler", "Partiet får välja", "Partiet får välja")
    own, other = f"Så gör {profile.name}", f"Inte så {profile.name} gör"
    return Row("Egna regler", *((own, other) if answer.value == Employer.AUTHORITY else (other, own)))


def _rule(profile: Profile | None, model: EmployerModel, key: str) -> str:
    if profile is None or model.employer not in profile.employers:
        return TO_FILL
    answer = profile.rules_for(model.employer)[key]
    return "; ".join(words_of(KEYS[key], answer.value)) if isinstance(answer, Sourced) else TO_FILL


def _publicity(model: EmployerModel) -> str:
    return "Allmänna handlingar när de kommer in" if model.papers_public else "Inte allmänna, bara partiet läser"


def _retention(model: EmployerModel, decided: int | None) -> str:
    if model.retention_clock == "laga_kraft":
        clock = "beslutet fått laga kraft eller, om ingen anställs, efter den dag som arbetsgivaren anger"
    else:
        clock = "tjänsten är tillsatt, eller rekryteringen avslutad utan anställning"
    return f"{model.disposal_word.capitalize()} {decided or model.retention_months} månader efter att {clock}"


def _decision(model: EmployerModel) -> str:
    who = "Styrelsen, eller den som har fått det på delegation" if model.decided_by == "board" else "Partiet"
    return f"{who}. Beslutet kan {'' if model.appealable else 'inte '}överklagas"


def _contract(model: EmployerModel) -> str:
    law = "Kommunallagen 4 kap. 33 §, inte LAS" if model.employment_law == "KL 4:33" else "LAS gäller"
    return f"{law}. Uppsägningstiden {'måste stå i avtalet' if model.notice_in_contract else 'följer av LAS'}"


def _end(model: EmployerModel, on: date, starts: date) -> str:
    try:
        last = swedish_day(limit_for_authority(decided=on, starts=starts).latest_end)
    except Refusal:  # a day beyond the table of elections
        last = "valårets sista dag"
    return f"Längst {last}, enligt lag" if model.end_limit == "law" else f"{last} om inget annat motiveras"


def _permanent(model: EmployerModel, starts: date) -> str:
    day = permanent_on(starts) if model.turns_permanent else None
    if day is None:
        return "Blir det aldrig"
    return (
        "Blir det av sig självt efter mer än tolv månader i särskild visstid på fem år: "
        f"{swedish_day(day)} om arbetet börjar {swedish_day(starts)}, tidigare om personen har varit anställd förut"
    )


def _leave(model: EmployerModel) -> str:
    return "Rätt till ledighet från annan anställning" if model.leave_right else "Ingen särskild rätt"


def _seen(model: EmployerModel) -> str:
    if model.authority_sees == "contract":
        return "Ansökningarna när de kommer in, och anställningen"
    return "Bara hur stor del av tjänsterna som är tillsatt: inget namn, inget utkast till annons"
