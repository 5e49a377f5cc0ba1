"""A portal with something on every page: a draft, open ads, an assessment under way, one handed in, an employment."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.demo.people import candidates
from tests.contracts.hiring import RECORD, fill
from tests.decisions.recruiting import HIRED, decide
from tests.forms import submit
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.review.panel import CLOSED, Panel, panel_of
from tests.world import Published, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True)
class WellFilled:
    """The open ad where a party employs, the case whose assessment goes on, and the one that is over."""

    open: Published
    going: Panel
    over: Panel


def fill_portal(portal: Portal) -> WellFilled:
    """Make it, and leave the clock on 14 December."""
    world = portal.world
    opened = publish_ad(world, employer="party", deadline=date(2026, 12, 30), title="Pressekreterare på halvtid")
    publish_ad(world, deadline=date(2026, 12, 28), extent_percent=50)
    office = world.browser(world.kansli)
    submit(office, "/arbete/rekryteringar/ny", button="Börja skriva")
    going = panel_of(world, portal.set_clock, world.gunnel, world.elof)
    going.declare(world.gunnel, going.sent[2])
    going.step(world.gunnel, going.sent[0], 0, 3)
    portal.set_clock("2026-11-23T10:00")
    over = panel_of(world, portal.set_clock, world.gunnel, world.elof)
    for person, figures in ((world.gunnel, (3, 2, 3)), (world.elof, (0, 1, 2))):
        over.declare(person)
        over.score_all(person, {over.sent[0].id: figures})
        over.order(person, ((over.sent[0].id,), (over.sent[1].id, over.sent[2].id)))
        over.hand_in(person)
    decide(world, over.ad, over.sent[:1], HIRED)
    portal.set_clock(CLOSED)
    fill(world.browser(world.kansli), over.ad, over.sent[0], RECORD)
    return WellFilled(opened, going, over)


def a_draft_and_an_application(page: "Page", filled: WellFilled) -> list[str]:
    """Apply in this browser; the addresses on the way. Nothing is sent."""
    place = f"/annonser/{filled.open.reference}/ansok"
    steps.apply(page, filled.open.reference, candidates()[0])
    return [place, f"{place}/handlingar", f"{place}/kontrollera"]
