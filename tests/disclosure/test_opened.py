"""Every record that has a number can be opened by its authority, leaves a reading, and is nobody else's."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pypdfium2
import pytest
from sqlalchemy import delete, select, update

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.disclosure.engines import papers_of
from portal.disclosure.models import CoveredRecord, DisclosureRequest
from portal.disclosure.queries.records import Source, entry_of, source_of
from portal.disclosure.requests import Answer, Outcome, State
from portal.disclosure.services.closing import complete_what_was_numbered, enter_what_was_made, forget_what_was_made
from portal.disclosure.services.marking import ProtectedUnmarked
from portal.disclosure.services.requesting import end_request
from portal.documents.engines.layout import LINES
from portal.jobs.tasks import work_off_due
from portal.register.models import CaseRecord, MadeRecord, RegisterEntry
from tests.applicants import Sent, send_applications
from tests.applications.paper import apply, private_link
from tests.applications.test_changing import NEW_CV, change
from tests.disclosure.asking import covering, decide, entries_of, mark, note, registrar, review, verbs
from tests.door import own_browser
from tests.forms import submit
from tests.protection.applying import candidate_of, stage_protected
from tests.review.meetings import all_handed_in, hold_whole_meeting
from tests.review.panel import CLOSED, Panel
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
REGISTER, DESK = "/arbete/inkomna", "/arbete/utlamnande"


def set_of(source: Source) -> bytes:
    """The paper that is set of what was typed."""
    assert source.kind == LINES
    (paper,) = papers_of([source.data.decode()])
    return paper


def words_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_file_that_was_replaced_is_opened_page_by_page_and_each_opening_is_logged(world: World) -> None:
    own, ad = own_browser(world), publish_ad(world)
    link = private_link(apply(own, ad))
    first = next(row for row in entries_of(world) if row.kind == "cv")
    assert change(own, link, files=NEW_CV) == 303
    work_off_due(world.app)
    browser, address = world.browser(world.region), f"{REGISTER}/nummer/{first.id}"
    listed = browser.get(f"{REGISTER}/{first.application_id}").get_data(as_text=True)
    assert f'href="{address}"' in listed.split("Före ändringen")[1], "it is found where it was replaced"
    page = browser.get(address).get_data(as_text=True)
    assert f"Nummer {first.register_number}: meritförteckning" in page and f"{address}/1.png" in page
    assert browser.get(f"{address}/1.png").data.startswith(b"\x89PNG")
    for number in (0, 99, 10**30):
        assert browser.get(f"{address}/{number}.png").status_code == 404
    assert verbs(world)[-1] == "record.read"
    with world.acting(scope.authority(world.authority)) as session:
        last = session.scalars(
            select(AuditLine).where(AuditLine.verb == "record.read").order_by(AuditLine.at.desc())
        ).first()
        assert last is not None and last.object_id == first.id


def test_nobody_else_and_no_other_authority_opens_one(world: World) -> None:
    """It exists, and answers like one that does not."""
    sent = send_applications(world, publish_ad(world), 1)[0]
    hidden = send_applications(world, publish_ad(world, employer="party"), 1, start=4)[0]
    (form, _cv) = entries_of(world)
    unused = world.browser(world.region).get(f"{REGISTER}/nummer/{uuid4()}")
    for person in (world.kansli, world.rival_kansli, world.gunnel, world.drift):
        browser = world.browser(person)
        for tail in ("", "/1.png"):
            assert browser.get(f"{REGISTER}/nummer/{form.id}{tail}").status_code == 404
    region = world.browser(world.region)
    for id in (sent.id, hidden.id, hidden.document):
        answer = region.get(f"{REGISTER}/nummer/{id}")
        assert (answer.status_code, answer.data) == (404, unused.data)
    assert region.get(f"{REGISTER}/protokoll/{form.id}.pdf").status_code == 404


@pytest.fixture
def met(world: World, set_clock: Clock) -> Panel:
    """An authority's case whose panel has met, and which is now over."""
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    panel = Panel(world, ad, send_applications(world, ad, 3), set_clock)
    set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    all_handed_in(panel)
    hold_whole_meeting(panel)
    with world.writing(scope.party(world.party)) as session:
        assert enter_what_was_made(session, ad_id=ad.id, at=clock.now()) == 4
        assert enter_what_was_made(session, ad_id=ad.id, at=clock.now()) == 0, "nothing twice"
    return panel


