"""Filled in, offered, accepted and taken back: what can be done when, and what the database itself refuses."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.contracts.written.filling import Signatory
from portal.contracts.written.models import Contract, ContractSignature
from portal.contracts.written.queries import signatures_of, words_of_paper
from portal.contracts.written.refusals import (
    ChangedSince,
    DecisionToCome,
    EmploymentOver,
    NotNow,
    StillOpen,
)
from portal.contracts.written.services import offer_contract, take_back_contract
from portal.contracts.written.states import State
from portal.documents.models import FiledDocument
from portal.documents.services import keep_filed
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    PAPER,
    Recorded,
    accept,
    accepted,
    offer,
    recorded,
    save,
    sign,
    signed,
    take_back,
)
from tests.world import World

Clock = Callable[[str], datetime]
VASTERNORRLAND, JAMTLAND, VARMLAND = "region-vasternorrland", "region-jamtland-harjedalen", "region-varmland"


def state(one: Recorded) -> State:
    return one.held().state


def count(one: Recorded, model: type) -> int:
    with one.world.acting(scope.party(one.party)) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_whole_way_in_vasternorrland_with_two_signatures(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    seen = [state(one)]
    for step in (lambda: save(one), lambda: offer(one), lambda: accept(one)):
        step()
        seen.append(state(one))
    sign(one, 1, EMPLOYER_SIGNS.name)
    assert state(one) is State.ACCEPTED
    sign(one, 2, one.employee)
    seen.append(state(one))
    for day in ("2027-02-01T08:00", "2030-12-31T12:00", "2031-01-01T08:00"):
        set_clock(day)
        seen.append(state(one))
    draft, running = [State.DRAFT] * 2, [State.RUNNING] * 2
    assert seen == [*draft, State.OFFERED, State.ACCEPTED, State.SIGNED, *running, State.ENDED]


def test_too_late_is_said_when_the_employment_is_over(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    save(one)
    set_clock("2031-01-01T08:00")
    with pytest.raises(EmploymentOver, match="Anställningen slutade 31 december 2030"):
        offer(one)


@pytest.mark.parametrize("rules", [VASTERNORRLAND, JAMTLAND, "region-sormland", "vastra-gotalandsregionen", ""])
def test_what_is_unknown_and_left_open_stops_the_offer(world: World, set_clock: Clock, rules: str) -> None:
    one = recorded(world, set_clock, rules=rules)
    save(one, work_leader="", notice_months=None)
    told = {lack.field for lack in one.held().lacks}
    assert "notice_months" in told
    with pytest.raises(StillOpen, match="Avtalet kan inte erbjudas än"):
        offer(one)
    assert state(one) is State.DRAFT


def test_no_contract_of_an_authority_is_offered_without_notice_not_even_past_the_service(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    save(one)
    offer(one)
    with pytest.raises(IntegrityError, match="kl_4_33_offered_with_notice"), world.writing(scope.party(one.party)) as s:
        s.scalars(select(Contract)).one().notice_months = None


def test_a_partys_contract_may_leave_the_notice_to_las(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party")
    save(one, notice_months=None, signatories=(Signatory("", "Samira Hedvall"), Signatory("", one.employee)))
    with pytest.raises(StillOpen, match="Skriv vad Samira Hedvall är"):
        offer(one)
    save(one, notice_months=None, signatories=(Signatory("För partiet", "Samira"), Signatory("Anställd", one.employee)))
    offer(one)
    assert state(one) is State.OFFERED


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"work_leader_sealed": None}, "offered_with_all_three_responsible"),
        ({"work_environment_sealed": None}, "offered_with_all_three_responsible"),
        ({"document_id": None}, "paper_is_what_was_offered|all_three"),
        ({"offered_at": None, "offered_by": None}, "paper_is_what_was_offered|only_what_is_offered"),
        ({"accepted_at": None, "accepted_by": None}, "signed_after_accepted"),
        ({"taken_back_at": clock.now(), "taken_back_by": "kansli"}, "never_taken_back_once_signed"),
        ({"employer": "party"}, "employer_is_controller"),
        ({"notice_months": 0}, "notice_in_months"),
        ({"profile_version": None}, "rules_by_version"),
    ],
)
def test_the_database_itself_refuses_what_must_never_be(
    world: World, set_clock: Clock, changes: dict[str, object], constraint: str
) -> None:
    one = signed(recorded(world, set_clock, rules=VASTERNORRLAND))
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(one.party)) as session:
        row = session.scalars(select(Contract)).one()
        for name, value in changes.items():
            setattr(row, name, world.kansli if value == "kansli" else value)


def test_what_was_changed_after_the_page_was_opened_is_not_offered_unseen(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    save(one)
    with world.acting(scope.party(one.party)) as session:
        kept = keep_filed(session, world.authority, PAPER, name="Anställningsavtal.pdf")
    with pytest.raises(ChangedSince), world.writing(scope.party(one.party)) as session:
        offer_contract(
            session, employment_id=one.employment, seen="något annat", paper=kept, actor=one.actor, at=clock.now(),
            on=clock.today(),
        )  # fmt: skip


def test_offering_twice_is_one_offer_and_one_paper(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    save(one)
    offer(one)
    offer(one)
    assert (count(one, Contract), count(one, FiledDocument)) == (1, 1)
    with pytest.raises(NotNow, match="Avtalet är erbjudet"):
        offer(one, paper=b"%PDF-1.7 ett annat")


def test_nothing_is_done_out_of_its_turn(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    with pytest.raises(NotNow, match="inte skrivet än"):
        accept(one)
    with pytest.raises(NotNow):
        take_back(one)
    save(one)
    with pytest.raises(NotNow, match="Avtalet är ett utkast"):
        accept(one)
    offer(one)
    with pytest.raises(NotNow):
        save(one)
    with pytest.raises(NotNow, match="Avtalet är erbjudet"):
        sign(one, 1, EMPLOYER_SIGNS.name)
    accept(one)
    accept(one)
    with pytest.raises(NotNow, match="Avtalet är antaget"):
        offer(one)


def test_one_that_is_taken_back_is_mended_offered_anew_and_signed_by_all_again(world: World, set_clock: Clock) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    sign(one, 1, EMPLOYER_SIGNS.name)
    take_back(one)
    take_back(one)
    held = one.held()
    assert (held.state, held.row, held.filled.pay) == (State.DRAFT, None, "41500")
    accepted(one, pay="43000")
    held = one.held()
    assert held.row is not None
    assert (held.row.number, held.state, count(one, Contract)) == (2, State.ACCEPTED, 2)
    sign(one, 1, EMPLOYER_SIGNS.name)
    sign(one, 2, one.employee)
    with pytest.raises(NotNow, match="Avtalet är underskrivet"):
        take_back(one)
    assert count(one, ContractSignature) == 3
    set_clock("2027-03-01T09:00")
    with pytest.raises(NotNow, match="Avtalet är underskrivet och löper, så"):
        take_back(one)


def test_the_names_are_sealed_at_rest_and_open_with_the_controllers_key(world: World, set_clock: Clock) -> None:
    one = signed(recorded(world, set_clock, rules=VASTERNORRLAND))
    with world.acting(scope.party(one.party)) as session:
        row = session.scalars(select(Contract)).one()
        for name in ("filled", "work_leader", "decided_by", "signatories"):
            assert b"Strandberg" not in getattr(row, f"{name}_sealed")
        assert words_of_paper(session, row, "work_leader") == "Gruppledaren Ylva Strandberg"
        assert [line.role for line in signatures_of(session, row.id)] == ["Enhetschefen", "Den politiska sekreteraren"]


def test_a_rival_can_do_nothing_to_a_contract_it_knows_the_id_of(world: World, set_clock: Clock) -> None:
    one = accepted(recorded(world, set_clock, rules=VASTERNORRLAND))
    with world.writing(scope.party(world.rival)) as session:
        assert (
            take_back_contract(session, employment_id=one.employment, actor=one.actor, at=clock.now(), on=clock.today())
            is None
        )
        assert session.execute(update(Contract).values(notice_months=9)).rowcount == 0
    assert state(one) is State.ACCEPTED


def test_no_contract_is_offered_before_the_day_of_the_decision_it_cites(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, decided=date(2027, 1, 15))
    save(one)
    page = world.browser(world.kansli).get(one.page).get_data(as_text=True).replace("\xa0", " ")
    assert "Avtalet kan erbjudas den 15 januari 2027" in page
    assert "Erbjud avtalet" not in page
    with pytest.raises(DecisionToCome):
        offer(one)
    assert state(one) is State.DRAFT
    set_clock("2027-01-15T08:00")
    assert "Erbjud avtalet" in world.browser(world.kansli).get(one.page).get_data(as_text=True)
    offer(one)
    assert state(one) is State.OFFERED
