"""One who was employed for two weeks, and those who were passed over and had their word long after it."""

from uuid import UUID

from sqlalchemy import select

from portal import scope
from portal.contracts.models import Employment
from tests.applicants import Sent
from tests.contracts.acts.changing import END, change
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import decide, proofread, release
from tests.privacy.candidates import Clock, agreed
from tests.steps import kept
from tests.world import Published, World


def employment_in(world: World) -> UUID:
    """The one employment that renews none."""
    with world.acting(scope.party(world.party)) as session:
        return session.scalars(select(Employment.id).where(Employment.renews_id.is_(None))).one()


@kept
def passed_over(world: World, set_clock: Clock, n: int = 3) -> tuple[Published, list[Sent]]:
    """The first of ``n`` was employed by the party until 28 February 2027; the others may claim until 1 June 2029."""
    ad, sent = hired(world, set_clock, n, employer="party")
    agreed(world, ad)
    assert fill(world.browser(world.kansli), ad, sent[0]).status_code == 303
    set_clock("2027-02-15T09:00")
    assert change(world, employment_in(world), END, decided="2027-02-15", ends="2027-02-28").status_code == 303
    set_clock("2027-06-01T09:00")
    decide(world, ad, sent[1:])
    proofread(world, ad)
    release(world, ad)
    return ad, sent
