"""Every route, every person, every method, against the table of permissions; and the doors that stand in no map."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.config import Settings
from portal.web.errors import not_found_page
from portal.web.problems import problem_of
from tests.audit.readings import Readings
from tests.database import Databases
from tests.doors import Values, address, browsers_of, csrf_token, places
from tests.everything import digest
from tests.permission_lines import NOBODY_LOGGED_IN, PERSONS, Expected
from tests.permission_table import TABLE
from tests.proofs.plugin import Proof
from tests.stage import Side, set_stage
from tests.world import World

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
LET_IN = (200, 303, 409, 422)  # what a form of the staff's answers, whatever it lacks
# They end what the next ones need, or answer an empty form with 404; each has its own test.
TRIED_APART = {
    "organisations.end",
    "accounts.end_log_in",
    "decisions.end",
    "organisations.take_up",
    "interviews.remove_time",
}
# What a person can do but once, and what ends what the others are tried at.
LAST = (
    "contracts.take_back", "ads.withdraw", "applications.discard", "intake.discard", "protection.save_reader",
    "privacy.erase", "privacy.withdraw", "accounts.log_out",
)  # fmt: skip
# What the first who may takes away is not there for the second: tried by that one alone.
ONCE = ("contracts.onboarding_remove", "intake.discard")
# That somebody was there may be written down; in the last three it is when their own page, or a letter, was first opened.
NOTED = ("audit_line", "audit_head", "login_session", "candidate_task", "deputy_call", "message")
FIRST = ("kansli", "rival_kansli", "leader", "candidate", "region")
IN_ORDER = (*FIRST, *(person for person in PERSONS if person not in FIRST))


@dataclass(frozen=True)
class Cell:
    """One person at one door: the rule, the place in the table that its parameters come from, and the method."""

    rule: Rule
    place: str
    person: str
    method: str

    @property
    def stated(self) -> Expected:
        """What the table says of this door."""
        line = TABLE[self.rule.endpoint]
        by_method = {"GET": line.pages, "HEAD": line.pages, "POST": line.posts}
        return by_method.get(self.method, {}).get(self.place, {})

    @property
    def is_open(self) -> bool:
        """Whether the person may: the table names them."""
        return self.person in self.stated

    def __str__(self) -> str:
        return f"{self.method} {self.rule.endpoint} at {self.place} as {self.person}"


@pytest.fixture
def stage(world: World, set_clock: Callable[[str], datetime]) -> Side:
    """The own party's side: the region employs, so that there is something for it to see."""
    world.app.test_client_class = FlaskClient  # the pages are checked as HTML by their own tests
    own, _rival = set_stage(world, set_clock, employer="authority")
    return own


@pytest.mark.proof(
    "Ingen kommer in genom en dörr som inte är deras.",
    how="every route of the address map, with each of its places, by each person and method, against the table",
    short={"methods_everywhere": 2},  # the others at each address's first place, for a few
    full={"methods_everywhere": len(METHODS)},
)
def test_every_door_opens_to_those_of_the_table_alone(
    proof: Proof, stage: Side, settings: Settings, databases: Databases
) -> None:
    app, doors = stage.world.app, _Doors(stage, IN_ORDER)
    cells = list(_cells(app, doors, METHODS[: proof.size("methods_everywhere")]))
    changing = [cell for cell in cells if cell.method == "POST" and cell.is_open]
    before = digest(settings, databases, but=NOTED)
    wrong = [(str(cell), fault) for cell in cells if cell not in changing and (fault := doors.fault(cell))]
    changed = digest(settings, databases, but=NOTED) != before
    changing.sort(key=lambda cell: LAST.index(cell.rule.endpoint) if cell.rule.endpoint in LAST else -1)
    taken = Counter[str]()
    shut = []
    for cell in changing:
        taken[cell.rule.endpoint] += 1
        if taken[cell.rule.endpoint] == 1 or cell.rule.endpoint not in ONCE:
            shut += [(str(cell), fault)] if (fault := doors.fault(cell)) else []
    untried = {rule.endpoint for rule in app.url_map.iter_rules()} - {cell.rule.endpoint for cell in cells}
    leaks = sum(not cell.is_open for cell in cells if str(cell) in dict(wrong))
    proof.came_to(
        routes=len(list(app.url_map.iter_rules())), persons=len(doors.browsers), cells=len(cells),
        leaks=leaks, shut_to_whom_they_are_for=len(wrong) - leaks + len(shut), routes_without_a_line=len(untried),
    )  # fmt: skip
    assert not wrong + shut, "\n".join(f"{cell}: {fault}" for cell, fault in wrong + shut)
    assert (untried, changed) == (set(), False)
    assert doors.readings.faults == [], "who reads of a person leaves a line (tests/audit/readings.py)"
    assert Counter(cell.method for cell in cells).keys() == set(METHODS)


