"""Whoever is employed and has not been told learns nothing of it, and may take their application back (GDPR 7.3)."""

import re

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.states import State
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.leaving.services import ERASED
from portal.contracts.models import Employment
from portal.contracts.written.models import Contract
from portal.decisions.models import Outcome
from portal.jobs.tasks import run_rounds
from tests.applicants import Sent
from tests.contracts.acts.changing import OFF, change
from tests.contracts.hiring import fill, hired
from tests.contracts.written.contracting import Recorded, accept, offer, save
from tests.decisions.recruiting import HIRED, address, decide, proofread, release
from tests.desk.test_start import page as desk_of
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, agreed, link_of, row_of
from tests.world import Published, World

TAILS = ("", "/mina-uppgifter", "/ta-tillbaka", "/radera")
EMPLOYED, LEFT = "Du är eller har varit anställd", "Säg om anställningen ska bli av"


def pages(world: World, one: Sent) -> dict[str, str]:
    """What the candidate's own pages say."""
    browser, link = own_browser(world), link_of(world, one)
    shown = {tail: browser.get(link + tail).get_data(as_text=True).split("<main")[1] for tail in TAILS}
    return {tail: re.sub(r'value="[^"]{40,}"', "", page) for tail, page in shown.items()}


def offers_to_take_back(page: str) -> bool:
    """Whether one's own page leads to where the application is taken back."""
    return "/ta-tillbaka" in page and "Det går när du vill." in page


def employed(world: World, set_clock: Clock, employer: str = "party", n: int = 2) -> tuple[Published, list[Sent]]:
    """The first of them is to be employed, which is recorded; nobody has been told."""
    ad, sent = hired(world, set_clock, n, employer=employer)
    agreed(world, ad)
    assert fill(world.browser(world.kansli), ad, sent[0]).status_code == 303
    return ad, sent


def employment_in(world: World) -> Employment:
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(Employment).where(Employment.never_began.is_(False))).one()
        session.expunge(row)
        return row


def take_back(world: World, one: Sent) -> None:
    answer = submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert answer.status_code == 303
    run_rounds(world.app)


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_ones_own_pages_tell_of_no_employment_before_the_word_and_of_it_after(
    world: World, set_clock: Clock, employer: str
) -> None:
    ad, sent = hired(world, set_clock, 2, employer=employer)
    decide(world, ad, sent[1:])
    before = pages(world, sent[0])
    assert fill(world.browser(world.kansli), ad, sent[0]).status_code == 303
    assert pages(world, sent[0]) == before
    proofread(world, ad)
    release(world, ad)
    assert EMPLOYED in pages(world, sent[0])["/radera"]


def test_whoever_is_called_off_after_they_were_erased_is_named_nowhere(world: World, set_clock: Clock) -> None:
    """A party's: the withdrawal erases, and the office says only afterwards that the employment is not to be."""
    _ad, (one, _) = employed(world, set_clock)
    id = employment_in(world).id
    made = Recorded(world, world.party, id, one.name)
    save(made)
    take_back(world, one)
    assert one.name in world.browser(world.kansli).get("/arbete/anstallningar").get_data(as_text=True)
    assert change(world, id, OFF, decided="2026-12-14", note=f"{one.name} tackade nej").status_code == 303
    run_rounds(world.app)
    for page in ("/arbete/anstallningar", f"/arbete/anstallningar/{id}", f"/arbete/anstallningar/{id}/andra"):
        assert one.name not in world.browser(world.kansli).get(page).get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(Contract)).all() == []


