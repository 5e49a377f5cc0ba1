"""The last of a quota's posts, wanted by several at once: one gets it, and the others read that there is none left."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from threading import Barrier
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.services.publishing import AlreadyPublished, publish_ad, withdraw_ad
from portal.contracts.services import record_employment
from portal.posts.queries import Of, own_claims
from portal.posts.services.claiming import NoRoom
from portal.refusal import Refusal
from tests.ads.drafts import whole_draft
from tests.contracts.hiring import hired
from tests.contracts.test_employ import GOOD
from tests.decisions.recruiting import office
from tests.posts.ledgers import claimed, give, seen_by_authority
from tests.world import World

Clock = Callable[[str], datetime]
Press = Callable[[], object]

MANY = 20  # more than a process has connections


def publishing(world: World, ad_id: UUID | None = None) -> Press:
    """Somebody in the office publishes an ad."""
    ad_id = ad_id or whole_draft(world, deadline=date(2026, 12, 28))

    def press() -> None:
        with world.writing(scope.party(world.party)) as session:
            publish_ad(session, ad_id=ad_id, person_id=world.kansli, at=clock.now(), on=clock.today())

    return press


def hiring(world: World, set_clock: Clock) -> Press:
    """Somebody in the office records the employment of one who has been chosen."""
    published, (chosen,) = hired(world, set_clock)

    def press() -> None:
        with world.writing(scope.party(world.party)) as session:
            record_employment(
                session, ad_id=published.id, application_id=chosen.id, terms=GOOD, actor=office(world), at=clock.now(),
                on=clock.today(),
            )  # fmt: skip

    return press


def refused(presses: Sequence[Press]) -> list[type[Refusal]]:
    """All press at the same instant. What those who were refused read."""
    together = Barrier(len(presses))

    def one(press: Press) -> type[Refusal] | None:
        together.wait()
        try:
            press()
        except Refusal as no:
            return type(no)
        return None

    with ThreadPoolExecutor(len(presses)) as hands:
        return [no for no in hands.map(one, presses) if no is not None]


@pytest.mark.parametrize("wanted", ["two ads", "two employments", "an employment and an ad"])
def test_of_two_who_want_the_last_post_at_once_one_gets_it(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    def read_and_think(session: Session) -> list[Of]:
        found = own_claims(session)
        sleep(0.3)  # so that whoever does not wait for the other reads what the other read
        return found

    monkeypatch.setattr("portal.posts.services.claiming.own_claims", read_and_think)
    hires = {"two ads": 0, "two employments": 2}.get(wanted, 1)
    presses = [hiring(world, set_clock) for _ in range(hires)] + [publishing(world) for _ in range(2 - hires)]
    give(world, (world.party, "1.00"))
    assert refused(presses) == [NoRoom]
    assert [size for _kind, size in claimed(world)] == [100]


def test_twenty_offices_of_a_coalition_want_its_last_post_at_once_and_one_gets_it(world: World) -> None:
    """Who has it looks at what the other members have while all the others wait: with one connection, as nobody has two."""
    rival = replace(world, party=world.rival, kansli=world.rival_kansli)
    presses = [publishing(one) for one in (world, rival) for _ in range(MANY // 2)]
    give(world, (world.party, "1.00"), (world.rival, "1.00"), coalition="Dalsamverkan")
    assert refused(presses) == [NoRoom] * (MANY - 1)
    assert [row.hundredths for row in seen_by_authority(world)] == [100]


def test_one_ad_published_by_two_at_once_is_claimed_once(world: World) -> None:
    ad_id = whole_draft(world)
    give(world, (world.party, "1.00"))
    assert refused([publishing(world, ad_id), publishing(world, ad_id)]) == [AlreadyPublished]
    assert claimed(world) == [("advertised", 100)]


def test_a_post_given_up_at_the_same_time_is_had_by_nobody_or_by_one(world: World) -> None:
    """The other's ad is withdrawn just then: whoever comes first, the ledger holds what there is room for."""
    ad_id = whole_draft(world)
    publishing(world, ad_id)()
    give(world, (world.party, "1.00"))

    def withdraw() -> None:
        with world.writing(scope.party(world.party)) as session:
            withdraw_ad(session, ad_id=ad_id, person_id=world.kansli, at=clock.now())

    told = refused([withdraw, publishing(world)])
    assert (told, claimed(world)) in [([], [("advertised", 100)]), ([NoRoom], [])]
