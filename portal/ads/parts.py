"""The parts of an ad as the office writes it, and how far each has come.

PURE.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Status = Literal["done", "fix", "left", "waiting"]


@dataclass(frozen=True, slots=True)
class Part:
    """One short page. ``fields`` are columns of the ad, or "criteria" and "contacts" for its rows. Once the ad is out
    nothing of a locked part may change, and of another nothing that is ``fixed``.
    """

    key: str
    title: str
    slug: str
    group: str
    fields: tuple[str, ...]
    locked_once_published: bool = False
    fixed: tuple[str, ...] = ()

    def stands_fast(self, field: str) -> bool:
        """Whether publishing has settled a field of this part for good."""
        return self.locked_once_published or field in self.fixed


PARTS: Final = (
    Part("employer", "Arbetsgivare", "arbetsgivare", "Tjänsten",
         ("employer", "retention_months", "retention_rule"), locked_once_published=True),
    Part("extent", "Omfattning och plats", "omfattning", "Tjänsten",
         ("extent_percent", "posts", "hours", "place", "remote", "remote_text")),
    Part("term", "Tillträde och slutdatum", "slutdatum", "Tjänsten",
         ("employment_form", "expected_decision", "earliest_start", "start_agreed", "latest_end", "end_reason")),
    Part("salary", "Lön och avtal", "lon", "Tjänsten",
         ("salary_form", "salary_low", "salary_high", "salary_reason", "collective_agreement")),
    Part("title", "Rubrik och ingress", "rubrik", "Texten", ("title", "intro")),
    Part("tasks", "Arbetsuppgifter", "arbetsuppgifter", "Texten", ("tasks",)),
    Part("criteria", "Krav och meriterande", "krav", "Texten", ("criteria",), locked_once_published=True),
    Part("documents", "Vad ska skickas in", "handlingar", "Ansökan",
         ("documents", "subject_line"), locked_once_published=True),
    Part("deadline", "Sista dag och tidplan", "sista-dag", "Ansökan", ("deadline", "timetable"), fixed=("deadline",)),
    Part("contacts", "Kontaktpersoner", "kontakt", "Ansökan", ("contacts",)),
    Part("publish", "Granska och publicera", "publicera", "Publicera", ()),
)  # fmt: skip
BY_KEY: Final = {part.key: part for part in PARTS}
ROW_FIELDS: Final = {
    "criteria": ("kind", "text", "explanation", "judged", "weight"),
    "contacts": ("name", "title", "email", "phone"),
}
PART_OF_FIELD: Final = {field: part.key for part in PARTS for field in part.fields}
_FOLLOWING: Final = frozenset({"election_day", "limit_latest_end"})  # from the days of the term
_ALWAYS_FILLED: Final = frozenset({"posts", "start_agreed", "employment_form", "expected_decision"})


def following(key: str) -> Part:
    """The part after this one; the last one follows itself."""
    place = PARTS.index(BY_KEY[key])
    return PARTS[min(place + 1, len(PARTS) - 1)]


def is_untouched(part: Part, ad: Any, rows: dict[str, Sequence[Any]]) -> bool:
    """Whether nothing has been filled in. ``rows`` holds the ad's "criteria" and "contacts"."""
    asked = [field for field in part.fields if field not in _ALWAYS_FILLED]
    values = [rows[field] if field in rows else getattr(ad, field) for field in asked]
    return all(value in (None, "", [], ()) for value in values)


def to_act_on(marks: Iterable[Any], *, published: bool) -> list[Any]:
    """Without the marks on what publishing has settled, such as a last day gone by: nobody can act on them."""
    return [mark for mark in marks if not (published and BY_KEY[mark.part].stands_fast(mark.field))]


def unsettled(ad: Any) -> list[dict[str, str]]:
    """What the reading of a posting asks about its words until the part is saved. Where the posting says nothing there are
    no words: that is merely missing."""
    return [entry for entry in ad.unclear if entry["text"] and entry["field"] in PART_OF_FIELD]


def changed_parts(former: Mapping[str, Any], present: Mapping[str, Any]) -> list[str]:
    """The titles of the parts in which what would be published differs from what is; what an ad has of its party and of
    who employs stands under the employer."""
    differing = {name for name in {*former, *present} if former.get(name) != present.get(name)}
    keys = {PART_OF_FIELD.get(name, "employer") for name in differing - _FOLLOWING}
    return [part.title for part in PARTS if part.key in keys]


def statuses(
    ad: Any, rows: dict[str, Sequence[Any]], marks: Iterable[Any], *, published: bool, changed: bool = False
) -> dict[str, Status]:
    """How far each part has come, told by the marks of `ads.checks` and by what a reading left unclear. ``changed``: what is
    saved is not what is published.

    What is wrong asks to be put right; what is merely missing is left to do.
    """
    found = list(marks)
    unclear = {PART_OF_FIELD[entry["field"]] for entry in unsettled(ad)}
    unsaid = {PART_OF_FIELD.get(entry["field"]) for entry in ad.unclear}
    told: dict[str, Status] = {}
    for part in PARTS[:-1]:
        own = [mark for mark in found if mark.part == part.key]
        if published and part.locked_once_published:
            told[part.key] = "done"
        elif part.key in unclear or any(mark.stops and not mark.missing for mark in own):
            told[part.key] = "fix"
        elif part.key in unsaid or any(mark.stops for mark in own) or is_untouched(part, ad, rows):
            told[part.key] = "left"
        else:
            told[part.key] = "done"
    stopped = any(mark.stops for mark in found)
    told["publish"] = "done" if published and not changed else "waiting" if stopped else "left"
    return told