def test_why_a_party_went_past_its_policy_is_not_told_of_whoever_is_erased(world: World, set_clock: Clock) -> None:
    """It is typed freely and stands in clear, and may well name them."""
    ad, (one, _) = hired(world, set_clock, 2, employer="party")
    agreed(world, ad)
    why = {"ends": "2032-06-30", "policy_reason": f"Stämman lovade {one.name} det."}
    assert fill(world.browser(world.kansli), ad, one, **why).status_code == 303
    id = employment_in(world).id
    assert one.name in world.browser(world.kansli).get(f"/arbete/anstallningar/{id}").get_data(as_text=True)
    assert change(world, id, OFF, decided="2026-12-14").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert one.name in str([act.policy_lifted_reason for act in acts_of(session, id)]), "who is not erased keeps it"
    take_back(world, one)
    with world.acting(scope.party(world.party)) as session:
        row = session.get_one(Employment, id)
        reasons = [row.policy_lifted_reason, *(act.policy_lifted_reason for act in acts_of(session, id))]
    assert ERASED in reasons and set(reasons) == {"", ERASED}


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_whoever_has_said_yes_to_the_contract_or_works_there_knows(
    world: World, set_clock: Clock, employer: str
) -> None:
    _ad, (one, _) = employed(world, set_clock, employer)
    made = Recorded(world, world.party, employment_in(world).id, one.name)
    save(made)
    offer(made)
    shown = pages(world, one)
    assert EMPLOYED not in shown["/ta-tillbaka"] and offers_to_take_back(shown[""])
    accept(made)
    shown = pages(world, one)
    assert EMPLOYED in shown["/ta-tillbaka"] and not offers_to_take_back(shown[""])
    assert "Har du ändrat dig, skriv till kansliet i brevlådan." in shown[""]


def test_on_the_first_day_of_work_the_application_belongs_to_the_employment(world: World, set_clock: Clock) -> None:
    _ad, (one, _) = employed(world, set_clock)
    set_clock("2027-01-31T09:00")
    shown = pages(world, one)
    assert EMPLOYED not in shown["/ta-tillbaka"] and offers_to_take_back(shown[""])
    set_clock("2027-02-01T09:00")
    shown = pages(world, one)
    assert EMPLOYED in shown["/ta-tillbaka"] and not offers_to_take_back(shown[""])


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_who_withdraws_before_the_word_leaves_the_office_to_say_whether_the_employment_is_to_be(
    world: World, set_clock: Clock, employer: str
) -> None:
    ad, (one, other) = employed(world, set_clock, employer)
    assert LEFT not in desk_of(world, world.kansli)
    take_back(world, one)
    row, employment = row_of(world, ad, one.id), employment_in(world)
    assert row.state == State.WITHDRAWN
    assert (row.name_sealed is None) == (employer == "party")
    desk = desk_of(world, world.kansli)
    assert LEFT in desk and "Erbjud anställningsavtalet" not in desk and one.name not in desk
    assert f"/arbete/anstallningar/{employment.id}/andra" in desk
    assert change(world, employment.id, OFF, decided="2026-12-14", note="Tog tillbaka sin ansökan.").status_code == 303
    assert LEFT not in desk_of(world, world.kansli)
    with world.acting(scope.party(world.party)) as session:
        outcome = session.scalars(select(Outcome).where(Outcome.application_id == one.id)).one()
        assert (outcome.settled_at, outcome.called_off_at is None, outcome.released_at) == (None, False, None)
    decide(world, ad, [other], HIRED)
    assert fill(world.browser(world.kansli), ad, other).status_code == 303
    proofread(world, ad)
    assert release(world, ad) == 1
    assert world.browser(world.kansli).get(address(ad)).status_code == 200


def test_who_withdraws_and_comes_all_the_same_is_offered_a_contract_and_asked_about_no_more(
    world: World, set_clock: Clock
) -> None:
    _ad, (one, _) = employed(world, set_clock)
    made = Recorded(world, world.party, employment_in(world).id, one.name)
    take_back(world, one)
    save(made)
    offer(made)
    assert LEFT in desk_of(world, world.kansli)
    accept(made)
    desk = desk_of(world, world.kansli)
    assert LEFT not in desk and "Samla in underskrifterna" in desk


def test_who_lets_it_lie_sealed_before_the_word_is_asked_about_just_the_same(world: World, set_clock: Clock) -> None:
    ad, (one, _) = employed(world, set_clock)
    answer = submit(
        own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan"
    )
    assert answer.status_code == 303
    assert row_of(world, ad, one.id).restricted_at is not None
    run_rounds(world.app)
    assert LEFT in desk_of(world, world.kansli)
    employment = employment_in(world).id
    assert change(world, employment, OFF, decided=clock.today().isoformat(), note="Drog sig ur.").status_code == 303
    assert LEFT not in desk_of(world, world.kansli)
