"""From a posting that has been read to the columns of a draft, with a question at every field that needs a person.

PURE.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from portal.ads.parts import PART_OF_FIELD
from portal.ads.reading.pay import FullTimePay, full_time_pay
from portal.ads.reading.posting import Posting
from portal.ads.rows import LONGEST
from portal.swedish_dates import FIRST_DAY, LAST_DAY, swedish_day

_FIELD: Final = {
    "requirements": "criteria",
    "merits": "criteria",
    "salary": "salary_form",
    "leave_right": "employer",
    "authority": "employer",
}
_ASKED: Final = {
    "title": "någon rubrik", "intro": "något om partiet eller uppdraget", "tasks": "några arbetsuppgifter",
    "requirements": "några krav", "hours": "något om arbetstiden", "place": "var arbetet utförs",
    "extent_percent": "hur stor tjänsten är", "earliest_start": "när anställningen kan börja",
    "deadline": "någon sista ansökningsdag", "salary": "något om lönen", "contacts": "vem man kan fråga",
    "documents": "vad som ska skickas in",
}  # fmt: skip
_DOCUMENTS: Final = (
    ("cv", re.compile(r"\bcv\b|meritförteckning", re.IGNORECASE)),
    ("letter", re.compile(r"brev|motiver", re.IGNORECASE)),
    ("salary", re.compile(r"löneanspråk", re.IGNORECASE)),
)
_HELD: Final = {
    "title": 120,
    "tasks": 2000,
    "requirements": 500,
    "merits": 500,
}  # characters of a text that is one line
_LICENCE_OR_CAR: Final = re.compile(r"körkort|egen bil|tillgång till bil", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """Columns of the ad, rows of its criteria and contacts, and the questions: {field, text, question}."""

    fields: dict[str, Any]
    criteria: list[dict[str, Any]]
    contacts: list[dict[str, str]]
    unclear: list[dict[str, str]] = field(default_factory=list)


def draft_from(posting: Posting, *, party_name: str) -> Draft:
    """The draft that a posting gives a party. Nothing is guessed: what was not found is asked for."""
    pay = _pay(posting)
    fields = {
        "title": (posting.title or "")[: _HELD["title"]],
        "intro": posting.intro or "",
        "tasks": [line[: _HELD["tasks"]] for line in posting.tasks],
        "hours": posting.hours or "",
        "place": posting.place or "",
        "remote": posting.remote,
        "employment_form": _form(posting.employment_form or ""),
        "posts": posting.posts or 1,
        "extent_percent": posting.extent_percent,
        "earliest_start": _in_calendar(posting.earliest_start),
        "latest_end": _in_calendar(posting.latest_end),
        "employer": "authority" if _by_authority(posting) else None,
        "documents": _documents(posting.documents),
        "subject_line": posting.subject_line or "",
        "deadline": _in_calendar(posting.deadline),
        "salary_form": posting.salary or "",
        "salary_low": pay.low,
        "salary_high": pay.high,
    }
    kinds = (("krav", posting.requirements), ("merit", posting.merits))
    criteria = [_criterion(kind, text) for kind, texts in kinds for text in texts]
    contacts = [
        {name: getattr(person, name) or "" for name in ("name", "title", "email", "phone")}
        for person in posting.contacts
        if person.name or person.email or person.phone
    ]
    asked = [
        *_questions(posting, party_name),
        *_beyond_calendar(posting),
        *_too_long(posting),
        *_too_many(criteria, contacts),
    ]
    return Draft(fields, criteria[:LONGEST], contacts[:LONGEST], asked)


def _by_authority(posting: Posting) -> bool:
    """Whether it tells of the leave that only an authority's employee has (KL 4:34), and names an authority as employer."""
    return bool(posting.leave_right) and posting.employer == "authority"


def _in_calendar(day: date | None) -> date | None:
    """The day, if it is one that the forms take: a system that writes 9999-12-31 means that it knows of none."""
    return day if day is not None and FIRST_DAY <= day <= LAST_DAY else None


