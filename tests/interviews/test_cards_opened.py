"""A card that was handed in is not sealed for good by a colleague who kept none: it opens when it is decided."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import clock
from portal.review.phases import Phase
from portal.review.services import enter
from tests.decisions.judging import data
from tests.decisions.recruiting import decide, keep_decision_file, proofread, release
from tests.decisions.test_kept_file import kept_data
from tests.interviews.meetings import Meetings
from tests.interviews.test_cards import fill, hand_in, save
from tests.review.panel import Panel

Clock = Callable[[str], datetime]
OPENS = "när rekryteringen har nått fasen Beslut eller är avslutad och kortet är inlämnat"


@pytest.fixture
def half(meetings: Meetings) -> Meetings:
    """The first candidate has a time with both; Gunnel has handed her card in, Elof is ill and keeps none."""
    world, panel = meetings.world, meetings.panel
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    meetings.book(panel.sent[0], meetings.make()[0])
    panel.set_clock("2026-12-18T10:00")
    fill(meetings, world.gunnel, note="Gunnels rad")
    hand_in(meetings, world.gunnel)
    return meetings


def decided(panel: Panel) -> None:
    with panel.as_person(panel.world.kansli) as (session, case):
        enter(session, case=case, to=Phase.DECISION, by=panel.world.kansli, at=clock.now())


def page(meetings: Meetings, person: UUID) -> str:
    answer = meetings.world.browser(person).get(meetings.card_url(meetings.panel.sent[0]))
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def in_file(panel: Panel) -> list[list[str]]:
    return [row for part in data(panel)["sections"] if part["key"] == "interview_cards" for row in part["rows"]]


def test_what_is_handed_in_opens_to_the_office_when_it_is_decided(half: Meetings) -> None:
    world = half.world
    before = page(half, world.kansli)
    assert "Gunnels rad" not in before and "Slutna kort" in before and OPENS in before
    assert in_file(half.panel) == []
    decided(half.panel)
    after = page(half, world.kansli)
    assert "Gunnels rad" in after and "Slutna kort" not in after
    assert {row[2] for row in in_file(half.panel)} == {"Gunnel Sundvall"}
    assert "Gunnels rad" not in page(half, world.elof), "who has handed nothing in reads nothing of hers"


def test_a_card_that_is_not_handed_in_stays_sealed(half: Meetings) -> None:
    save(half, half.world.elof, 0, (1, None), "Elofs rad")
    decided(half.panel)
    assert "Elofs rad" not in page(half, half.world.kansli) and "Slutna kort" in page(half, half.world.kansli)


def test_the_kept_file_has_the_cards_that_were_handed_in(half: Meetings) -> None:
    panel = half.panel
    panel.set_clock("2027-01-20T10:00")
    decide(half.world, panel.ad, panel.sent)
    proofread(half.world, panel.ad)
    release(half.world, panel.ad)
    keep_decision_file(half.world, panel.ad)
    rows = [row for part in kept_data(panel)["sections"] if part["key"] == "interview_cards" for row in part["rows"]]
    assert {(row[2], row[4]) for row in rows} == {("Gunnel Sundvall", "Gunnels rad")}


def test_whoever_hands_a_card_in_is_told_when_it_opens(half: Meetings) -> None:
    told = page(half, half.world.elof)
    assert f"eller {OPENS}" in told and "i den gemensamma bilden" not in told
