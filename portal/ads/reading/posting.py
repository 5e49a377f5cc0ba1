"""An existing posting as plain text, read into fields in its own words."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from portal.ads.reading.caveats import Unclear, Warned, unclear_day
from portal.ads.reading.contacts import Contact, read_contacts
from portal.ads.reading.extent import read_extent
from portal.ads.reading.lines import READ_AT_MOST
from portal.ads.reading.period import Period, read_period
from portal.ads.reading.qualifications import read_qualities
from portal.ads.reading.rows import read_tasks
from portal.ads.reading.sections import Page, read_page
from portal.ads.reading.sender import read_authority, read_intro, read_party, read_title
from portal.ads.reading.sending import read_apply_to, read_documents, read_subject_line
from portal.ads.reading.terms import (
    read_employer,
    read_form,
    read_hours,
    read_leave_right,
    read_place,
    read_posts,
    read_remote,
    read_salary,
)
from portal.ads.reading.warnings import find_warnings

_SHORT, _SPARED = 80, 500  # characters
_ABOUT_IT = frozenset({"unclear", "warnings", "employer"})  # what is said of the reading, or follows from other fields
_DAYS = ("earliest_start", "latest_end", "deadline")


@dataclass(frozen=True)
class Posting:
    """A posting's fields; None, or an empty tuple, where it says nothing. Texts are the posting's own Swedish words.

    `extent_percent` is per cent of full time, `posts` a count. A day is a date only where its year is stated; else it
    is None and asked for in `unclear`. `intro` has an empty line between its paragraphs.
    """

    title: str | None
    party: str | None
    authority: str | None
    intro: str | None
    tasks: tuple[str, ...]
    requirements: tuple[str, ...]
    merits: tuple[str, ...]
    hours: str | None
    place: str | None
    remote: bool | None
    employment_form: str | None
    posts: int | None
    extent_percent: int | None
    earliest_start: date | None
    latest_end: date | None
    leave_right: bool | None
    documents: tuple[str, ...]
    subject_line: str | None
    apply_to: str | None
    deadline: date | None
    salary: str | None
    contacts: tuple[Contact, ...]
    unclear: tuple[Unclear, ...]
    warnings: tuple[Warned, ...]
    employer: Literal["authority", "party"] | None = None  # who is said to employ; no field of the JSON

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON has them: dates ISO, lists for tuples, null for what was not found."""
        return {name: _plain(value) for name, value in asdict(self).items() if name != "employer"}

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields the posting says nothing of, in order."""
        told = {entry.field for entry in self.unclear}
        fields = [name for name in self.__dataclass_fields__ if name not in _ABOUT_IT]
        return tuple(name for name in fields if getattr(self, name) in (None, ()) and name not in told)

    @property
    def is_none(self) -> bool:
        """Whether the text was no posting at all: all that there is is the question about the text itself."""
        fields = [name for name in self.__dataclass_fields__ if name not in _ABOUT_IT]
        nothing = all(getattr(self, name) in (None, ()) for name in fields)
        return nothing and {entry.field for entry in self.unclear} == {"text"}


def read_posting(text: str, *, on: date) -> Posting:
    """Read a posting as on the day `on`. Never refuses: what cannot be read is None, and said in `unclear`.

    Takes time in proportion to the text, and reads the first 60,000 characters.
    """
    posting = _read(read_page(text), on)
    if _says_nothing(posting):
        question = "Det gick inte att läsa någon annons ur texten. Klistra in hela annonsen som text."
        return replace(_read(Page(()), on), unclear=(Unclear("text", " ".join(text[:200].split()), question),))
    if len(text) > READ_AT_MOST:
        question = "Texten är längre än en annons brukar vara, och bara början lästes. Saknas något?"
        rest = Unclear("text", text[READ_AT_MOST : READ_AT_MOST + 80], question)
        return replace(posting, unclear=(*posting.unclear, rest))
    return posting


def _read(page: Page, on: date) -> Posting:
    period, extent, qualities = read_period(page), read_extent(page), read_qualities(page)
    title, form, employer, apply_to = read_title(page), read_form(page), read_employer(page), read_apply_to(page)
    return Posting(
        title=title,
        party=read_party(page),
        authority=read_authority(page),
        intro=read_intro(page, title),
        tasks=tuple(read_tasks(page)),
        requirements=tuple(qualities.requirements),
        merits=tuple(qualities.merits),
        hours=read_hours(page),
        place=read_place(page),
        remote=read_remote(page),
        employment_form=form,
        posts=read_posts(page),
        extent_percent=extent.percent,
        earliest_start=period.earliest_start.day if period.earliest_start else None,
        latest_end=period.latest_end.day if period.latest_end else None,
        leave_right=read_leave_right(page),
        documents=tuple(read_documents(page)),
        subject_line=read_subject_line(page),
        apply_to=apply_to,
        deadline=period.deadline.day if period.deadline else None,
        salary=read_salary(page),
        contacts=tuple(read_contacts(page, apply_to)),
        unclear=tuple(_unclear(period, extent.open_words, employer, tuple(qualities.spared))),
        warnings=tuple(find_warnings(page, period, title=title, form=form, employer=employer, on=on)),
        employer=employer,
    )


def _unclear(period: Period, extent: str | None, employer: str | None, spared: tuple[str, ...]) -> list[Unclear]:
    found = []
    if extent:
        found.append(Unclear("extent_percent", extent, f"Annonsen säger ”{extent}”. Hur många procent är tjänsten?"))
    if employer is None:
        question = "Annonsen säger inte vem som anställer. Är det regionen eller kommunen, eller partiet?"
        found.append(Unclear("employment_form", "", question))
    if spared:
        words = "”, ”".join(spared)[:_SPARED]
        question = f"Annonsen säger bara att det här inte krävs: ”{words}”. Behåll som meriterande det som ska bedömas."
        found.append(Unclear("merits", words, question))
    days = [(name, getattr(period, name)) for name in _DAYS]
    found.extend(unclear_day(name, day) for name, day in days if day and day.day is None)
    return found


def _says_nothing(posting: Posting) -> bool:
    """Whether no field was found; a few words that would only be the intro are no posting."""
    fields = [name for name in posting.__dataclass_fields__ if name not in {"intro", *_ABOUT_IT}]
    asked = {entry.field for entry in posting.unclear} - {"employment_form"}
    found = asked or any(getattr(posting, name) not in (None, ()) for name in fields)
    return not found and len(posting.intro or "") <= _SHORT


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
