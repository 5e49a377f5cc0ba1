"""Quotas and claims for tests: decided by the region, advertised and filled as the office does it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.posts.allocation import Model
from portal.posts.models import Claim
from portal.posts.queries import own_claims
from portal.posts.services.deciding import Decision, Line, decide_quotas
from tests.steps import kept
from tests.world import World

TERM = (date(2027, 1, 1), date(2030, 12, 31))


def decision(starts: date = TERM[0], ends: date = TERM[1], **changes: Any) -> Decision:
    """A decision of the region's council."""
    told = {
        "body": "Regionfullmäktige", "on": date(2026, 11, 18), "paragraph": "§ 142", "number": "RS/566/2026",
        "starts": starts, "ends": ends,
    }  # fmt: skip
    return Decision(**{**told, **changes})


@kept
def give(world: World, *shares: tuple[UUID, str], coalition: str = "", **changes: Any) -> UUID:
    """The region gives each party so many posts; with ``coalition`` all of them the same pool."""
    lines = [Line(party, Decimal(size), basis="Enligt beslutet") for party, size in shares]
    model = Model.COALITION if coalition else Model.FIXED
    with world.writing(scope.authority(world.authority)) as session:
        return decide_quotas(
            session, authority_id=world.authority, decision=decision(**changes), model=model, lines=lines,
            coalition=coalition, person_id=world.region, at=clock.now(), on=clock.today(),
        )  # fmt: skip


def claimed(world: World, party: UUID | None = None) -> list[tuple[str, int]]:
    """Kind and hundredths of the party's claims."""
    with world.acting(scope.party(party or world.party)) as session:
        return [(one.row.kind, one.row.hundredths) for one in own_claims(session)]


def seen_by_authority(world: World) -> list[Claim]:
    """The claims that the region sees."""
    with world.acting(scope.authority(world.authority)) as session:
        return list(session.scalars(select(Claim)))