def _beyond_calendar(posting: Posting) -> Iterator[dict[str, str]]:
    """The days that were left out, as they were written."""
    for name in ("earliest_start", "latest_end", "deadline"):
        day = getattr(posting, name)
        if day is not None and _in_calendar(day) is None:
            yield _entry(name, day.isoformat(), f"Annonsen säger {swedish_day(day)}. Skriv den dag som gäller.")


def _too_long(posting: Posting) -> Iterator[dict[str, str]]:
    """What was cut to fit its line, with all of its words."""
    for name, most in _HELD.items():
        value = getattr(posting, name) or ()
        for text in (value,) if isinstance(value, str) else value:
            if len(text) > most:
                question = f"Raden är längre än {most} tecken och är kortad. Dela den eller skriv den kortare: ”{text}”"
                yield _entry(name, text, question)


def _too_many(criteria: Sequence[Mapping[str, Any]], contacts: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """The rows there was no room for, in their own words."""
    lists = (("criteria", criteria, "text"), ("contacts", contacts, "name"))
    for name, rows, told_by in lists:
        if rest := "\n".join(row[told_by] for row in rows[LONGEST:]):
            words = rest.replace("\n", "; ")
            yield _entry(name, rest, f"Läsningen tog med de {LONGEST} första raderna. Här är resten: {words}")


def _questions(posting: Posting, party_name: str) -> list[dict[str, str]]:
    asked = [_entry(entry.field, entry.text, entry.question) for entry in posting.unclear]
    asked += [_entry(held.field, held.suggestion or "", held.text) for held in posting.warnings]
    told = {entry["field"] for entry in asked}
    for name in posting.missing:
        if name in _ASKED and _FIELD.get(name, name) not in told:
            asked.append(_entry(name, "", f"Annonsen säger inte {_ASKED[name]}. Fyll i det här."))
    if why := _pay(posting).asked:
        words = f"Annonsen säger ”{posting.salary}”, och {why}."
        asked.append(_entry("salary", posting.salary or "", f"{words} Vad är lönen räknat på heltid?"))
    if not _by_authority(posting) and "employer" not in told:
        asked.append(_entry("employer", "", "Ange vem som anställer. Läsningen gissar inte på det."))
    if posting.party and not _same_party(posting.party, party_name):
        question = f"Annonsen är från {posting.party}, och du skriver för {party_name}. Stämmer det?"
        asked.append(_entry("title", posting.party, question))
    return asked


def _entry(name: str, text: str, question: str) -> dict[str, str]:
    known = _FIELD.get(name, name)
    return {"field": known if known in PART_OF_FIELD else "title", "text": text, "question": question}


def _same_party(one: str, other: str) -> bool:
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def _criterion(kind: str, text: str) -> dict[str, Any]:
    judged = "finns" if _LICENCE_OR_CAR.search(text) else "skala"
    held = text[:1].upper() + text[1 : _HELD["requirements"]]  # read out of a sentence, it is a line of its own now
    return {"kind": kind, "judged": judged, "text": held, "explanation": "", "weight": int(judged == "skala")}


def _documents(words: tuple[str, ...]) -> list[str]:
    wanted = [key for key, shape in _DOCUMENTS if any(shape.search(word) for word in words)]
    other = [word for word in words if not any(shape.search(word) for _, shape in _DOCUMENTS)]
    return wanted + ["attachment"] * bool(other)


def _form(text: str) -> str:
    if re.search(r"vikari", text, re.IGNORECASE):
        return "vikariat"
    return "tillsvidare" if re.search(r"tills\s?vidare|fast anst", text, re.IGNORECASE) else "visstid"


def _pay(posting: Posting) -> FullTimePay:
    open_extent = any(entry.field == "extent_percent" for entry in posting.unclear)
    return full_time_pay(posting.salary or "", extent=posting.extent_percent, open_extent=open_extent)
