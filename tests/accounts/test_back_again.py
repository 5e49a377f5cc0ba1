"""Whoever was taken out of their only home and is invited anew may have another telephone by now."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.organisations.models import Membership
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, log_in, secret_on
from tests.forms import submit, submit_page
from tests.world import World


def back(world: World, by: str = "kansli") -> str:
    """Gunnel has left the party, and is invited anew by its office, or by the rival's."""
    give_account(world, world.gunnel)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.gunnel]).ended_at = clock.now()
    form = {"Namn": "Gunnel", "E-post": "gunnel@example.se", "role": "ledamot"}
    assert submit(world.browser(getattr(world, by)), "/arbete/personer", form).status_code == 303
    return link_in(letters(world)[-1])


@pytest.mark.parametrize("by", ["kansli", "rival_kansli"])
def test_they_come_in_by_the_link_their_password_and_a_telephone_bound_anew(
    world: World, client: FlaskClient, by: str
) -> None:
    path = back(world, by)
    assert "samma eller en annan" in client.get(path).get_data(as_text=True)
    chosen = submit(client, path, {"Lösenord": PASSWORD}).headers["Location"]
    page = client.get(chosen)
    secret = secret_on(page)
    assert submit_page(client, page, chosen, {"code": code_now(secret)}).status_code == 303
    assert client.get("/arbete").status_code == 200
    with world.acting(scope.PLATFORM) as session:
        homes = select(Membership).where(Membership.person_id == world.gunnel, Membership.ended_at.is_(None))
        (home,) = session.scalars(homes)
        assert home.accepted_at is not None
        assert home.party_id == (world.party if by == "kansli" else world.rival)
        verbs = select(AuditLine.verb).where(AuditLine.object_id == home.id).order_by(AuditLine.number)
        assert session.scalars(verbs).all()[-2:] == ["invitation.accepted", "account.factor_reset"]
    assert client.get(path).status_code == 404, "the link is used"
    assert "telefon" in letters(world)[-1].subject.lower() + letters(world)[-1].body.lower()


def test_a_wrong_password_opens_nothing(world: World, client: FlaskClient) -> None:
    path = back(world)
    told = submit(client, path, {"Lösenord": "något helt annat här"})
    assert told.status_code == 422 and "stämmer inte" in told.get_data(as_text=True)
    assert client.get(f"{path}/kod").status_code in (303, 404)


def test_who_logs_in_as_before_and_is_in_no_home_is_asked_the_same(world: World) -> None:
    path = back(world)
    browser = world.browser()
    log_in(browser, "gunnel@example.se")
    page = browser.get(path).get_data(as_text=True)
    assert "Tacka ja" not in page and 'name="password"' in page
