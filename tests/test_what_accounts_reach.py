"""The page on what is lost with an account or a mailbox says what can be reached from there, step by step."""

import html

from flask.testing import FlaskClient

from portal import clock
from portal.db import unit_of_work
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.organisations.models import Membership
from portal.organisations.services.inviting import send_recovery
from portal.pages import lost
from tests.accounts.people import PASSWORD, code_now, give_account, letters, link_in, secret_on
from tests.accounts.test_invitation import enrol, invite
from tests.accounts.test_password import OTHER
from tests.applicants import send_applications
from tests.forms import submit, submit_page
from tests.world import World, publish_ad


def page(world: World) -> str:
    return html.unescape(world.browser().get("/sakerhet").get_data(as_text=True))


def test_whoever_runs_the_portal_can_let_themselves_in_and_those_there_are_told(world: World) -> None:
    ad = publish_ad(world, employer="party")
    (sent,) = send_applications(world, ad, 1)
    applicants = f"/arbete/rekryteringar/{ad.id}/sokande"
    drift, own = world.browser(world.drift), world.browser()
    assert drift.get(applicants).status_code == 404, "not before"
    home = {"Till vad": f"kansli:{world.party}", "Namn": "Dag", "E-post": "dag.privat@example.se"}
    assert submit(drift, "/drift/inbjudan", home).status_code == 303
    by_address = {one.to: one for one in letters(world)}
    assert by_address.keys() == {"dag.privat@example.se", "kansli@example.se"}, "those there are told"
    enrol(own, link_in(by_address["dag.privat@example.se"]))
    assert sent.name in own.get(applicants).get_data(as_text=True)
    told = lost.part("drift")
    assert "också sig själv" in told.tells["invites"] and "De som redan är där får ett mejl" in told.tells["invites"]
    assert told.tells["invites"] in page(world) and "utan en sådan inbjudan" in told.keeps


def test_an_unused_invitation_is_enough_to_come_in(world: World, client: FlaskClient) -> None:
    enrol(client, invite(world))
    assert client.get("/konto").status_code == 200
    told = lost.part("staff_mailbox")
    assert "sju dagar" in told.tells["invitation"] and told.tells["invitation"] in page(world)
    assert "Utan telefonens kod kommer ingen in" not in told.keeps


def test_so_is_a_letter_about_a_new_telephone_with_a_password_ordered_to_the_same_mailbox(
    world: World, client: FlaskClient
) -> None:
    email = give_account(world, world.gunnel)
    with world.app.app_context(), unit_of_work() as session:
        hers = session.get_one(Membership, world.memberships[world.gunnel])
        send_recovery(session, membership=hers, by=world.kansli, by_drift=False, at=clock.now())
    recovery = link_in(letters(world)[-1])
    submit(client, "/losenord", {"E-post": email})
    assert submit(client, link_in(letters(world)[-1]), {"Nytt lösenord": OTHER}).status_code == 303
    assert submit(client, recovery, {"Lösenord": PASSWORD}).status_code == 422
    chosen = submit(client, recovery, {"Lösenord": OTHER}).headers["Location"]
    shown = client.get(chosen)
    assert submit_page(client, shown, chosen, {"code": code_now(secret_on(shown))}).status_code == 303
    assert client.get("/konto").status_code == 200
    assert "ny telefon" in lost.part("staff_mailbox").tells["invitation"]


def test_the_keys_make_the_link_of_an_unused_invitation_again(world: World) -> None:
    path = invite(world)
    with world.app.app_context(), unit_of_work() as session:
        waiting = session.query(Membership).filter(Membership.accepted_at.is_(None)).one()
        token = token_of(session, purpose=Purpose.INVITATION, subject_id=waiting.id)
    assert token and path.endswith(token)
    assert "inbjudningar" in lost.part("database_and_key_file").tells["links"]
