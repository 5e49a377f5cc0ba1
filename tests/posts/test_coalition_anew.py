"""A coalition decided anew: who has moved to another, who is left out, and what is put right."""

from datetime import date
from decimal import Decimal as D
from typing import Any
from uuid import uuid4

import pytest

from portal import clock, scope
from portal.organisations.models import Party
from portal.posts.ledger import standing_on
from portal.posts.queries import book_of_party, own_claims, quota_rows
from portal.posts.routes.reading import _decisions
from portal.posts.services.deciding import InAndOut
from tests.posts.ledgers import TERM, give
from tests.posts.test_pages import OWN, decide, page
from tests.world import World


def room(world: World, party: Any, day: date = TERM[0]) -> Any:
    with world.acting(scope.party(party)) as session:
        book = book_of_party(session, quota_rows(session), [one.row for one in own_claims(session)])
        return standing_on(party, book.quotas, book.claims, day).room


def test_who_has_moved_to_another_coalition_keeps_its_pool_when_the_former_is_decided_anew(world: World) -> None:
    third = a_third(world)
    give(world, (world.party, "6"), (world.rival, "6"), coalition="Dalsamverkan")
    give(world, (world.party, "4"), (third, "4"), coalition="Älvsamverkan")
    assert room(world, world.party) == D("4.00")
    give(world, (world.rival, "2"), coalition="Dalsamverkan")
    assert room(world, world.rival) == D("2.00")
    assert room(world, world.party) == D("4.00")


def test_the_same_decision_without_a_member_leaves_that_member_out(world: World) -> None:
    give(world, (world.party, "6"), (world.rival, "6"), coalition="Dalsamverkan")
    give(world, (world.party, "6"), coalition="Dalsamverkan")
    assert room(world, world.party) == D("6.00")
    assert room(world, world.rival) == D("0.00")


def a_third(world: World) -> Any:
    with world.writing(scope.PLATFORM) as session:
        party = Party(
            id=uuid4(),
            authority_id=world.authority,
            name="Älvpartiet",
            key="alv1",
            hue=90,
            controller_name="Älvpartiet i Ådalen",
            created_at=clock.now(),
        )
        session.add(party)
        session.flush()
        return party.id


def test_put_right_on_the_page_without_a_member_it_is_another_decision(world: World) -> None:
    pool = {"coalition_name": "Dalsamverkan", "amount": "6"}
    assert decide(world, "samverkan", **pool, member_nar1=True, member_dal1=True).status_code == 303
    assert decide(world, "samverkan", **pool, member_nar1=True).status_code == 303
    assert "Partiet har 0,00 heltider" in page(world, f"{OWN}?dag=2027-02-01", "rival_kansli")


def test_money_put_right_by_less_than_a_hundredth_of_a_post_is_written_down(world: World) -> None:
    for kronor in ("4 405 000", "4 400 000"):
        assert decide(world, unit="kronor", kronor_per_post="800 000", amount_nar1=kronor).status_code == 303
    assert "4\xa0400\xa0000 kronor per år" in page(world, OWN, "kansli")


def test_only_the_days_on_which_one_was_in_it_are_taken_from_one_who_is_left_out(world: World) -> None:
    third = a_third(world)
    give(world, (world.party, "6"), (world.rival, "6"), coalition="Dalsamverkan")
    give(world, (world.party, "4"), (third, "4"), coalition="Älvsamverkan", starts=date(2028, 1, 1))
    give(world, (world.rival, "2"), coalition="Dalsamverkan")
    assert [room(world, world.party, day) for day in (TERM[0], date(2027, 12, 31))] == [D("0.00")] * 2
    assert [room(world, world.party, day) for day in (date(2028, 1, 1), TERM[1])] == [D("4.00")] * 2


def test_who_has_left_it_and_come_back_is_decided_period_by_period(world: World) -> None:
    third, years = a_third(world), {"starts": date(2028, 1, 1), "ends": date(2028, 12, 31)}
    give(world, (world.party, "6"), (world.rival, "6"), coalition="Dalsamverkan")
    give(world, (world.party, "4"), (third, "4"), coalition="Älvsamverkan", **years)
    with pytest.raises(InAndOut, match="före och ett för tiden efter"):
        give(world, (world.rival, "2"), coalition="Dalsamverkan")
    give(world, (world.rival, "2"), coalition="Dalsamverkan", ends=date(2027, 12, 31))
    assert [room(world, world.party, day) for day in (TERM[0], years["starts"], TERM[1])] == [
        D("0.00"),
        D("4.00"),
        D("6.00"),
    ]


def test_the_same_decision_once_more_is_one_also_where_somebody_was_left_out(world: World) -> None:
    give(world, (world.party, "6"), (world.rival, "6"), coalition="Dalsamverkan")
    first, second = (give(world, (world.party, "6"), coalition="Dalsamverkan") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("swap", [False, True])
def test_the_list_shows_a_decisions_own_period(world: World, swap: bool) -> None:
    third, (stays, goes) = a_third(world), sorted((world.party, world.rival), reverse=swap)
    give(world, (stays, "6"), (goes, "6"), coalition="Dalsamverkan")
    give(world, (goes, "4"), (third, "4"), coalition="Älvsamverkan", starts=date(2028, 1, 1))
    give(world, (stays, "2"), coalition="Dalsamverkan")
    with world.acting(scope.authority(world.authority)) as session:
        row = _decisions(quota_rows(session), {})[0]["row"]
        assert (row.starts_on, row.ends_on) == TERM


@pytest.mark.parametrize("spelt", ["dalsamverkan", "DalSamverkan", " Dalsamverkan "])
def test_a_coalition_spelt_otherwise_is_the_same_one_and_its_room_is_there_once(world: World, spelt: str) -> None:
    give(world, (world.party, "12"), (world.rival, "12"), coalition="Dalsamverkan")
    give(world, (world.party, "8"), coalition=spelt)
    assert (room(world, world.party), room(world, world.rival)) == (D("8.00"), D("0.00"))
    with world.acting(scope.authority(world.authority)) as session:
        assert {row.coalition_name for row in quota_rows(session)} == {"Dalsamverkan"}
    assert "hos 1 parti och" in page(world, "/arbete/tjansteutrymme?dag=2027-02-01")


@pytest.mark.parametrize("spelt", ["Rödgrön ledning", "Rödgrön  ledning"])
def test_a_coalition_that_stands_in_two_spellings_already_leaves_out_whom_only_the_earlier_has(
    world: World, spelt: str
) -> None:
    third = a_third(world)
    give(world, (world.party, "12"), (world.rival, "12"), (third, "12"), coalition="RödGrön ledning")
    give(world, (world.party, "8"), (world.rival, "8"), coalition="Dalsamverkan")
    with world.writing(scope.authority(world.authority)) as session:  # as it was decided while a spelling was a name
        for row in quota_rows(session):
            row.coalition_name = row.coalition_name.replace("Dalsamverkan", spelt)
    give(world, (world.party, "8"), (world.rival, "8"), coalition="RÖDGRÖN LEDNING", paragraph="§ 150")
    assert (room(world, world.party), room(world, third)) == (D("8.00"), D("0.00"))
    with world.acting(scope.authority(world.authority)) as session:
        assert {row.coalition_name for row in quota_rows(session) if row.turn == 3} == {spelt}
