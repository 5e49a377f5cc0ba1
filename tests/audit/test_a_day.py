"""A day at work, step by step: the log has exactly what was read and done, by whom, in that order, and no word of anybody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.audit.services import CANDIDATE, person_actor
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.review.models import PanelMember
from tests.door import own_browser
from tests.forms import submit
from tests.review.panel import Panel

Line = tuple[str, str, UUID | None]  # who, the verb, of what


@dataclass
class Day:
    """Who does what in their browsers, and the lines that it should leave in the party's log and in the authority's."""

    panel: Panel
    people: dict[str, UUID]
    browsers: dict[str, FlaskClient]
    lines: list[Line] = field(default_factory=list)
    steps: int = 0

    def line(self, who: str, verb: str, of: UUID | None) -> None:
        """What the step before is to leave."""
        actor = person_actor(self.people[who]) if who in self.people else who
        self.lines.append((actor, verb, of))

    def get(self, who: str, tail: str, verb: str = "", of: UUID | None = None, *, status: int = 200) -> None:
        """A page is opened; ``tail`` begins at the recruitment, or with // at the portal."""
        answer = self.browsers[who].get(self._place(tail))
        assert answer.status_code == status, (tail, answer.status_code, answer.location)
        self.steps += 1
        if verb:
            self.line(who, verb, of or self.panel.ad.id)

    def do(self, who: str, tail: str, data: dict[str, object], button: str | None = None) -> None:
        """A page's form is filled in and sent. That its page was opened is a step of its own."""
        answer = submit(self.browsers[who], self._place(tail), data, button)
        assert answer.status_code == 303, (tail, answer.status_code)
        self.steps += 2

    def _place(self, tail: str) -> str:
        return tail[1:] if tail.startswith("//") else f"{self.panel.url}{tail}"


@pytest.fixture
def day(panel_of_three: Panel) -> Day:
    world = panel_of_three.world
    people = {"kansli": world.kansli, "gunnel": world.gunnel, "elof": world.elof, "region": world.region}
    return Day(panel_of_three, people, _browsers(panel_of_three, people))


def _browsers(panel: Panel, people: dict[str, UUID]) -> dict[str, FlaskClient]:
    """Everybody logged in just now, a rival's office and a candidate beside them."""
    others = {"rival": panel.world.browser(panel.world.rival_kansli), CANDIDATE: own_browser(panel.world)}
    return {name: panel.world.browser(person) for name, person in people.items()} | others


def test_a_day_leaves_exactly_its_lines(day: Day, set_clock: Callable[[str], object]) -> None:
    panel, world = day.panel, day.panel.world
    token = _private_link(panel)
    before = {chain: len(list(_lines(panel, chain))) for chain in (world.party, world.authority, world.rival)}
    _morning(day)
    _noon(day)
    set_clock("2026-12-17T18:30")
    day.browsers = _browsers(panel, day.people)
    _afternoon(day, token)
    written = [line for chain in (world.party, world.authority) for line in list(_lines(panel, chain))[before[chain] :]]
    authority = [line for line in day.lines if line[0] == person_actor(world.region)]
    assert written == [*(line for line in day.lines if line not in authority), *authority]
    assert day.steps >= 40
    assert list(_lines(panel, world.rival))[before[world.rival] :] == [], "whoever is shown nothing leaves nothing"
    words = [word for one in panel.sent for word in (*one.name.split(), one.email)] + ["Samira", "Gunnel", "Elof"]
    assert [word for word in words for line in written if word.casefold() in f"{line}".casefold()] == []


