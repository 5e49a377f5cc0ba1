"""A database in use before there was a ledger: who is employed and what is advertised is claimed when it gets one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.services.publishing import end_ad, withdraw_ad
from portal.contracts.models import Employment
from portal.elections.limit import ARTICLE, RULE
from portal.operations.schema import downgrade, upgrade
from portal.posts.models import Claim, ClaimSource
from portal.posts.queries import own_claims
from tests.ads.drafts import whole_draft
from tests.contracts.hiring import fill, hired
from tests.posts.ledgers import TERM, claimed, give, seen_by_authority
from tests.posts.test_claims import publish
from tests.world import LATEST_END, START, Published, World, publish_ad

Clock = Callable[[str], datetime]


def get_ledger(world: World) -> None:
    """The database, which has none of what was claimed, gets its ledger."""
    with world.app.app_context():
        downgrade(revision="0010")
        upgrade()


def employ(world: World, published: Published, *, percent: int = 100, **changes: Any) -> UUID:
    """An employment from this ad, as it was recorded before there was a ledger."""
    by_authority = published.party_id == world.party
    values = {
        "id": uuid4(), "party_id": published.party_id, "authority_id": world.authority,
        "controller_id": world.authority if by_authority else published.party_id, "with_authority": by_authority,
        "ad_id": published.id, "application_id": uuid4(), "employer": "authority" if by_authority else "party",
        "name_sealed": b"-", "decided_on": START, "starts_on": START, "ends_on": LATEST_END, "extent_percent": percent,
        "limit_reference": START, "limit_election": date(2030, 9, 8), "limit_latest_end": LATEST_END, "limit_rule": RULE,
        "limit_article": ARTICLE, "recorded_by": world.kansli, "recorded_at": clock.now(),
    }  # fmt: skip
    with world.writing(scope.party(published.party_id)) as session:
        row = Employment(**{**values, **changes})
        session.add(row)
        return row.id


def of_ad(world: World, ad: Published) -> list[tuple[str, int, bool]]:
    """Kind, hundredths and whether it is of an employment, of all that is claimed from the ad."""
    with world.acting(scope.party(ad.party_id)) as session:
        found = [one for one in own_claims(session) if one.source.ad_id == ad.id]
        return [(one.row.kind, one.row.hundredths, one.source.employment_id is not None) for one in found]


def days(world: World) -> list[tuple[date, date | None]]:
    """The days of the party's claims."""
    with world.acting(scope.party(world.party)) as session:
        return [(one.row.starts_on, one.row.ends_on) for one in own_claims(session)]


def test_ads_that_are_out_claim_what_they_seek(world: World) -> None:
    whole = publish_ad(world)
    unsaid = publish_ad(world, posts=2, extent_percent=None)
    largest = publish_ad(world, posts=99)
    get_ledger(world)
    assert of_ad(world, whole) == [("advertised", 100, False)]
    assert of_ad(world, unsaid) == [("advertised", 200, False)]
    assert of_ad(world, largest) == [("advertised", 9900, False)]
    assert set(days(world)) == {(START, LATEST_END)}


def test_ads_that_are_not_out_and_those_that_seek_a_stand_in_claim_nothing(world: World) -> None:
    whole_draft(world)
    publish_ad(world, employment_form="vikariat")
    publish_ad(world, state="withdrawn")
    publish_ad(world, state="ended")
    get_ledger(world)
    assert claimed(world) == []


def test_an_ad_claims_what_is_published_and_not_what_the_office_has_changed_since(world: World) -> None:
    """The authority would otherwise read in the ledger what nobody has published."""
    ad = publish_ad(world)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Ad, ad.id)
        row.posts, row.extent_percent, row.earliest_start, row.employment_form = 9, 10, None, "vikariat"
    get_ledger(world)
    assert of_ad(world, ad) == [("advertised", 100, False)]
    assert days(world) == [(START, LATEST_END)]


