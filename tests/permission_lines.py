"""The lines of the table of permissions: who the persons are, and what a line says of one endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOBODY_LOGGED_IN = ("anonymous", "candidate", "other_candidate")
LOGGED_IN = (
    "leader", "conflicted", "office_conflicted", "outsider", "kansli", "rival_kansli", "region", "invited", "removed",
    "drift", "decider",
)  # fmt: skip
PERSONS = (*NOBODY_LOGGED_IN, *LOGGED_IN)

Expected = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One endpoint: its guard's kind and predicate; for each place (values of its parameters) who gets which status.

    ``posts`` says for each place whom a POST is for (an empty form with its token; staff are let in, whatever the form
    then lacks); to everybody else it answers like a page that is not there. PUT, PATCH and DELETE are for nobody.
    """

    kind: str
    predicate: str | None
    pages: Mapping[str, Expected] = field(default_factory=dict)
    posts: Mapping[str, Expected] = field(default_factory=dict)


def to(*persons: str, status: int = 200) -> Expected:
    """These persons get this."""
    return dict.fromkeys(persons, status)


ALL = to(*PERSONS)
NOBODY: Expected = {}
KANSLI, OFFICE = to("kansli"), to("kansli", "office_conflicted")
OFFICES = OFFICE | to("rival_kansli")
PANEL, LEADER = to("leader", "conflicted"), to("leader")
CASE, DECIDES = OFFICE | PANEL, OFFICE | to("decider")
DECIDER = to("decider")
PARTY = OFFICES | PANEL | to("outsider", "decider")
REGION, DRIFT = to("region"), to("drift")
ANYBODY_LOGGED_IN = to(*LOGGED_IN)
NOT_YET = to("kansli", "office_conflicted", "decider", status=409)  # while the joint view is sealed
CANDIDATE, BOTH = to("candidate"), to("candidate", "other_candidate")
ACCESS = "organisations.access."


def staff(predicate: str, pages: dict[str, Expected], posts: dict[str, Expected] | None = None) -> Line:
    """A page of the staff's."""
    return Line("staff", predicate if "." in predicate else ACCESS + predicate, pages, posts or {})


def office(pages: dict[str, Expected], posts: dict[str, Expected] | None = None) -> Line:
    """A page of the party's office, about one recruitment of its own."""
    return staff("may_run_recruitment", pages, posts)


def party(pages: dict[str, Expected], posts: dict[str, Expected] | None = None) -> Line:
    """A page inside a party; panel and jäv decide further."""
    return staff("may_work_in_party", pages, posts)


def drift(place: str = "none", *, posts: bool = False, only_posts: bool = False) -> Line:
    """A page of whoever runs the installation."""
    return staff("may_run_installation", {} if only_posts else {place: DRIFT}, {place: DRIFT} if posts else None)


def everybody(place: str = "none", status: int = 200) -> Line:
    """A page for everybody."""
    return Line("public", None, {place: to(*PERSONS, status=status)})


def everybody_posts(place: str = "none", status: int = 422) -> Line:
    """A form for everybody; empty, it comes back with its sentences."""
    return Line("public", None, {}, {place: to(*PERSONS, status=status)})


def candidate(pages: dict[str, Expected], posts: dict[str, Expected] | None = None) -> Line:
    """A page of the candidate's: whoever holds the draft's cookie or the link's token."""
    return Line("candidate", None, pages, posts or {})


def answering(pages: dict[str, Expected], posts: dict[str, Expected] | None = None) -> Line:
    """A page of the office's about what candidates have asked for."""
    return staff("privacy.access.may_answer_requests", pages, posts)


def acting_on(pages: dict[str, Expected], posts: dict[str, Expected] | None = None) -> Line:
    """What the party's office does at once for a candidate who has asked."""
    return staff("privacy.access.may_act_on_requests", pages, posts)
