"""What an authority's candidate is told of the outcome is sent out, so it is a record: with a number, and to be read."""

import pypdfium2
from sqlalchemy import select

from portal import scope
from portal.disclosure.models import CoveredRecord
from portal.jobs.tasks import run_rounds
from portal.register.models import RegisterEntry
from tests.applicants import Sent
from tests.decisions.recruiting import HIRED, NOT_FURTHER, closed_recruitment, decide, proofread, release
from tests.disclosure.asking import prepared
from tests.forms import submit
from tests.privacy.candidates import Clock
from tests.world import Published, World


def told(world: World, set_clock: Clock, employer: str = "authority") -> tuple[Published, list[Sent]]:
    ad, sent = closed_recruitment(world, set_clock, 2, employer=employer)
    decide(world, ad, sent[:1], HIRED)
    decide(world, ad, sent[1:], NOT_FURTHER)
    proofread(world, ad)
    release(world, ad)
    run_rounds(world.app)
    return ad, sent


def test_each_word_has_a_number_of_its_own_and_is_opened_by_it(world: World, set_clock: Clock) -> None:
    _ad, sent = told(world, set_clock)
    with world.acting(scope.authority(world.authority)) as session:
        every = session.scalars(select(RegisterEntry).order_by(RegisterEntry.register_number)).all()
    words = [row for row in every if row.kind == "message_out"]
    assert [row.register_number for row in every] == list(range(1, len(every) + 1))
    assert {row.application_id for row in words} == {one.id for one in sent} and len(words) == 2
    browser = world.browser(world.region)
    (other,) = (row.id for row in words if row.application_id == sent[1].id)
    page = browser.get(f"/arbete/inkomna/nummer/{other}").get_data(as_text=True)
    assert "brev till den sökande" in page and "Upprättad" in page
    assert browser.get(f"/arbete/inkomna/nummer/{other}/1.png").status_code == 200
    assert "Brev till den sökande" in browser.get(f"/arbete/inkomna/{sent[1].id}").get_data(as_text=True)


def test_it_can_be_asked_for_and_handed_out(world: World, set_clock: Clock) -> None:
    _ad, sent = told(world, set_clock)
    request, (record,) = prepared(world, sent[1], "message_out")
    browser, url = world.browser(world.region), f"/arbete/utlamnande/{request}/handlingar/{record}"
    assert submit(browser, url, {"answer": "oppen"}, "Spara prövningen").status_code == 303
    assert len(pypdfium2.PdfDocument(browser.get(f"{url}.pdf").data)) == 1
    with world.acting(scope.authority(world.authority)) as session:
        assert session.get_one(CoveredRecord, record).handed_out == "oppen"


def test_a_party_is_no_authority_and_numbers_nothing(world: World, set_clock: Clock) -> None:
    told(world, set_clock, "party")
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(RegisterEntry)).all() == []