def test_an_assessment_says_what_was_handed_in_though_the_authority_never_sees_the_scores(
    world: World, met: Panel
) -> None:
    one = met.sent[0]
    with world.acting(scope.authority(world.authority)) as session:
        rows = select(RegisterEntry).where(RegisterEntry.kind == "assessment", RegisterEntry.application_id == one.id)
        entry = session.scalars(rows).one()
        source = source_of(session, entry)
        sealed = session.scalars(select(MadeRecord.lines_sealed)).all()
    assert source is not None
    said = words_in(set_of(source))
    assert all(word in said for word in (one.name, "Gunnel", "Elof", "Gemensam bedömning", "Skriver bäst av de tre."))
    assert not any(one.name.encode() in bytes(row) for row in sealed)
    page = world.browser(world.region).get(f"{REGISTER}/nummer/{entry.id}").get_data(as_text=True)
    assert "bedömning" in page and "/1.png" in page
    with world.writing(scope.party(world.party)) as session:
        forget_what_was_made(session, application_id=one.id)
    with world.acting(scope.authority(world.authority)) as session:
        entry_now = entry_of(session, entry.id)
        assert entry_now is not None and source_of(session, entry_now) is None, "the number stays"
        assert len(session.scalars(select(MadeRecord)).all()) == 2


def test_an_assessment_that_was_numbered_before_it_was_frozen_is_frozen_afterwards_and_says_so(
    world: World, met: Panel
) -> None:
    gone, *left = met.sent
    with world.writing(scope.party(world.party)) as session:
        session.execute(delete(MadeRecord))  # as it was until migration 0029
        session.execute(update(Application).where(Application.id == gone.id).values(name_sealed=None))
    for made in (len(left), 0):
        with world.writing(scope.party(world.party)) as session:
            assert complete_what_was_numbered(session, at=clock.now()) == made
    with world.acting(scope.authority(world.authority)) as session:
        rows = select(RegisterEntry).where(RegisterEntry.kind == "assessment").order_by(RegisterEntry.register_number)
        sources = {row.application_id: source_of(session, row) for row in session.scalars(rows)}
    assert sources[gone.id] is None, "of whoever is disposed of nothing is written down again"
    kept = sources[left[0].id]
    assert kept is not None
    said = words_in(set_of(kept))
    assert left[0].name in said and "Gunnel" in said and "Nedtecknad i efterhand den 14 december 2026." in said


def test_minutes_have_their_number_and_call_nobody_by_name(world: World, met: Panel) -> None:
    with world.acting(scope.authority(world.authority)) as session:
        record = session.scalars(select(CaseRecord)).one()
    numbers = [row.register_number for row in entries_of(world)]
    assert sorted([*numbers, record.register_number]) == list(range(1, 11)), "one series, unbroken"
    browser = world.browser(world.region)
    listed = browser.get(REGISTER).get_data(as_text=True)
    assert f"{REGISTER}/protokoll/{record.id}.pdf" in listed
    said = words_in(browser.get(f"{REGISTER}/protokoll/{record.id}.pdf").data)
    assert all(word in said for word in ("ansökan nummer 3", "Gunnel Sundvall", "Plats 1", "omröstning"))
    assert not any(name in said for one in met.sent for name in one.name.split())
    assert verbs(world)[-1] == "minutes.read"
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Protokollet")
    page = browser.get(f"{DESK}/{request}/handlingar?arende={met.ad.id}").get_data(as_text=True)
    assert f"{record.register_number} Protokoll från bedömningsmötet, hela ärendet" in page
    for person in (world.kansli, world.rival_kansli, world.drift):
        assert world.browser(person).get(f"{REGISTER}/protokoll/{record.id}.pdf").status_code == 404


