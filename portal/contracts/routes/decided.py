"""What the page of a decision says: where it stands, the last day of appeal worked out, and the authority's own rule."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import DECISIONS, Kind
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.decision.appeal import AppealTime, appeal_time
from portal.contracts.decision.deciders import Decider, Seat, decides_by_delegation, shown
from portal.contracts.decision.models import DecisionRow
from portal.contracts.decision.queries import name_of
from portal.contracts.decision.stages import STANDINGS, stage_of, to_do
from portal.contracts.models import Employment
from portal.contracts.queries import Employed
from portal.organisations.models import Authority
from portal.posts.employer_model import Employer
from portal.profiles.faults import BadProfile
from portal.profiles.profile import Profile, Sourced, Unknown
from portal.profiles.shelf import profile_called
from portal.swedish_dates import shown_day, shown_weekday_day
from portal.swedish_holidays import holidays_from

LAW = ("Kommunallagen 13 kap. 5 §", "https://selex.se/eli/sfs/2017/725")
THREE_WEEKS = "Ett överklagande ska ha kommit in inom tre veckor från anslaget."


@dataclass(frozen=True, slots=True)
class Rule:
    """What the authority's own rules say of who decides. ``delegation`` is where it is written; empty where nothing is
    known, and then ``unclear`` says so."""

    words: str = ""
    delegation: str = ""
    unclear: str = ""


def rule_of(session: Session, row: Employment) -> Rule:
    """The rule for this employer; empty where nobody has written any down that such an employment goes by."""
    profile = _profile(session.get_one(Authority, row.authority_id))
    answer = profile.rules_for(row.employer)["decided_by"] if profile and row.employer in profile.employers else None
    if isinstance(answer, Sourced):
        return Rule(str(answer.value), f"{answer.source}, {answer.paragraph}")
    return Rule(unclear=answer.unclear if isinstance(answer, Unknown) else "")


def _profile(authority: Authority) -> Profile | None:
    try:
        return profile_called(authority.rules_called)
    except BadProfile:  # said on the page of the rules; the decision is written down all the same
        return None


def standing_of(employment: Employment, row: DecisionRow | None, *, on: date) -> str:
    """Where an authority's decision stands, for a line on another page; nothing of a party's, which awaits nothing."""
    return STANDINGS[stage_of(row, on=on)] if employment.employer == Employer.AUTHORITY else ""


def heading_of(act: EmploymentAct | None) -> str:
    """What the page is called: of the employment's decision, or of the change that it decides."""
    return f"Beslutet om {DECISIONS[Kind(act.kind)]}" if act else "Anställningsbeslutet"


def facts_of(session: Session, one: Employed, row: DecisionRow | None, *, decided: date, on: date) -> dict[str, Any]:
    """Stage, what is next on which day, what is written down as label and value, and the reasoning of the last day."""
    by_authority = one.row.employer == Employer.AUTHORITY
    return {
        "by_authority": by_authority,
        "stage": stage_of(row, on=on).value if by_authority else "",
        "next": to_do(row, decided=decided, on=on) if by_authority else None,
        "delegated": row is not None and decides_by_delegation(Decider(row.decider)),
        "decided": _decided(session, row) if row else [],
        "became": _became(session, row) if row and by_authority else [],
        "reasoning": _reasoning(row) if row and row.announced_on else None,
    }


def _decided(session: Session, row: DecisionRow) -> list[dict[str, str]]:
    seat = Seat(row.seat) if row.seat else None
    return [
        {"label": "Vem beslutade", "value": row.who, "note": shown(Decider(row.decider), seat)},
        {"label": "Enligt", "value": row.delegation},
        {"label": "Nummer", "value": row.number},
        {"label": "Beslutsdag", "value": shown_day(row.decided_on)},
        {"label": "Inskrivet av", "value": name_of(session, row.recorded_by)},
    ]


def _became(session: Session, row: DecisionRow) -> list[dict[str, str]]:
    confirmed = f"bekräftat av {name_of(session, row.confirmed_by)} {_day(row.confirmed_on)}" if row.final_on else ""
    return [
        {"label": "Anmäls senast", "value": "" if row.reported_on or row.minuted_apart else _day(row.report_by)},
        {"label": "Anmält", "value": _day(row.reported_on) or ("protokollfört för sig" if row.minuted_apart else "")},
        {"label": "Justeringen anslogs", "value": _day(row.announced_on)},
        {"label": "Sista dag att överklaga", "value": _day(row.last_appeal_on)},
        {"label": "Överklagat", "value": _day(row.appealed_on), "note": row.case_number},
        {"label": "Upphävt" if row.set_aside else "Laga kraft", "value": _day(row.final_on), "note": confirmed},
    ]


def _day(day: date | None) -> str:
    return shown_day(day) if day else ""


def _reasoning(row: DecisionRow) -> dict[str, Any]:
    """From what is stored; why it was moved is said only where the calendar still gives that very day."""
    assert row.announced_on is not None
    assert row.last_appeal_on is not None
    found = appeal_time(row.announced_on, holidays_from(row.announced_on))
    moved = found.three_weeks != row.last_appeal_on
    return {
        "heading": f"Sista dag att överklaga: {shown_weekday_day(row.last_appeal_on)}",
        "steps": [
            {"label": "Justeringen anslogs", "day": found.announced},
            {"label": "Tre veckor senare", "day": found.three_weeks},
            *([{"label": "Nästa vardag", "day": row.last_appeal_on}] if moved else []),
        ],
        "text": _why(found) if moved and found.last_day == row.last_appeal_on else THREE_WEEKS,
        "law_text": LAW[0],
        "law_href": LAW[1],
    }


def _why(found: AppealTime) -> str:
    return (
        f"{THREE_WEEKS} {shown_day(found.three_weeks)} är ingen vardag ({found.moved_by}), så tiden går ut nästa vardag "
        "enligt lagen (1930:173) om beräkning av lagstadgad tid."
    )
