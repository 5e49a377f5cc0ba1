"""Setting up by pages: the first operator by command, then authorities, parties and their first people."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.accounts.commands import accounts
from portal.db import db
from portal.organisations.models import Authority, Membership, Party
from portal.organisations.queries import retention_of
from portal.vault.models import ControllerKey
from tests.accounts.people import letters, link_in
from tests.forms import submit
from tests.organisations.test_people import press
from tests.world import World

OFFICER = "Dataskyddsombudet, dso@example.se, 070-174 06 31"


def test_the_first_operator_is_invited_by_command(world: World) -> None:
    answer = world.app.test_cli_runner().invoke(accounts, ["invite", "Ny.Drift@Example.se", "--role", "drift"])
    assert answer.exit_code == 0, answer.output
    path = link_in(letters(world)[-1])
    assert answer.output.splitlines()[-1] == f"http://localhost{path}"
    assert "driva portalen" in world.browser().get(path).get_data(as_text=True)
    with world.app.app_context():
        assert db.session.scalars(select(Membership).where(Membership.accepted_at.is_(None))).one().role == "drift"


def test_an_impossible_address_is_refused_in_words(world: World) -> None:
    answer = world.app.test_cli_runner().invoke(accounts, ["invite", "ingen adress", "--role", "drift"])
    assert answer.exit_code == 2
    assert "namn@exempel.se" in answer.output


def test_an_authority_a_party_and_its_office_come_into_being_on_pages(world: World) -> None:
    drift = world.browser(world.drift)
    added = submit(
        drift, "/drift/myndighet", {"Namn": "Region Fjärran", "kind": "region", "controller_name": "Regionstyrelsen"}
    )
    assert added.status_code == 303
    with world.app.app_context():
        authority = db.session.scalars(select(Authority).where(Authority.name == "Region Fjärran")).one()
    party_form = {
        "authority": str(authority.id),
        "Partiets namn": "Kustpartiet",
        "hue": "145",
        "controller_name": "Kust",
    }
    assert submit(drift, "/drift/parti", party_form).status_code == 303
    with world.app.app_context():
        party = db.session.scalars(select(Party).where(Party.name == "Kustpartiet")).one()
        keys = set(db.session.scalars(select(ControllerKey.controller_id)))
        assert {authority.id, party.id} <= keys
        assert (party.hue, len(party.key)) == (145, 13)
    data = {"Till vad": f"kansli:{party.id}", "Namn": "Ny", "E-post": "ny@example.se"}
    assert submit(drift, "/drift/inbjudan", data).status_code == 303
    assert "Kustpartiet" in world.browser().get(link_in(letters(world)[-1])).get_data(as_text=True)
    assert "Kustpartiet" in drift.get("/drift").get_data(as_text=True)
    assert "Ny" in drift.get(f"/drift/personer/{party.id}").get_data(as_text=True)


@pytest.mark.parametrize(
    "same", ["dalpartiet", "DALPARTIET", "Dal\u200bpartiet", "\u2060Dalpartiet", "Dalpartie\uff54"]
)
def test_a_name_that_reads_the_same_is_taken(world: World, same: str) -> None:
    party = {"authority": str(world.authority), "Partiets namn": same, "hue": "0", "controller_name": "Vi"}
    answer = submit(world.browser(world.drift), "/drift/parti", party)
    assert answer.status_code == 422 and "finns redan" in answer.get_data(as_text=True)
    as_upper = {"Namn": "REGION ÅDALEN", "kind": "region", "controller_name": "Vi"}
    assert submit(world.browser(world.drift), "/drift/myndighet", as_upper).status_code == 422


def test_a_party_writes_its_own_name_otherwise(world: World) -> None:
    answer = submit(world.browser(world.kansli), "/arbete/parti", {"Partiets namn": "NärvårdsPartiet"})
    assert answer.status_code == 303


def test_a_name_is_taken_once_and_what_was_typed_is_kept(world: World) -> None:
    drift = world.browser(world.drift)
    region = {"Namn": "Region Ådalen", "kind": "kommun", "controller_name": "Vi"}
    party = {"authority": str(world.authority), "Partiets namn": "Dalpartiet", "hue": "0", "controller_name": "Vi"}
    for address, data in (("/drift/myndighet", region), ("/drift/parti", party)):
        answer = submit(drift, address, data)
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert "finns redan" in page
        assert 'value="Vi"' in page
    empty = submit(drift, "/drift/parti", {"Partiets namn": "Nytt", "hue": None})
    assert "Välj en färg." in empty.get_data(as_text=True)


def test_only_drift_runs_the_installation(world: World, client: FlaskClient) -> None:
    pages = ["/drift", "/drift/myndighet", "/drift/parti", "/drift/inbjudan", "/drift/personer",
             f"/drift/parti/{world.party}", f"/drift/myndighet/{world.authority}",
             f"/drift/personer/{world.party}"]  # fmt: skip
    for page in pages:
        assert client.get(page).status_code == 303
        for person in (world.kansli, world.gunnel, world.region):
            assert world.browser(person).get(page).status_code == 404
        assert world.browser(world.drift).get(page).status_code == 200


def words_of(controller: Party | Authority) -> str:
    return retention_of(db.session, controller, clock.today())[1]


def test_an_office_changes_its_own_partys_look_and_rules(world: World) -> None:
    client = world.browser(world.kansli)
    data = {
        "name": "Närvårdspartiet i Ådalen",
        "hue": "300",
        "retention_rule": "Styrelsens beslut § 12",
        "data_officer": OFFICER,
    }
    assert submit(client, "/arbete/parti", data).status_code == 303
    with world.app.app_context():
        party, rival = db.session.get_one(Party, world.party), db.session.get_one(Party, world.rival)
        assert (party.name, party.hue, words_of(party)) == ("Närvårdspartiet i Ådalen", 300, "Styrelsens beslut § 12")
        assert party.data_officer == OFFICER
        assert rival.name == "Dalpartiet"
    assert submit(client, "/arbete/parti", {"name": "Dalpartiet"}).status_code == 422
    for person in (world.gunnel, world.region, world.drift):
        assert world.browser(person).get("/arbete/parti").status_code == 404


def test_a_region_changes_its_own_rules_and_drift_may_too(world: World) -> None:
    client = world.browser(world.region)
    data = {"disposal_decision": "Gallringsbeslut 2026 § 9", "contact_email": "Fragor@example.se"}
    data["data_officer"] = OFFICER
    assert submit(client, "/arbete/myndighet", data).status_code == 303
    assert submit(client, "/arbete/myndighet", {"contact_email": "ingen adress"}).status_code == 422
    drift = world.browser(world.drift)
    assert "2026 § 9" in drift.get("/drift").get_data(as_text=True)
    changed = {"controller_name": "Regionstyrelsen"}
    assert submit(drift, f"/drift/myndighet/{world.authority}", changed).status_code == 303
    assert (
        submit(drift, f"/drift/parti/{world.rival}", {"hue": "180", "retention_rule": "Beslut § 24"}).status_code == 303
    )
    with world.app.app_context():
        authority = db.session.get_one(Authority, world.authority)
        assert (words_of(authority), authority.data_officer) == ("Gallringsbeslut 2026 § 9", OFFICER)
        assert db.session.get_one(Party, world.rival).hue == 180


def test_drift_ends_and_sends_again_for_any_home(world: World) -> None:
    drift = world.browser(world.drift)
    answer = press(drift, f"/arbete/personer/{world.memberships[world.elof]}/avsluta")
    assert answer.headers["Location"] == f"/drift/personer/{world.party}"
    assert press(drift, f"/arbete/personer/{world.memberships[world.region]}/skicka").status_code == 303


def test_nobody_comes_into_a_house_by_whoever_runs_the_portal_unseen_by_those_who_live_there(world: World) -> None:
    drift = world.browser(world.drift)
    for to, told in (
        (f"kansli:{world.party}", "kansli@example.se"),
        (f"kansli:{world.rival}", "rival_kansli@example.se"),
        (f"region:{world.authority}", "region@example.se"),
    ):
        before, address = len(letters(world)), f"{told.partition('@')[0]}@utifran.example"
        form = {"Namn": "Utifrån", "E-post": address, "Till vad": to}
        for _press in range(2):
            assert submit(drift, "/drift/inbjudan", form).status_code == 303
        came = letters(world)[before:]
        assert sorted(letter.to for letter in came) == sorted([told, address])
        (letter,) = [one for one in came if one.to == told]
        assert letter.subject == "Någon är inbjuden till er" and "http" not in letter.body
        for word in ("Utifrån", "utifran", "parti", "Region"):
            assert word not in letter.body + letter.subject
    before = len(letters(world))
    submit(drift, "/drift/inbjudan", {"Namn": "Ny", "E-post": "ny@drift.example", "Till vad": "drift:"})
    assert [letter.to for letter in letters(world)[before:]] == ["ny@drift.example"]
