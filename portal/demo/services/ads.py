"""Four ads of the demo: one open, and three whose last day has passed, each further on its way than the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.parts import BY_KEY
from portal.ads.services.drafts import create_draft
from portal.ads.services.parts import save_part, save_rows, save_term, set_employer
from portal.ads.services.publishing import publish_ad
from portal.demo.services.people import House, writing
from portal.posts.employer_model import Employer
from portal.swedish_dates import swedish_day

KANSLI = "samira@example.se"
CONTACTS = (
    {
        "name": "Gunnel Sundvall",
        "title": "Regionråd i opposition",
        "email": "gunnel@example.se",
        "phone": "070-174 06 12",
    },
    {
        "name": "Elof Rehnström",
        "title": "Regionråd i opposition",
        "email": "elof@example.se",
        "phone": "070-174 06 48",
    },
)
CRITERIA: tuple[tuple[str, str, str, str, int], ...] = (
    ("krav", "skala", "Du skriver väl, också när det är bråttom", "", 30),
    ("krav", "skala", "Du är självgående och tar egna initiativ", "", 25),
    ("krav", "skala", "Du är strukturerad när mycket händer samtidigt", "", 20),
    ("krav", "skala", "Du har lätt för att samarbeta", "", 15),
    ("krav", "finns", "Du har B-körkort", "Resor i hela länet, ofta på kvällar.", 0),
    ("merit", "skala", "Utbildning i journalistik, kommunikation eller statsvetenskap", "", 10),
    ("merit", "finns", "Tillgång till egen bil", "", 0),
)
FULL_TIME = {
    "title": "Politisk sekreterare på heltid",
    "intro": "Var med där besluten om sjukvård, kollektivtrafik och kultur tas fram. "
    "Du arbetar närmast våra två regionråd i opposition.",
    "tasks": [
        "skriva tal, debattartiklar och pressmeddelanden",
        "läsa handlingar och ta fram underlag inför regionstyrelsen",
        "sköta sociala medier, bild och kortare film",
        "följa det som händer och se vad som är på väg",
        "bidra till partiets utvecklingsarbete",
    ],
    "extent_percent": 100,
}
HALF_TIME = {
    "title": "Pressekreterare på halvtid",
    "intro": "Du ger regionråden ord i tid: pressmeddelanden, debattartiklar och svar till journalister.",
    "tasks": [
        "skriva pressmeddelanden och debattartiklar",
        "svara journalister och förbereda intervjuer",
        "följa medierna och se vad som är på väg",
    ],
    "extent_percent": 50,
}
CARE = {
    "title": "Politiska sekreterare för vård och omsorg",
    "intro": "Ni är två som följer hälso- och sjukvården åt gruppen: underlag, motioner och möten med vårdcentraler.",
    "tasks": [
        "ta fram underlag inför hälso- och sjukvårdsnämnden",
        "skriva motioner och interpellationer",
        "hålla kontakt med patientföreningar och vårdcentraler",
    ],
    "extent_percent": 100,
    "posts": 2,
    "documents": ["letter", "salary"],
}
CULTURE = {
    "title": "Politisk sekreterare för kultur och skola",
    "intro": "Du följer kulturnämnden och folkhögskolorna, och skriver det som ska sägas om dem.",
    "tasks": [
        "läsa handlingar och ta fram underlag inför kulturnämnden",
        "skriva debattartiklar och tal",
        "ordna besök hos kulturskolor och folkhögskolor",
    ],
    "extent_percent": 100,
    "documents": ["letter", "salary"],
}
OPEN_DAYS = 28  # from the day an ad is published to its last day, where it has closed


@dataclass(frozen=True, slots=True)
class Ads:
    """The ids: open, closed and being judged, met, and hired from."""

    open: UUID
    closed: UUID
    met: UUID
    hired: UUID


@dataclass(frozen=True, slots=True)
class Plan:
    """Days from an ad's last day: until it is decided who is employed, and until the work begins."""

    decided_in: int = 24
    starts_in: int = 45


USUAL = Plan()
CLOSED_CARE, CLOSED_CULTURE = timedelta(days=72), timedelta(days=17)
EMPLOYED = Plan(decided_in=52, starts_in=70)  # so: decided twenty days ago, and the work begun two days ago


