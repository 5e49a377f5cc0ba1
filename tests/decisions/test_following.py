"""Whom the page names when one who was chosen declines: the order that counts, said by its name, and nobody hidden."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from portal.review.meeting.states import Step
from tests.applicants import Sent
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_offers import say
from tests.review.meetings import put_in_order, start, step, there
from tests.review.panel import AFTER_LAST_MINUTE, Panel
from tests.world import World

Clock = Callable[[str], datetime]
MET, JOINT = "den ordning som mötet bestämde", "bedömarnas gemensamma ordning"


def assessed(world: World, set_clock: Clock, *people: UUID, jav: Sequence[int] = ()) -> Panel:
    """Four candidates whom each assessor has put in the order they came; the last who assesses has jäv for some."""
    published, sent = closed_recruitment(world, set_clock, 4)
    panel = Panel(world, published, sent, set_clock)
    panel.name(*people)
    for person in people:
        own = [sent[n] for n in jav] if person == people[-1] else []
        panel.declare(person, *own)
        panel.score_all(person)
        panel.order(person, tuple((one.id,) for one in sent if one not in own))
        panel.hand_in(person)
    return panel


def met(panel: Panel, *order: int) -> None:
    """A meeting that sets this order, and has not ended."""
    start(panel)
    there(panel, panel.people[0])
    put_in_order(panel, tuple((panel.sent[n].id,) for n in order))


def declined(panel: Panel) -> None:
    """The first was offered the post and has said no; nothing is recorded of the others."""
    decide(panel.world, panel.ad, panel.sent[:1], HIRED)
    proofread(panel.world, panel.ad)
    release(panel.world, panel.ad, offer=True)
    assert say(panel.world.browser(panel.world.kansli), panel.ad, panel.sent[0], "tackat_nej").status_code == 303


def outcome_page(panel: Panel) -> str:
    return " ".join(panel.world.browser(panel.world.kansli).get(address(panel.ad)).get_data(as_text=True).split())


def link(one: Sent) -> str:
    return f'<a href="#s-{one.id}">{one.name}</a>'


def test_the_order_that_the_meeting_set_goes_before_the_joint_one_once_it_has_ended(
    world: World, set_clock: Clock
) -> None:
    panel = assessed(world, set_clock, world.gunnel, world.elof)
    _first, second, third, fourth = panel.sent
    met(panel, 0, 3, 2, 1)
    declined(panel)
    assert f"Nästa i {JOINT} är {link(second)}." in outcome_page(panel), "the meeting is not over"
    step(panel, Step.END)
    page = outcome_page(panel)
    assert f"Nästa i {MET} är {link(fourth)}." in page
    assert JOINT not in page
    panel.drop(world.gunnel, fourth)
    assert f"Nästa i {MET} är {link(third)}." in outcome_page(panel), "who has fallen on a krav since is not asked"


def test_when_nobody_whom_the_meeting_placed_is_left_the_page_says_so_and_names_nobody(
    world: World, set_clock: Clock
) -> None:
    panel = assessed(world, set_clock, world.gunnel)
    met(panel, 0)
    step(panel, Step.END)
    declined(panel)
    page = outcome_page(panel)
    assert f"Ingen sökande står på tur i {MET}." in page
    assert "Nästa i" not in page


def test_whoever_has_jav_is_told_who_is_next_of_those_they_see_and_nothing_of_the_other(
    world: World, set_clock: Clock
) -> None:
    panel = assessed(world, set_clock, world.gunnel, world.kansli, jav=[3])
    _first, second, third, fourth = panel.sent
    declined(panel)
    joint = outcome_page(panel)
    assert f"Nästa i {JOINT}, av dem du får se, är {link(second)}." in joint
    met(panel, 0, 3, 2, 1)
    step(panel, Step.END)
    page = outcome_page(panel)
    assert f"Nästa i {MET}, av dem du får se, är {link(third)}." in page
    for shown in (joint, page):
        assert fourth.name not in shown
        assert f'href="#s-{fourth.id}"' not in shown


def test_an_assessor_of_the_office_who_has_not_handed_in_is_told_of_no_order(world: World, set_clock: Clock) -> None:
    panel = assessed(world, set_clock, world.gunnel)
    panel.name(world.gunnel, world.kansli)
    panel.declare(world.kansli)
    set_clock(AFTER_LAST_MINUTE)
    declined(panel)
    met(panel, 0, 3, 2, 1)
    step(panel, Step.END)
    page = outcome_page(panel)
    assert "Det finns ingen gemensam ordning att visa." in page
    assert MET not in page
