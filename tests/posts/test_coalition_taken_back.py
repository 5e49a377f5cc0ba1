"""A coalition's decision taken back: who is left out by a later one follows from what stands before that, and nobody is left
with the whole of a pool that the others are decided out of."""

from decimal import Decimal as D
from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.posts.services.deciding import take_back
from tests.posts.ledgers import give
from tests.posts.test_coalition_anew import a_third, room
from tests.posts.test_pages import LINES
from tests.world import World

DAL, ALV = "Dalsamverkan", "Älvsamverkan"


def undo(world: World, decision_id: UUID) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        assert take_back(session, decision_id=decision_id, person_id=world.region, at=clock.now())


def test_taken_back_on_the_page_the_decision_that_left_one_out_leaves_it_out_no_more(world: World) -> None:
    give(world, (world.party, "6"), (world.rival, "6"), coalition=DAL)
    second = give(world, (world.party, "6"), coalition=DAL)
    assert room(world, world.rival) == D("0.00")
    browser = world.browser(world.region)
    token = browser.get("/konto").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    assert browser.post(f"{LINES}/{second}/ta-tillbaka", data={"csrf_token": token}).status_code == 303
    assert (room(world, world.party), room(world, world.rival)) == (D("6.00"), D("6.00"))


def test_one_that_a_later_decision_leaves_out_too_gets_no_pool_of_its_own_by_it(world: World) -> None:
    give(world, (world.party, "6"), (world.rival, "6"), coalition=DAL)
    second = give(world, (world.party, "6"), coalition=DAL)
    give(world, (world.party, "5"), coalition=DAL)
    undo(world, second)
    assert (room(world, world.party), room(world, world.rival)) == (D("5.00"), D("0.00"))
    with world.acting(scope.party(world.rival)) as session:
        lines = select(AuditLine.verb).where(AuditLine.chain_id == world.rival, AuditLine.verb.like("quota.%"))
        verbs = session.scalars(lines.order_by(AuditLine.number))
        assert list(verbs) == ["quota.decided", "quota.decided", "quota.taken_back", "quota.decided"]


def test_one_that_was_never_in_it_is_not_left_out_of_it(world: World) -> None:
    first = give(world, (world.party, "6"), (world.rival, "6"), coalition=DAL)
    give(world, (world.party, "6"), coalition=DAL)
    undo(world, first)
    assert (room(world, world.party), room(world, world.rival)) == (D("6.00"), None)


def test_whose_other_coalition_was_a_mistake_does_not_get_the_whole_of_the_former(world: World) -> None:
    third = a_third(world)
    give(world, (world.party, "6"), (world.rival, "6"), coalition=DAL)
    moved = give(world, (world.party, "4"), (third, "4"), coalition=ALV)
    give(world, (world.rival, "2"), coalition=DAL)
    assert room(world, world.party) == D("4.00")
    undo(world, moved)
    assert (room(world, world.party), room(world, world.rival), room(world, third)) == (D("0.00"), D("2.00"), None)


def test_who_is_left_out_and_in_again_by_what_is_taken_back_is_told_once(world: World) -> None:
    first = give(world, (world.party, "6"), (world.rival, "6"), coalition=DAL)
    give(world, (world.party, "6"), coalition=DAL)
    undo(world, first)
    again = give(world, (world.party, "3"), (world.rival, "3"), coalition=DAL)
    assert room(world, world.rival) == D("3.00")
    undo(world, again)
    assert (room(world, world.party), room(world, world.rival)) == (D("6.00"), None)
