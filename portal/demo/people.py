"""Nine invented candidates of the demo: what stands in their CVs, their letters and their answers."""

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Job:
    """One employment; `years` as it stands in a CV, for example ”2022–nu”."""

    title: str
    employer: str
    years: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class School:
    """One education."""

    title: str
    school: str
    years: str


@dataclass(frozen=True)
class Person:
    """What stands in a CV. `languages` are pairs of language and level."""

    name: str
    headline: str
    email: str
    phone: str
    place: str
    profile: str
    jobs: tuple[Job, ...]
    education: tuple[School, ...]
    skills: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    engagements: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The CV as plain values, for the typesetter."""
        return asdict(self)


@dataclass(frozen=True)
class Candidate:
    """One application of the demo. `start_in_days` counts from the day it is sent, `salary_kronor` is per month."""

    person: Person
    layout: str
    letter: str
    salary_kronor: int
    start_in_days: int


def candidates() -> tuple[Candidate, ...]:
    """All nine, in the order of the file."""
    data = tomllib.loads(Path(__file__).with_name("people.toml").read_text("utf-8"))
    return tuple(_candidate(entry) for entry in data["candidate"])


def _candidate(entry: dict[str, Any]) -> Candidate:
    person = entry["person"]
    return Candidate(
        person=Person(
            **{key: person[key] for key in ("name", "headline", "email", "phone", "place", "profile")},
            jobs=tuple(Job(job["title"], job["employer"], job["years"], tuple(job["lines"])) for job in person["jobs"]),
            education=tuple(School(**school) for school in person["education"]),
            skills=tuple(person["skills"]),
            languages=tuple((language, level) for language, level in person["languages"]),
            engagements=tuple(person["engagements"]),
        ),
        layout=entry["layout"],
        letter=entry["letter"].strip(),
        salary_kronor=entry["salary_kronor"],
        start_in_days=entry["start_in_days"],
    )
