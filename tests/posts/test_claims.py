"""What ads and employments claim, who sees it, and what stops them: each by doing the thing."""

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.services.publishing import publish_ad, withdraw_ad
from portal.contracts.models import Employment
from portal.contracts.services import record_employment
from portal.db import unit_of_work
from portal.posts.employer_model import Employer
from portal.posts.models import Claim, ClaimSource, Quota
from portal.posts.services.claiming import NoRoom, Part, claim_for_ad, claim_for_employment
from portal.scope import ScopeError
from tests.ads.drafts import whole_draft
from tests.contracts.hiring import fill, hired
from tests.contracts.test_employ import GOOD, employments
from tests.database import POSTGRESQL
from tests.decisions.recruiting import office
from tests.forms import submit
from tests.posts.ledgers import TERM, claimed, give, seen_by_authority
from tests.world import World

Clock = Callable[[str], datetime]


def drafted(world: World, employer: Employer = Employer.AUTHORITY, **columns: Any) -> UUID:
    """A draft with all that publishing needs, and these columns."""
    ad_id = whole_draft(world, employer=employer)
    with world.writing(scope.party(world.party)) as session:
        ad = session.get_one(Ad, ad_id)
        for name, value in columns.items():
            setattr(ad, name, value)
    return ad_id


def publish(world: World, ad_id: UUID | None = None, **columns: Any) -> UUID:
    """Publish an ad as the office does it."""
    ad_id = ad_id or drafted(world, **columns)
    with world.writing(scope.party(world.party)) as session:
        publish_ad(session, ad_id=ad_id, person_id=world.kansli, at=clock.now(), on=clock.today())
    return ad_id


def test_a_published_ad_claims_its_posts_and_a_draft_nothing(world: World) -> None:
    drafted(world, posts=2, extent_percent=50)
    assert claimed(world) == []
    publish(world, posts=2, extent_percent=50)
    assert claimed(world) == [("advertised", 100)]


def test_the_page_that_publishes_says_beforehand_that_there_is_no_room(world: World) -> None:
    give(world, (world.party, "1"))
    page = f"/arbete/rekryteringar/{drafted(world, posts=2)}/annons/publicera"
    office = world.browser(world.kansli)
    seen, pressed = office.get(page), submit(office, page, {}, "Publicera annonsen")
    assert pressed.status_code == NoRoom.status
    for answer in (seen, pressed):
        words = answer.get_data(as_text=True)
        assert "Tjänsteutrymmet räcker inte" in words and "Det här tar 2,00." in words
        assert "Annonsen kan publiceras" not in words


def test_an_ad_that_is_withdrawn_claims_nothing(world: World) -> None:
    ad_id = publish(world)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad_id, person_id=world.kansli, at=clock.now())
    assert claimed(world) == []


def test_an_ad_that_seeks_a_stand_in_takes_no_further_post(world: World) -> None:
    give(world, (world.party, "0"))
    publish(world, employment_form="vikariat")
    assert claimed(world) == []


@pytest.mark.parametrize("employer", list(Employer))
def test_of_any_employers_posts_the_authority_sees_size_and_days_and_nothing_else(
    world: World, employer: Employer
) -> None:
    ad_id = publish(world, employer=employer)
    (row,) = seen_by_authority(world)
    assert (row.party_id, row.hundredths, row.kind) == (world.party, 100, "advertised")
    columns = {column.name for column in Claim.__table__.columns}
    assert columns == {
        "id", "party_id", "authority_id", "controller_id", "with_authority", "kind", "hundredths", "starts_on", "ends_on",
        "post", "in_place_of",
    }  # fmt: skip
    with world.acting(scope.authority(world.authority)) as session:
        led_to = [source.ad_id for source in session.scalars(select(ClaimSource))]
    assert led_to == ([ad_id] if employer is Employer.AUTHORITY else [])


def test_a_rival_never_learns_of_a_claim_or_a_quota(world: World) -> None:
    publish(world)
    give(world, (world.party, "5.50"))
    with world.acting(scope.party(world.rival)) as session:
        assert [session.scalars(select(kind)).all() for kind in (Quota, Claim, ClaimSource)] == [[], [], []]