def publish_ads(app: Flask, house: House, at: datetime) -> Ads:
    """The ad hired from closed ten weeks ago, the met one two and a half; the closed one was published a month ago and
    closed three days ago; the open one has nineteen days left."""
    hired = _publish(app, house, CARE, at - CLOSED_CARE - timedelta(days=OPEN_DAYS), plan=EMPLOYED)
    met = _publish(app, house, CULTURE, at - CLOSED_CULTURE - timedelta(days=OPEN_DAYS))
    closed = _publish(app, house, HALF_TIME, at - timedelta(days=31))
    return Ads(_publish(app, house, FULL_TIME, at - timedelta(days=2), last_day_in=21), closed, met, hired)


def _publish(
    app: Flask,
    house: House,
    texts: Mapping[str, Any],
    at: datetime,
    *,
    last_day_in: int = OPEN_DAYS,
    plan: Plan = USUAL,
) -> UUID:
    on = at.astimezone(clock.STOCKHOLM).date()
    with writing(app, scope.party(house.party)) as session:
        by: dict[str, Any] = {"person_id": house.people[KANSLI], "at": at}
        ad = create_draft(session, **by)
        set_employer(
            session,
            ad_id=ad.id,
            employer=Employer.AUTHORITY,
            retention=(24, "Regionstyrelsens gallringsbeslut, § 112"),
            **by,
        )
        for key, values in _parts(texts, on + timedelta(days=last_day_in)).items():
            save_part(session, ad_id=ad.id, part=BY_KEY[key], values=values, **by)
        _rows(session, ad.id, by)
        save_term(session, ad_id=ad.id, values=_term(on + timedelta(days=last_day_in), plan), on=on, **by)
        publish_ad(session, ad_id=ad.id, on=on, **by)
        return ad.id


def _rows(session: Session, ad_id: UUID, by: Mapping[str, Any]) -> None:
    names = ("kind", "judged", "text", "explanation", "weight")
    criteria = [dict(zip(names, row, strict=True)) for row in CRITERIA]
    save_rows(session, part=BY_KEY["criteria"], ad_id=ad_id, rows=criteria, **by)
    save_rows(session, part=BY_KEY["contacts"], ad_id=ad_id, rows=CONTACTS, **by)


def _parts(texts: Mapping[str, Any], deadline: date) -> dict[str, dict[str, Any]]:
    return {
        "title": {"title": texts["title"], "intro": texts["intro"]},
        "tasks": {"tasks": texts["tasks"]},
        "extent": {
            "extent_percent": texts["extent_percent"],
            "posts": texts.get("posts", 1),
            "hours": "Oreglerad arbetstid, kvällar och helger förekommer",
            "place": "Regionens hus, Härnösand",
            "remote": True,
            "remote_text": "distansarbete när det går",
        },
        "salary": {
            "salary_form": "Individuell lönesättning",
            "salary_low": 38000,
            "salary_high": 46000,
            "collective_agreement": "Allmänna bestämmelser (AB) i delar",
        },
        "documents": {"documents": texts.get("documents", ["cv", "letter", "salary"]), "subject_line": ""},
        "deadline": {
            "deadline": deadline,
            "timetable": [
                [_span(deadline, 3, 6), "Bedömning"],
                [_span(deadline, 14, 18), "Intervjuer i Härnösand eller på distans"],
                [_short(deadline + timedelta(days=28)), "Alla har fått besked"],
            ],
        },
    }


def _term(deadline: date, plan: Plan) -> dict[str, Any]:
    return {
        "employment_form": "visstid",
        "expected_decision": deadline + timedelta(days=plan.decided_in),
        "start_agreed": True,
        "earliest_start": deadline + timedelta(days=plan.starts_in),
        "latest_end": None,
    }


def _span(day: date, first: int, last: int) -> str:
    begins, ends = day + timedelta(days=first), day + timedelta(days=last)
    return f"{begins.day}–{_short(ends)}" if begins.month == ends.month else f"{_short(begins)}–{_short(ends)}"


def _short(day: date) -> str:
    number, month, _year = swedish_day(day).split()
    return f"{number} {month[:3]}"