def _morning(day: Day) -> None:
    """The office looks in, the rival tries, and the assessors say whom they know."""
    first, _second, third = day.panel.sent
    day.get("kansli", "/bedomare", "panel.read")
    day.get("kansli", "/sokande", "candidates.read")
    day.get("kansli", f"/sokande/{first.id}", "application.read", first.id)
    day.get("kansli", f"/sokande/{first.id}/sida/{first.document}/1")  # with the page that shows it
    day.get("kansli", f"/sokande/{first.id}/original/{first.document}", "document.original_read", first.document)
    for tail in ("/sokande", f"/sokande/{first.id}", f"/sokande/{first.id}/original/{first.document}", "/gemensam"):
        day.get("rival", tail, status=404)
    day.get("gunnel", f"/sokande/{first.id}", status=404)  # she has not said yet whom she knows
    day.get("region", "//arbete/inkomna", "register.read")
    day.lines[-1] = (day.lines[-1][0], "register.read", None)
    day.get("region", f"//arbete/inkomna/{first.id}", "record.read", first.id)
    day.line("gunnel", "conflicts.read", day.panel.ad.id)
    day.do("gunnel", "/jav", {}, "Spara och gå vidare")
    day.line("gunnel", "phase.oppen", day.panel.ad.id)
    day.line("gunnel", "conflicts.answered", _member(day.panel, day.people["gunnel"]))
    day.panel.declare(day.people["elof"], third)
    day.line("elof", "conflicts.answered", _member(day.panel, day.people["elof"]))
    day.line("elof", "conflict.declared", third.id)


def _noon(day: Day) -> None:
    """They read and score; what is scored is no reading, and changed after handing in it leaves its line."""
    panel, (first, _second, third) = day.panel, day.panel.sent
    score = panel.score_url(first).removeprefix(panel.url)
    day.line("gunnel", "application.read", first.id)
    day.do("gunnel", score, {"step": "3"})
    day.get("elof", panel.score_url(third).removeprefix(panel.url), status=404)  # jäv
    panel.score_all(day.people["gunnel"])
    panel.score_all(day.people["elof"])
    for who in ("gunnel", "elof"):
        day.get(who, "/din-bedomning", "own_scores.read")
        day.get(who, "/ordning", "own_order.read")
        day.get(who, "/paus")
        day.do(who, "/lamna-in", {}, "Lämna in")
        day.line(who, "review.handed_in", _member(panel, day.people[who]))


def _afternoon(day: Day, token: str) -> None:
    """The joint view, a call, outcomes, an employment, and a candidate who looks at their own page."""
    first = day.panel.sent[0]
    day.get("elof", "/gemensam", "joint.read")
    day.get("kansli", "/gemensam", "joint.read")
    day.get("kansli", "/gemensam/siffror", "figures.read")
    day.get("kansli", "/gemensam/anteckningar", "notes.read")
    day.get("kansli", "/beslutsakt.json", "decision_file.read_as_data")
    day.line("kansli", "application.read", first.id)
    day.do("kansli", f"/sokande/{first.id}", {}, "Kalla till intervju")
    day.line("kansli", "phase.intervjuer", day.panel.ad.id)
    day.line("kansli", "application.called", first.id)
    day.get("kansli", f"/sokande/{first.id}", "salary.read", first.id)
    day.line("kansli", "application.read", first.id)
    day.get(CANDIDATE, f"//ansokan/{token}", "application.read", first.id)
    day.get("kansli", "/utfall", "outcomes.read")
    day.get("kansli", "/besked", "words.read")
    day.get("kansli", "/beslut")
    day.get("kansli", "/intervjuer", "interviews.read")
    for ending in ("csv", "xlsx"):
        day.get("kansli", f"//arbete/anstallningar/anstallningar.{ending}")
        day.line("kansli", f"employments.read_as_{ending}", None)


def _private_link(panel: Panel) -> str:
    first = panel.sent[0].id
    with panel.world.writing(scope.party(panel.world.party)) as session:
        return make_link(
            session, purpose=Purpose.APPLICATION, subject_id=first, scope=scope.candidate(first), at=clock.now(),
            expires_at=clock.now().replace(year=2028),
        )  # fmt: skip


def _member(panel: Panel, person: UUID) -> UUID:
    with panel.world.acting(scope.party(panel.world.party)) as session:
        return session.scalars(select(PanelMember.id).where(PanelMember.person_id == person)).one()


def _lines(panel: Panel, chain: UUID) -> Iterator[Line]:
    with panel.world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(AuditLine).where(AuditLine.chain_id == chain).order_by(AuditLine.number))
        yield from [(row.actor, row.verb, row.object_id) for row in rows]
