"""Wrong codes of a telephone that is gone shut nobody out from binding another, nor from what comes after it."""

from datetime import timedelta

from flask.testing import FlaskClient

from portal import clock
from portal.accounts.engines import code_at
from portal.db import unit_of_work
from portal.organisations.models import Membership
from portal.organisations.services.inviting import send_recovery
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, secret_on
from tests.forms import submit, submit_page
from tests.world import World


def test_wrong_codes_of_the_telephone_of_then_do_not_count_against_another(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.gunnel)
    lost = world.browser()
    submit(lost, "/logga-in", {"E-post": email, "Lösenord": PASSWORD})
    for _try in range(10):
        assert submit(lost, "/logga-in/kod", {"code": "000000"}).status_code == 422
    assert submit(lost, "/logga-in/kod", {"code": "000000"}).status_code == 429
    with world.app.app_context(), unit_of_work() as session:
        hers = session.get_one(Membership, world.memberships[world.gunnel])
        send_recovery(session, membership=hers, by=world.kansli, by_drift=False, at=clock.now())
    path = link_in(letters(world)[-1])
    chosen = submit(client, path, {"Lösenord": PASSWORD}).headers["Location"]
    page = client.get(chosen)
    secret = secret_on(page)
    assert submit_page(client, page, chosen, {"code": code_now(secret)}).status_code == 303, "another telephone"
    again = world.browser()
    submit(again, "/logga-in", {"E-post": email, "Lösenord": PASSWORD})
    following = code_at(secret, clock.now() + timedelta(seconds=30))
    assert submit(again, "/logga-in/kod", {"code": following}).status_code == 303


def test_the_first_code_is_tried_ten_times(world: World, client: FlaskClient) -> None:
    give_account(world, world.gunnel)
    with world.app.app_context(), unit_of_work() as session:
        hers = session.get_one(Membership, world.memberships[world.gunnel])
        send_recovery(session, membership=hers, by=world.kansli, by_drift=False, at=clock.now())
    chosen = submit(client, link_in(letters(world)[-1]), {"Lösenord": PASSWORD}).headers["Location"]
    told = [submit(client, chosen, {"code": "000000"}).status_code for _try in range(11)]
    assert told == [422] * 10 + [429]