def test_a_party_writes_no_quota_of_its_own(world: World) -> None:
    give(world, (world.party, "1"))
    with pytest.raises(ScopeError), world.writing(scope.party(world.party)) as session:
        session.scalars(select(Quota)).one().hundredths = 900


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no row level security")
def test_past_the_orm_too_a_party_changes_no_quota(world: World) -> None:
    give(world, (world.party, "1"))
    with world.acting(scope.party(world.party)) as session, pytest.raises(DBAPIError, match="row-level security"):
        session.connection().execute(text("UPDATE quota SET hundredths = 900"))
    with world.acting(scope.party(world.party)) as session:
        assert session.connection().execute(text("DELETE FROM quota")).rowcount == 0


def test_where_nothing_is_decided_nothing_is_stopped(world: World) -> None:
    for _ in range(3):
        publish(world)
    assert claimed(world) == [("advertised", 100)] * 3


def test_an_ad_that_goes_past_what_is_free_is_stopped_with_the_sums(world: World) -> None:
    give(world, (world.party, "1.50"))
    publish(world)
    with pytest.raises(NoRoom) as refused:
        publish(world, extent_percent=80)
    for words in ("1,50 heltider", "0,00 är tillsatta", "1,00 reserverade", "0,50 är lediga", "Det här tar 0,80"):
        assert words in refused.value.sentence
    assert claimed(world) == [("advertised", 100)]
    publish(world, extent_percent=50)


def test_the_office_reads_the_sums_on_the_page_where_it_publishes(world: World) -> None:
    give(world, (world.party, "0.50"))
    ad_id = whole_draft(world)
    answer = submit(
        world.browser(world.kansli), f"/arbete/rekryteringar/{ad_id}/annons/publicera", {}, "Publicera annonsen"
    )
    assert answer.status_code == 422
    assert "0,50 är lediga" in answer.get_data(as_text=True)
    assert claimed(world) == []


def test_a_word_mended_in_an_ad_passes_though_the_quota_has_been_lowered(world: World) -> None:
    ad_id = publish(world)
    give(world, (world.party, "0.50"))
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, ad_id).intro = "Du arbetar nära oss."
    publish(world, ad_id)
    assert claimed(world) == [("advertised", 100)]


def test_an_employment_takes_its_post_over_from_the_ad(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, n=2, hire=2)
    with world.writing(scope.party(world.party)) as session:
        ad = session.get_one(Ad, published.id)
        days = {"starts": ad.earliest_start or TERM[0], "ends": ad.latest_end}
        claim_for_ad(session, of=ad, ad_id=ad.id, number=ad.posts, percent=100, **days)  # type: ignore[arg-type]
    assert claimed(world) == [("advertised", 200)]
    fill(world.browser(world.kansli), published, sent[0], extent_percent="80")
    assert sorted(claimed(world)) == [("advertised", 100), ("filled", 80)]
    fill(world.browser(world.kansli), published, sent[1])
    assert sorted(claimed(world)) == [("filled", 80), ("filled", 100)]


