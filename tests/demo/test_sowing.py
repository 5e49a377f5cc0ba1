"""The invented country to measure in: whole, its pages open, the same each time, and never among real people."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock, scope
from portal.accounts.models import Person
from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.db import db
from portal.demo.services.sowing import NotForThisInstallation, sow_country
from portal.demo.sweden import MOST_PARTIES, Sizes, plan
from portal.operations.services import findings
from portal.organisations.models import Authority, Party
from portal.vault.services import open_application_key
from tests.world import World

SMALL = Sizes(parties=3, ads=4, applications=2, candidates=(3,))


@pytest.fixture
def sown(app: Flask) -> World:
    """A very small country, seen as the people who can log in to it."""
    sow_country(app, SMALL, clock.now(), lambda *_: None)
    with app.app_context():
        people = dict(db.session.execute(select(Person.email, Person.id)).all())
        region = db.session.scalars(select(Authority)).one()
        office = db.session.get_one(Person, people["samira@example.se"])
        assert office.password_hash and office.totp_sealed
        parties = dict(db.session.execute(select(Party.name, Party.id)).all())
    return World(
        app, region.id, parties["Närvårdspartiet"], parties["Dalpartiet"], people["samira@example.se"],
        people["gunnel@example.se"], people["elof@example.se"], people["berit@example.se"], people["ture@example.se"],
        people["dagny@example.se"],
    )  # fmt: skip


def test_what_is_sown_is_whole_and_numbered_and_its_pages_open(sown: World) -> None:
    with sown.acting(scope.party(sown.party)) as session:
        counted = select(Application.ad_id, func.count()).group_by(Application.ad_id)
        case = next(ad for ad, count in session.execute(counted) if count == 3)
        rows = session.scalars(
            select(Application).where(Application.ad_id == case).order_by(Application.submitted_at)
        ).all()
        assert [row.arrival_number for row in rows] == sorted(row.arrival_number or 0 for row in rows)
        key = open_application_key(session, application_id=rows[0].id, controller_id=rows[0].controller_id)
        name = key.open_text("application.name", rows[0].name_sealed or b"")
        assert len(key.open_text("application.letter", rows[0].letter_sealed or b"").encode()) >= 4096
        candidate = rows[0].id
    with sown.app.app_context():
        assert list(findings(sown.app)) == []
        reference = db.session.scalars(select(PublishedAd.reference)).first()
    assert sown.browser().get(f"/annonser/{reference}").status_code == 200
    office, assessor, rival = (sown.browser(one) for one in (sown.kansli, sown.gunnel, sown.rival_kansli))
    address = f"/arbete/rekryteringar/{case}"
    for browser in (office, assessor):
        assert browser.get("/arbete").status_code == 200
        assert name in browser.get(f"{address}/gemensam").text
        assert name in browser.get(f"{address}/sokande/{candidate}").text
        assert rival.get(f"{address}/gemensam").status_code == 404
    assert name in sown.browser(sown.region).get("/arbete/inkomna").text


def test_nothing_is_sown_where_something_is_or_in_a_real_installation(world: World) -> None:
    with pytest.raises(NotForThisInstallation, match="inte tom"):
        sow_country(world.app, SMALL, clock.now(), lambda *_: None)


def test_invented_people_are_not_taken_into_use(app: Flask) -> None:
    real = replace(app.config["SETTINGS"], demo=False)
    app.config["SETTINGS"] = real
    with pytest.raises(NotForThisInstallation, match="PORTAL_DEMO=1"):
        sow_country(app, SMALL, clock.now(), lambda *_: None)
    app.config["SETTINGS"] = replace(real, demo=True)
    sow_country(app, Sizes(parties=2, ads=1, applications=0), clock.now(), lambda *_: None)
    app.config["SETTINGS"] = real
    with app.app_context():
        assert any("påhittade" in finding for finding in findings(app))


def test_the_same_seed_gives_the_same_country_and_every_application_is_dealt_out() -> None:
    sizes = Sizes(parties=2_500, ads=10_000, applications=500_000, candidates=(100, 1_000), seed=7)
    country = plan(sizes)
    assert country == plan(sizes) != plan(replace(sizes, seed=8))
    ads = [ad for house in country for party in house.parties for ad in party.ads]
    assert (len(country), sum(house.kind == "region" for house in country)) == (311, 21)
    assert sum(len(house.parties) for house in country) == 2_500
    assert (len(ads), sum(ad.applications for ad in ads)) == (10_002, 501_100)
    assert 0.1 < sum(ad.days_left > 0 for ad in ads) / len(ads) < 0.2
    assert country[0].parties[0].ads[1].panel == 9


@pytest.mark.parametrize("parties", [2, MOST_PARTIES])
def test_no_two_parties_of_one_house_share_a_name(parties: int) -> None:
    country = plan(Sizes(parties=parties, ads=0, applications=0))
    assert len({house.name for house in country}) == len(country)
    for house in country:
        assert len({party.name for party in house.parties}) == len(house.parties)
