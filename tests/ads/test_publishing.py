"""From draft to published and after, in the database: versions, walls, events, and the law's named constraint."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.models import Ad, AdContact, AdCriterion
from portal.ads.parts import BY_KEY
from portal.ads.queries import current_version, versions_of
from portal.ads.services.parts import (
    EmployerNotChosen,
    ForeverNotForAuthority,
    NoSuchAd,
    PartLocked,
    save_part,
    save_rows,
    save_term,
    set_employer,
)
from portal.ads.services.publishing import (
    AlreadyPublished,
    NotReady,
    publish_ad,
    withdraw_ad,
)
from portal.ads.term import EndPastLimit
from portal.audit.models import AuditLine
from portal.jobs.models import Event
from portal.posts.employer_model import Employer
from tests.ads.drafts import CONTACT, KRAV, TERM, by, published, stored, whole_draft
from tests.world import World


def kinds(world: World) -> list[str]:
    with world.acting(scope.PLATFORM) as session:
        return [event.kind for event in session.scalars(select(Event).order_by(Event.created_at, Event.kind))]


def test_publishing_makes_the_first_version_stores_the_limit_and_tells(world: World) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    with world.acting(scope.PUBLIC) as session:
        version = current_version(session, reference)
        assert version is not None
        assert version.version == 1
        assert version.content["latest_end"] == "2030-12-31"
        assert version.content["election_day"] == "2030-09-08"
        assert version.content["controller_name"] == "Regionstyrelsen i Region Ådalen"
    assert stored(world, ad_id, "limit_reference", "limit_rule", "state") == (
        date(2026, 12, 12), "KL 4:33 2026-11", "published",
    )  # fmt: skip
    assert kinds(world) == ["ad.published"]
    with world.acting(scope.PLATFORM) as session:
        verbs = [line.verb for line in session.scalars(select(AuditLine).order_by(AuditLine.number))]
    assert verbs[0] == "ad.created"
    assert verbs[-1] == "ad.published"


def test_the_authority_sees_the_ad_and_its_rows_from_publishing_on_and_never_a_partys(world: World) -> None:
    own, foreign = whole_draft(world), whole_draft(world, employer=Employer.PARTY)

    def seen() -> tuple[set[object], int, int]:
        with world.acting(scope.authority(world.authority)) as session:
            criteria, contacts = session.scalars(select(AdCriterion)).all(), session.scalars(select(AdContact)).all()
            return set(session.scalars(select(Ad.id))), len(criteria), len(contacts)

    assert seen() == (set(), 0, 0)
    published(world, own)
    published(world, foreign)
    assert seen() == ({own}, 1, 1)


def test_publishing_twice_gives_one_version(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    with pytest.raises(AlreadyPublished):
        published(world, ad_id)
    with world.acting(scope.PUBLIC) as session:
        assert len(versions_of(session, ad_id)) == 1


def test_a_corrected_contact_is_published_as_a_new_version_and_the_former_is_kept(world: World) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    with world.writing(scope.party(world.party)) as session:
        save_rows(
            session, part=BY_KEY["contacts"], ad_id=ad_id, rows=[{**CONTACT, "phone": "070-174 06 48"}], **by(world)
        )
    published(world, ad_id)
    with world.acting(scope.PUBLIC) as session:
        newest, first = versions_of(session, ad_id)
        assert current_version(session, reference) is newest
        assert (newest.version, newest.content["contacts"][0]["phone"]) == (2, "070-174 06 48")
        assert first.superseded_at is not None
        assert first.content["contacts"][0]["phone"] == "070-174 06 12"


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("title", {"title": "", "intro": ""}),
        ("tasks", {"tasks": []}),
        ("deadline", {"deadline": None, "timetable": []}),
        ("deadline", {"deadline": date(2026, 11, 22), "timetable": []}),
    ],
)
def test_a_red_mark_in_a_text_or_a_day_stops_publishing(world: World, part: str, values: dict[str, object]) -> None:
    ad_id = whole_draft(world)
    with world.writing(scope.party(world.party)) as session:
        save_part(session, ad_id=ad_id, part=BY_KEY[part], values=values, **by(world))
    with pytest.raises(NotReady) as refused:
        published(world, ad_id)
    assert [mark.part for mark in refused.value.marks] == [part]
    assert kinds(world) == []


def test_no_krav_and_no_contact_stop_publishing(world: World) -> None:
    ad_id = whole_draft(world)
    with world.writing(scope.party(world.party)) as session:
        save_rows(session, part=BY_KEY["criteria"], ad_id=ad_id, rows=[], **by(world))
        save_rows(session, part=BY_KEY["contacts"], ad_id=ad_id, rows=[], **by(world))
    with pytest.raises(NotReady) as refused:
        published(world, ad_id)
    assert [mark.part for mark in refused.value.marks] == ["criteria", "contacts"]


def test_no_employer_no_start_no_retention_and_no_end_stop_publishing(world: World) -> None:
    for changes, field in (
        ({"employer": None}, "employer"),
        ({"earliest_start": None}, "earliest_start"),
        ({"retention_months": None}, "retention_months"),
        ({"latest_end": None}, "latest_end"),
        ({"latest_end": date(2031, 1, 1)}, "latest_end"),
    ):
        ad_id = whole_draft(world)
        with world.writing(scope.party(world.party)) as session:
            ad = session.get_one(Ad, ad_id)
            for name, value in changes.items():  # type: ignore[attr-defined]
                setattr(ad, name, value)
        with pytest.raises(NotReady) as refused:
            published(world, ad_id)
        assert [mark.field for mark in refused.value.marks] == [field]


def test_kl_4_33_the_service_refuses_an_end_past_the_limit(world: World) -> None:
    ad_id = whole_draft(world)
    with pytest.raises(EndPastLimit, match="Längst till och med 31 december 2030"):
        with world.writing(scope.party(world.party)) as session:
            save_term(
                session, ad_id=ad_id, values={**TERM, "latest_end": date(2031, 3, 31)}, on=clock.today(), **by(world)
            )
    assert stored(world, ad_id, "latest_end") == (date(2030, 12, 31),)


def test_kl_4_33_the_database_has_the_last_word(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    for name, value in (("latest_end", date(2031, 1, 1)), ("latest_end", None), ("limit_latest_end", None)):
        with pytest.raises(IntegrityError, match="kl_4_33_latest_end_within_limit"):
            with world.writing(scope.party(world.party)) as session:
                setattr(session.get_one(Ad, ad_id), name, value)


def test_an_authority_cannot_employ_until_further_notice_and_an_end_needs_an_employer(world: World) -> None:
    ad_id = whole_draft(world)
    with pytest.raises(ForeverNotForAuthority), world.writing(scope.party(world.party)) as session:
        save_term(
            session, ad_id=ad_id, values={**TERM, "employment_form": "tillsvidare"}, on=clock.today(), **by(world)
        )
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, ad_id).employer = None
    with pytest.raises(EmployerNotChosen), world.writing(scope.party(world.party)) as session:
        save_term(session, ad_id=ad_id, values=TERM, on=clock.today(), **by(world))


def test_the_employer_moves_the_ad_and_its_rows_to_the_controller_and_is_fixed_once_published(world: World) -> None:
    ad_id = whole_draft(world)

    def controllers() -> set[object]:
        with world.acting(scope.party(world.party)) as session:
            rows = [
                session.get_one(Ad, ad_id),
                *session.scalars(select(AdCriterion)),
                *session.scalars(select(AdContact)),
            ]
            return {row.controller_id for row in rows}

    assert controllers() == {world.authority}
    with world.writing(scope.party(world.party)) as session:
        set_employer(session, ad_id=ad_id, employer=Employer.PARTY, retention=(24, ""), **by(world))
    assert controllers() == {world.party}
    published(world, ad_id)
    with pytest.raises(PartLocked, match="Arbetsgivare"), world.writing(scope.party(world.party)) as session:
        set_employer(session, ad_id=ad_id, employer=Employer.AUTHORITY, retention=(24, ""), **by(world))


def test_krav_keep_their_ids_when_they_are_changed_or_moved_and_are_locked_once_published(world: World) -> None:
    ad_id = whole_draft(world)
    with world.acting(scope.party(world.party)) as session:
        first = session.scalars(select(AdCriterion)).one().id
    with world.writing(scope.party(world.party)) as session:
        rows = [{**KRAV, "text": "Du är självgående"}, {**KRAV, "id": str(first), "text": "Du skriver mycket väl"}]
        save_rows(session, part=BY_KEY["criteria"], ad_id=ad_id, rows=rows, **by(world))
    with world.acting(scope.party(world.party)) as session:
        found = session.scalars(select(AdCriterion).order_by(AdCriterion.position)).all()
        assert [row.text for row in found] == ["Du är självgående", "Du skriver mycket väl"]
        assert found[1].id == first
    published(world, ad_id)
    with pytest.raises(PartLocked), world.writing(scope.party(world.party)) as session:
        save_rows(session, part=BY_KEY["criteria"], ad_id=ad_id, rows=[], **by(world))


def test_a_rival_cannot_publish_save_or_withdraw(world: World) -> None:
    ad_id = whole_draft(world)
    rival = {"person_id": world.rival_kansli, "at": clock.now()}
    for verb in (
        lambda s: publish_ad(s, ad_id=ad_id, on=clock.today(), **rival),
        lambda s: withdraw_ad(s, ad_id=ad_id, **rival),
        lambda s: save_part(s, ad_id=ad_id, part=BY_KEY["title"], values={"title": "Kapad"}, **rival),
    ):
        with pytest.raises(NoSuchAd), world.writing(scope.party(world.rival)) as session:
            verb(session)
    assert stored(world, ad_id, "state", "title") == ("draft", "Politisk sekreterare")
