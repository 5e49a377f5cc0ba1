"""LAS 5 a §: whoever has turned permanent has their post until something ends the employment, whatever its paper says."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from portal import clock, scope
from portal.contracts.acts.rules import CallOff
from portal.contracts.acts.services import call_off, take_back
from portal.contracts.models import Employment
from portal.contracts.renewal.services import planned, renew
from portal.contracts.renewal.term import renewal_of
from portal.contracts.terms import Terms
from portal.posts.employer_model import Employer
from portal.posts.ledger import standing_on
from portal.posts.queries import book_of_party, own_claims, quota_rows
from portal.posts.services.claiming import NoRoom, hold_to
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, change, pressed
from tests.contracts.test_renewal import TERM, renew_them, renewals
from tests.contracts.test_without_ad import record
from tests.decisions.recruiting import office
from tests.posts.ledgers import give
from tests.privacy.candidates import Clock
from tests.world import World

PAPER = date(2026, 12, 31)
AFTER = date(2027, 6, 1)
LASTING = Terms(Employer.PARTY, date(2025, 8, 20), date(2025, 9, 1), PAPER, 100)  # permanent from 1 September 2026
SHORT = Terms(Employer.PARTY, date(2026, 8, 20), date(2026, 9, 1), PAPER, 100)


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def employ(world: World, terms: Terms = LASTING, name: str = "Per Vikman") -> UUID:
    made = record(world, terms, name)
    assert made is not None
    return made


def filled(world: World, day: date) -> Decimal:
    """How many of the party's posts are filled on a day."""
    with world.acting(scope.party(world.party)) as session:
        book = book_of_party(session, quota_rows(session), [one.row for one in own_claims(session)])
        return standing_on(world.party, book.quotas, book.claims, day).filled


def test_the_post_is_filled_after_the_papers_end_and_until_what_ends_it(world: World) -> None:
    id = employ(world)
    assert (filled(world, PAPER), filled(world, AFTER)) == (1, 1)
    assert change(world, id, NOTICE, by="employer", given="2026-11-23", last_day="2027-03-01").status_code == 303
    assert (filled(world, date(2027, 3, 1)), filled(world, date(2027, 3, 2))) == (1, 0)
    assert change(world, id, BACK).status_code == 303
    assert filled(world, AFTER) == 1, "the notice did not count"
    assert change(world, id, END, decided="2026-11-23", ends="2026-11-30").status_code == 303
    assert (filled(world, date(2026, 11, 30)), filled(world, date(2026, 12, 1))) == (1, 0)


def test_what_ends_before_it_turns_permanent_holds_its_post_to_its_last_day(world: World) -> None:
    id = employ(world, SHORT)
    assert (filled(world, PAPER), filled(world, AFTER)) == (1, 0)
    extended = {"decided": "2026-11-23", "ends": "2027-12-31", "policy_reason": "Valet 2026."}
    assert change(world, id, EXTEND, **extended).status_code == 303
    assert filled(world, date(2029, 1, 1)) == 1, "the extension has made it permanent"


def test_nobody_is_refused_for_want_of_a_post_after_the_papers_end_but_the_next_one_is(world: World) -> None:
    give(world, (world.party, "1"), starts=date(2025, 1, 1), ends=PAPER)
    give(world, (world.party, "0"))
    employ(world)
    assert filled(world, AFTER) == 1, "it is over, and told of"
    give(world, (world.party, "1"), starts=date(2027, 1, 1), ends=date(2027, 12, 31))
    with pytest.raises(NoRoom):
        employ(world, Terms(Employer.PARTY, date(2026, 11, 23), date(2027, 1, 1), date(2027, 12, 31), 100), "Åsa Nyman")


def test_a_renewal_takes_over_the_post_and_gives_it_back(world: World) -> None:
    give(world, (world.party, "1"))
    id = employ(world)

    def terms_of(row: object) -> Terms:
        return renewal_of(row, TERM, decided=date(2026, 11, 23))  # type: ignore[arg-type]

    with world.acting(scope.party(world.party)) as session:
        plan = planned(session, [id], terms_of, on=clock.today())
        assert plan is not None and [one.fault for one in plan] == [None]
    assert renew_them(world, [id]) == 1
    assert [filled(world, day) for day in (PAPER, AFTER, date(2031, 6, 1))] == [1, 1, 1], "it lasts as well"
    (renewal,) = renewals(world)
    with world.writing(scope.party(world.party)) as session:
        call_off(session, pressed(world, renewal.id), CallOff(clock.today()))
    assert filled(world, AFTER) == 1, "then it goes on as it was"
    with world.writing(scope.party(world.party)) as session:
        take_back(session, pressed(world, renewal.id, seen=1), number=1)
    assert filled(world, AFTER) == 1


def test_whoever_is_renewed_some_time_after_the_papers_end_has_had_their_post_meanwhile(
    world: World, set_clock: Clock
) -> None:
    id = employ(world)
    set_clock("2027-03-23T10:00")

    def terms_of(row: Employment) -> Terms:
        return renewal_of(row, TERM, decided=clock.today())

    with world.writing(scope.party(world.party)) as session:
        renew(session, ids=[id], terms_of=terms_of, actor=office(world), at=clock.now(), on=clock.today())
    (renewal,) = renewals(world)
    between = date(2027, 2, 1)
    assert renewal.starts_on > between and filled(world, between) == 1


def test_a_notice_of_one_whose_post_was_let_go_by_an_older_program_asks_for_no_room(world: World) -> None:
    give(world, (world.party, "1"))
    id = employ(world)
    with world.writing(scope.party(world.party)) as session:
        hold_to(session, {id: PAPER})
    employ(world, Terms(Employer.PARTY, date(2026, 11, 23), date(2027, 1, 1), date(2027, 12, 31), 100), "Åsa Nyman")
    assert change(world, id, NOTICE, by="employer", given="2026-11-23", last_day="2027-03-01").status_code == 303
