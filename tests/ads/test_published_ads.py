"""After publishing: more time, taken back, ended, copied, closed by the clock; each step a version of its own."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.parts import BY_KEY
from portal.ads.queries import closed_unannounced, current_version, open_versions, published_parties
from portal.ads.services.drafts import copy_ad, make_draft_from_posting
from portal.ads.services.parts import (
    save_part,
)
from portal.ads.services.publishing import (
    AlreadyClosed,
    NotLater,
    end_ad,
    extend_ad,
    withdraw_ad,
)
from portal.ads.states import WrongState
from portal.ads.tasks import announce_closed_ads
from portal.jobs.models import Event
from portal.organisations.identity import party_hues
from tests.ads.drafts import by, published, stored, whole_draft
from tests.world import World

SetClock = Callable[[str], datetime]


def kinds(world: World) -> list[str]:
    with world.acting(scope.PLATFORM) as session:
        return [event.kind for event in session.scalars(select(Event).order_by(Event.created_at, Event.kind))]


def test_extending_makes_a_new_version_without_the_decision_it_passed_and_is_only_ever_later(world: World) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    extend = {"ad_id": ad_id, "on": clock.today(), **by(world)}
    with pytest.raises(NotLater), world.writing(scope.party(world.party)) as session:
        extend_ad(session, deadline=date(2026, 12, 11), **extend)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, ad_id).expected_decision = date(2026, 12, 14)
    with world.writing(scope.party(world.party)) as session:
        extend_ad(session, deadline=date(2026, 12, 18), **extend)
    with world.acting(scope.PUBLIC) as session:
        version = current_version(session, reference)
        assert version is not None
        assert (version.version, version.content["deadline"]) == (2, "2026-12-18")
    assert stored(world, ad_id, "expected_decision") == (None,)


def test_after_the_last_day_the_time_cannot_be_extended(world: World, set_clock: SetClock) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    set_clock("2026-12-12T00:00")
    with pytest.raises(AlreadyClosed), world.writing(scope.party(world.party)) as session:
        extend_ad(session, ad_id=ad_id, deadline=date(2026, 12, 18), on=clock.today(), **by(world))


def test_a_withdrawn_ad_is_a_version_that_says_so_and_nothing_more_can_be_done(world: World) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad_id, **by(world))
    with world.acting(scope.PUBLIC) as session:
        version = current_version(session, reference)
        assert version is not None
        assert (version.version, version.withdrawn) == (2, True)
        assert open_versions(session, clock.now()) == []
    assert kinds(world) == ["ad.published", "ad.withdrawn"]
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad_id, **by(world))  # twice is once
    assert kinds(world) == ["ad.published", "ad.withdrawn"]
    with pytest.raises(WrongState), world.writing(scope.party(world.party)) as session:
        end_ad(session, ad_id=ad_id, **by(world))
    with pytest.raises(WrongState):
        published(world, ad_id)


def test_an_ended_ad_is_no_longer_among_the_open_ones(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    with world.writing(scope.party(world.party)) as session:
        end_ad(session, ad_id=ad_id, **by(world))
    with world.acting(scope.PUBLIC) as session:
        assert open_versions(session, clock.now()) == []
    assert stored(world, ad_id, "state") == ("ended",)


def test_a_copy_has_texts_krav_and_contacts_and_no_dates(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    with world.writing(scope.party(world.party)) as session:
        made = copy_ad(session, earlier=session.get_one(Ad, ad_id), **by(world))
        new_id = made.id
    names = ("state", "title", "employer", "deadline", "earliest_start", "latest_end", "with_authority", "limit_rule")
    assert stored(world, new_id, *names) == (
        "draft", "Politisk sekreterare", "authority", None, None, None, False, "",
    )  # fmt: skip
    with world.acting(scope.party(world.party)) as session:
        assert [row.text for row in session.scalars(select(AdCriterion).where(AdCriterion.ad_id == new_id))] == [
            "Du skriver väl"
        ]
        assert len(session.scalars(select(AdContact).where(AdContact.ad_id == new_id)).all()) == 1


def test_a_draft_from_a_posting_keeps_its_questions_until_the_part_is_saved(world: World) -> None:
    with world.writing(scope.party(world.party)) as session:
        text = "Politisk sekreterare\n\nArbetsuppgifter\n- skriva tal\n\nSista ansökningsdag är 7 augusti.\n"
        ad_id = make_draft_from_posting(session, text=text, on=clock.today(), **by(world)).id
    (unclear,) = stored(world, ad_id, "unclear")
    assert "deadline" in {entry["field"] for entry in unclear}
    with world.writing(scope.party(world.party)) as session:
        values = {"deadline": date(2026, 12, 11), "timetable": []}
        save_part(session, ad_id=ad_id, part=BY_KEY["deadline"], values=values, **by(world))
    (unclear,) = stored(world, ad_id, "unclear")
    assert "deadline" not in {entry["field"] for entry in unclear}
    assert unclear


def test_closing_needs_no_worker_and_is_announced_once(world: World, set_clock: SetClock) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    set_clock("2026-12-11T23:59:00")
    announce_closed_ads(world.app)
    assert "ad.closed" not in kinds(world)
    set_clock("2026-12-12T00:00:00")
    announce_closed_ads(world.app)
    announce_closed_ads(world.app)
    with world.acting(scope.PLATFORM) as session:
        closed = session.scalars(select(Event).where(Event.kind == "ad.closed")).one()
        assert (closed.subject_id, closed.scope_kind, closed.scope_id) == (ad_id, "party", world.party)
        assert closed_unannounced(session, clock.now()) == []


def test_a_withdrawn_ad_is_never_announced_as_closed(world: World, set_clock: SetClock) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad_id, **by(world))
    set_clock("2026-12-13T10:00")
    announce_closed_ads(world.app)
    assert "ad.closed" not in kinds(world)


def test_only_parties_that_have_published_are_named_in_the_public_style_sheet(world: World) -> None:
    ad_id = whole_draft(world)
    with world.acting(scope.PUBLIC):
        assert party_hues(published_parties())() == []
    published(world, ad_id)
    with world.acting(scope.PUBLIC) as session:
        assert party_hues(published_parties())() == [("nar1", 250, 1.0)]
        assert session.scalars(select(PublishedAd)).one().party_id == world.party
