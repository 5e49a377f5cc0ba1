"""What may be asked and what is answered, as pydantic has it: checked at the door, and described in the OpenAPI text."""

from typing import Any

from pydantic import BaseModel, Field

from portal.refusal import N_

MOST = 100


class ListQuestion(BaseModel):
    """Which open ads. The filters are those of the page with open ads: a value that no ad has finds nothing."""

    region: str = Field("", description="The authority's name, as in `authority.name`.")
    parti: str = Field("", description="The party's name, as in `party`.")
    ort: str = Field("", description="The place, as in `workplace_address.city`.")
    omfattning: str = Field("", description="`heltid` or `deltid`.")
    limit: int = Field(MOST, ge=1, le=MOST, description="At most so many ads.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Leave out so many, from the first to close.")


REFUSED = {  # the field that was filled in wrongly, and what to do
    "limit": N_("limit ska vara ett heltal från 1 till 100."),
    "offset": N_("offset ska vara ett heltal från 0 till 1000000."),
}

ASKED_TWICE = N_("Ange varje fält en gång.")


class Description(BaseModel):
    """What the work is."""

    text: str
    tasks: list[str]


class Employer(BaseModel):
    """Whoever employs: `authority` or `party`."""

    name: str
    kind: str


class Authority(BaseModel):
    """Where the party sits."""

    name: str
    kind: str


class Place(BaseModel):
    """Where the work is done."""

    city: str | None
    country_code: str


class Extent(BaseModel):
    """Per cent of full time."""

    min: int | None
    max: int | None


class Salary(BaseModel):
    """Whole kronor a month, for full time."""

    min_monthly_sek: int | None
    max_monthly_sek: int | None
    description: str | None


class Term(BaseModel):
    """From when to when. `limit` is the last day the law allows where an authority employs."""

    earliest_start: str | None
    latest_end: str | None
    limit: str | None
    election_day: str | None
    law: str | None


class Applying(BaseModel):
    """Where and with what to apply; no `url` where nobody can any more."""

    url: str | None
    documents: list[str]


class Contact(BaseModel):
    """Whom to ask."""

    name: str
    title: str
    email: str
    telephone: str


class Advert(BaseModel):
    """One published ad."""

    id: str
    version: int
    webpage_url: str
    headline: str
    publication_date: str
    last_publication_date: str
    correction_date: str
    application_deadline: str
    number_of_vacancies: int | None
    description: Description
    must_have: list[str]
    nice_to_have: list[str]
    employer: Employer
    party: str
    authority: Authority
    workplace_address: Place
    remote_work: bool | None
    scope_of_work: Extent
    employment_type: str
    salary: Salary
    term: Term
    application_details: Applying
    application_contacts: list[Contact]


class Total(BaseModel):
    """How many there are in all."""

    value: int


class Page(BaseModel):
    """Some of the open ads, the first to close first."""

    total: Total
    hits: list[Advert]


class Problem(BaseModel):
    """Why not, in the words of the page that a person would get (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


def wrong_fields(fault: Any) -> list[str]:
    """The names of the fields that a pydantic validation error is about, each once."""
    return list(dict.fromkeys(str(error["loc"][0]) for error in fault.errors() if error["loc"]))