def test_each_employment_takes_one_of_its_ads_posts(world: World) -> None:
    one_of_two, full, too_many = (publish_ad(world, posts=posts) for posts in (2, 1, 1))
    for ad, percent in ((one_of_two, 80), (full, 100), (too_many, 100), (too_many, 50)):
        employ(world, ad, percent=percent)
    get_ledger(world)
    assert sorted(of_ad(world, one_of_two)) == [("advertised", 100, False), ("filled", 80, True)]
    assert of_ad(world, full) == [("filled", 100, True)]
    assert sorted(of_ad(world, too_many)) == [("filled", 50, True), ("filled", 100, True)]


def test_one_person_employed_from_two_ads_has_two_posts(world: World) -> None:
    both = [publish_ad(world) for _ in range(2)]
    for ad in both:
        employ(world, ad, percent=50)
    get_ledger(world)
    assert [of_ad(world, ad) for ad in both] == [[("filled", 50, True)]] * 2


@pytest.mark.parametrize("state", ["withdrawn", "ended"])
def test_who_is_employed_from_an_ad_that_is_no_longer_out_is_claimed(world: World, state: str) -> None:
    ad = publish_ad(world, posts=2, state=state)
    employ(world, ad)
    get_ledger(world)
    assert of_ad(world, ad) == [("filled", 100, True)]


def test_a_stand_in_who_was_employed_counts_since_nobody_knows_for_whom(world: World) -> None:
    ad = publish_ad(world, employment_form="vikariat")
    employ(world, ad, percent=75)
    get_ledger(world)
    assert of_ad(world, ad) == [("filled", 75, True)]


def test_employments_that_are_over_and_those_without_an_end_keep_their_days(world: World) -> None:
    past = publish_ad(world)
    old = {"decided_on": date(2023, 1, 9), "limit_reference": date(2023, 1, 9), "starts_on": date(2023, 2, 1)}
    old |= {"limit_election": date(2026, 9, 13), "limit_latest_end": date(2026, 12, 31)}
    employ(world, past, ends_on=date(2024, 6, 30), **old)
    forever = publish_ad(world, party=world.rival, employer="party")
    employ(world, forever, ends_on=None, policy_lifted_reason="Tillsvidare enligt LAS.")
    get_ledger(world)
    assert days(world) == [(date(2023, 2, 1), date(2024, 6, 30))]
    with world.acting(scope.party(world.rival)) as session:
        assert [(one.row.starts_on, one.row.ends_on) for one in own_claims(session)] == [(START, None)]


def test_of_what_a_party_employs_for_the_authority_sees_size_and_days_alone(world: World) -> None:
    ours, theirs = publish_ad(world), publish_ad(world, party=world.rival, employer="party", posts=2)
    employ(world, theirs)
    get_ledger(world)
    assert sorted((row.party_id == world.party, row.kind) for row in seen_by_authority(world)) == [
        (False, "advertised"), (False, "filled"), (True, "advertised"),
    ]  # fmt: skip
    with world.acting(scope.authority(world.authority)) as session:
        assert [source.ad_id for source in session.scalars(select(ClaimSource))] == [ours.id]
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(Claim)).all()) == 1


def test_what_the_pages_wrote_is_claimed_as_they_claimed_it(world: World, set_clock: Clock) -> None:
    publish(world, posts=2, extent_percent=50)
    published, sent = hired(world, set_clock, n=2, hire=2)
    for one, percent in zip(sent, ("80", "60"), strict=True):
        fill(world.browser(world.kansli), published, one, extent_percent=percent)
    before = sorted(claimed(world)), sorted(days(world))
    get_ledger(world)
    assert (sorted(claimed(world)), sorted(days(world))) == before
    assert before[0] == [("advertised", 100), ("filled", 60), ("filled", 80)]


def test_afterwards_the_ledger_goes_on_from_there(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, n=2, hire=2)
    other, third = publish_ad(world), publish_ad(world)
    get_ledger(world)
    give(world, (world.party, "4.00"), starts=TERM[0])
    assert fill(world.browser(world.kansli), published, sent[0]).status_code == 303
    assert sorted(of_ad(world, published)) == [("advertised", 100, False), ("filled", 100, True)]
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=other.id, person_id=world.kansli, at=clock.now())
        end_ad(session, ad_id=third.id, person_id=world.kansli, at=clock.now())
    assert (of_ad(world, other), of_ad(world, third)) == ([], [])
