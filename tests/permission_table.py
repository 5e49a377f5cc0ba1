"""The table of permissions: every route's guard, and who gets which page of the stage in which state.

Who is not named gets the static 404 from a staff's page, or (nobody logged in) the way to the log-in page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NOBODY_LOGGED_IN = ("anonymous", "candidate", "other_candidate")
LOGGED_IN = (
    "leader", "conflicted", "outsider", "kansli", "rival_kansli", "region", "invited", "removed", "drift",
)  # fmt: skip
PERSONS = (*NOBODY_LOGGED_IN, *LOGGED_IN)

Expected = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One endpoint: its guard's kind and predicate, and for each place (values of its parameters) who gets what."""

    kind: str
    predicate: str | None
    pages: Mapping[str, Expected]


def to(*persons: str, status: int = 200) -> Expected:
    """These persons get this."""
    return dict.fromkeys(persons, status)


ALL = to(*PERSONS)
NOBODY: Expected = {}
OFFICE = to("kansli")
OFFICES = to("kansli", "rival_kansli")
PANEL = to("leader", "conflicted")
CASE = OFFICE | PANEL
PARTIES = OFFICES | to("leader", "conflicted", "outsider")


def staff(predicate: str, pages: Mapping[str, Expected] | None = None, **more: Expected) -> Line:
    """A page of the staff's."""
    return Line("staff", predicate, {**(pages or {}), **more})


def everybody(status: int = 200, place: str = "none") -> Line:
    """A page for everybody."""
    return Line("public", None, {place: to(*PERSONS, status=status)})


def office_part(status: int = 200) -> Line:
    """A page of the draft, which the party's office alone has. A published ad leads back from its parts."""
    return staff("may_run_recruitment", {"draft": to("kansli", status=status)})


POSTS_ONLY: Mapping[str, Expected] = {}  # answers no GET: what a POST does to whom is tried apart

TABLE: dict[str, Line] = {}
