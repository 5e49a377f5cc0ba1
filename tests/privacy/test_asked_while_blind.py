"""In a small party one of the office assesses too: what a candidate has asked for tells them nobody's code name."""

import pytest

from portal import clock, scope
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.asking import ask
from tests.forms import submit
from tests.privacy.candidates import requests_in
from tests.privacy.test_registered import NEW
from tests.review.blind import approve_all, code_name, machine_says, make_blind, work
from tests.review.panel import Panel

SAID = "Jag heter Elin Forsvik, med accent."


@pytest.fixture
def blind(panel_of_three: Panel, monkeypatch: pytest.MonkeyPatch) -> Panel:
    """A blind review in which the office's person assesses beside another, and has said that they know nobody."""
    panel = panel_of_three
    panel.name(panel.people[0], panel.world.kansli)
    machine_says(monkeypatch)
    make_blind(panel)
    work(panel)
    panel.declare(panel.world.kansli)
    approve_all(panel)
    return panel


def asked(panel: Panel) -> str:
    """The first candidate asks on their own page. The office's page of it."""
    one = panel.sent[0]
    with panel.world.writing(scope.candidate(one.id)) as session:
        ask(session, application_id=one.id, kind=Kind.CORRECTION, text=SAID, at=clock.now())
    return f"/arbete/begaran/{requests_in(panel.world)[0].id}"


def test_what_they_ask_stands_beside_no_code_name_and_is_answered_all_the_same(blind: Panel) -> None:
    office, place, name = blind.world.browser(blind.world.kansli), asked(blind), code_name(blind, blind.sent[0])
    page = office.get(place).get_data(as_text=True)
    assert SAID in page and name not in page and "Visas inte" in page
    given = {"result": "refused", "text": "Namnet kan du rätta på din egen sida."}
    assert submit(office, place, given, "Skicka svaret").status_code == 303
    for where in (place, f"{place}/brev", "/arbete/begaran"):
        assert name not in office.get(where).get_data(as_text=True)


def test_a_request_is_registered_for_none_whose_name_is_shut_and_the_page_says_who_can(blind: Panel) -> None:
    page = blind.world.browser(blind.world.kansli).get(f"{NEW}?annons={blind.ad.id}").get_data(as_text=True)
    for one in blind.sent:
        assert code_name(blind, one) not in page and one.name not in page
    assert "utan namn" in page and "sin egen sida" in page


def test_one_of_the_office_who_does_not_assess_sees_the_name(panel_of_three: Panel) -> None:
    make_blind(panel_of_three)
    office, place = panel_of_three.world.browser(panel_of_three.world.kansli), asked(panel_of_three)
    one = panel_of_three.sent[0]
    assert one.name in office.get(place).get_data(as_text=True)
    assert one.name in office.get(f"{NEW}?annons={panel_of_three.ad.id}").get_data(as_text=True)
