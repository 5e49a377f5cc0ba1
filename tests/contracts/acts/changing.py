"""Employments changed as the office does it: on the page, or by the verbs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.acts.rules import EarlyEnd
from portal.contracts.acts.services import Pressed, end_early
from portal.contracts.models import Employment
from portal.contracts.queries import name_place
from portal.elections.limit import limit_for_authority, limit_for_party
from portal.organisations.models import Authority
from portal.posts.services.claiming import Part, claim_for_employment
from portal.vault.services import seal_for_controller
from tests.decisions.recruiting import office
from tests.forms import submit
from tests.steps import kept
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
EXTEND, END, NOTICE, BACK, OFF = (
    "Förläng anställningen", "Avsluta i förtid", "Skriv in uppsägningen", "Ta tillbaka det senaste",
    "Anställningen blir inte av",
)  # fmt: skip
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


@kept
def employ(
    world: World,
    name: str = "Per Vikman",
    *,
    employer: str = "authority",
    party: UUID | None = None,
    decided: date = date(2026, 9, 1),
    starts: date = FIRST,
    ends: date = LAST,
    percent: int = 100,
    ad_id: UUID | None = None,
    in_place_of: UUID | None = None,
) -> UUID:
    """An employment with its limit and its claim: decided before the election of 2026, so its limit is 31 December 2026."""
    party_id = party or world.party
    controller = world.authority if employer == "authority" else party_id
    ad_id = ad_id or publish_ad(world, party=party_id, employer=employer).id
    limit = (limit_for_authority if employer == "authority" else limit_for_party)(decided=decided, starts=starts)
    id = uuid4()
    with world.writing(scope.party(party_id)) as session:
        row = Employment(
            id=id, party_id=party_id, authority_id=world.authority, controller_id=controller,
            with_authority=employer == "authority", ad_id=ad_id, application_id=uuid4(), employer=employer,
            name_sealed=seal_for_controller(session, controller, name, place=name_place(id)), decided_on=decided,
            starts_on=starts, ends_on=ends, extent_percent=percent, limit_reference=limit.reference_date,
            limit_election=limit.election.day, limit_latest_end=limit.latest_end, limit_rule=limit.rule,
            limit_article=limit.article, permanent_on=limit.permanent_on, recorded_by=world.kansli,
            recorded_at=clock.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        part = Part(percent, starts, ends)
        claim_for_employment(
            session, of=row, employment_id=id, parts=[part], ad_id=ad_id, ad_percent=100, in_place_of=in_place_of
        )
    return id


def an_ad(world: World, **columns: Any) -> UUID:
    """A published ad's id."""
    return publish_ad(world, **columns).id


def place(id: UUID, tail: str = "") -> str:
    """The page where an employment is changed, or the address of one of its forms."""
    return f"/arbete/anstallningar/{id}/andra{tail}"


def change(world: World, id: UUID, button: str, **fields: Any) -> Any:
    """Fill one of the page's forms in as the office, and press its button."""
    prefix = {EXTEND: "forlang", END: "avsluta", NOTICE: "uppsagning", BACK: "aterta", OFF: "installd"}[button]
    named = {f"{prefix}-{name}": value for name, value in fields.items()}
    return submit(world.browser(world.kansli), place(id), named, button)


def stored(world: World, id: UUID, party: UUID | None = None) -> Employment:
    """The employment as it is stored."""
    with world.acting(scope.party(party or world.party)) as session:
        return session.scalars(select(Employment).where(Employment.id == id)).one()


def acts(world: World, id: UUID) -> list[EmploymentAct]:
    """Its acts in order."""
    with world.acting(scope.party(world.party)) as session:
        return list(acts_of(session, id))


def shown(world: World, id: UUID, person: str = "kansli", tail: str = "") -> str:
    """The page as this person reads it, with plain blanks."""
    answer = world.browser(getattr(world, person)).get(place(id, tail))
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True)).replace("\xa0", " ")


def pressed(world: World, id: UUID, seen: int = 0, note: str = "") -> Pressed:
    """The office presses, on a page whose last act had this number."""
    return Pressed(id, seen, office(world), clock.now(), clock.today(), note)


def verbs(world: World) -> list[tuple[str, str]]:
    """What the log says was done to employments, and from which end to which."""
    with world.acting(scope.party(world.party)) as session:
        rows = select(AuditLine.verb, AuditLine.reason).where(AuditLine.verb.like("employment.%"))
        told = [(verb.partition(".")[2], reason) for verb, reason in session.execute(rows.order_by(AuditLine.number))]
        return [one for one in told if not one[0].endswith("read")]


@kept
def go_by(world: World, rules: str | None) -> None:
    """The region goes by these rules."""
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).profile_key = rules


@kept
def end_a_month_before(world: World, id: UUID) -> None:
    """An act on an employment of the stage, whose limit is 31 December 2030."""
    with world.writing(scope.party(world.party)) as session:
        wish = EarlyEnd(clock.today(), date(2030, 11, 30))
        assert end_early(session, pressed(world, id, note="Flyttar utomlands i december."), wish)


def post(world: World, id: Any, tail: str, fields: dict[str, str], person: str = "kansli") -> Any:
    """Send just these fields, as somebody's browser would."""
    browser = world.browser(getattr(world, person))
    token = browser.get("/konto").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    return browser.post(place(id, tail), data={**fields, "csrf_token": token})
