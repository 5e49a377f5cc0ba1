"""The authority's register of arrived applications: in order, region-employed only, and every reading leaves a line."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.disclosure.queries import own
from portal.disclosure.queries import register as queries
from portal.register.models import ArrivalCounter
from portal.vault.services import the_vault
from tests.applicants import send_applications
from tests.applications.paper import applications_in, apply, letters, private_link
from tests.counting import statements
from tests.door import show
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
REGISTER = "/arbete/inkomna"


def lines(world: World) -> list[AuditLine]:
    with world.acting(scope.authority(world.authority)) as session:
        rows = select(AuditLine).where(AuditLine.chain_id == world.authority).order_by(AuditLine.number)
        return list(session.scalars(rows))


def test_every_region_employed_application_stands_there_newest_first(world: World, set_clock: Clock) -> None:
    own = send_applications(world, publish_ad(world), 2)
    late = send_applications(world, publish_ad(world, party=world.rival), 1, start=7, late=True)
    page = world.browser(world.region).get(REGISTER).get_data(as_text=True)
    places = [page.index(one.name) for one in (late[0], own[1], own[0])]
    assert places == sorted(places)
    assert page.count(">Sen</span>") == 1, "at the form, not at each of its files"
    assert "Dalpartiet" in page
    assert "23 november 2026 kl." in page


def test_what_chooses_the_lines_comes_before_them_where_it_is_narrow(world: World) -> None:
    """Wide, the sheet puts it beside them; the page itself has it first."""
    send_applications(world, publish_ad(world), 1)
    page = world.browser(world.region).get(REGISTER).get_data(as_text=True)
    assert page.index('<form method="get" class="filter"') < page.index("<table")


def test_the_number_is_told_to_the_authority_alone(world: World, client: FlaskClient) -> None:
    """The series is one for all parties, so it would count what others have got."""
    with world.writing(scope.PLATFORM) as session:
        session.add(ArrivalCounter(id=world.authority, last_number=73_911))
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    receipt = apply(client, ad)
    (sent,) = applications_in(world, ad)
    office, case = world.browser(world.kansli), f"/arbete/rekryteringar/{ad.id}/sokande"
    pages = [receipt, show(world, private_link(receipt)), office.get(case), office.get(f"{case}/{sent.id}")]
    assert [page.status_code for page in pages] == [200] * 4
    assert [page.request.path for page in pages if "73912" in page.get_data(as_text=True)] == []
    assert [letter.to for letter in letters(world) if "73912" in letter.body] == []
    assert "73912" in world.browser(world.region).get(f"{REGISTER}/{sent.id}").get_data(as_text=True)


def test_a_party_employed_application_is_neither_shown_nor_counted(world: World) -> None:
    hidden = send_applications(world, publish_ad(world, employer="party"), 3)
    shown = send_applications(world, publish_ad(world), 1, start=5)
    browser = world.browser(world.region)
    page = browser.get(REGISTER).get_data(as_text=True)
    assert not any(one.name in page for one in hidden)
    assert '<th scope="row">1</th>' in page, "the numbers have no gap that tells of others"
    assert browser.get(f"{REGISTER}/{shown[0].id}").status_code == 200
    foreign, unused = browser.get(f"{REGISTER}/{hidden[0].id}"), browser.get(f"{REGISTER}/{uuid4()}")
    assert (foreign.status_code, foreign.data) == (404, unused.data)


@pytest.mark.parametrize("role", ["kansli", "gunnel", "rival_kansli", "drift"])
def test_only_the_authority_reads_its_register(world: World, role: str) -> None:
    sent = send_applications(world, publish_ad(world), 1)
    browser = world.browser(getattr(world, role))
    assert browser.get(REGISTER).status_code == 404
    assert browser.get(f"{REGISTER}/{sent[0].id}").status_code == 404
    assert lines(world) == []


def test_each_reading_leaves_one_line(world: World) -> None:
    sent = send_applications(world, publish_ad(world), 1)
    browser = world.browser(world.region)
    browser.get(REGISTER)
    browser.get(f"{REGISTER}/{sent[0].id}")
    assert [(line.verb, line.object_id, line.actor) for line in lines(world)] == [
        ("register.read", None, f"person:{world.region}"),
        ("record.read", sent[0].id, f"person:{world.region}"),
    ]


def test_a_record_shows_all_that_was_sent_with_its_pages(world: World) -> None:
    sent = send_applications(world, publish_ad(world), 1)[0]
    browser = world.browser(world.region)
    page = browser.get(f"{REGISTER}/{sent.id}").get_data(as_text=True)
    for words in (sent.name, sent.email, "39\u00a0137 kronor", "på läktaren", "Så har jag gjort i uppgift 0-1."):
        assert words in page
    for number, status in ((1, 200), (2, 200), (3, 404)):
        picture = browser.get(f"{REGISTER}/{sent.id}/{sent.document}/{number}.png")
        assert picture.status_code == status
    first = browser.get(f"{REGISTER}/{sent.id}/{sent.document}/1.png")
    assert first.data.startswith(b"\x89PNG")
    assert "no-store" in first.headers["Cache-Control"]


def test_a_picture_is_not_found_under_another_application_or_by_another_role(world: World) -> None:
    one, other = send_applications(world, publish_ad(world), 2)
    browser = world.browser(world.region)
    assert browser.get(f"{REGISTER}/{other.id}/{one.document}/1.png").status_code == 404
    assert world.browser(world.kansli).get(f"{REGISTER}/{one.id}/{one.document}/1.png").status_code == 404


def test_an_erased_application_keeps_its_number_and_nothing_else(world: World) -> None:
    sent = send_applications(world, publish_ad(world), 1)[0]
    with world.app.app_context():
        the_vault().key_store.destroy(sent.id)
    browser = world.browser(world.region)
    assert "Uppgifterna är borttagna" in browser.get(REGISTER).get_data(as_text=True)
    assert "Uppgifterna i ansökan är borttagna" in browser.get(f"{REGISTER}/{sent.id}").get_data(as_text=True)


def test_one_who_took_it_back_still_stands_there(world: World) -> None:
    sent = send_applications(world, publish_ad(world), 1)[0]
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Application, sent.id).state = "withdrawn"
    assert "Tillbakatagen" in world.browser(world.region).get(REGISTER).get_data(as_text=True)


def test_long_registers_come_a_page_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (queries, own):
        monkeypatch.setattr(module, "ON_A_PAGE", 4)
    sent = send_applications(world, publish_ad(world), 3)
    browser = world.browser(world.region)
    page = browser.get(REGISTER).get_data(as_text=True)
    assert sent[0].name not in page
    assert f"{REGISTER}?fore=3" in page
    older = browser.get(f"{REGISTER}?fore=3").get_data(as_text=True)
    assert sent[0].name in older
    assert sent[2].name not in older
    assert browser.get(f"{REGISTER}?fore=hej").status_code == 200


@pytest.mark.counts
def test_the_register_asks_as_much_for_thirty_as_for_one(world: World) -> None:
    counts = []
    for start, n in ((0, 1), (1, 29)):
        send_applications(world, publish_ad(world), n, start=start)
        browser = world.browser(world.region)
        browser.get(REGISTER)
        with statements(world.app) as asked:
            browser.get(REGISTER)
        counts.append(asked.count)
    assert counts == [12, 12]


@pytest.mark.parametrize("number", [10**30, -(10**30), 2**31])
def test_a_number_of_any_size_in_the_address_is_no_fault(world: World, number: int) -> None:
    sent = send_applications(world, publish_ad(world), 1)[0]
    browser = world.browser(world.region)
    page = browser.get(f"{REGISTER}?fore={number}")
    assert (page.status_code, sent.name in page.get_data(as_text=True)) == (200, number > 0)
    assert browser.get(f"{REGISTER}/{sent.id}/{sent.document}/{number}.png").status_code == 404
