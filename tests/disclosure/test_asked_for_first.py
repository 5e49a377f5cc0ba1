"""What somebody has asked an authority for is there until they have their answer; and all of it can be asked for."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.models import CoveredRecord
from portal.disclosure.requests import Answer, Outcome, State
from portal.disclosure.routes import desk
from portal.disclosure.services.requesting import end_request
from portal.privacy.services.disposing import carry_out_due
from portal.privacy.services.holding import say_start
from portal.vault.services import the_vault
from tests.applicants import Sent, send_applications
from tests.decisions.recruiting import closed_recruitment, office, proofread, release
from tests.decisions.recruiting import decide as decide_of
from tests.disclosure.asking import covering, decide, entries_of, note, prepared, registrar, review
from tests.forms import submit
from tests.privacy.candidates import Clock
from tests.protection.applying import candidate_of, stage_protected
from tests.world import World, publish_ad

DESK = "/arbete/utlamnande"


def ripe(world: World, set_clock: Clock) -> list[Sent]:
    """Two of whom the authority has told the office that they go on 15 December 2028."""
    ad, sent = closed_recruitment(world, set_clock, 2)
    decide_of(world, ad, sent)
    proofread(world, ad)
    release(world, ad)
    with world.writing(scope.party(world.party)) as session:
        said = {"day": date(2026, 12, 14), "basis": "RS § 8", "actor": office(world), "at": clock.now()}
        say_start(session, ad_id=ad.id, **said)
    with world.app.app_context():
        assert carry_out_due(set_clock("2028-12-01T09:00")).told == 1
    return sent


def kept(world: World, sent: list[Sent]) -> list[bool]:
    return [the_vault().key_store.has(one.id) for one in sent]


def test_what_somebody_has_asked_for_is_not_disposed_of_before_they_are_answered(
    world: World, set_clock: Clock
) -> None:
    sent = ripe(world, set_clock)
    set_clock("2028-12-14T09:00")
    prepared(world, sent[0], "application")
    with world.app.app_context():
        gone = carry_out_due(set_clock("2028-12-15T09:00"))
        assert (gone.disposed, kept(world, sent)) == (1, [True, False])
    page = world.browser(world.kansli).get("/arbete/sparade").get_data(as_text=True)
    assert "Sparas tills en begäran är besvarad: en ansökan." in page


def test_what_is_asked_for_is_kept_also_before_anybody_has_chosen_what_it_is(world: World, set_clock: Clock) -> None:
    """Nobody knows yet what it is about; and while nobody answers, the desk says so, for years if need be."""
    sent = ripe(world, set_clock)
    set_clock("2028-12-15T07:30")
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Alla ansökningar till tjänsten")
    with world.app.app_context():
        carry_out_due(set_clock("2028-12-15T09:00"))
        assert kept(world, sent) == [True, True]
    office, registrar_page = world.browser(world.kansli), world.browser(world.region)
    assert "Sparas tills en begäran är besvarad: två ansökningar." in office.get("/arbete/sparade").get_data(
        as_text=True
    )
    told = registrar_page.get(f"{DESK}/{request}").get_data(as_text=True)
    assert "ingenting gallras hos myndigheten. Välj handlingarna" in told
    set_clock("2031-03-03T09:00")
    with world.app.app_context():
        carry_out_due(clock.now())
        assert kept(world, sent) == [True, True]
    desk_page = world.browser(world.region).get("/arbete").get_data(as_text=True)
    assert "Försenat" in desk_page and f"{DESK}/{request}" in desk_page
    assert "inga handlingar valda än, så inget gallras" in desk_page
    with world.writing(scope.authority(world.authority)) as session:
        end_request(session, actor=registrar(world), request_id=request, then=State.TAKEN_BACK, at=clock.now())
    with world.app.app_context():
        assert carry_out_due(clock.now()).told == 1, "told of anew"
        carry_out_due(set_clock("2031-03-18T09:00"))
        assert kept(world, sent) == [False, False]


def test_what_is_decided_with_nothing_chosen_waits_until_it_is_answered(world: World, set_clock: Clock) -> None:
    sent = ripe(world, set_clock)
    set_clock("2028-12-15T07:30")
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world, asked="Något annat")
        decide(session, world, request, "Finns inte.", Outcome.REFUSED)
    with world.app.app_context():
        carry_out_due(set_clock("2028-12-15T09:00"))
        assert kept(world, sent) == [True, True]
    browser = world.browser(world.region)
    assert "inget gallras förrän svaret är lämnat" in browser.get("/arbete").get_data(as_text=True)
    page = f"{DESK}/{request}"
    assert "Ingenting gallras hos myndigheten förrän svaret är lämnat" in browser.get(page).get_data(as_text=True)
    assert submit(browser, page, {}, "Svaret är lämnat").status_code == 303
    with world.app.app_context():
        assert carry_out_due(set_clock("2028-12-15T10:00")).told == 1
        carry_out_due(set_clock("2028-12-30T10:00"))
        assert kept(world, sent) == [False, False]


@pytest.mark.parametrize("answer", [Answer.OPEN, Answer.WITHHELD])
def test_what_was_refused_is_kept_until_nobody_can_appeal(world: World, set_clock: Clock, answer: Answer) -> None:
    sent = ripe(world, set_clock)
    set_clock("2028-12-15T00:30")
    request, (record,) = prepared(world, sent[0], "application")
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, answer, ground="osl-21-3" if answer is Answer.WITHHELD else "")
        decide(session, world, request, "Beslut.", Outcome.WHOLE if answer is Answer.OPEN else Outcome.REFUSED)
    with world.writing(scope.authority(world.authority)) as session:
        end_request(session, actor=registrar(world), request_id=request, then=State.ANSWERED, at=clock.now())
    with world.app.app_context():
        carry_out_due(set_clock("2028-12-15T09:00"))
        assert kept(world, sent) == [answer is Answer.WITHHELD, False]
        carry_out_due(set_clock("2029-01-20T09:00"))  # told of anew
        carry_out_due(set_clock("2029-02-04T09:00"))
        assert kept(world, sent) == [False, False]


def test_all_of_a_case_is_all_of_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    send_applications(world, publish_ad(world), 3)  # six records
    monkeypatch.setattr(desk, "OFFERED", 4)
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
    page = f"{DESK}/{request}/handlingar"
    assert submit(world.browser(world.region), page, {}, "Välj alla i ärendet").status_code == 303
    with world.acting(scope.authority(world.authority)) as session:
        covered = set(session.scalars(select(CoveredRecord.entry_id)))
    assert covered == {one.id for one in entries_of(world)}


def test_a_cv_under_a_code_name_is_not_said_to_be_gone(world: World) -> None:
    id = stage_protected(world, publish_ad(world))
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        (record,) = covering(session, world, request, candidate_of(id), "cv")
    registrar, place = world.browser(world.region), f"{DESK}/{request}/handlingar/{record}"
    page = registrar.get(place).get_data(as_text=True)
    refused = submit(registrar, place, {"answer": "oppen"}, "Spara prövningen")
    told = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "ligger under en egen nyckel och kan inte lämnas ut härifrån" in told
    for shown in (page, told):
        assert "Det finns inget kvar av handlingen" not in shown and "ligger under en egen nyckel. Bara" in shown
    withheld = {"answer": "hemlig", "ground": "osl-21-3"}
    assert submit(registrar, place, withheld, "Spara prövningen").status_code == 303


def test_whoever_of_the_authority_has_applied_reads_nobody_who_did_too(world: World, set_clock: Clock) -> None:
    ad, (rival, _other) = closed_recruitment(world, set_clock, 2, answered=False)
    send_applications(world, ad, 1, start=5, emails=("region@example.se",))
    registrar = world.browser(world.region)
    assert registrar.get(f"/arbete/inkomna/{rival.id}").status_code == 404
    for line in entries_of(world):
        assert registrar.get(f"/arbete/inkomna/nummer/{line.id}").status_code == 404
        assert registrar.get(f"/arbete/inkomna/nummer/{line.id}/1.png").status_code == 404
    assert rival.name in registrar.get("/arbete/inkomna").get_data(as_text=True), "the register itself is public"
    files = registrar.get("/arbete/inkomna/register.zip?filer=ja")
    assert not [name for name in ZipFile(BytesIO(files.data)).namelist() if not name.startswith("register")]


def test_the_folder_is_named_by_the_day_it_is_here(world: World, set_clock: Clock) -> None:
    closed_recruitment(world, set_clock, 1)
    set_clock("2027-01-01T00:30")
    taken = world.browser(world.region).get("/arbete/inkomna/register.zip")
    assert "register-2027-01-01.zip" in taken.headers["Content-Disposition"]
