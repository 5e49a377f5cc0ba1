"""What the minutes and the order say when seats, krav and jäv change around the meeting."""

from uuid import UUID

import pytest

from portal.review.meeting.refusals import NobodyThere
from portal.review.meeting.states import Step
from portal.review.models import PanelMember
from tests.forms import submit
from tests.review.meetings import all_handed_in, disagreeing, page_of, posted, put_in_order, start, step, there, vote
from tests.review.panel import AFTER_LAST_MINUTE, Panel
from tests.review.test_minutes import held, read


def test_the_minutes_say_who_led_the_meeting_that_was_held(panel: Panel) -> None:
    held(panel)
    before = read(panel, panel.world.kansli)
    assert "Ledde Gunnel Sundvall" in before
    panel.name(panel.world.elof, panel.world.gunnel)  # Elof leads from now on
    assert read(panel, panel.world.kansli) == before


def test_who_voted_is_told_by_name_also_of_one_who_has_left(panel: Panel, deputies: tuple[UUID, UUID]) -> None:
    world = panel.world
    all_handed_in(panel, disagreeing(panel))
    start(panel)
    there(panel, world.gunnel, world.elof)
    vote(panel, panel.sent[0], panel.sent[1], gunnel="a", elof="b")
    with panel.as_person(world.gunnel) as (session, case):
        elof = next(row for row in session.query(PanelMember).all() if row.person_id == world.elof)
        elof.removed_at = case.ad.created_at
    assert "Elof Rehnström" in page_of(panel, world.gunnel)


def test_who_falls_on_a_krav_has_no_place_in_an_order_that_is_set_after(panel: Panel) -> None:
    one, two, three = panel.sent
    all_handed_in(panel, disagreeing(panel))
    start(panel)
    there(panel, panel.world.gunnel)
    put_in_order(panel, ((one.id,), (two.id,), (three.id,)))
    panel.drop(panel.world.gunnel, one)
    page = page_of(panel, panel.world.gunnel, "mote/ordning")
    assert two.name in page
    put_in_order(panel, ((three.id,), (two.id,)), version=1)
    step(panel, Step.END)
    minutes = read(panel, panel.world.gunnel)
    assert f"1 {three.name}" in minutes and f"2 {two.name}" in minutes
    assert f"1 {one.name}" not in minutes


def test_a_vote_about_one_whom_the_leader_has_jav_for_is_written_down_by_another(panel: Panel) -> None:
    all_handed_in(panel, disagreeing(panel), gunnel=panel.sent[0])
    start(panel)
    world, url = panel.world, f"{panel.url}/mote/omrostning"
    there(panel, world.gunnel, world.elof)
    pair = {"first": str(panel.sent[0].id), "second": str(panel.sent[1].id)}
    assert posted(panel, world.gunnel, "/omrostning", **pair).status_code == 404, "she has stepped out"
    elof = world.browser(world.elof)
    with panel.as_person(world.elof) as (_, case):
        assert case.member is not None
        ballot = f"ballot-{case.member.id}"
    assert submit(elof, url, {**pair, ballot: "a"}).status_code == 303
    assert "Rösta mellan två" in page_of(panel, world.elof)
    others = {"first": str(panel.sent[1].id), "second": str(panel.sent[2].id), ballot: "a"}
    refused = submit(elof, url, others)
    assert refused.status_code == 409
    assert "Den som leder mötet skriver in omröstningen" in refused.get_data(as_text=True)


def test_nobody_but_the_leader_records_votes_where_nobody_steps_out(panel: Panel) -> None:
    all_handed_in(panel, disagreeing(panel))
    panel.set_clock(AFTER_LAST_MINUTE)
    start(panel)
    pair = {"first": str(panel.sent[0].id), "second": str(panel.sent[1].id)}
    assert posted(panel, panel.world.elof, "/omrostning", **pair).status_code == 404
    assert "Rösta mellan två" not in page_of(panel, panel.world.elof)


def test_nobody_sits_at_the_meeting_while_it_has_ended_nor_at_one_opened_again_unless_noted(panel: Panel) -> None:
    held(panel)  # both were there on 14 December
    panel.set_clock("2026-12-16T09:00")
    step(panel, Step.REOPEN, "Ett fel i ordningen.")
    with pytest.raises(NobodyThere):
        step(panel, Step.END)
    there(panel, panel.world.gunnel)
    panel.set_clock("2026-12-16T09:20")
    step(panel, Step.END)
    minutes = read(panel, panel.world.gunnel)
    assert "Elof Rehnström 10.00–16 december" not in minutes
    assert "Gunnel Sundvall 10.00–16 december" not in minutes
