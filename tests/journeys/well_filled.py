"""A portal with something on every page: a draft, open ads, an assessment under way, one handed in, an employment; and
further a meeting with interviews after it, and a blind review."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.demo.people import candidates
from portal.review.services import call_to_interview
from tests.contracts.hiring import RECORD, fill
from tests.decisions.recruiting import HIRED, decide
from tests.door import behind
from tests.forms import submit
from tests.interviews.staged import Staged, stage_interviews
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.review.blind import approve_pages, approve_texts, burn_all, make_blind, note_machine
from tests.review.meetings import all_handed_in, disagreeing, hold_whole_meeting, write_note
from tests.review.panel import CLOSED, Panel, panel_of
from tests.world import Published, World, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEFORE = "2026-11-23T10:00"


@dataclass(frozen=True)
class WellFilled:
    """The open ad where a party employs, the case whose assessment goes on, and the one that is over."""

    open: Published
    going: Panel
    over: Panel


@dataclass(frozen=True)
class Further:
    """The case that is met about (the second and third candidate are called, the second has booked), and the blind one (the
    first candidate is masked)."""

    met: Panel
    interviews: Staged
    blind: Panel


def fill_portal(portal: Portal) -> WellFilled:
    """Make it, and leave the clock on 14 December."""
    world = portal.world
    then = [["4–8 jan", "Intervjuer"], ["28 jan–3 feb", "Alla har fått besked"]]
    title, closes = "Pressekreterare på halvtid", date(2026, 12, 30)
    opened = publish_ad(world, employer="party", deadline=closes, title=title, timetable=then)
    publish_ad(world, deadline=date(2026, 12, 28), extent_percent=50, timetable=then)
    office = world.browser(world.kansli)
    submit(office, "/arbete/rekryteringar/ny", button="Börja skriva")
    going = panel_of(world, portal.set_clock, world.gunnel, world.elof)
    going.declare(world.gunnel, going.sent[2])
    going.step(world.gunnel, going.sent[0], 0, 3)
    portal.set_clock(BEFORE)
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


def fill_further(portal: Portal) -> Further:
    """What only some come to, made beside it; the clock is on 14 December again."""
    blind, met = _blind(portal.world, portal), _met(portal.world, portal)
    return Further(met, stage_interviews(met), blind)


def _met(world: World, portal: Portal) -> Panel:
    """Elof has jäv for the third; a note, joint texts, a vote and an order, and the meeting is open again."""
    portal.set_clock(BEFORE)
    panel = panel_of(world, portal.set_clock, world.gunnel, world.elof)
    panel.declare(world.gunnel)
    write_note(panel, world.gunnel, panel.sent[0], 0, "Nämner tre debattartiklar.")
    all_handed_in(panel, disagreeing(panel), elof=panel.sent[2])
    hold_whole_meeting(panel)
    with panel.as_person(world.kansli) as (session, case):
        actor = panel.actor(world.kansli)
        call_to_interview(session, case=case, actor=actor, application_id=panel.sent[1].id, at=portal.set_clock(CLOSED))
    return panel


def _blind(world: World, portal: Portal) -> Panel:
    """Both assessors have answered about the whole list."""
    portal.set_clock(BEFORE)
    panel = panel_of(world, portal.set_clock)
    make_blind(panel)
    for one in panel.sent:
        note_machine(panel, one)
    for one in panel.sent[:1]:
        approve_pages(panel, one)
        burn_all(panel, one)
        approve_texts(panel, one)
    panel.name(world.gunnel, world.elof)
    for person in panel.people:
        panel.declare(person)
    return panel


def places_of(filled: WellFilled) -> dict[str, list[str]]:
    """Where each begins to look around; the rest is found by links."""
    ad, over, going = f"/annonser/{filled.open.reference}", filled.over.url, filled.going
    return {
        "anonymous": ["/", "/?lang=en", ad, f"{ad}?lang=en", "/logga-in", "/sa-gar-det-till?lang=en"],
        "kansli": ["/arbete", f"{over}/gemensam", f"{over}/utfall"],
        "gunnel": ["/arbete", f"{over}/gemensam", *_of_one(going)],
        "region": ["/arbete"],
        "drift": ["/drift", "/arbete"],
    }


def further_places_of(further: Further) -> dict[str, list[str]]:
    """What must not be missed of the meeting, the interviews and the blind review."""
    met, (first, second, third) = further.met.url, further.met.sent
    booked, wishing = (
        f"{behind(further.met.world, further.interviews.tokens[one.id])}/intervju" for one in (second, third)
    )
    meeting = [f"{met}/mote{tail}" for tail in ("", f"/sokande/{first.id}", "/ordning", "/omrostning")]
    interviews = [f"{met}/intervjuer{tail}" for tail in ("", "/guide", f"/{second.id}", f"/{second.id}/referenser")]
    masking, (done, left, _) = f"{further.blind.url}/maskera", further.blind.sent
    of_left = [f"{masking}/{left.id}{tail}" for tail in ("", "/text", f"/{left.document}", f"/{left.document}/1")]
    return {
        "anonymous": [booked, f"{booked}?lang=en", wishing],
        "kansli": [*meeting[:2], *interviews, masking, f"{masking}/{done.id}", *of_left],
        "gunnel": [*meeting, *interviews, *_of_one(further.blind)],
    }


def _of_one(panel: Panel) -> list[str]:
    """An assessor's pages of one candidate, who has a code name in a blind review."""
    one = panel.sent[0]
    return [panel.score_url(one), f"{panel.url}/din-bedomning", f"{panel.url}/sokande/{one.id}"]


def a_draft_and_an_application(page: "Page", filled: WellFilled) -> list[str]:
    """Apply in this browser; the addresses on the way. Nothing is sent."""
    place = f"/annonser/{filled.open.reference}/ansok"
    steps.apply(page, filled.open.reference, candidates()[0])
    return [place, f"{place}/handlingar", f"{place}/kontrollera"]
