"""Employment decisions for tests, written down as the office does it: by the verbs, or on the page."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.contracts.decision.announcing import Announcement
from portal.contracts.decision.deciders import Decider, Seat
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.rules import Decision
from portal.contracts.decision.services.writing import write_announcement, write_decision
from portal.contracts.models import Employment
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import office
from tests.forms import submit
from tests.steps import kept
from tests.world import World

DECIDED = date(2026, 12, 14)
WRITE, ANNOUNCE = "Spara beslutet", "Spara dagarna"
POINT = "Delegationsordningen 4.2"
BY_GROUP_LEADER = {
    "decider": "group_leader", "who": "Gunnel Sundvall", "seat": "member", "delegation": POINT, "number": "D 12/2026",
    "decided": "2026-12-14",
}  # fmt: skip


Clock = Callable[[str], datetime]
ANNOUNCED_DAYS = {"reported": "2027-01-12", "announced": "2027-01-14"}  # so 4 February is the last day


def decision(**changes: Any) -> Decision:
    """A gruppledare's, on the day that the employment was recorded with."""
    said = {
        "decider": Decider.GROUP_LEADER, "who": "Gunnel Sundvall", "decided": DECIDED, "seat": Seat.MEMBER,
        "delegation": POINT, "number": "D 12/2026",
    }  # fmt: skip
    return Decision(**{**said, **changes})


def party_decision(**changes: Any) -> Decision:
    """A party's own."""
    said = {"decider": Decider.PARTY_BOARD, "who": "Partistyrelsen", "decided": DECIDED, "number": "§ 8"}
    return Decision(**{**said, **changes})


def about(world: World, employment_id: UUID, act: int = 0) -> dict[str, Any]:
    """Whose, by whom and when, as every verb takes it."""
    return {
        "employment_id": employment_id, "act": act, "actor": office(world), "at": clock.now(), "on": clock.today(),
    }  # fmt: skip


@kept
def employed(world: World, set_clock: Clock, **ad: Any) -> UUID:
    """A candidate hired and the employment recorded: decided 14 December 2026, limit 31 December 2030."""
    published, sent = hired(world, set_clock, **ad)
    answer = fill(world.browser(world.kansli), published, sent[0], ends="2027-12-31")
    assert answer.status_code == 303
    return UUID(answer.headers["Location"].rpartition("/")[2])


@kept
def decide_and_announce(world: World, employment_id: UUID, *, by_authority: bool, act: int = 0) -> None:
    """The decision written down; an authority's reported and announced the same day."""
    on, own = clock.today(), scope.party(world.party)
    with world.writing(own) as session:
        said = decision() if by_authority else party_decision()
        assert write_decision(session, decision=said, **about(world, employment_id, act))
    if by_authority:
        with world.writing(own) as session:
            said_of_it = Announcement(reported=on, announced=on)
            assert write_announcement(session, said=said_of_it, **about(world, employment_id, act))


def written(world: World, employment_id: UUID) -> EmploymentDecision:
    """The decision as it is stored."""
    with world.acting(scope.party(world.party)) as session:
        rows = select(EmploymentDecision).where(EmploymentDecision.employment_id == employment_id)
        return session.scalars(rows).one()


def stored(world: World, employment_id: UUID) -> Employment:
    """The employment as it is stored."""
    with world.acting(scope.party(world.party)) as session:
        return session.scalars(select(Employment).where(Employment.id == employment_id)).one()


def place(employment_id: UUID, tail: str = "") -> str:
    """The page of the decision, or the address of one of its forms."""
    return f"/arbete/anstallningar/{employment_id}/beslut{tail}"


def write(world: World, id: UUID, button: str = WRITE, **fields: Any) -> Any:
    """Fill one of the page's forms in as the office, and press its button."""
    return submit(world.browser(world.kansli), place(id), fields, button)


@kept
def announced(world: World, set_clock: Clock) -> UUID:
    """An employment whose decision can be appealed until 4 February 2027."""
    id = employed(world, set_clock)
    assert write(world, id, **BY_GROUP_LEADER).status_code == 303
    set_clock("2027-01-20T09:00")
    assert write(world, id, ANNOUNCE, **ANNOUNCED_DAYS).status_code == 303
    return id


def shown(world: World, id: UUID, person: str = "kansli") -> str:
    """The page as this person reads it, with plain blanks."""
    answer = world.browser(getattr(world, person)).get(place(id))
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True)).replace("\xa0", " ")


def verbs(world: World) -> list[str]:
    """What the log says was done to decisions."""
    with world.acting(scope.party(world.party)) as session:
        rows = select(AuditLine.verb).where(AuditLine.verb.like("employment_decision.%")).order_by(AuditLine.number)
        return [verb.partition(".")[2] for verb in session.scalars(rows)]


def posted(world: World, id: UUID, fields: dict[str, Any], tail: str = "") -> Any:
    """Send one of the page's forms with just these fields, as the office; those that are None are left out."""
    browser = world.browser(world.kansli)
    token = browser.get(place(id)).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    sent = {name: value for name, value in fields.items() if value is not None}
    return browser.post(place(id, tail), data={**sent, "csrf_token": token})
