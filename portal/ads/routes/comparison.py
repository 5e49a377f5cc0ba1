"""What follows from who employs, side by side, before one chooses."""

from datetime import date
from typing import Any

from portal.ads.checks import controller_of
from portal.ads.term import plan_term
from portal.organisations.models import Authority, Party
from portal.posts.employer_model import Employer, EmployerModel, model_for
from portal.swedish_dates import swedish_day


def compared(party: Party, authority: Authority, on: date) -> list[dict[str, str]]:
    """Rows {what, authority, party}, made from the same facts that the portal acts by."""
    models = [model_for(employer) for employer in (Employer.AUTHORITY, Employer.PARTY)]
    controllers = [controller_of(model.employer, party=party, authority=authority) or "" for model in models]
    columns: list[tuple[str, Any]] = [
        ("Personuppgiftsansvarig", controllers),
        ("Ansökningarna", [_publicity(model) for model in models]),
        ("Samtycke från den som söker", ["Behövs" if m.consent_required else "Behövs inte" for m in models]),
        ("Hur länge de sparas", [_retention(model) for model in models]),
        ("Sena ansökningar", ["Tas emot, märkta som sena" if m.arrival_numbers else "Tas inte emot" for m in models]),
        ("Tjänstledighet", [_leave(model) for model in models]),
        ("Slutdatum", [_end(model, on) for model in models]),
    ]
    return [{"what": what, "authority": texts[0], "party": texts[1]} for what, texts in columns]


def _publicity(model: EmployerModel) -> str:
    return "Allmänna handlingar när de kommer in" if model.papers_public else "Inte allmänna, bara partiet läser"


def _retention(model: EmployerModel) -> str:
    clock = "beslutet fått laga kraft" if model.retention_clock == "laga_kraft" else "tjänsten tillsatts"
    return f"{model.disposal_word.capitalize()} {model.retention_months} månader efter att {clock}"


def _leave(model: EmployerModel) -> str:
    return "Rätt till ledighet från annan anställning" if model.leave_right else "Ingen särskild rätt"


def _end(model: EmployerModel, on: date) -> str:
    limit = plan_term(employer=model.employer, on=on).limit
    last = swedish_day(limit.latest_end) if limit else "valårets sista dag"
    return f"Längst {last}, enligt lag" if model.end_limit == "law" else f"{last} om inget annat motiveras; LAS gäller"
