"""An ad that is taken back keeps the room of those who are to be employed from it; one that goes on has that of all its
posts."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.services.publishing import withdraw_ad
from portal.contracts.models import Employment
from portal.posts.services.claiming import claim_for_ad
from tests.applicants import Sent
from tests.contracts.acts.changing import BACK, OFF, change
from tests.contracts.hiring import fill
from tests.decisions.offering import OFFER, say
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread
from tests.forms import submit
from tests.posts.ledgers import TERM, claimed, give
from tests.posts.test_claims import publish
from tests.privacy.test_before_the_word import take_back as take_application_back
from tests.world import Published, World

Clock = Callable[[str], datetime]


def accepted(world: World, set_clock: Clock, hire: int = 1) -> tuple[Published, list[Sent]]:
    """Of three candidates for two posts so many have accepted what they were offered; the ad claims both posts."""
    published, sent = closed_recruitment(world, set_clock, 3, posts=2)
    with world.writing(scope.party(world.party)) as session:
        own = session.get_one(Ad, published.id)
        claim_for_ad(session, of=own, ad_id=own.id, number=2, percent=100, starts=TERM[0], ends=TERM[1])
    decide(world, published, sent[:hire], HIRED)
    proofread(world, published)
    office = world.browser(world.kansli)
    if hire:
        submit(office, address(published, "beslut/erbjud"), button=OFFER)
    for one in sent[:hire]:
        say(office, published, one, "tackat_ja")
    return published, sent


def withdraw(world: World, published: Published) -> None:
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=published.id, person_id=world.kansli, at=clock.now())


def only_employment(world: World) -> UUID:
    with world.acting(scope.party(world.party)) as session:
        return session.scalars(select(Employment.id)).one()


def test_the_post_of_who_has_accepted_is_nobody_elses_when_the_ad_is_taken_back(world: World, set_clock: Clock) -> None:
    give(world, (world.party, "2.00"))
    published, sent = accepted(world, set_clock)
    withdraw(world, published)
    assert claimed(world) == [("advertised", 100)], "and the post that nobody has is free"
    publish(world, deadline=date(2027, 1, 15))
    assert fill(world.browser(world.kansli), published, sent[0]).status_code == 303
    assert sorted(claimed(world)) == [("advertised", 100), ("filled", 100)]


@pytest.mark.parametrize("how", ["declines", "takes the application back"])
def test_who_is_not_to_be_employed_after_all_gives_it_back_then_too(world: World, set_clock: Clock, how: str) -> None:
    published, sent = accepted(world, set_clock)
    withdraw(world, published)
    if how == "declines":
        say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    else:
        take_application_back(world, sent[0])
    assert claimed(world) == []


def test_what_is_decided_before_anybody_is_told_follows_along_in_an_ad_that_is_taken_back(
    world: World, set_clock: Clock
) -> None:
    published, sent = accepted(world, set_clock, hire=0)
    withdraw(world, published)
    assert claimed(world) == []
    decide(world, published, sent[:1], HIRED)
    assert claimed(world) == [("advertised", 100)]
    decide(world, published, sent[:1])
    assert claimed(world) == []
    decide(world, published, sent[:1], HIRED)
    take_application_back(world, sent[0])
    assert claimed(world) == [], "also of one who had had no word"


def called_off(world: World, set_clock: Clock, **terms: str) -> tuple[Published, list[Sent], UUID]:
    """Of two posts one was filled, and its employment is called off; the recruitment goes on."""
    published, sent = accepted(world, set_clock)
    assert fill(world.browser(world.kansli), published, sent[0], **terms).status_code == 303
    id = only_employment(world)
    assert change(world, id, OFF, decided="2026-12-14").status_code == 303
    return published, sent, id


def test_the_post_of_an_employment_that_is_called_off_is_its_ads_again_while_that_goes_on(
    world: World, set_clock: Clock
) -> None:
    give(world, (world.party, "2.00"))
    published, sent, id = called_off(world, set_clock)
    assert claimed(world) == [("advertised", 200)]
    assert change(world, id, BACK).status_code == 303, "the ad gives it up to whom it was filled with"
    assert sorted(claimed(world)) == [("advertised", 100), ("filled", 100)]
    change(world, id, OFF, decided="2026-12-14")
    decide(world, published, sent[1:2], HIRED)
    assert fill(world.browser(world.kansli), published, sent[1]).status_code == 303, "and so to the next"
    assert sorted(claimed(world)) == [("advertised", 100), ("filled", 100)]


def test_where_the_room_is_not_enough_for_it_the_ad_keeps_what_it_had(world: World, set_clock: Clock) -> None:
    give(world, (world.party, "2.00"))
    published, sent = accepted(world, set_clock)
    assert fill(world.browser(world.kansli), published, sent[0], extent_percent="50").status_code == 303
    publish(world, deadline=date(2027, 1, 15), extent_percent=50)
    id = only_employment(world)
    assert change(world, id, OFF, decided="2026-12-14").status_code == 303
    assert sorted(claimed(world)) == [("advertised", 50), ("advertised", 100)]
    assert change(world, id, BACK).status_code == 303
    assert sorted(claimed(world)) == [("advertised", 50), ("advertised", 100), ("filled", 50)], (
        "nobody else's post is used"
    )


def test_of_an_ad_that_is_over_a_called_off_post_is_free(world: World, set_clock: Clock) -> None:
    published, sent = accepted(world, set_clock, hire=2)
    fill(world.browser(world.kansli), published, sent[0])
    withdraw(world, published)
    id = only_employment(world)
    change(world, id, OFF, decided="2026-12-14")
    assert claimed(world) == [("advertised", 100)], "that of the other who has accepted"
    assert change(world, id, BACK).status_code == 303
    assert sorted(claimed(world)) == [("advertised", 100), ("filled", 100)]


def test_what_is_changed_of_an_ad_and_not_published_claims_nothing(world: World, set_clock: Clock) -> None:
    published, sent = accepted(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, published.id).extent_percent = 50
    fill(world.browser(world.kansli), published, sent[0])
    assert sorted(claimed(world)) == [("advertised", 100), ("filled", 100)]
    change(world, only_employment(world), OFF, decided="2026-12-14")
    assert claimed(world) == [("advertised", 200)]
