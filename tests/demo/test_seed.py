"""The demo's case as its people meet it, whatever the day it is started on."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.contracts.models import Employment
from portal.contracts.onboarding.queries import onboarding_of, shown_steps
from portal.contracts.written.queries import Held, contract_of
from portal.contracts.written.states import State
from portal.db import db
from portal.demo.services import seed
from portal.disclosure.queries.records import source_of
from portal.interviews.models import InterviewBooking, InterviewSlot
from portal.jobs.tasks import work_off_due
from portal.operations.services import findings
from portal.organisations.models import Authority, Party
from portal.register.models import CaseRecord, RegisterEntry
from tests.disclosure.test_opened import set_of, words_in
from tests.world import World


@pytest.fixture
def demo(app: Flask, set_clock, request: pytest.FixtureRequest) -> World:
    """The demo, begun on this day, seen as the people who can log in to it."""
    set_clock(request.param)
    seed(app)
    with app.app_context():
        people = dict(db.session.execute(select(Person.email, Person.id)).all())
        region = db.session.scalars(select(Authority)).one()
        parties = dict(db.session.execute(select(Party.name, Party.id)).all())
    return World(
        app, region.id, parties["Närvårdspartiet"], parties["Dalpartiet"], people["samira@example.se"],
        people["gunnel@example.se"], people["elof@example.se"], people["berit@example.se"], people["ture@example.se"],
        people["dagny@example.se"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "demo", [pytest.param("2026-11-26T10:00", marks=pytest.mark.slow), "2031-11-26T10:00"], indirect=True
)
def test_one_is_signed_and_begun_on_one_is_in_draft_and_one_has_booked_an_interview(demo: World) -> None:
    signed, draft = _contracts(demo)
    assert (signed.state, draft.state) == (State.RUNNING, State.DRAFT)
    assert signed.rules.profile is not None
    assert signed.rules.profile.key == "region-vasternorrland"
    with demo.acting(scope.party(demo.party)) as session:
        head = onboarding_of(session, signed.employment.id)
        assert head is not None
        steps = shown_steps(session, head, signed.employment.starts_on, on=clock.today())
        assert [step.stand.value for step in steps] == [*["done"] * 6, "skipped", "late", "left"]
        assert len(session.scalars(select(InterviewSlot.id)).all()) == 3
        assert len(session.scalars(select(InterviewBooking.id)).all()) == 1
    office, region, rival = (demo.browser(one) for one in (demo.kansli, demo.region, demo.rival_kansli))
    desk = office.get("/arbete").get_data(as_text=True)
    for text in ("Erbjud anställningsavtalet", "steg i introduktionen", "Skriv in anställningsbeslutet"):
        assert text in desk
    posts = office.get("/arbete/tjanster").get_data(as_text=True)
    assert "Partiet har 5,50 heltider. 4,50 är lediga." in posts
    for tail in ("", "/beslut", "/avtal", "/introduktion"):
        page = f"/arbete/anstallningar/{signed.employment.id}{tail}"
        assert (office.get(page).status_code, region.get(page).status_code) == (200, 200)
        assert rival.get(page).status_code == 404
    with demo.app.app_context():
        assert [finding for finding in findings(demo.app) if "påhittade" not in finding] == []


@pytest.mark.parametrize("demo", ["2026-11-26T10:00"], indirect=True)
def test_somebody_has_asked_the_region_for_the_minutes_of_a_meeting(demo: World) -> None:
    work_off_due(demo.app)  # that the recruitment was ended enters nothing twice
    region = demo.browser(demo.region)
    desk = region.get("/arbete/utlamnande").get_data(as_text=True)
    (request,) = set(re.findall(r"/arbete/utlamnande/[0-9a-f-]{36}", desk))
    page = region.get(request).get_data(as_text=True)
    assert "Protokoll från bedömningsmötet" in page and "Kvar att pröva" in page and "Ådalsbladet" in page
    with demo.acting(scope.authority(demo.authority)) as session:
        kinds = [*session.scalars(select(CaseRecord.kind)), *session.scalars(select(RegisterEntry.kind))]
        source = source_of(session, session.scalars(select(CaseRecord)).one())
    assert (kinds.count("minutes"), kinds.count("assessment")) == (1, 3)
    said = words_in(set_of(source)) if source else ""
    assert all(word in said for word in ("Gunnel Sundvall", "Elof Rehnström", "1 ansökan nummer"))
    assert demo.browser(demo.kansli).get(request).status_code == 404


def _contracts(demo: World) -> list[Held]:
    with demo.acting(scope.party(demo.party)) as session:
        ids = session.scalars(select(Employment.id)).all()
        found = [contract_of(session, id, on=clock.today()) for id in ids]
    held = [one for one in found if one is not None]
    assert len(held) == 2
    return sorted(held, key=lambda one: one.state is State.DRAFT)
