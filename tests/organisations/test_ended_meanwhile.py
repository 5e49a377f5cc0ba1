"""A membership that ends at the same instant as something else happens to it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import LoginSession
from portal.db import unit_of_work
from portal.organisations.models import Membership
from portal.organisations.services.inviting import end_membership
from tests.accounts.people import letters
from tests.at_once import second
from tests.forms import fields_of, submit
from tests.world import World

PEOPLE = "/arbete/personer"
Clock = Callable[[str], datetime]


@pytest.mark.parametrize("accepted", [False, True])
def test_nothing_is_sent_to_one_whose_membership_ends_at_that_instant(
    world: World, set_clock: Clock, accepted: bool
) -> None:
    office = world.browser(world.kansli)
    if accepted:
        id = world.memberships[world.gunnel]
    else:
        submit(office, PEOPLE, {"Namn": "Ny", "E-post": "ny@example.se", "role": "ledamot"})
        with world.acting(scope.PLATFORM) as session:
            id = session.scalars(select(Membership.id).where(Membership.accepted_at.is_(None))).one()
    set_clock((clock.now() + timedelta(minutes=5)).isoformat())
    before = len(letters(world))
    token = fields_of(office.get("/arbete/byt"))["csrf_token"][0]
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            end_membership(session, membership=session.get_one(Membership, id), by=world.kansli, at=clock.now())
            session.flush()
            the_other.begins(office.post, f"{PEOPLE}/{id}/skicka", data={"csrf_token": token})
        assert the_other.ends().status_code == 404
    assert len(letters(world)) == before


def test_nobody_stays_logged_in_whose_memberships_end_in_both_homes_at_once(world: World) -> None:
    with world.writing(scope.PLATFORM) as session:
        made = Membership(
            id=uuid4(), person_id=world.gunnel, role="ledamot", party_id=world.rival, created_at=clock.now(),
            accepted_at=clock.now(),
        )  # fmt: skip
        session.add(made)
        elsewhere = made.id
    gunnel, rival = world.browser(world.gunnel), world.browser(world.rival_kansli)
    token = fields_of(rival.get("/arbete/byt"))["csrf_token"][0]
    with second() as the_other:
        with world.app.app_context(), unit_of_work() as session:
            here = session.get_one(Membership, world.memberships[world.gunnel])
            end_membership(session, membership=here, by=world.kansli, at=clock.now())
            session.flush()
            the_other.begins(rival.post, f"{PEOPLE}/{elsewhere}/avsluta", data={"csrf_token": token})
        assert the_other.ends().status_code == 303
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(LoginSession).where(LoginSession.person_id == world.gunnel)).all()
    assert all(row.ended_at for row in rows)
    assert gunnel.get("/konto").status_code == 303