def test_a_request_and_its_decision_have_numbers_in_the_series_and_a_diary_number(world: World, sent: Sent) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Allt om Kvittjärn")
        decide(session, world, request, "Finns inte.", Outcome.REFUSED)
    browser, one = world.browser(world.region), f"{DESK}/{request}"
    page = browser.get(one).get_data(as_text=True)
    assert "Nummer 4." in page
    for typed, status in (("", 422), ("RS/2026/77", 303)):
        assert submit(browser, one, {"number": typed}, button="Spara diarienumret").status_code == status
    listed = browser.get(REGISTER).get_data(as_text=True)
    assert (
        listed.index("Beslut om utlämnande</a>")
        < listed.index(">Begäran om handlingar</a></span>")
        < listed.index(sent.name)
    )
    assert listed.count("RS/2026/77") == 2 and "Kvittjärn" not in listed
    case = listed.split(f"{REGISTER}/arenden/")[1].split('"')[0]
    of_case = browser.get(f"{REGISTER}?arende={case}").get_data(as_text=True)
    assert ">Begäran om handlingar</a></span>" not in of_case
    with world.acting(scope.PLATFORM) as session:
        assert session.scalars(select(DisclosureRequest.diary_number)).one() == "RS/2026/77"
    assert verbs(world).count("request.numbered") == 1


def test_a_protected_identity_brings_its_mark_and_keeps_it(world: World, sent: Sent) -> None:
    """No tick of anybody's sets it, and none takes it away."""
    ad = publish_ad(world)
    protected = replace(sent, id=stage_protected(world, ad))
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        (record,) = covering(session, world, request, protected, "application")
        covering(session, world, request, sent, "application")
        rows = session.scalars(select(CoveredRecord)).all()
        assert {row.application_id: row.protected for row in rows} == {protected.id: True, sent.id: False}
    with pytest.raises(ProtectedUnmarked), world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN, protected=False)
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
        review(session, world, request, record, Answer.MASKED, protected=False)
        assert session.get_one(CoveredRecord, record).protected
    browser = world.browser(world.region)
    assert browser.get(REGISTER).get_data(as_text=True).count("Skyddade uppgifter") == len(
        [row for row in entries_of(world) if row.application_id == protected.id]
    )
    of_record = f"{DESK}/{request}/handlingar/{record}"
    pages = [f"{DESK}/{request}", of_record, f"{of_record}/1"]
    assert all("Skyddade uppgifter" in browser.get(page).get_data(as_text=True) for page in pages)
    choose = browser.get(f"{DESK}/{request}/handlingar?arende={ad.id}").get_data(as_text=True)
    assert "Skyddade uppgifter" in choose, "where records are chosen too"
    with world.writing(scope.authority(world.authority)) as session:
        end_request(session, actor=registrar(world), request_id=request, then=State.TAKEN_BACK, at=clock.now())
    assert all("Skyddade uppgifter" in browser.get(page).get_data(as_text=True) for page in pages), "taken back too"


def test_a_cv_under_a_code_name_has_its_number_and_only_its_reader_opens_it(world: World) -> None:
    id = stage_protected(world, publish_ad(world))
    (entry,) = [row for row in entries_of(world) if row.application_id == id and row.kind == "cv"]
    browser = world.browser(world.region)
    shown = browser.get(f"{REGISTER}/nummer/{entry.id}").get_data(as_text=True)
    assert f"Nummer {entry.register_number}: meritförteckning" in shown
    assert "ligger under en egen nyckel" in shown and "<img" not in shown
    assert browser.get(f"{REGISTER}/nummer/{entry.id}/1.png").status_code == 404
    taken = zipfile.ZipFile(io.BytesIO(browser.get(f"{REGISTER}/register.zip?filer=ja").data))
    assert str(entry.register_number) in taken.read("register.csv").decode()
    assert not [name for name in taken.namelist() if "hemligstrom" in name]
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        (record,) = covering(session, world, request, candidate_of(id), "cv")
    page = browser.get(f"{DESK}/{request}/handlingar/{record}")
    assert page.status_code == 200 and "Gralarka" not in page.get_data(as_text=True)
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.WITHHELD, protected=True, ground="osl-21-3")