class _Doors:
    """Who knocks, and what each answer should have been."""

    def __init__(self, side: Side, persons: tuple[str, ...]) -> None:
        browsers = browsers_of(side)
        self.side, self.app = side, side.world.app
        self.browsers = {person: browsers[person] for person in persons}
        self.values: dict[str, dict[str, Values]] = {person: places(side, person) for person in persons}
        self.tokens = {person: csrf_token(person, browser) for person, browser in self.browsers.items()}
        people = [*side.sent_open, *side.closed.sent, *side.sent_done, *side.blind.sent]
        words = {word.encode() for one in people for word in (one.name, one.email)}
        self.readings = Readings(self.app, tuple(sorted(words)))
        with self.app.app_context():
            self.nothing_there = not_found_page(self.app)
        with self.app.test_request_context():
            self.no_such_data = problem_of(404).data

    def address(self, cell: Cell) -> str:
        return address(self.side, cell.rule, self.values[cell.person][cell.place])

    def fault(self, cell: Cell) -> str:
        """What was wrong with the answer; empty when nothing was."""
        token = self.tokens[cell.person]
        data = None if cell.method in ("GET", "HEAD", "OPTIONS") else {"csrf_token": token}
        kind = TABLE[cell.rule.endpoint].kind if cell.is_open else ""
        shows = cell.method == "GET" and kind in ("staff", "candidate")
        sends = cell.method == "POST" and kind == "staff"
        if shows or sends:
            self.readings.begin()
        answer = self.browsers[cell.person].open(self.address(cell), method=cell.method, data=data)
        if shows:
            self.readings.note(cell.rule.endpoint, answer)
        if sends:
            self.readings.note_form(cell.rule, answer)
        return "" if self._is_right(cell, answer) else f"{answer.status_code} {answer.location or ''}"

    def _is_right(self, cell: Cell, answer: TestResponse) -> bool:
        staff, taken = TABLE[cell.rule.endpoint].kind == "staff", cell.method in (cell.rule.methods or ())
        if cell.method == "OPTIONS":  # the methods there are, whoever asks and whatever lies behind
            return (answer.status_code, answer.data) == (200, b"")
        if cell.is_open:
            wanted = LET_IN if staff and cell.method == "POST" else (cell.stated[cell.person],)
            return answer.status_code in wanted
        if staff and taken and cell.person in NOBODY_LOGGED_IN:  # a form is kept, to be sent again once logged in
            asked = answer.status_code == 303 and answer.location.startswith("/logga-in")
            return answer.status_code == 401 if cell.method == "POST" else asked
        nothing = self.no_such_data if cell.rule.rule.startswith("/api/") else self.nothing_there
        page = b"" if cell.method == "HEAD" else nothing
        return (answer.status_code, answer.data) == (404, page) and "Set-Cookie" not in answer.headers


def _cells(app: Flask, doors: _Doors, everywhere: Sequence[str]) -> Iterator[Cell]:
    for rule in app.url_map.iter_rules():
        line = TABLE[rule.endpoint]
        for number, place in enumerate({**line.pages, **line.posts}):
            for person in doors.browsers:
                for method in METHODS if number == 0 and person in FIRST else everywhere:
                    cell = Cell(rule, place, person, method)
                    if _belongs_here(app, doors.address(cell), cell):
                        yield cell


def _belongs_here(app: Flask, url: str, cell: Cell) -> bool:
    """Not what another route of the same address takes, nor what is tried apart or has no word in the table."""
    line, method = TABLE[cell.rule.endpoint], cell.method
    if method in ("OPTIONS", "PUT", "PATCH", "DELETE"):
        return True
    try:
        endpoint, _values = app.url_map.bind("localhost").match(url, method)
    except HTTPException:
        return True  # taken by no route at all
    stated = line.posts if method == "POST" else line.pages
    apart = method == "POST" and cell.is_open and endpoint in TRIED_APART
    return endpoint == cell.rule.endpoint and cell.place in stated and not apart
