"""Whoever was called off: who may come back, what stays of whoever is erased, and the days of the decision behind it."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.contracts.decision.rules import LimitWouldNotHold
from portal.contracts.decision.services.writing import write_decision
from portal.contracts.models import Employment
from portal.contracts.onboarding.queries import onboarding_of
from portal.contracts.written.models import Contract, ContractSignature, SignatureTakenBack
from portal.documents.models import FiledDocument
from portal.jobs.tasks import run_rounds
from portal.privacy.rights.services.leaving import take_back_and_keep
from portal.vault.services import the_vault
from tests.applicants import Sent
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, OFF, acts, change, employ, shown, stored
from tests.contracts.deciding import about, decision
from tests.contracts.hiring import fill, hired
from tests.contracts.onboarding_lists import add, begin
from tests.contracts.test_renewal import renew_them
from tests.contracts.written.contracting import EMPLOYER_SIGNS, Recorded, accept, offer, save, sign, take_back_signed
from tests.decisions.recruiting import proofread, release
from tests.decisions.test_outcome import save as save_outcome
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of
from tests.world import Published, World

REGISTER = "/arbete/anstallningar"


def employed(world: World, published: Published, one: Sent, **terms: str) -> UUID:
    """The employment of whom an employer is to employ, recorded on the page."""
    answer = fill(world.browser(world.kansli), published, one, **terms)
    return UUID(answer.headers["Location"].rsplit("/", 1)[1])


def leave(world: World, one: Sent) -> None:
    """The candidate takes the application back on their own page, and with the rounds it is gone."""
    link = link_of(world, one)
    assert submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan").status_code in (200, 303)
    run_rounds(world.app)
    with world.app.app_context():
        assert not the_vault().key_store.has(one.id)


def test_whoever_took_back_and_lies_sealed_does_not_come_back_over_another(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2, employer="party")
    office = world.browser(world.kansli)
    id = employed(world, published, sent[0])
    change(world, id, OFF, decided="2026-12-14")
    with world.writing(scope.candidate(sent[0].id)) as session:
        take_back_and_keep(session, application_id=sent[0].id, at=clock.now())
    run_rounds(world.app)
    assert save_outcome(office, published, sent[1].id, result="anstalls").status_code == 303
    assert fill(office, published, sent[1]).status_code == 303
    told = change(world, id, BACK)
    assert (told.status_code, stored(world, id).never_began) == (409, True)


def test_whoever_was_never_employed_and_is_erased_is_named_nowhere(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 1, employer="party")
    office = world.browser(world.kansli)
    id = employed(world, published, sent[0])
    proofread(world, published)
    assert release(world, published) == 1
    one = Recorded(world, world.party, id, sent[0].name)
    begin(world, id)
    add(world, id, f"Ge {sent[0].name} nycklar")
    save(one)
    offer(one)
    accept(one)
    assert sign(one, 1, EMPLOYER_SIGNS.name) is not None
    assert take_back_signed(one, f"{sent[0].name} hade inte skrivit under") is not None
    assert sign(one, 1, EMPLOYER_SIGNS.name, copy=b"%PDF-1.7 annan") is not None
    assert change(world, id, OFF, decided="2026-12-14", note=f"{sent[0].name} fick annat").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        papers = [row.blob for row in session.scalars(select(FiledDocument))]
    leave(world, sent[0])
    for page in ("", f"/{id}", f"/{id}/andra", f"/{id}/avtal", f"/{id}/beslut", f"/{id}/introduktion"):
        answer = office.get(f"{REGISTER}{page}")
        assert (answer.status_code, sent[0].name in answer.get_data(as_text=True)) == (200, False), page
    assert sent[0].name not in office.get(f"{REGISTER}/anstallningar.csv").get_data(as_text=True)
    assert "[raderad]" in office.get(REGISTER).get_data(as_text=True), "its line and its days stay"
    with world.acting(scope.party(world.party)) as session:
        gone_with_it = (Contract, ContractSignature, SignatureTakenBack)
        assert [session.scalars(select(model)).first() for model in gone_with_it] == [None] * 3
        assert onboarding_of(session, id) is None
    assert len(papers) >= 3 and not any(gone in _stored_blobs(world) for gone in papers)
    assert [act.note_sealed for act in acts(world, id)] == [None, None]
    assert (change(world, id, BACK).status_code, stored(world, id).never_began) == (409, True)


def _stored_blobs(world: World) -> set[str]:
    with world.app.app_context():
        return {name for name, _ in the_vault().blobs.names()}


@pytest.fixture
def renewed(world: World, set_clock: Clock) -> tuple[UUID, UUID, Sent]:
    """An employment from an ad, 20 to 31 December, its renewal, with a contract and first days, and whom they are of."""
    published, sent = hired(world, set_clock, 1, employer="party")
    id = employed(world, published, sent[0], starts="2026-12-20", ends="2026-12-31")
    assert renew_them(world, [id]) == 1
    with world.acting(scope.party(world.party)) as session:
        renewal = session.scalars(select(Employment.id).where(Employment.renews_id == id)).one()
    one = Recorded(world, world.party, renewal, sent[0].name)
    begin(world, renewal)
    add(world, renewal, f"Ge {sent[0].name} nycklar")
    save(one)
    return id, renewal, sent[0]


def test_the_renewal_that_was_called_off_names_nobody_who_is_erased_either(
    world: World, renewed: tuple[UUID, UUID, Sent]
) -> None:
    id, renewal, one = renewed
    for each in (renewal, id):
        assert change(world, each, OFF, decided="2026-12-14", note=f"{one.name} fick annat").status_code == 303
    leave(world, one)
    office = world.browser(world.kansli)
    for page in ("", f"/{renewal}", f"/{renewal}/andra", f"/{renewal}/avtal", f"/{renewal}/introduktion"):
        assert one.name not in office.get(f"{REGISTER}{page}").get_data(as_text=True), page
    assert [act.note_sealed for act in acts(world, renewal)] == [None, None]
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(Contract)).first() is None and onboarding_of(session, renewal) is None


def test_a_renewal_that_stands_when_its_person_is_erased_names_nobody_once_it_is_called_off(
    world: World, renewed: tuple[UUID, UUID, Sent]
) -> None:
    id, renewal, one = renewed
    for each in (renewal, id):
        assert change(world, each, OFF, decided="2026-12-14").status_code == 303
    assert change(world, renewal, BACK).status_code == 303, "it is to be after all, whatever became of the former"
    leave(world, one)
    register = world.browser(world.kansli).get(REGISTER)
    assert one.name in register.get_data(as_text=True), "somebody is still to come"
    assert change(world, renewal, OFF, decided="2026-12-14", note=one.name).status_code == 303
    assert one.name not in world.browser(world.kansli).get(f"{REGISTER}?visa=avslutade").get_data(as_text=True)
    assert one.name not in shown(world, renewal)


def test_whoever_is_employed_keeps_their_name_whatever_is_erased_of_others(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2, employer="party")
    office = world.browser(world.kansli)
    id = employed(world, published, sent[0])
    leave(world, sent[1])
    assert sent[0].name in office.get(f"{REGISTER}/{id}").get_data(as_text=True)


def test_what_is_planned_to_be_decided_is_called_off_before_that_day(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2)
    id = employed(world, published, sent[0], decided="2026-12-20")  # recorded on 14 December
    set_clock("2026-12-15T09:00")  # the candidate rings and says no
    for day, sentence in (
        ("2026-12-20", "Dagen har inte varit än."),
        ("2026-12-13", "Anställningen registrerades 14 december 2026."),
    ):
        told = change(world, id, OFF, decided=day)
        assert told.status_code == 422 and sentence in told.get_data(as_text=True).replace("\xa0", " ")
    assert change(world, id, OFF, decided="2026-12-15").status_code == 303
    assert (stored(world, id).never_began, stored(world, id).ends_on) == (True, date(2026, 12, 15))
    assert "blir inte av" in shown(world, id)
    assert change(world, id, BACK).status_code == 303
    assert (stored(world, id).never_began, stored(world, id).ends_on) == (False, date(2030, 12, 31))


def test_what_is_planned_to_be_decided_is_not_changed_before_that_day_and_is_led_to_calling_it_off(
    world: World, set_clock: Clock
) -> None:
    published, sent = hired(world, set_clock, 2)
    id = employed(world, published, sent[0], decided="2026-12-20")
    set_clock("2026-12-15T09:00")
    for button, fields in (
        (NOTICE, {"by": "employee", "given": "2026-12-15", "last_day": "2027-03-15"}),
        (END, {"decided": "2026-12-15", "ends": "2027-03-15"}),
        (EXTEND, {"decided": "2026-12-15"}),
    ):
        told = change(world, id, button, **fields)
        page = told.get_data(as_text=True).replace("\xa0", " ")
        assert told.status_code == 422 and "Skriv den dagen eller en senare" not in page, button
        assert "fattas 20 december 2026" in page and "Blir den inte av, skriv in det" in page, button


def test_once_the_decision_is_taken_the_calling_off_comes_after_it(world: World, set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 2, 1), ends=date(2030, 12, 31))
    told = change(world, id, OFF, decided="2026-11-19")
    assert told.status_code == 422 and "Det senaste beslutet" in told.get_data(as_text=True)


@pytest.mark.parametrize(("day", "holds"), [(date(2026, 11, 19), True), (date(2026, 9, 13), False)])
def test_kl_4_33_the_decision_day_of_what_was_called_off_is_put_right_as_of_what_runs(
    world: World, set_clock: Clock, day: date, holds: bool
) -> None:
    set_clock("2026-11-23T10:00")
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 2, 1), ends=date(2030, 12, 31))
    change(world, id, OFF, decided="2026-11-23")
    with world.writing(scope.party(world.party)) as session:
        if holds:
            assert write_decision(session, decision=decision(decided=day), **about(world, id))
        else:
            with pytest.raises(LimitWouldNotHold):
                write_decision(session, decision=decision(decided=day), **about(world, id))
    with world.acting(scope.party(world.party)) as session:
        row = session.get_one(Employment, id)
        assert (row.decided_on, row.never_began, row.ends_on) == (
            day if holds else date(2026, 11, 20),
            True,
            date(2026, 11, 23),
        )
