"""How many SQL statements the lists take: the same for one candidate and for thirty."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import event

from portal.db import db
from portal.review.meeting.states import Step
from portal.vault.services import the_vault
from tests.applicants import send_applications
from tests.counting import statements
from tests.review.meetings import all_handed_in, put_in_order, start, step, there, write, write_note
from tests.review.panel import panel_of
from tests.world import World


@pytest.mark.parametrize(
    ("who", "page", "expected"),
    [
        ("kansli", "sokande", 6),
        ("kansli", "gemensam", 12),
        ("elof", "gemensam", 12),
        ("elof", "gemensam/anteckningar", 12),
        ("elof", "din-bedomning", 8),
        ("elof", "ordning", 10),
        ("elof", "jav", 6),
        ("kansli", "bedomare", 16),
    ],
)
@pytest.mark.counts
def test_a_list_asks_the_same_at_one_and_at_thirty(
    world: World, set_clock: Callable[[str], datetime], who: str, page: str, expected: int
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=1)
    asked = []
    for more in (0, 29):
        if more:
            set_clock("2026-12-10T10:00")
            panel.sent.extend(send_applications(world, panel.ad, more, start=1))
            set_clock("2026-12-14T11:00")
        for person in panel.people:
            panel.declare(person)
            panel.score_all(person)
            panel.hand_in(person)
        browser = world.browser(getattr(world, who))
        browser.get(f"{panel.url}/{page}")
        with statements(world.app) as ran:
            assert browser.get(f"{panel.url}/{page}").status_code == 200
        asked.append(ran.count)
    assert asked == [expected, expected]


@pytest.mark.parametrize(
    ("who", "page", "expected"),
    [
        ("elof", "mote", 19),
        ("gunnel", "mote", 19),
        ("elof", "mote/sokande", 17),
        ("gunnel", "mote/ordning", 9),
        ("gunnel", "mote/omrostning", 13),
        ("elof", "mote/protokoll.pdf", 15),
    ],
)
@pytest.mark.counts
def test_a_page_of_the_meeting_asks_the_same_at_one_and_at_thirty(
    world: World, set_clock: Callable[[str], datetime], who: str, page: str, expected: int
) -> None:
    asked = []
    for count in (1, 30):
        set_clock("2026-11-23T10:00")
        panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=count)
        for person in panel.people:
            panel.declare(person)
            write_note(panel, person, panel.sent[0], 0, "Därför.")
        all_handed_in(panel, {world.gunnel: {sent.id: [3, 3, 3] for sent in panel.sent}})
        start(panel)
        there(panel, world.gunnel, world.elof)
        for sent in panel.sent:
            write(panel, sent, "Skriver väl.")
        put_in_order(panel, tuple((sent.id,) for sent in panel.sent))
        if page.endswith("pdf"):
            step(panel, Step.END)
        address = f"{panel.url}/{page}" + (f"/{panel.sent[0].id}" if page.endswith("sokande") else "")
        browser = world.browser(getattr(world, who))
        browser.get(address)
        with statements(world.app) as ran:
            assert browser.get(address).status_code == 200
        asked.append(ran.count)
    assert asked == [expected, expected]


@pytest.mark.counts
def test_one_candidate_takes_so_many_questions_however_many_there_are(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=12)
    panel.declare(world.gunnel)
    first = panel.sent[0]
    pages = ((world.kansli, f"{panel.url}/sokande/{first.id}", 8), (world.gunnel, panel.score_url(first), 11))
    for person, page, expected in pages:
        browser = world.browser(person)
        browser.get(page)
        with statements(world.app) as ran:
            assert browser.get(page).status_code == 200
        assert ran.count == expected, page
    panel.score_all(world.gunnel)
    gunnel = world.browser(world.gunnel)
    with statements(world.app) as ran:  # a score that has no history asks for none
        assert "Sparat" in gunnel.get(panel.score_url(first)).get_data(as_text=True)
    assert ran.count == 11


def test_a_page_whose_opening_is_logged_holds_one_connection_at_a_time(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=1)
    panel.declare(world.gunnel)
    with world.app.app_context():
        pool = db.engine.pool
        world.app.extensions["assets"].worn  # noqa: B018  # the style sheet asks each half minute, by itself
    held: list[int] = []
    event.listen(pool, "checkout", lambda *_: held.append(pool.checkedout()))  # type: ignore[attr-defined]
    pages = (
        (world.kansli, f"{panel.url}/sokande/{panel.sent[0].id}"), (world.gunnel, panel.score_url(panel.sent[0]))
    )  # fmt: skip
    browsers = [(world.browser(person), page) for person, page in pages]
    set_clock("2026-12-14T10:30")  # longer ago than the session's last use was noted
    for browser, page in browsers:
        assert browser.get(page).status_code == 200
    assert set(held) == {1}


def test_a_list_opens_all_its_keys_in_one_question(world: World, set_clock: Callable[[str], datetime]) -> None:
    panel = panel_of(world, set_clock, world.gunnel, applications=12)
    browser = world.browser(world.kansli)
    browser.get(f"{panel.url}/sokande")
    with world.app.app_context():
        engine = the_vault().key_store.engine
    with statements(world.app, engine) as ran:
        assert panel.sent[11].name in browser.get(f"{panel.url}/sokande").get_data(as_text=True)
    assert ran.count == 1
