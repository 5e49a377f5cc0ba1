"""The wall between two regions of one installation: each, as employer, has its own parties' applications and no others."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from portal import scope
from portal.ads.models import Ad, AdContact
from portal.applications.models import Application
from portal.config import Settings
from portal.db import Base, ScopedRow, unit_of_work
from tests.applicants import Sent, send_applications
from tests.crawl import crawl
from tests.database import POSTGRESQL
from tests.world import World, build_neighbour, publish_ad

Sides = tuple[tuple[World, list[Sent]], tuple[World, list[Sent]]]
on_postgresql = pytest.mark.skipif(
    not POSTGRESQL, reason="SQLite has no row level security; the run on PostgreSQL tries it"
)


@pytest.fixture
def regions(world: World, set_clock: Callable[[str], datetime]) -> Sides:
    """Two regions; each employs for a party that has applications. Each party has an ad of its own too."""
    sides = []
    for side, start in ((world, 0), (build_neighbour(world), 5)):
        publish_ad(side, employer="party")
        sides.append((side, send_applications(side, publish_ad(side), 3, start=start)))
    set_clock("2026-12-14T10:00")
    return sides[0], sides[1]


def scoped_kinds() -> list[type[Base]]:
    return [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, ScopedRow)]


def test_a_region_sees_its_own_rows_and_none_of_another_regions(regions: Sides) -> None:
    for (own, sent), (other, theirs) in (regions, regions[::-1]):
        with own.acting(scope.authority(own.authority)) as session:
            seen = {row.id for row in session.scalars(select(Application))}
            assert seen == {one.id for one in sent}
            assert session.get(Application, theirs[0].id) is None
            counted = 0
            for kind in scoped_kinds():
                controllers = set(session.scalars(select(kind.controller_id)))  # type: ignore[attr-defined]
                assert controllers <= {own.authority}, (kind, other.authority in controllers)
                counted += len(controllers)
        assert counted > 5, "there are rows of many kinds to be kept apart"


def test_a_region_writes_nothing_of_another_regions(regions: Sides) -> None:
    (own, _), (other, _) = regions
    foreign = {"party_id": other.party, "authority_id": other.authority, "controller_id": other.authority}
    with own.acting(scope.authority(own.authority)) as session, pytest.raises(scope.ScopeError):
        with unit_of_work(session):
            session.add(
                AdContact(
                    **foreign, with_authority=True, ad_id=uuid4(), position=1, name="A", title="", email="", phone=""
                )
            )


def test_nothing_that_a_registrar_comes_to_opens_for_another_regions(regions: Sides) -> None:
    (own, sent), (other, _) = regions
    mine = crawl(own.browser(own.region), ["/arbete", "/arbete/diarium", "/arbete/begaran"], but=("/demo",))
    telling = [
        one for one in mine if any(str(who.id) in one.path or who.name.encode() in one.everything for who in sent)
    ]
    assert len(telling) > 3, "the region's own registrar reads of them"
    theirs = other.browser(other.region)
    for one in telling:
        answer = theirs.get(one.path)
        assert not any(who.name.encode() in answer.data for who in sent), one.path
        if any(str(who.id) in one.path for who in sent):
            assert answer.status_code == 404, one.path


@on_postgresql
def test_the_database_itself_keeps_two_regions_apart(regions: Sides, settings: Settings) -> None:
    engine = create_engine(settings.database_url)
    for (own, sent), (_, theirs) in (regions, regions[::-1]):
        with engine.connect() as connection:
            kind = {"k": "authority", "i": str(own.authority)}
            connection.execute(
                text("select set_config('portal.scope_kind', :k, true), set_config('portal.scope_id', :i, true)"), kind
            )
            assert set(connection.scalars(text("SELECT id FROM application"))) == {one.id for one in sent}
            assert set(connection.scalars(text("SELECT controller_id FROM ad"))) == {own.authority}
            named = {"id": theirs[0].id}
            assert connection.execute(text("UPDATE application SET state = 'late' WHERE id = :id"), named).rowcount == 0
            assert connection.execute(text("DELETE FROM application WHERE id = :id"), named).rowcount == 0
            with pytest.raises(DBAPIError, match="row-level security"):
                connection.execute(
                    text("UPDATE ad SET controller_id = :other, authority_id = :other"), {"other": regions[1][0].authority}
                    if own is regions[0][0] else {"other": regions[0][0].authority},
                )  # fmt: skip
    engine.dispose()


def test_an_ad_that_its_party_employs_for_is_no_regions(regions: Sides) -> None:
    for own, _ in regions:
        with own.acting(scope.authority(own.authority)) as session:
            assert {row.employer for row in session.scalars(select(Ad))} == {"authority"}
