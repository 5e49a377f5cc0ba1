"""What lists and tables show of each one: a score that stands out, votes far apart, where a name leads, how things are."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update

from portal import clock, scope
from portal.applications.models import Application
from tests.review.panel import panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def test_the_own_matrix_marks_the_one_score_that_stands_out(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=2)
    panel.declare(world.gunnel)
    slip, even = panel.sent
    panel.score_all(world.gunnel, {slip.id: [3, 3, 0], even.id: [2, 2, 1]})
    page = world.browser(world.gunnel).get(f"{panel.url}/din-bedomning").get_data(as_text=True)
    rows = {name: row for row in page.split("<tr>") for name in (slip.name, even.name) if name in row}
    marked = {
        name: [box for box in row.split("<td")[1:] if 'aria-label="sticker ut"' in box] for name, row in rows.items()
    }
    assert (len(marked[slip.name]), marked[even.name]) == (1, [])
    assert "Framgår inte 0" in marked[slip.name][0]


def test_the_joint_view_turns_votes_that_lie_far_apart(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=1)
    (sent,) = panel.sent
    for person, first in ((world.gunnel, 3), (world.elof, 0)):
        panel.declare(person)
        panel.score_all(person, {sent.id: [first, 2, 2]})
        panel.order(person, ((sent.id,),))
        panel.hand_in(person)
    page = world.browser(world.gunnel).get(f"{panel.url}/gemensam").get_data(as_text=True)
    assert re.findall(r'<span class="chip( own)?( far)?">(\d)</span>', page) == [
        (" own", " far", "3"), ("", " far", "0"), (" own", "", "2"), ("", "", "2"), (" own", "", "2"), ("", "", "2"),
    ]  # fmt: skip


def test_each_name_beside_a_score_leads_to_that_ones_papers(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=3)
    panel.declare(world.gunnel)
    browser = world.browser(world.gunnel)
    page = browser.get(panel.score_url(panel.sent[0])).get_data(as_text=True)
    queue = dict(re.findall(r'<li><a href="([^"]+)"[^>]*><span>([^<]+)</span><small>', page))
    assert {name: href for href, name in queue.items()} == {one.name: panel.score_url(one) for one in panel.sent}
    page = browser.get(f"{panel.score_url(panel.sent[0])}?ordning=sokande").get_data(as_text=True)
    hrefs = re.findall(r'<li><a href="([^"]+)"[^>]*><span>[^<]+</span><small>', page)
    judged = (2, 0, 1, 3, 4)  # the krav that is there or not comes first
    assert hrefs == [f"{panel.score_url(panel.sent[0], n)}?ordning=sokande" for n in judged]


def test_the_offices_list_tells_who_is_late_and_who_is_called(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=3)
    late, called, other = panel.sent
    with world.writing(scope.party(world.party)) as session:
        session.execute(update(Application).where(Application.id == late.id).values(state="late"))
        session.execute(update(Application).where(Application.id == called.id).values(called_at=clock.now()))
    page = world.browser(world.kansli).get(f"{panel.url}/sokande").get_data(as_text=True)
    told = {
        one.name: re.findall(r"Mottagen|Sen ansökan|Kallad till intervju", row)
        for row in page.split("<tr>")
        for one in panel.sent
        if one.name in row
    }
    assert told == {late.name: ["Sen ansökan"], called.name: ["Kallad till intervju"], other.name: ["Mottagen"]}