def test_an_employment_that_goes_past_what_is_free_is_not_recorded(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    give(world, (world.party, "0.50"))
    browser = world.browser(world.kansli)
    answer = fill(browser, published, sent[0])
    assert answer.status_code == 422
    assert "0,50 är lediga" in answer.get_data(as_text=True)
    assert (employments(world), claimed(world)) == ([], [])
    assert fill(browser, published, sent[0], extent_percent="50").status_code == 303


def test_recorded_twice_it_is_claimed_once(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    give(world, (world.party, "1.00"))
    for _ in range(2):
        with world.writing(scope.party(world.party)) as session:
            record_employment(
                session, ad_id=published.id, application_id=sent[0].id, terms=GOOD, actor=office(world), at=clock.now(),
                on=clock.today(),
            )  # fmt: skip
    assert claimed(world) == [("filled", 100)]


def test_forty_and_sixty_share_a_post_and_eighty_more_is_stopped(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, n=3, hire=3)
    give(world, (world.party, "1.00"))
    browser = world.browser(world.kansli)
    parts = zip(sent, ("40", "60", "80"), strict=True)
    assert [fill(browser, published, one, extent_percent=part).status_code for one, part in parts] == [303, 303, 422]
    assert sorted(claimed(world)) == [("filled", 40), ("filled", 60)]


def test_who_stands_in_for_somebody_employed_takes_no_further_post(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    give(world, (world.party, "1.00"))
    browser = world.browser(world.kansli)
    fill(browser, published, sent[0])
    (first,) = employments(world)
    instead, theirs = hired(world, set_clock, employment_form="vikariat")
    assert fill(browser, instead, theirs[0]).status_code == 422, "in nobody's place it is one more"
    foreign = fill(browser, instead, theirs[0], stands_in_for=str(uuid4()))
    assert foreign.status_code == 422
    assert fill(browser, instead, theirs[0], stands_in_for=str(first.id)).status_code == 303
    assert claimed(world) == [("filled", 100), ("filled", 100)]


def test_an_employment_changed_or_ended_claims_what_it_is_now(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    give(world, (world.party, "1.00"))
    fill(world.browser(world.kansli), published, sent[0])
    half, whole = date(2028, 6, 30), date(2028, 7, 1)
    for parts, expected in (
        ([Part(50, date(2027, 2, 1), half), Part(100, whole, TERM[1])], [("filled", 50), ("filled", 100)]),
        ([Part(100, date(2027, 2, 1), half)], [("filled", 100)]),
        ([], []),
    ):  # fmt: skip
        with world.writing(scope.party(world.party)) as session:
            row = session.scalars(select(Employment)).one()
            claim_for_employment(session, of=row, employment_id=row.id, parts=parts)
        assert claimed(world) == expected


def test_the_members_of_a_coalition_share_its_pool_and_learn_only_what_is_left(world: World, set_clock: Clock) -> None:
    give(world, (world.party, "1.50"), (world.rival, "1.50"), coalition="Dalsamverkan")
    published, sent = hired(world, set_clock)
    fill(world.browser(world.kansli), published, sent[0])
    page = world.browser(world.rival_kansli).get("/arbete/tjanster?dag=2027-03-01").get_data(as_text=True)
    assert "Partiet har 0,50 heltider" in page
    assert sent[0].name not in page
    with world.writing(scope.party(world.rival)) as session, pytest.raises(NoRoom, match="0,50 heltider"):
        theirs = SimpleNamespace(
            party_id=world.rival, authority_id=world.authority, controller_id=world.rival, with_authority=False
        )
        claim_for_employment(session, of=theirs, employment_id=uuid4(), parts=[Part(100, *TERM)])


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"hundredths": 0}, "size_in_hundredths_of_a_post"),
        ({"hundredths": 100_000}, "size_in_hundredths_of_a_post"),
        ({"ends_on": date(2026, 1, 1)}, "ends_after_start"),
        ({"kind": "dreamt"}, "known_kind"),
        ({"with_authority": False}, "open_to_the_authority"),
    ],
)
def test_the_database_refuses_a_claim_that_cannot_be(world: World, changes: dict[str, object], constraint: str) -> None:
    values = {
        "party_id": world.party, "authority_id": world.authority, "controller_id": world.authority, "with_authority": True,
        "kind": "filled", "hundredths": 100, "starts_on": TERM[0], "ends_on": TERM[1], "post": uuid4(),
    }  # fmt: skip
    with (
        pytest.raises(IntegrityError, match=f"ck_claim_{constraint}"),
        world.writing(scope.party(world.party)) as session,
    ):
        session.add(Claim(**{**values, **changes}))


def test_nothing_of_a_refused_publishing_is_left(world: World) -> None:
    give(world, (world.party, "0"))
    ad_id = whole_draft(world)
    with world.acting(scope.party(world.party)) as session:
        with pytest.raises(NoRoom), unit_of_work(session):
            publish_ad(session, ad_id=ad_id, person_id=world.kansli, at=clock.now(), on=clock.today())
        assert session.get_one(Ad, ad_id).state == "draft"
